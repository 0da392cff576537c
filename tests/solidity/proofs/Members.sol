// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {vm} from "../shared/Vm.sol";
import {State} from "./State.sol";
import {slots, svm} from "./Svm.sol";

/// @title Any call of any writing function of Consortium, from any state it can be in.
/// @dev The state is read from the slots and compared without branches, as each branch would double the paths.
/// Names are short, given or renamed; the key is 32 bytes long; one role is asked for in an admission.
abstract contract Members is State {
    enum Does {
        ADMIT,
        SUSPEND,
        REINSTATE,
        PROPOSE_RECOVERY,
        OBJECT,
        COMPLETE,
        LAPSE,
        OFFER,
        ACCEPT,
        REMOVE,
        CHANGE_KEY,
        RENAME,
        GRANT_ROLE,
        REVOKE_ROLE,
        RENOUNCE_ROLE
    }

    /// @dev Everything a call can say; each function takes what it needs.
    struct Call {
        Does does;
        address caller;
        uint32 member;
        address account;
        bytes32 role;
        uint256 reason;
    }

    uint256 internal constant ACTIVE = 1;
    uint256 internal constant SUSPENDED = 2;
    bytes32 internal constant COUNCIL = keccak256("COUNCIL");
    uint256 private constant SLOT_OF_ROLES = 0;
    uint256 private constant SLOT_OF_MEMBERS = 1;
    uint256 private constant SLOT_OF_ACCOUNTS = 2;
    uint256 private constant SLOT_OF_NAMES = 3;
    uint256 private constant SLOT_OF_OFFERS = 4;
    uint256 private constant SLOT_OF_RECOVERIES = 5;

    function _anyOf(Does does) internal pure returns (Call memory made) {
        made.does = does;
        made.caller = svm.createAddress("caller");
        made.member = uint32(svm.createUint(32, "member"));
        made.account = svm.createAddress("account");
        made.role = svm.createBytes32("role");
        made.reason = svm.createUint(3, "reason");
        vm.assume(made.reason < 5);
    }

    /// @dev Goes on only where the call is not refused: a call that reverts changes nothing, as the EVM has it.
    function _perform(Call memory made) internal {
        vm.assume(_try(made));
    }

    function _try(Call memory made) internal returns (bool done) {
        bytes memory data = _encoded(made);
        vm.prank(made.caller);
        (done,) = address(consortium).call(data);
    }

    // ------------------------------------------------------------------ the state, slot by slot

    function _standing(uint32 member) internal view returns (uint256) {
        return _slot(_slotOf(member), 0) & 0xff;
    }

    function _lapsesAt(uint32 member) internal view returns (uint256) {
        return (_slot(_slotOf(member), 0) >> 8) & type(uint40).max;
    }

    function _keyOf(uint32 member) internal view returns (uint256) {
        return _slot(_slotOf(member), 1);
    }

    /// @dev A short name with its length, as it is stored.
    function _nameOf(uint32 member) internal view returns (uint256) {
        return _slot(_slotOf(member), 2);
    }

    function _memberOf(address account) internal view returns (uint256) {
        return _slot(keccak256(abi.encode(account, SLOT_OF_ACCOUNTS)), 0) & type(uint32).max;
    }

    function _memberNamed(bytes32 digest) internal view returns (uint256) {
        return _slot(keccak256(abi.encode(digest, SLOT_OF_NAMES)), 0) & type(uint32).max;
    }

    function _isOffered(uint32 member, address account) internal view returns (bool) {
        bytes32 ofMember = keccak256(abi.encode(member, SLOT_OF_OFFERS));
        return _slot(keccak256(abi.encode(account, ofMember)), 0) & 0xff != 0;
    }

    function _recovery(uint32 member) internal view returns (address account, uint256 readyAt) {
        uint256 stored = _slot(keccak256(abi.encode(member, SLOT_OF_RECOVERIES)), 0);
        return (address(uint160(stored)), (stored >> 160) & type(uint40).max);
    }

    function _has(bytes32 role, address account) internal view returns (bool) {
        bytes32 ofRole = keccak256(abi.encode(role, SLOT_OF_ROLES));
        return _slot(keccak256(abi.encode(account, ofRole)), 0) & 0xff != 0;
    }

    function _adminOf(bytes32 role) internal view returns (uint256) {
        return _slot(keccak256(abi.encode(role, SLOT_OF_ROLES)), 1);
    }

    function _isKnown(uint32 member) internal view returns (bool) {
        return _standing(member) != 0;
    }

    /// @dev What is short in storage has its last bit clear, and its length below 32.
    function _assumeShortName(uint32 member) internal view {
        uint256 stored = _nameOf(member);
        vm.assume(stored & 1 == 0);
        vm.assume(stored & 0xff < 64);
    }

    // ------------------------------------------------------------------ conditions without branches

    function _or(bool one, bool other) internal pure returns (bool either) {
        assembly {
            either := or(one, other)
        }
    }

    function _and(bool one, bool other) internal pure returns (bool both) {
        assembly {
            both := and(one, other)
        }
    }

    /// @dev Member 0 is nobody, and the zero address acts for nobody.
    function _nobodyIsNobody() internal view returns (bool) {
        return _and(_standing(0) == 0, _memberOf(address(0)) == 0);
    }

    /// @dev The governance alone has the administration.
    function _governsAlone(address account) internal view returns (bool) {
        return _has(0, account) == (account == address(governance));
    }

    /// @dev An account acts for nobody or for this member or for another; for this one only when it is known.
    function _actsForKnown(uint32 member, address account) internal view returns (bool) {
        return _or(_or(member == 0, _isKnown(member)), _memberOf(account) != member);
    }

    function _offersWhenKnown(uint32 member, address account) internal view returns (bool) {
        return _or(_isKnown(member), !_isOffered(member, account));
    }

    function _recoversWhenKnown(uint32 member) internal view returns (bool) {
        (address account,) = _recovery(member);
        return _or(_isKnown(member), account == address(0));
    }

    function _unknownHasNoRole(uint32 member, bytes32 role) internal view returns (bool) {
        return _or(_or(_isKnown(member), role == 0), !_has(role, address(uint160(member))));
    }

    function _unknownHasNoName(uint32 member) internal view returns (bool) {
        return _or(_isKnown(member), _nameOf(member) == 0);
    }

    function _slotOf(uint32 member) private pure returns (bytes32) {
        return keccak256(abi.encode(member, SLOT_OF_MEMBERS));
    }

    function _slot(bytes32 first, uint256 place) private view returns (uint256) {
        return uint256(slots.load(address(consortium), bytes32(uint256(first) + place)));
    }

    function _encoded(Call memory made) private pure returns (bytes memory) {
        uint32 member = made.member;
        if (made.does == Does.ADMIT) {
            bytes32[] memory roles = new bytes32[](1);
            roles[0] = made.role;
            bytes memory key = abi.encode(made.role);
            return abi.encodeCall(
                IConsortium.admit, (IConsortium.Admission(member, "name", roles, made.account, key))
            );
        }
        if (made.does == Does.SUSPEND) return abi.encodeWithSelector(IConsortium.suspend.selector, member, made.reason);
        if (made.does == Does.REINSTATE) return abi.encodeCall(IConsortium.reinstate, (member));
        if (made.does == Does.PROPOSE_RECOVERY) {
            return abi.encodeCall(IConsortium.proposeRecovery, (member, made.account));
        }
        if (made.does == Does.OBJECT) return abi.encodeCall(IConsortium.objectToRecovery, ());
        if (made.does == Does.COMPLETE) return abi.encodeCall(IConsortium.completeRecovery, (member));
        if (made.does == Does.LAPSE) return abi.encodeCall(IConsortium.lapseRecovery, (member));
        if (made.does == Does.OFFER) return abi.encodeCall(IConsortium.offerAccount, (made.account));
        if (made.does == Does.ACCEPT) return abi.encodeCall(IConsortium.acceptAccount, (member));
        if (made.does == Does.REMOVE) return abi.encodeCall(IConsortium.removeAccount, (made.account));
        if (made.does == Does.CHANGE_KEY) {
            return abi.encodeCall(IConsortium.changeEncryptionKey, (abi.encode(made.role)));
        }
        if (made.does == Does.RENAME) return abi.encodeCall(IConsortium.rename, ("name"));
        if (made.does == Does.GRANT_ROLE) return abi.encodeCall(IAccessControl.grantRole, (made.role, made.account));
        if (made.does == Does.REVOKE_ROLE) return abi.encodeCall(IAccessControl.revokeRole, (made.role, made.account));
        return abi.encodeCall(IAccessControl.renounceRole, (made.role, made.account));
    }
}
