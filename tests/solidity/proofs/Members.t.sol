// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControlDefaultAdminRules} from
    "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";

import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {vm} from "../shared/Vm.sol";
import {Members} from "./Members.sol";

/// @title Who may change the members, and how.
contract MembersRules is Members {
    /// @notice M1: a number once given is never free again.
    function check_numbersAreGivenOnce(uint32 member) external {
        vm.assume(_standing(member) != IConsortium.Standing.NONE);
        Call memory made = _anyCallFromValid();
        _perform(made);
        assert(_standing(member) != IConsortium.Standing.NONE);
        assert(made.does != Does.ADMIT || made.member != member);
    }

    /// @notice M2: a member, an account or a role changes only by the administrator's call.
    function check_onlyTheAdministratorChanges(uint32 member, address account, bytes32 role) external {
        address administrator = _administrator();
        Call memory made = _anyCallFromValid();
        vm.assume(!_has(0, made.caller) || made.caller == administrator);
        vm.assume(role != 0);
        IConsortium.Standing standing = _standing(member);
        uint32 actsFor = consortium.memberOf(account);
        bool has = _has(role, account);
        vm.assume(made.caller != administrator);
        _perform(made);
        assert(_standing(member) == standing);
        assert(consortium.memberOf(account) == actsFor);
        assert(_has(role, account) == has || (made.does == Does.RENOUNCE_ROLE && made.caller == account));
    }

    /// @notice M3: an account that acts for a member comes to act for another only after it was removed.
    function check_accountsActForOne(address account) external {
        uint32 before = consortium.memberOf(account);
        vm.assume(before != 0);
        _perform(_anyCallFromValid());
        uint32 later = consortium.memberOf(account);
        assert(later == before || later == 0);
    }

    /// @notice M4: a call gives a member role only to the seat of a member that is known, and only one of the four.
    function check_seatsHoldRoles(address holder, bytes32 role) external {
        vm.assume(role != 0);
        vm.assume(!_has(role, holder));
        _perform(_anyCallFromValid());
        if (_has(role, holder)) {
            uint32 member = uint32(uint160(holder));
            assert(uint160(holder) == member);
            assert(_standing(member) != IConsortium.Standing.NONE);
            assert(_isMemberRole(role));
        }
    }

    /// @notice M5: a member that is suspended is active in no role; one that is reinstated is active as it was.
    function check_suspendedIsNotActive(uint32 member, bytes32 role, address administrator) external {
        vm.assume(_has(0, administrator));
        bool was = consortium.isActiveAs(member, role);
        vm.assume(consortium.isActive(member));
        vm.prank(administrator);
        consortium.suspend(member);
        assert(!consortium.isActive(member));
        assert(!consortium.isActiveAs(member, role));
        vm.prank(administrator);
        consortium.reinstate(member);
        assert(consortium.isActive(member));
        assert(consortium.isActiveAs(member, role) == was);
    }

    /// @notice M6: the administration changes hands only by the new one's own acceptance, begun and due before.
    function check_handOverTakesTwoSteps() external {
        address before = _administrator();
        (address next, uint48 due) = IAccessControlDefaultAdminRules(address(consortium)).pendingDefaultAdmin();
        Call memory made = _anyCallFromValid();
        _perform(made);
        address later = _administrator();
        if (later != before) {
            assert(due != 0);
            assert(due < block.timestamp);
            assert(later == next);
            assert(made.does == Does.ACCEPT_HAND_OVER ? made.caller == next : next == address(0));
        }
    }

    /// @notice M6: a hand-over that is begun is due only after the delay that stands.
    function check_handOverTakesADelay(address account) external {
        IAccessControlDefaultAdminRules rules = IAccessControlDefaultAdminRules(address(consortium));
        uint48 delay = rules.defaultAdminDelay();
        Call memory made = _anyCallFromValid();
        made.account = account;
        vm.assume(made.does == Does.BEGIN_HAND_OVER);
        _perform(made);
        (address next, uint48 due) = rules.pendingDefaultAdmin();
        assert(next == account);
        assert(due == block.timestamp + delay);
    }

    /// @notice M1, M4: any call leaves a valid state valid: the zero address acts for nobody, 0 is no member's number.
    function check_nobodyStaysNobody(uint32 member) external {
        Call memory made = _anyCallFromValid();
        vm.assume(_nobodyIsNobody(member));
        _perform(made);
        assert(_nobodyIsNobody(member));
    }

    /// @notice M2: any call leaves a valid state valid: the administrator alone has its role.
    function check_oneAdministratorStays(address account) external {
        Call memory made = _anyCallFromValid();
        vm.assume(_administersAlone(account));
        _perform(made);
        assert(_administersAlone(account));
    }

    /// @notice M2: any call leaves a valid state valid: the administrator's role governs every other.
    function check_administratorStaysAboveAll(bytes32 role) external {
        Call memory made = _anyCallFromValid();
        vm.assume(_governed(role));
        _perform(made);
        assert(_governed(role));
    }

    /// @notice M1: admitting leaves a valid state valid: no account acts for a number that was not given.
    function check_unknownStaysWithoutAccountsWhenAdmitting(uint32 member, address account) external {
        Call memory made = _anyCallFromValid();
        vm.assume(made.does == Does.ADMIT);
        _keepsUnknownWithoutAccounts(made, member, account);
    }

    /// @notice M1: adding an account leaves a valid state valid: none acts for a number that was not given.
    function check_unknownStaysWithoutAccountsWhenAdding(uint32 member, address account) external {
        Call memory made = _anyCallFromValid();
        vm.assume(made.does == Does.ADD_ACCOUNT);
        _keepsUnknownWithoutAccounts(made, member, account);
    }

    /// @notice M1: any other call leaves a valid state valid: no account acts for a number that was not given.
    function check_unknownStaysWithoutAccounts(uint32 member, address account) external {
        Call memory made = _anyCallFromValid();
        vm.assume(made.does != Does.ADMIT && made.does != Does.ADD_ACCOUNT);
        _keepsUnknownWithoutAccounts(made, member, account);
    }

    /// @notice M4: any call leaves a valid state valid: a number that was not given has no role, and no name.
    function check_unknownStaysEmpty(uint32 member, bytes32 role) external {
        Call memory made = _anyCallFromValid();
        vm.assume(_unknownIsEmpty(member, role));
        _perform(made);
        assert(_unknownIsEmpty(member, role));
    }

    function _keepsUnknownWithoutAccounts(Call memory made, uint32 member, address account) private {
        vm.assume(_actsForKnown(member, account));
        _perform(made);
        assert(_actsForKnown(member, account));
    }

    function _isMemberRole(bytes32 role) private view returns (bool) {
        return role == consortium.SPONSOR() || role == consortium.ADVISER() || role == consortium.AUDITOR()
            || role == consortium.OPERATOR();
    }
}

/// @title What is assumed of the members' state holds after deployment.
contract MembersDeployed is Members {
    function setUp() public override {
        _deployAll(address(0xAD));
    }

    /// @notice M1, M2, M4: nobody is a member, and the administrator alone has the administrator's role.
    function check_beginsEmpty(uint32 member, address account, bytes32 role) external view {
        assert(_standing(member) == IConsortium.Standing.NONE);
        assert(consortium.memberOf(account) == 0);
        assert(_isValidFor(member, account, role));
    }
}
