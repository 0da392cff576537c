// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsortium} from "../interfaces/IConsortium.sol";
import {ConsortiumMembers} from "./ConsortiumMembers.sol";

/// @title What the council does at once or after a delay, and how it ends.
/// @notice See IConsortium.
abstract contract ConsortiumCouncil is ConsortiumMembers {
    uint32 private constant SHORTEST_RECOVERY = 14 days;

    uint32 private immutable SUSPENSION;
    uint32 private immutable RECOVERY;

    mapping(uint32 member => Recovery) private _recoveries;

    constructor(Delays memory delays_) {
        require(delays_.suspension != 0 && delays_.recovery >= SHORTEST_RECOVERY, DeploymentInvalid());
        SUSPENSION = delays_.suspension;
        RECOVERY = delays_.recovery;
    }

    modifier onlyCouncil() {
        require(isActiveAs(_memberOf[msg.sender], COUNCIL), NotOfTheCouncil(msg.sender));
        _;
    }

    // ------------------------------------------------------------------ governance and council

    /// @inheritdoc IConsortium
    function suspend(uint32 member, Reason reason) external {
        if (msg.sender == GOVERNANCE) _suspendUntilReinstated(member, reason);
        else _suspendForAWhile(member, reason);
    }

    /// @inheritdoc IConsortium
    function reinstate(uint32 member) external onlyKnown(member) {
        Member storage stored = _members[member];
        require(stored.standing == Standing.SUSPENDED, MemberNotSuspended(member));
        uint40 lapsesAt = stored.lapsesAt;
        require(
            msg.sender == GOVERNANCE || (lapsesAt != 0 && block.timestamp >= lapsesAt),
            SuspensionNotLapsed(member, lapsesAt)
        );
        stored.standing = Standing.ACTIVE;
        emit MemberReinstated(member, msg.sender);
    }

    /// @inheritdoc IConsortium
    function proposeRecovery(uint32 member, address account) external onlyCouncil onlyKnown(member) {
        _requireFree(account);
        uint40 readyAt = uint40(block.timestamp) + RECOVERY;
        _recoveries[member] = Recovery(account, readyAt);
        emit RecoveryProposed(member, account, readyAt, msg.sender);
    }

    // ------------------------------------------------------------------ what ends a recovery

    /// @inheritdoc IConsortium
    function objectToRecovery() external {
        uint32 member = _ownMember();
        address account = _recoveries[member].account;
        require(account != address(0), RecoveryUnknown(member, account));
        delete _recoveries[member];
        emit RecoveryObjected(member, account, msg.sender);
    }

    /// @inheritdoc IConsortium
    function completeRecovery(uint32 member) external {
        Recovery memory recovery = _recoveries[member];
        require(
            recovery.account == msg.sender && msg.sender != address(0),
            RecoveryUnknown(member, msg.sender)
        );
        uint256 from = recovery.readyAt;
        uint256 until = from + RECOVERY;
        require(
            block.timestamp >= from && block.timestamp < until,
            RecoveryNotReady(member, from, until)
        );
        delete _recoveries[member];
        emit RecoveryCompleted(member, msg.sender);
        _addAccount(member, msg.sender);
    }

    /// @inheritdoc IConsortium
    function lapseRecovery(uint32 member) external {
        Recovery memory recovery = _recoveries[member];
        require(recovery.account != address(0), RecoveryUnknown(member, address(0)));
        uint256 from = uint256(recovery.readyAt) + RECOVERY;
        require(block.timestamp >= from, RecoveryNotLapsed(member, from));
        delete _recoveries[member];
        emit RecoveryLapsed(member, recovery.account, msg.sender);
    }

    // ------------------------------------------------------------------ views

    /// @inheritdoc IConsortium
    function delays() external view returns (Delays memory) {
        return Delays(SUSPENSION, RECOVERY);
    }

    /// @inheritdoc IConsortium
    function recoveryOf(uint32 member) external view returns (Recovery memory) {
        return _recoveries[member];
    }

    // ------------------------------------------------------------------ internals

    function _suspendForAWhile(uint32 member, Reason reason) private onlyCouncil {
        Member storage stored = _suspendable(member, reason);
        require(stored.standing == Standing.ACTIVE, MemberNotActive(member));
        uint256 from = stored.lapsesAt == 0 ? 0 : uint256(stored.lapsesAt) + SUSPENSION;
        require(block.timestamp >= from, SuspendedLately(member, from));
        _suspend(stored, member, reason, uint40(block.timestamp) + SUSPENSION);
    }

    function _suspendUntilReinstated(uint32 member, Reason reason) private {
        Member storage stored = _suspendable(member, reason);
        require(stored.standing == Standing.ACTIVE || stored.lapsesAt != 0, MemberNotActive(member));
        _suspend(stored, member, reason, 0);
    }

    function _suspendable(
        uint32 member,
        Reason reason
    ) private view onlyKnown(member) returns (Member storage) {
        require(reason != Reason.NONE, ReasonMissing(member));
        return _members[member];
    }

    function _suspend(Member storage stored, uint32 member, Reason reason, uint40 lapsesAt) private {
        stored.standing = Standing.SUSPENDED;
        stored.lapsesAt = lapsesAt;
        emit MemberSuspended(member, reason, lapsesAt, msg.sender);
    }
}
