// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {IConsortium} from "../../../../interfaces/IConsortium.sol";
import {Outcome, Outcomes} from "../../shared/Outcome.sol";
import {Vm} from "../../shared/Vm.sol";
import {MemberModel} from "./MemberModel.sol";

/// @title What must come of all that governance and council do about members, told from IConsortium.
abstract contract ConsortiumModel is MemberModel {
    bytes32 internal constant ADMINISTRATION = 0;
    bytes32 internal constant SPONSOR = keccak256("SPONSOR");
    bytes32 internal constant ADVISER = keccak256("ADVISER");
    bytes32 internal constant AUDITOR = keccak256("AUDITOR");
    bytes32 internal constant OPERATOR = keccak256("OPERATOR");
    bytes32 internal constant COUNCIL = keccak256("COUNCIL");

    mapping(uint32 member => mapping(bytes32 role => bool)) internal _holds;

    function _isAdviser(uint32 member) internal view returns (bool) {
        return _isActive(member) && _holds[member][ADVISER];
    }

    function _isOfCouncil(address account) internal view returns (bool) {
        uint32 member = _actsFor[account];
        return _isActive(member) && _holds[member][COUNCIL];
    }

    function _willAdmit(address caller, IConsortium.Admission memory a) internal returns (Outcome memory) {
        bytes memory refusal = _unauthorized(caller);
        if (refusal.length == 0) refusal = _refusalToAdmit(a);
        return refusal.length != 0 ? Outcomes.refused(refusal) : _admitted(caller, a);
    }

    function _admitted(address caller, IConsortium.Admission memory a) internal returns (Outcome memory outcome) {
        uint32 member = a.member;
        outcome = Outcomes.room(8);
        Outcomes.add(outcome, _aboutMember(IConsortium.MemberAdmitted.selector, member, caller, abi.encode(a.name)));
        for (uint256 i = 0; i < a.roles.length; i++) {
            if (_holds[member][a.roles[i]]) continue;
            _holds[member][a.roles[i]] = true;
            address seat = address(uint160(member));
            Outcomes.add(outcome, _roleChange(address(consortium), true, a.roles[i], seat, caller));
        }
        _actFor(member, a.account);
        Outcomes.add(outcome, _aboutAccount(IConsortium.AccountAdded.selector, member, a.account, caller));
        Outcomes.add(outcome, _keyChange(member, a.encryptionKey, caller));
        _named[keccak256(bytes(a.name))] = member;
        bytes32 digest = keccak256(a.encryptionKey);
        _member[member] = IConsortium.Member(IConsortium.Standing.ACTIVE, 0, digest, a.name);
    }

    function _willSuspend(
        address caller,
        uint32 member,
        IConsortium.Reason reason
    ) internal returns (Outcome memory) {
        bool governs = caller == address(governance);
        IConsortium.Member storage stored = _member[member];
        bytes memory refusal;
        if (!governs && !_isOfCouncil(caller)) {
            refusal = abi.encodeWithSelector(IConsortium.NotOfTheCouncil.selector, caller);
        } else if (stored.standing == IConsortium.Standing.NONE) {
            refusal = abi.encodeWithSelector(IConsortium.MemberUnknown.selector, member);
        } else if (reason == IConsortium.Reason.NONE) {
            refusal = abi.encodeWithSelector(IConsortium.ReasonMissing.selector, member);
        } else if (!_isActive(member) && !(governs && stored.lapsesAt != 0)) {
            refusal = abi.encodeWithSelector(IConsortium.MemberNotActive.selector, member);
        } else if (!governs && stored.lapsesAt != 0 && _time < uint256(stored.lapsesAt) + SUSPENSION) {
            uint256 from = uint256(stored.lapsesAt) + SUSPENSION;
            refusal = abi.encodeWithSelector(IConsortium.SuspendedLately.selector, member, from);
        }
        if (refusal.length != 0) return Outcomes.refused(refusal);
        stored.standing = IConsortium.Standing.SUSPENDED;
        stored.lapsesAt = governs ? 0 : uint40(_time + SUSPENSION);
        bytes memory data = abi.encode(reason, stored.lapsesAt);
        return Outcomes.single(_aboutMember(IConsortium.MemberSuspended.selector, member, caller, data));
    }

    function _willReinstate(address caller, uint32 member) internal returns (Outcome memory) {
        IConsortium.Member storage stored = _member[member];
        bytes memory refusal;
        if (stored.standing == IConsortium.Standing.NONE) {
            refusal = abi.encodeWithSelector(IConsortium.MemberUnknown.selector, member);
        } else if (_isActive(member)) {
            refusal = abi.encodeWithSelector(IConsortium.MemberNotSuspended.selector, member);
        } else if (caller != address(governance) && (stored.lapsesAt == 0 || _time + 1 <= stored.lapsesAt)) {
            refusal = abi.encodeWithSelector(IConsortium.SuspensionNotLapsed.selector, member, stored.lapsesAt);
        }
        if (refusal.length != 0) return Outcomes.refused(refusal);
        stored.standing = IConsortium.Standing.ACTIVE;
        return Outcomes.single(_aboutMember(IConsortium.MemberReinstated.selector, member, caller, ""));
    }

    function _willProposeRecovery(
        address caller,
        uint32 member,
        address account
    ) internal returns (Outcome memory) {
        bytes memory refusal;
        if (!_isOfCouncil(caller)) {
            refusal = abi.encodeWithSelector(IConsortium.NotOfTheCouncil.selector, caller);
        } else if (_member[member].standing == IConsortium.Standing.NONE) {
            refusal = abi.encodeWithSelector(IConsortium.MemberUnknown.selector, member);
        } else {
            refusal = _taken(account);
        }
        if (refusal.length != 0) return Outcomes.refused(refusal);
        uint40 readyAt = uint40(_time + RECOVERY);
        _recovery[member] = IConsortium.Recovery(account, readyAt);
        Vm.Log memory log = _aboutAccount(IConsortium.RecoveryProposed.selector, member, account, caller);
        log.data = abi.encode(readyAt);
        return Outcomes.single(log);
    }

    function _willGrantRole(address caller, bytes32 role, address holder) internal returns (Outcome memory outcome) {
        bytes memory refusal = _unauthorized(caller);
        uint32 member = _seated(holder);
        if (refusal.length == 0 && !_isMemberRole(role)) {
            refusal = abi.encodeWithSelector(IConsortium.RoleUnknown.selector, role);
        } else if (refusal.length == 0 && _member[member].standing == IConsortium.Standing.NONE) {
            refusal = abi.encodeWithSelector(IConsortium.NotASeat.selector, holder);
        }
        if (refusal.length != 0) return Outcomes.refused(refusal);
        outcome = Outcomes.room(1);
        if (!_holds[member][role]) Outcomes.add(outcome, _roleChange(address(consortium), true, role, holder, caller));
        _holds[member][role] = true;
    }

    function _willRevokeRole(address caller, bytes32 role, address holder) internal returns (Outcome memory outcome) {
        bytes memory refusal = _unauthorized(caller);
        if (refusal.length == 0 && role == ADMINISTRATION) {
            refusal = abi.encodeWithSelector(IConsortium.RoleUnknown.selector, role);
        }
        if (refusal.length != 0) return Outcomes.refused(refusal);
        outcome = Outcomes.room(1);
        uint32 member = _seated(holder);
        if (_holds[member][role]) Outcomes.add(outcome, _roleChange(address(consortium), false, role, holder, caller));
        _holds[member][role] = false;
    }

    /// @dev No seat ever acts, so a renounced member role was never held, and nothing comes of it.
    function _willRenounceRole(
        address caller,
        bytes32 role,
        address confirmation
    ) internal pure returns (Outcome memory) {
        if (confirmation != caller) {
            return Outcomes.refused(abi.encodeWithSelector(IAccessControl.AccessControlBadConfirmation.selector));
        }
        if (role != ADMINISTRATION) return Outcomes.room(0);
        return Outcomes.refused(abi.encodeWithSelector(IConsortium.RoleUnknown.selector, role));
    }

    function _isMemberRole(bytes32 role) internal pure returns (bool) {
        return role == SPONSOR || role == ADVISER || role == AUDITOR || role == OPERATOR || role == COUNCIL;
    }

    /// @dev The member whose number as an address this is, 0 for an address that is no number.
    function _seated(address holder) internal pure returns (uint32) {
        return uint160(holder) <= type(uint32).max ? uint32(uint160(holder)) : 0;
    }

    function _unauthorized(address caller) internal view returns (bytes memory) {
        return caller == address(governance) ? bytes("") : _without(ADMINISTRATION, caller);
    }

    function _without(bytes32 role, address caller) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, caller, role);
    }

    function _roleChange(
        address emitter,
        bool granted,
        bytes32 role,
        address holder,
        address caller
    ) internal pure returns (Vm.Log memory) {
        bytes32 name = granted ? IAccessControl.RoleGranted.selector : IAccessControl.RoleRevoked.selector;
        return Outcomes.log3(emitter, name, uint256(role), Outcomes.topic(holder), Outcomes.topic(caller), "");
    }

    function _refusalToAdmit(IConsortium.Admission memory a) private view returns (bytes memory refusal) {
        if (a.member == 0 || _member[a.member].standing != IConsortium.Standing.NONE) {
            return abi.encodeWithSelector(IConsortium.MemberNumberTaken.selector, a.member);
        }
        refusal = _nameRefusal(a.member, a.name);
        if (refusal.length != 0) return refusal;
        if (a.roles.length > 5) return abi.encodeWithSelector(IConsortium.TooManyRoles.selector, a.roles.length, 5);
        for (uint256 i = 0; i < a.roles.length; i++) {
            if (!_isMemberRole(a.roles[i])) return abi.encodeWithSelector(IConsortium.RoleUnknown.selector, a.roles[i]);
        }
        refusal = _taken(a.account);
        return refusal.length != 0 ? refusal : _keyRefusal(a.encryptionKey);
    }
}
