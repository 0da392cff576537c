// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {ITimelock} from "../shared/Timelock.sol";
import {System} from "../shared/System.sol";
import {Vm} from "../shared/Vm.sol";

/// @title What the events of members and governance, and they alone, say of who may do what.
/// @dev A second opinion beside the model. An event whose authority is missing is a breach of a property, kept by id.
abstract contract Membership is System {
    /// @dev A recovery as it was proposed: when, and whose it is; no time for none.
    struct SeenRecovery {
        address account;
        uint256 proposedAt;
    }

    /// @dev What the council did to a member: when it suspended it last, until when, and whether that still stands.
    struct SeenSuspension {
        uint256 at;
        bool byCouncil;
        bool stands;
    }

    mapping(uint32 member => uint256) internal _admissions;
    mapping(address account => uint32 member) internal _seenMember;
    mapping(uint32 member => uint256) internal _seenAccounts;
    mapping(uint32 member => mapping(address account => bool)) internal _seenOffer;
    mapping(bytes32 nameDigest => uint32 member) internal _seenName;
    mapping(uint32 member => SeenRecovery) internal _seenRecovery;
    mapping(uint32 member => SeenSuspension) internal _seenSuspension;
    mapping(bytes32 proposalId => uint256) internal _seenProposed; // the time; 0 for none, or vetoed, or carried out
    mapping(bytes32 property => uint256) internal _breaches;

    /// @dev The member that this very call admits, and the one whose recovery it completes.
    uint32 private _admitting;
    uint32 private _recovering;

    /// @dev `by` is who called Consortium: the governance where it carries out a proposal.
    function _foldMember(address by, Vm.Log memory log) internal {
        bytes32 name = log.topics[0];
        uint256 subject = uint256(log.topics[1]);
        bool ofRoles = name == IAccessControl.RoleGranted.selector || name == IAccessControl.RoleRevoked.selector;
        if (ofRoles) {
            if (by != address(governance) || subject == 0) _breaches["M2"]++;
            return;
        }
        uint32 member = uint32(subject);
        if (log.topics[log.topics.length - 1] != bytes32(uint256(uint160(by)))) _breaches["P6.1"]++;
        if (name == IConsortium.MemberAdmitted.selector) {
            if (by != address(governance)) _breaches["M2"]++;
            if (++_admissions[member] > 1) _breaches["M1"]++;
            _admitting = member;
            _foldName(member, log.data);
        } else if (name == IConsortium.MemberSuspended.selector) {
            _foldSuspension(by, member, log.data);
        } else if (name == IConsortium.MemberReinstated.selector) {
            _foldReinstatement(by, member);
        } else if (name == IConsortium.EncryptionKeyChanged.selector) {
            if (member != _admitting) _requireOwn(by, member);
            _admitting = 0;
        } else if (name == IConsortium.MemberRenamed.selector) {
            _requireOwn(by, member);
            _foldName(member, log.data);
        } else {
            _foldAccount(by, name, member, address(uint160(uint256(log.topics[2]))));
        }
    }

    /// @dev A founding member, whom nobody admitted.
    function _seenFounding(uint32 member, address account, string memory name) internal {
        (_admissions[member], _seenMember[account], _seenAccounts[member]) = (1, member, 1);
        _seenName[keccak256(bytes(name))] = member;
    }

    function _foldAccount(address by, bytes32 name, uint32 member, address account) private {
        if (name == IConsortium.AccountAdded.selector) {
            bool asked = member == _admitting || member == _recovering;
            if (!asked && !(account == by && _seenOffer[member][account])) _breaches["M6"]++;
            if (_seenMember[account] != 0 || account == address(0)) _breaches["M3"]++;
            (_recovering, _seenMember[account]) = (0, member);
            _seenOffer[member][account] = false;
            _seenAccounts[member]++;
        } else if (name == IConsortium.AccountOffered.selector) {
            _requireOwn(by, member);
            _seenOffer[member][account] = true;
        } else if (name == IConsortium.AccountRemoved.selector) {
            _requireOwn(by, member);
            _seenOffer[member][account] = false;
            if (_seenMember[account] != member) return;
            _seenMember[account] = 0;
            if (--_seenAccounts[member] == 0) _breaches["M9"]++;
        } else if (name == IConsortium.RecoveryProposed.selector) {
            if (!consortium.isActiveAs(_seenMember[by], keccak256("COUNCIL"))) _breaches["M6"]++;
            _seenRecovery[member] = SeenRecovery(account, block.timestamp);
        } else {
            _foldEndOfRecovery(by, name, member, account);
        }
    }

    /// @dev A recovery is completed by its account, at least 14 days after it was proposed, unless one objected.
    function _foldEndOfRecovery(address by, bytes32 name, uint32 member, address account) private {
        SeenRecovery memory seen = _seenRecovery[member];
        if (seen.proposedAt == 0 || seen.account != account) _breaches["M6"]++;
        delete _seenRecovery[member];
        if (name == IConsortium.RecoveryObjected.selector) {
            _requireOwn(by, member);
        } else if (name == IConsortium.RecoveryCompleted.selector) {
            if (account != by || block.timestamp < seen.proposedAt + 14 days) _breaches["M6"]++;
            _recovering = member;
        } else if (name != IConsortium.RecoveryLapsed.selector) {
            _breaches["P6.1"]++;
        }
    }

    /// @dev From one suspension by the council to the next, with none by the governance between, twice its length.
    function _foldSuspension(address by, uint32 member, bytes memory data) private {
        (IConsortium.Reason reason, uint256 lapsesAt) = abi.decode(data, (IConsortium.Reason, uint256));
        SeenSuspension memory seen = _seenSuspension[member];
        bool byCouncil = by != address(governance);
        if (byCouncil) {
            if (!consortium.isActiveAs(_seenMember[by], keccak256("COUNCIL")) && _seenMember[by] != member) {
                _breaches["M8"]++;
            }
            if (seen.stands || lapsesAt != block.timestamp + SUSPENSION) _breaches["M8"]++;
            if (seen.byCouncil && block.timestamp < seen.at + 2 * uint256(SUSPENSION)) _breaches["M8"]++;
        } else if (lapsesAt != 0 || (seen.stands && !seen.byCouncil)) {
            _breaches["M8"]++;
        }
        if (reason == IConsortium.Reason.NONE) _breaches["M8"]++;
        _seenSuspension[member] = SeenSuspension(block.timestamp, byCouncil, true);
    }

    function _foldReinstatement(address by, uint32 member) private {
        SeenSuspension storage seen = _seenSuspension[member];
        bool lapsed = seen.byCouncil && block.timestamp >= seen.at + SUSPENSION;
        if (!seen.stands || (by != address(governance) && !lapsed)) _breaches["M8"]++;
        seen.stands = false;
    }

    /// @dev A proposal stands from a founder's schedule until an active member's veto, or its execution after a delay.
    function _foldGovernance(address caller, Vm.Log memory log) internal {
        bytes32 name = log.topics[0];
        if (name == ITimelock.CallScheduled.selector) {
            _seenProposed[log.topics[1]] = block.timestamp;
        } else if (name == ITimelock.Cancelled.selector) {
            if (!consortium.isActive(_seenMember[caller])) _breaches["M10"]++;
            _seenProposed[log.topics[1]] = 0;
        } else if (name == ITimelock.CallExecuted.selector) {
            uint256 at = _seenProposed[log.topics[1]];
            if (at == 0 || block.timestamp < at + 7 days) _breaches["M10"]++;
            _seenProposed[log.topics[1]] = 0;
        } else if (name == IAccessControl.RoleGranted.selector || name == IAccessControl.RoleRevoked.selector) {
            bool resigns = name == IAccessControl.RoleRevoked.selector && log.topics[2] == log.topics[3];
            if (!resigns && log.topics[3] != bytes32(uint256(uint160(address(governance))))) _breaches["M10"]++;
            if (log.topics[1] != keccak256("PROPOSER_ROLE")) _breaches["M2"]++;
        } else if (name != ITimelock.CallSalt.selector) {
            _breaches["P6.1"]++;
        }
    }

    function _foldName(uint32 member, bytes memory data) private {
        bytes32 digest = keccak256(bytes(abi.decode(data, (string))));
        if (_seenName[digest] != 0 && _seenName[digest] != member) _breaches["M7"]++;
        _seenName[digest] = member;
    }

    function _requireOwn(address by, uint32 member) private {
        if (member == 0 || _seenMember[by] != member) _breaches["M6"]++;
    }
}
