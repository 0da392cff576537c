// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {IConsentRegistry} from "../../../../interfaces/IConsentRegistry.sol";
import {IConsortium} from "../../../../interfaces/IConsortium.sol";
import {ITimelock} from "../../shared/Timelock.sol";
import {Dice, Dices} from "../Dice.sol";
import {CouncilHandler} from "./CouncilHandler.sol";

/// @title Proposals, vetoes and executions by founders, members, suspended members and strangers; and what the
/// governance does, by itself and by others.
abstract contract GovernanceHandler is CouncilHandler {
    using Dices for Dice;

    Proposal[] private _proposals;

    /// @dev As if it had been proposed and had waited, so that a walk does more than wait.
    function govern(uint256 seed) external {
        Dice memory dice = _dice(seed);
        (address target, bytes memory data) = _someDecision(dice);
        _do(_ruler(dice), target, data);
    }

    function propose(uint256 seed) external {
        Dice memory dice = _dice(seed);
        Proposal memory p;
        if (_proposals.length != 0 && dice.chance(6)) {
            p = _proposals[dice.roll(_proposals.length)];
        } else {
            (p.target, p.data) = _someDecision(dice);
            if (dice.chance(4) && _proposed.length != 0) p.predecessor = _proposed[dice.roll(_proposed.length)];
            p.salt = dice.chance(3) ? bytes32(0) : dice.digest();
        }
        uint256[8] memory delays = [DELAY, DELAY, DELAY, DELAY, DELAY - 1, 10 days, 30 days, type(uint256).max];
        uint256 delay = delays[dice.roll(8)];
        address caller = dice.chance(6) ? _anyone(dice) : dice.chance(2) ? FOUNDER : _accounts[0];
        if (dice.chance(16)) return _proposeNothing(caller, p.predecessor, p.salt, delay);
        if (_proposals.length < 12) _proposals.push(p);
        else _proposals[dice.roll(12)] = p;
        _proposed.push(_proposalId(p));
        bytes memory call = abi.encodeCall(
            ITimelock.schedule,
            (p.target, 0, p.data, p.predecessor, p.salt, delay)
        );
        _do(caller, address(governance), call);
    }

    function veto(uint256 seed) external {
        Dice memory dice = _dice(seed);
        // Most stand, or none would ever be carried out.
        bytes32 id = dice.digest();
        if (_proposals.length != 0 && dice.chance(3)) id = _proposalId(_proposals[dice.roll(_proposals.length)]);
        address caller = dice.chance(2) ? _ofAMember(dice) : _anyone(dice);
        _do(caller, address(governance), abi.encodeCall(ITimelock.cancel, (id)));
    }

    function execute(uint256 seed) external {
        Dice memory dice = _dice(seed);
        _execute(dice);
    }

    function renounceRole(uint256 seed) external {
        Dice memory dice = _dice(seed);
        bool ofMembers = dice.chance(2);
        address caller = ofMembers || dice.chance(3) ? _ruler(dice) : _ofAMember(dice);
        address confirmation = dice.chance(4) ? _anyone(dice) : caller;
        bytes32 role = dice.chance(3) ? ADMINISTRATION : ofMembers ? _someRole(dice, 6) : _someGoverning(dice);
        // A founder's resignation is no more than a walk without founders.
        if (role == PROPOSER && (caller == FOUNDER || caller == _accounts[0])) role = EXECUTOR;
        bytes memory call = abi.encodeCall(IAccessControl.renounceRole, (role, confirmation));
        _do(caller, ofMembers ? address(consortium) : address(governance), call);
    }

    function _execute(Dice memory dice) internal {
        if (_proposals.length == 0) return;
        Proposal memory p = _proposals[dice.roll(_proposals.length)];
        for (uint256 i = 0; i < 6 && !dice.chance(8); i++) {
            if (_readyAt[_proposalId(p)] > 1 && _readyAt[_proposalId(p)] <= _time) break;
            p = _proposals[dice.roll(_proposals.length)];
        }
        if (dice.chance(12)) p.salt ^= bytes32(uint256(1));
        bytes memory call = abi.encodeCall(ITimelock.execute, (p.target, 0, p.data, p.predecessor, p.salt));
        _do(_anyone(dice), address(governance), call);
    }

    /// @dev A batch without a call, whoever proposes it.
    function _proposeNothing(address caller, bytes32 predecessor, bytes32 salt, uint256 delay) private {
        bytes memory call = abi.encodeCall(
            ITimelock.scheduleBatch,
            (new address[](0), new uint256[](0), new bytes[](0), predecessor, salt, delay)
        );
        _do(caller, address(governance), call);
    }

    /// @dev When one of the proposals can be carried out.
    function _someReadiness(Dice memory dice) internal view returns (uint256) {
        return _proposals.length == 0 ? 0 : _readyAt[_proposalId(_proposals[dice.roll(_proposals.length)])];
    }

    /// @dev What the governance decides mostly, of members and of itself; sometimes what is not its to do.
    function _someDecision(Dice memory dice) private view returns (address target, bytes memory data) {
        target = address(consortium);
        uint256 kind = dice.roll(16);
        if (kind < 4) return (target, abi.encodeCall(IConsortium.admit, (_someAdmission(dice))));
        if (kind < 6) return (target, abi.encodeCall(IAccessControl.grantRole, (_someRole(dice, 8), _someSeat(dice))));
        if (kind < 8) return (target, abi.encodeCall(IAccessControl.revokeRole, (_someRole(dice, 8), _someSeat(dice))));
        if (kind < 11) return (target, abi.encodeCall(IConsortium.reinstate, (_someNumber(dice))));
        if (kind == 11) {
            IConsortium.Reason reason = IConsortium.Reason(dice.roll(5));
            return (target, abi.encodeCall(IConsortium.suspend, (_someNumber(dice), reason)));
        }
        if (kind == 12) return _someForeign(dice);
        target = address(governance);
        if (kind == 13) {
            uint256[4] memory delays = [uint256(0), DELAY, DELAY + 1, 10 days];
            return (target, abi.encodeCall(ITimelock.updateDelay, (delays[dice.roll(4)])));
        }
        // The first founders stay, or nothing would be proposed any more.
        address holder = _accounts[1 + dice.roll(_accounts.length - 2)];
        if (dice.chance(4)) holder = dice.chance(2) ? address(governance) : address(0);
        bytes32 role = _someGoverning(dice);
        if (kind == 14) return (target, abi.encodeCall(IAccessControl.grantRole, (role, holder)));
        return (target, abi.encodeCall(IAccessControl.revokeRole, (role, holder)));
    }

    function _someGoverning(Dice memory dice) private pure returns (bytes32) {
        bytes32[5] memory roles = [ADMINISTRATION, PROPOSER, EXECUTOR, CANCELLER, ADVISER];
        return roles[dice.roll(5)];
    }

    /// @dev What a member or a claimant alone may do.
    function _someForeign(Dice memory dice) private view returns (address target, bytes memory data) {
        uint256 kind = dice.roll(4);
        if (kind == 0) return (address(consents), abi.encodeCall(IConsentRegistry.release, (_newest(0))));
        if (kind == 1) return (address(consortium), abi.encodeCall(IConsortium.offerAccount, (_anyone(dice))));
        if (kind == 2) return (address(consortium), abi.encodeCall(IConsortium.rename, ("ours")));
        bytes memory call = abi.encodeCall(IConsortium.proposeRecovery, (_someNumber(dice), _anyone(dice)));
        return (address(consortium), call);
    }

    function _someAdmission(Dice memory dice) private view returns (IConsortium.Admission memory a) {
        a.member = dice.chance(3) ? _someNumber(dice) : _numberWith(dice, IConsortium.Standing.NONE);
        a.name = string(abi.encodePacked("new ", bytes1(uint8(97 + dice.roll(26)))));
        if (dice.chance(3)) a.name = _someName(dice);
        a.roles = new bytes32[](dice.chance(12) ? 6 : dice.roll(6));
        for (uint256 i = 0; i < a.roles.length; i++) {
            a.roles[i] = _someRole(dice, 24);
        }
        a.account = dice.chance(16) ? address(0) : _anyone(dice);
        a.encryptionKey = _someEncryptionKey(dice);
    }

    function _someRole(Dice memory dice, uint256 oneIn) private pure returns (bytes32) {
        if (dice.chance(oneIn)) return dice.chance(2) ? ADMINISTRATION : keccak256("RECIPIENT");
        bytes32[7] memory roles = [SPONSOR, ADVISER, AUDITOR, OPERATOR, COUNCIL, ADVISER, ADVISER];
        return roles[dice.roll(7)];
    }

    /// @dev A seat mostly; sometimes an account, or a number as an address but for one higher bit.
    function _someSeat(Dice memory dice) private view returns (address seat) {
        seat = address(uint160(_someNumber(dice)));
        uint256 number = dice.roll(12);
        if (number == 0) return _anyone(dice);
        if (number == 1) return address(uint160(seat) | (1 << 32));
        if (number == 2) return address(uint160(seat) | (1 << 159));
    }
}
