// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IAccessControlDefaultAdminRules} from
    "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";

import {IConsortium} from "../../../../interfaces/IConsortium.sol";
import {Outcome, Outcomes} from "../../shared/Outcome.sol";
import {Vm} from "../../shared/Vm.sol";
import {HandOverModel} from "./HandOverModel.sol";

/// @title What must come of every change of members, told from IConsortium.
abstract contract ConsortiumModel is HandOverModel {
    bytes32 internal constant SPONSOR = keccak256("SPONSOR");
    bytes32 internal constant ADVISER = keccak256("ADVISER");
    bytes32 internal constant AUDITOR = keccak256("AUDITOR");
    bytes32 internal constant OPERATOR = keccak256("OPERATOR");

    /// @dev What is asked for when an institution is admitted.
    struct Admission {
        uint32 member;
        string name;
        bytes32[] roles;
        address account;
        bytes key;
    }

    mapping(uint32 member => IConsortium.Member) internal _member;
    mapping(address account => uint32 member) internal _actsFor;
    mapping(uint32 member => mapping(bytes32 role => bool)) internal _holds;

    function _isActive(uint32 member) internal view returns (bool) {
        return _member[member].standing == IConsortium.Standing.ACTIVE;
    }

    function _isAdviser(uint32 member) internal view returns (bool) {
        return _isActive(member) && _holds[member][ADVISER];
    }

    function _willAdmit(address caller, Admission memory a) internal returns (Outcome memory outcome) {
        bytes memory refusal = _refusalToAdmit(caller, a);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        outcome = Outcomes.room(7);
        bytes32 name = IConsortium.MemberAdmitted.selector;
        Outcomes.add(
            outcome,
            Outcomes.log2(address(consortium), name, a.member, Outcomes.topic(caller), abi.encode(a.name))
        );
        for (uint256 i = 0; i < a.roles.length; i++) {
            if (_holds[a.member][a.roles[i]]) continue;
            _holds[a.member][a.roles[i]] = true;
            Outcomes.add(outcome, _role(true, a.roles[i], address(uint160(a.member)), caller));
        }
        _actsFor[a.account] = a.member;
        Outcomes.add(outcome, _accountChange(IConsortium.AccountAdded.selector, a.member, a.account, caller));
        _member[a.member] = IConsortium.Member(IConsortium.Standing.ACTIVE, keccak256(a.key), a.name);
        Outcomes.add(outcome, _keyChange(a.member, a.key, caller));
    }

    function _willSuspend(address caller, uint32 member) internal returns (Outcome memory) {
        bytes memory refusal = _refusalAbout(caller, member);
        if (refusal.length == 0 && !_isActive(member)) {
            refusal = abi.encodeWithSelector(IConsortium.MemberNotActive.selector, member);
        }
        if (refusal.length != 0) return Outcomes.refused(refusal);
        _member[member].standing = IConsortium.Standing.SUSPENDED;
        return _standingChange(IConsortium.MemberSuspended.selector, member, caller);
    }

    function _willReinstate(address caller, uint32 member) internal returns (Outcome memory) {
        bytes memory refusal = _refusalAbout(caller, member);
        if (refusal.length == 0 && _member[member].standing != IConsortium.Standing.SUSPENDED) {
            refusal = abi.encodeWithSelector(IConsortium.MemberNotSuspended.selector, member);
        }
        if (refusal.length != 0) return Outcomes.refused(refusal);
        _member[member].standing = IConsortium.Standing.ACTIVE;
        return _standingChange(IConsortium.MemberReinstated.selector, member, caller);
    }

    function _willAddAccount(address caller, uint32 member, address account) internal returns (Outcome memory) {
        bytes memory refusal = _refusalAbout(caller, member);
        if (refusal.length == 0) refusal = _taken(account);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        _actsFor[account] = member;
        return Outcomes.single(_accountChange(IConsortium.AccountAdded.selector, member, account, caller));
    }

    function _willRemoveAccount(address caller, uint32 member, address account) internal returns (Outcome memory) {
        bytes memory refusal = _refusalAbout(caller, member);
        if (refusal.length == 0 && _actsFor[account] != member) {
            refusal = abi.encodeWithSelector(IConsortium.AccountNotOfMember.selector, account, member);
        }
        if (refusal.length != 0) return Outcomes.refused(refusal);
        _actsFor[account] = 0;
        return Outcomes.single(_accountChange(IConsortium.AccountRemoved.selector, member, account, caller));
    }

    function _willChangeKey(address caller, uint32 member, bytes memory key) internal returns (Outcome memory) {
        bytes memory refusal = _refusalAbout(caller, member);
        if (refusal.length == 0) refusal = _outOfRange(key);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        _member[member].encryptionKeyDigest = keccak256(key);
        return Outcomes.single(_keyChange(member, key, caller));
    }

    function _willGrantRole(address caller, bytes32 role, address holder) internal returns (Outcome memory outcome) {
        bytes memory refusal = role == ADMINISTRATION ? _enforced() : _unauthorized(caller);
        if (refusal.length == 0 && !_isMemberRole(role)) {
            refusal = abi.encodeWithSelector(IConsortium.RoleUnknown.selector, role);
        }
        uint32 member = _seated(holder);
        if (refusal.length == 0 && _member[member].standing == IConsortium.Standing.NONE) {
            refusal = abi.encodeWithSelector(IConsortium.NotASeat.selector, holder);
        }
        if (refusal.length != 0) return Outcomes.refused(refusal);
        outcome = Outcomes.room(1);
        if (!_holds[member][role]) Outcomes.add(outcome, _role(true, role, holder, caller));
        _holds[member][role] = true;
    }

    function _willRevokeRole(address caller, bytes32 role, address holder) internal returns (Outcome memory outcome) {
        bytes memory refusal = role == ADMINISTRATION ? _enforced() : _unauthorized(caller);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        outcome = Outcomes.room(1);
        uint32 member = _seated(holder);
        if (_holds[member][role]) Outcomes.add(outcome, _role(false, role, holder, caller));
        _holds[member][role] = false;
    }

    /// @dev No seat ever acts, so a renounced member role was never held, and nothing comes of it.
    function _willRenounceRole(
        address caller,
        bytes32 role,
        address confirmation
    ) internal returns (Outcome memory) {
        if (role == ADMINISTRATION) return _willRenounceAdministration(caller, confirmation);
        if (confirmation == caller) return Outcomes.room(0);
        return Outcomes.refused(abi.encodeWithSelector(IAccessControl.AccessControlBadConfirmation.selector));
    }

    function _isMemberRole(bytes32 role) internal pure returns (bool) {
        return role == SPONSOR || role == ADVISER || role == AUDITOR || role == OPERATOR;
    }

    /// @dev The member whose number as an address this is, 0 for an address that is no number.
    function _seated(address holder) internal pure returns (uint32) {
        return uint160(holder) <= type(uint32).max ? uint32(uint160(holder)) : 0;
    }

    function _refusalAbout(address caller, uint32 member) private view returns (bytes memory refusal) {
        refusal = _unauthorized(caller);
        if (refusal.length == 0 && _member[member].standing == IConsortium.Standing.NONE) {
            refusal = abi.encodeWithSelector(IConsortium.MemberUnknown.selector, member);
        }
    }

    function _refusalToAdmit(address caller, Admission memory a) private view returns (bytes memory refusal) {
        refusal = _unauthorized(caller);
        if (refusal.length != 0) return refusal;
        if (a.member == 0 || _member[a.member].standing != IConsortium.Standing.NONE) {
            return abi.encodeWithSelector(IConsortium.MemberNumberTaken.selector, a.member);
        }
        uint256 length = bytes(a.name).length;
        if (length < 1 || length > 64) {
            return abi.encodeWithSelector(IConsortium.NameLengthOutOfRange.selector, length, 1, 64);
        }
        if (a.roles.length > 4) return abi.encodeWithSelector(IConsortium.TooManyRoles.selector, a.roles.length, 4);
        for (uint256 i = 0; i < a.roles.length; i++) {
            if (a.roles[i] == ADMINISTRATION) return _enforced();
            if (!_isMemberRole(a.roles[i])) return abi.encodeWithSelector(IConsortium.RoleUnknown.selector, a.roles[i]);
        }
        refusal = _taken(a.account);
        return refusal.length != 0 ? refusal : _outOfRange(a.key);
    }

    function _taken(address account) private view returns (bytes memory) {
        if (account != address(0) && _actsFor[account] == 0) return "";
        return abi.encodeWithSelector(IConsortium.AccountTaken.selector, account, _actsFor[account]);
    }

    function _outOfRange(bytes memory key) private pure returns (bytes memory) {
        if (key.length >= 32 && key.length <= 4096) return "";
        return abi.encodeWithSelector(IConsortium.EncryptionKeyLengthOutOfRange.selector, key.length, 32, 4096);
    }

    function _enforced() private pure returns (bytes memory) {
        bytes4 enforced = IAccessControlDefaultAdminRules.AccessControlEnforcedDefaultAdminRules.selector;
        return abi.encodeWithSelector(enforced);
    }

    function _standingChange(bytes32 name, uint32 member, address caller) private view returns (Outcome memory) {
        return Outcomes.single(Outcomes.log2(address(consortium), name, member, Outcomes.topic(caller), ""));
    }

    function _accountChange(
        bytes32 name,
        uint32 member,
        address account,
        address caller
    ) private view returns (Vm.Log memory) {
        uint256 subject = Outcomes.topic(account);
        return Outcomes.log3(address(consortium), name, member, subject, Outcomes.topic(caller), "");
    }

    function _keyChange(uint32 member, bytes memory key, address caller) private view returns (Vm.Log memory) {
        uint256 digest = uint256(keccak256(key));
        bytes32 name = IConsortium.EncryptionKeyChanged.selector;
        return Outcomes.log3(address(consortium), name, member, digest, Outcomes.topic(caller), abi.encode(key));
    }
}
