// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsortium} from "../../../../interfaces/IConsortium.sol";
import {Outcome, Outcomes} from "../../shared/Outcome.sol";
import {System} from "../../shared/System.sol";
import {Text} from "../../shared/Text.sol";
import {Vm} from "../../shared/Vm.sol";

/// @title What must come of all that a member, or an account that is to act for one, does, told from IConsortium.
/// @dev A `_will...` function returns what a call must come to, and changes the model as the call changes the state.
abstract contract MemberModel is System {
    /// @dev The time of the block, as the clock was set.
    uint256 internal _time;

    mapping(uint32 member => IConsortium.Member) internal _member;
    mapping(address account => uint32 member) internal _actsFor;
    mapping(bytes32 nameDigest => uint32 member) internal _named;
    mapping(uint32 member => mapping(address account => bool)) internal _offers;
    mapping(uint32 member => IConsortium.Recovery) internal _recovery;

    function _isActive(uint32 member) internal view returns (bool) {
        return _member[member].standing == IConsortium.Standing.ACTIVE;
    }

    function _willOffer(address caller, address account) internal returns (Outcome memory) {
        bytes memory refusal = _notAMember(caller);
        if (refusal.length == 0) refusal = _taken(account);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        uint32 member = _actsFor[caller];
        _offers[member][account] = true;
        return Outcomes.single(_aboutAccount(IConsortium.AccountOffered.selector, member, account, caller));
    }

    function _willAccept(address caller, uint32 member) internal returns (Outcome memory) {
        if (!_offers[member][caller]) {
            return Outcomes.refused(abi.encodeWithSelector(IConsortium.AccountNotOffered.selector, caller, member));
        }
        bytes memory refusal = _taken(caller);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        _actFor(member, caller);
        return Outcomes.single(_aboutAccount(IConsortium.AccountAdded.selector, member, caller, caller));
    }

    function _willRemove(address caller, address account) internal returns (Outcome memory) {
        bytes memory refusal = _notAMember(caller);
        uint32 member = _actsFor[caller];
        if (refusal.length == 0 && account == caller) {
            refusal = abi.encodeWithSelector(IConsortium.AccountIsOwn.selector, account);
        } else if (refusal.length == 0 && _actsFor[account] != member && !_offers[member][account]) {
            refusal = abi.encodeWithSelector(IConsortium.AccountNotOfMember.selector, account, member);
        }
        if (refusal.length != 0) return Outcomes.refused(refusal);
        if (_actsFor[account] == member) _actsFor[account] = 0;
        _offers[member][account] = false;
        return Outcomes.single(_aboutAccount(IConsortium.AccountRemoved.selector, member, account, caller));
    }

    function _willChangeKey(address caller, bytes memory key) internal returns (Outcome memory) {
        bytes memory refusal = _notAMember(caller);
        if (refusal.length == 0) refusal = _keyRefusal(key);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        uint32 member = _actsFor[caller];
        _member[member].encryptionKeyDigest = keccak256(key);
        return Outcomes.single(_keyChange(member, key, caller));
    }

    function _willRename(address caller, string memory name) internal returns (Outcome memory) {
        bytes memory refusal = _notAMember(caller);
        uint32 member = _actsFor[caller];
        if (refusal.length == 0 && !_isActive(member)) {
            refusal = abi.encodeWithSelector(IConsortium.MemberNotActive.selector, member);
        }
        if (refusal.length == 0) refusal = _nameRefusal(member, name);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        (_member[member].name, _named[keccak256(bytes(name))]) = (name, member);
        bytes32 event_ = IConsortium.MemberRenamed.selector;
        return Outcomes.single(_aboutMember(event_, member, caller, abi.encode(name)));
    }

    function _willObject(address caller) internal returns (Outcome memory) {
        bytes memory refusal = _notAMember(caller);
        uint32 member = _actsFor[caller];
        address account = _recovery[member].account;
        if (refusal.length == 0 && account == address(0)) refusal = _noRecovery(member, address(0));
        if (refusal.length != 0) return Outcomes.refused(refusal);
        delete _recovery[member];
        return Outcomes.single(_aboutAccount(IConsortium.RecoveryObjected.selector, member, account, caller));
    }

    function _willComplete(address caller, uint32 member) internal returns (Outcome memory outcome) {
        IConsortium.Recovery memory recovery = _recovery[member];
        if (recovery.account == address(0) || recovery.account != caller) {
            return Outcomes.refused(_noRecovery(member, caller));
        }
        uint256 until = uint256(recovery.readyAt) + RECOVERY;
        if (_time < recovery.readyAt || _time > until - 1) {
            bytes4 notReady = IConsortium.RecoveryNotReady.selector;
            return Outcomes.refused(abi.encodeWithSelector(notReady, member, recovery.readyAt, until));
        }
        bytes memory refusal = _taken(caller);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        delete _recovery[member];
        _actFor(member, caller);
        outcome = Outcomes.room(2);
        bytes32 name = IConsortium.RecoveryCompleted.selector;
        Outcomes.add(outcome, Outcomes.log2(address(consortium), name, member, Outcomes.topic(caller), ""));
        Outcomes.add(outcome, _aboutAccount(IConsortium.AccountAdded.selector, member, caller, caller));
    }

    function _willLapse(address caller, uint32 member) internal returns (Outcome memory) {
        IConsortium.Recovery memory recovery = _recovery[member];
        if (recovery.account == address(0)) return Outcomes.refused(_noRecovery(member, address(0)));
        uint256 from = uint256(recovery.readyAt) + RECOVERY;
        if (_time < from) {
            return Outcomes.refused(abi.encodeWithSelector(IConsortium.RecoveryNotLapsed.selector, member, from));
        }
        delete _recovery[member];
        return Outcomes.single(_aboutAccount(IConsortium.RecoveryLapsed.selector, member, recovery.account, caller));
    }

    /// @dev An account that acts for a member is no longer offered to.
    function _actFor(uint32 member, address account) internal {
        (_offers[member][account], _actsFor[account]) = (false, member);
    }

    function _notAMember(address caller) internal view returns (bytes memory) {
        return _actsFor[caller] != 0 ? bytes("") : abi.encodeWithSelector(IConsortium.NotAMember.selector, caller);
    }

    function _noRecovery(uint32 member, address account) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IConsortium.RecoveryUnknown.selector, member, account);
    }

    function _taken(address account) internal view returns (bytes memory) {
        if (account != address(0) && _actsFor[account] == 0) return "";
        return abi.encodeWithSelector(IConsortium.AccountTaken.selector, account, _actsFor[account]);
    }

    function _nameRefusal(uint32 member, string memory name) internal view returns (bytes memory) {
        uint256 length = bytes(name).length;
        if (length < 1 || length > 64) {
            return abi.encodeWithSelector(IConsortium.NameLengthOutOfRange.selector, length, 1, 64);
        }
        if (!Text.isWellFormed(bytes(name))) {
            return abi.encodeWithSelector(IConsortium.NameNotUtf8.selector, bytes(name));
        }
        uint32 owner = _named[keccak256(bytes(name))];
        if (owner == 0 || owner == member) return "";
        return abi.encodeWithSelector(IConsortium.NameTaken.selector, owner);
    }

    function _keyRefusal(bytes memory key) internal pure returns (bytes memory) {
        if (key.length >= 32 && key.length <= 4096) return "";
        return abi.encodeWithSelector(IConsortium.EncryptionKeyLengthOutOfRange.selector, key.length, 32, 4096);
    }

    function _aboutMember(
        bytes32 name,
        uint32 member,
        address caller,
        bytes memory data
    ) internal view returns (Vm.Log memory) {
        return Outcomes.log2(address(consortium), name, member, Outcomes.topic(caller), data);
    }

    function _aboutAccount(
        bytes32 name,
        uint32 member,
        address account,
        address caller
    ) internal view returns (Vm.Log memory) {
        uint256 subject = Outcomes.topic(account);
        return Outcomes.log3(address(consortium), name, member, subject, Outcomes.topic(caller), "");
    }

    function _keyChange(uint32 member, bytes memory key, address caller) internal view returns (Vm.Log memory) {
        uint256 digest = uint256(keccak256(key));
        bytes32 name = IConsortium.EncryptionKeyChanged.selector;
        return Outcomes.log3(address(consortium), name, member, digest, Outcomes.topic(caller), abi.encode(key));
    }
}
