// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IAccessControlDefaultAdminRules} from
    "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";

import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {vm} from "../shared/Vm.sol";
import {State} from "./State.sol";
import {slots, svm} from "./Svm.sol";

/// @title Any call of any writing function of Consortium, from any state it can be in.
/// @dev What is assumed of the state: nobody is member 0, an unknown member has no name and no roles, accounts act for
/// known members, the zero address for none, the administrator alone has the administrator's role, which governs all
/// others. Members.t.sol shows that it holds after deployment, and after any call.
abstract contract Members is State {
    enum Does {
        ADMIT,
        SUSPEND,
        REINSTATE,
        ADD_ACCOUNT,
        REMOVE_ACCOUNT,
        CHANGE_KEY,
        GRANT_ROLE,
        REVOKE_ROLE,
        RENOUNCE_ROLE,
        BEGIN_HAND_OVER,
        CANCEL_HAND_OVER,
        ACCEPT_HAND_OVER,
        CHANGE_DELAY,
        ROLL_BACK_DELAY
    }

    /// @dev Everything a call can say; each function takes what it needs.
    struct Call {
        Does does;
        address caller;
        uint32 member;
        address account;
        bytes32 role;
        uint48 delay;
    }

    uint256 private constant SLOT_OF_MEMBERS = 3;

    function _anyCall() internal pure returns (Call memory made) {
        uint256 does = svm.createUint(4, "function");
        vm.assume(does <= uint256(Does.ROLL_BACK_DELAY));
        made.does = Does(does);
        made.caller = svm.createAddress("caller");
        made.member = uint32(svm.createUint(32, "member"));
        made.account = svm.createAddress("account");
        made.role = svm.createBytes32("role");
        made.delay = uint48(svm.createUint(48, "delay"));
    }

    /// @dev A call of which nothing is known, from a state that is valid for what the call names.
    function _anyCallFromValid() internal view returns (Call memory made) {
        made = _anyCall();
        vm.assume(_isValidFor(made.member, made.account, made.role));
    }

    /// @dev Goes on only where the call is not refused: a call that reverts changes nothing, as the EVM has it.
    function _perform(Call memory made) internal {
        bytes memory data = _encoded(made);
        vm.prank(made.caller);
        (bool done,) = address(consortium).call(data);
        vm.assume(done);
    }

    /// @dev By the record itself: a member's name is of any length, and Halmos returns none whose length is a symbol.
    function _standing(uint32 member) internal view returns (IConsortium.Standing) {
        return IConsortium.Standing(uint8(uint256(slots.load(address(consortium), _slotOf(member)))));
    }

    function _administrator() internal view returns (address) {
        return IAccessControlDefaultAdminRules(address(consortium)).defaultAdmin();
    }

    function _has(bytes32 role, address account) internal view returns (bool) {
        return IAccessControl(address(consortium)).hasRole(role, account);
    }

    /// @dev Of one member, account and role; the checks take any.
    function _isValidFor(uint32 member, address account, bytes32 role) internal view returns (bool) {
        return _nobodyIsNobody(member) && _governed(role) && _administersAlone(account)
            && _actsForKnown(member, account) && _unknownIsEmpty(member, role);
    }

    function _nobodyIsNobody(uint32 member) internal view returns (bool) {
        return consortium.memberOf(address(0)) == 0 && (member != 0 || !_isKnown(member));
    }

    function _governed(bytes32 role) internal view returns (bool) {
        return IAccessControl(address(consortium)).getRoleAdmin(role) == 0;
    }

    function _administersAlone(address account) internal view returns (bool) {
        return !_has(0, account) || account == _administrator();
    }

    function _actsForKnown(uint32 member, address account) internal view returns (bool) {
        return member == 0 || _isKnown(member) || consortium.memberOf(account) != member;
    }

    function _unknownIsEmpty(uint32 member, bytes32 role) internal view returns (bool) {
        if (_isKnown(member)) return true;
        bool named = slots.load(address(consortium), bytes32(uint256(_slotOf(member)) + 2)) != 0;
        return !named && (role == 0 || !_has(role, address(uint160(member))));
    }

    function _isKnown(uint32 member) internal view returns (bool) {
        return _standing(member) != IConsortium.Standing.NONE;
    }

    function _slotOf(uint32 member) private pure returns (bytes32) {
        return keccak256(abi.encode(member, SLOT_OF_MEMBERS));
    }

    function _encoded(Call memory made) private pure returns (bytes memory) {
        uint32 member = made.member;
        if (made.does == Does.ADMIT) {
            bytes32[] memory roles = new bytes32[](1);
            roles[0] = made.role;
            bytes memory key = abi.encode(made.role);
            return abi.encodeCall(IConsortium.admit, (member, "name", roles, made.account, key));
        }
        if (made.does == Does.SUSPEND) return abi.encodeCall(IConsortium.suspend, (member));
        if (made.does == Does.REINSTATE) return abi.encodeCall(IConsortium.reinstate, (member));
        if (made.does == Does.ADD_ACCOUNT) return abi.encodeCall(IConsortium.addAccount, (member, made.account));
        if (made.does == Does.REMOVE_ACCOUNT) return abi.encodeCall(IConsortium.removeAccount, (member, made.account));
        if (made.does == Does.CHANGE_KEY) {
            return abi.encodeCall(IConsortium.changeEncryptionKey, (member, abi.encode(made.role)));
        }
        if (made.does == Does.GRANT_ROLE) return abi.encodeCall(IAccessControl.grantRole, (made.role, made.account));
        if (made.does == Does.REVOKE_ROLE) return abi.encodeCall(IAccessControl.revokeRole, (made.role, made.account));
        if (made.does == Does.RENOUNCE_ROLE) {
            return abi.encodeCall(IAccessControl.renounceRole, (made.role, made.account));
        }
        return _handOver(made);
    }

    function _handOver(Call memory made) private pure returns (bytes memory) {
        if (made.does == Does.BEGIN_HAND_OVER) {
            return abi.encodeCall(IAccessControlDefaultAdminRules.beginDefaultAdminTransfer, (made.account));
        }
        if (made.does == Does.CANCEL_HAND_OVER) {
            return abi.encodeCall(IAccessControlDefaultAdminRules.cancelDefaultAdminTransfer, ());
        }
        if (made.does == Does.ACCEPT_HAND_OVER) {
            return abi.encodeCall(IAccessControlDefaultAdminRules.acceptDefaultAdminTransfer, ());
        }
        if (made.does == Does.CHANGE_DELAY) {
            return abi.encodeCall(IAccessControlDefaultAdminRules.changeDefaultAdminDelay, (made.delay));
        }
        return abi.encodeCall(IAccessControlDefaultAdminRules.rollbackDefaultAdminDelay, ());
    }
}
