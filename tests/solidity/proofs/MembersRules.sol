// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {vm} from "../shared/Vm.sol";
import {Members} from "./Members.sol";

/// @title Who may change the members, and how: what any call of each function leaves as it was.
/// @dev A check of each property takes the functions one by one, as all at once would be one question for the solver.
abstract contract MembersRules is Members {
    /// @dev The function that the contract below is about.
    function _does() internal pure virtual returns (Does);

    /// @notice M1: a number once given is never free again.
    function check_numbersAreGivenOnce(uint32 member) external {
        vm.assume(_isKnown(member));
        Call memory made = _call();
        _perform(made);
        assert(_isKnown(member));
        assert(_or(made.does != Does.ADMIT, made.member != member));
    }

    /// @notice M2: nobody but the governance admits a member or changes a role, and it alone keeps the administration.
    function check_governsAlone(uint32 member, address account, bytes32 role, address holder) external {
        Call memory made = _call();
        vm.assume(_governsAlone(account));
        vm.assume(_governsAlone(made.caller));
        bool known = _isKnown(member);
        bool has = _has(role, holder);
        vm.assume(_adminOf(made.role) == 0);
        _perform(made);
        assert(_governsAlone(account));
        bool ruled = made.caller == address(governance);
        assert(_or(_isKnown(member) == known, ruled));
        bool renounced = _and(made.does == Does.RENOUNCE_ROLE, made.caller == holder);
        assert(_or(_or(_has(role, holder) == has, ruled), renounced));
    }

    /// @notice M3: an account that acts for a member comes to act for another only after it was removed.
    function check_accountsActForOne(address account) external {
        uint256 before = _memberOf(account);
        vm.assume(before != 0);
        _perform(_call());
        uint256 later = _memberOf(account);
        assert(_or(later == before, later == 0));
    }

    /// @notice M4: a call gives a role only to the seat of a member that is known, and only one of the five.
    function check_seatsHoldRoles(address holder, bytes32 role) external {
        vm.assume(!_has(role, holder));
        _perform(_call());
        uint32 member = uint32(uint160(holder));
        bool seated = _and(uint160(holder) == member, _isKnown(member));
        bool first = _or(role == keccak256("SPONSOR"), role == keccak256("ADVISER"));
        bool second = _or(role == keccak256("AUDITOR"), role == keccak256("OPERATOR"));
        assert(_or(!_has(role, holder), _and(seated, _or(_or(first, second), role == COUNCIL))));
    }

    /// @notice M6: a known member's key and name change, and its accounts go, only by a call of one of its accounts; the
    /// name only while it is active.
    function check_changesItself(uint32 member, address account) external {
        vm.assume(_isKnown(member));
        Call memory made = _call();
        uint256 actsFor = _memberOf(account);
        (uint256 key, uint256 name) = (_keyOf(member), _nameOf(member));
        bool own = _memberOf(made.caller) == member;
        bool active = _standing(member) == ACTIVE;
        _perform(made);
        assert(_or(_and(_keyOf(member) == key, _nameOf(member) == name), own));
        assert(_or(_nameOf(member) == name, active));
        assert(_or(_or(actsFor != member, _memberOf(account) == actsFor), own));
    }

    /// @notice M6: an account comes to act for a known member only by its own acceptance: of an offer, or of a recovery
    /// that stood for its delay.
    function check_addedByItself(uint32 member, address account) external {
        vm.assume(_isKnown(member));
        vm.assume(_memberOf(account) != member);
        Call memory made = _call();
        bool offered = _isOffered(member, account);
        (address proposed, uint256 readyAt) = _recovery(member);
        _perform(made);
        bool due = _and(block.timestamp >= readyAt, block.timestamp < readyAt + RECOVERY);
        bool recovered = _and(_and(made.does == Does.COMPLETE, proposed == account), due);
        // Two branches that the solver takes one by one: another's account stays, and the caller's own was asked for.
        if (made.caller != account) {
            assert(_memberOf(account) != member);
        } else if (_memberOf(account) == member) {
            assert(_or(_and(made.does == Does.ACCEPT, offered), recovered));
        }
    }

    /// @notice M6: only the council proposes a recovery, for its delay from now; nobody but an account of the member, the
    /// recovered account, and time, ends it; a member that objected has none.
    function check_recoveriesStand(uint32 member) external {
        Call memory made = _call();
        (address account, uint256 readyAt) = _recovery(member);
        bool own = _memberOf(made.caller) == member;
        _perform(made);
        (address later, uint256 laterAt) = _recovery(member);
        bool same = _and(later == account, laterAt == readyAt);
        bool proposed = _and(made.does == Does.PROPOSE_RECOVERY, laterAt == block.timestamp + RECOVERY);
        bool objected = _and(made.does == Does.OBJECT, own);
        bool completed = _and(made.does == Does.COMPLETE, made.caller == account);
        bool lapsed = _and(made.does == Does.LAPSE, block.timestamp >= readyAt + RECOVERY);
        bool ended = _and(_or(_or(objected, completed), lapsed), later == address(0));
        assert(_or(_or(same, proposed), ended));
        assert(_or(!objected, later == address(0)));
    }

    /// @notice M7: a name stays its member's.
    function check_namesStay(bytes32 digest) external {
        uint256 owner = _memberNamed(digest);
        vm.assume(owner != 0);
        _perform(_call());
        assert(_memberNamed(digest) == owner);
    }

    /// @notice M8: a member is suspended by the governance, or for its time by the council, not within as long again;
    /// and has its powers back by the governance, or once that time passed.
    function check_suspensionsLapse(uint32 member) external {
        (uint256 standing, uint256 lapsesAt) = (_standing(member), _lapsesAt(member));
        vm.assume(standing != 0);
        Call memory made = _call();
        _perform(made);
        (uint256 later, uint256 laterAt) = (_standing(member), _lapsesAt(member));
        bool same = _and(later == standing, laterAt == lapsesAt);
        bool ruled = made.caller == address(governance);
        bool waited = _or(lapsesAt == 0, block.timestamp >= lapsesAt + SUSPENSION);
        bool began = _and(_and(later == SUSPENDED, laterAt == block.timestamp + SUSPENSION), standing == ACTIVE);
        bool lapsed = _and(_and(later == ACTIVE, lapsesAt != 0), block.timestamp >= lapsesAt);
        assert(_or(_or(same, ruled), _or(_and(began, waited), _and(lapsed, laterAt == lapsesAt))));
    }

    /// @notice M9: whoever removes an account still acts for that member, so that none loses its last.
    function check_oneAccountStays(address account) external {
        uint256 member = _memberOf(account);
        vm.assume(member != 0);
        Call memory made = _call();
        _perform(made);
        bool stays = _memberOf(account) == member;
        bool another = _and(made.caller != account, _memberOf(made.caller) == member);
        assert(_or(stays, another));
    }

    /// @notice M1, M2, M4: a valid state stays valid: the zero address and member 0 are nobody, the administration
    /// governs every other, and an unknown number has no role, no name, no account, no offer and no recovery.
    function check_staysValid(uint32 member, address account, bytes32 role) external {
        Call memory made = _call();
        _assumeValid(member, account, role);
        _assumeValid(made.member, made.account, made.role);
        _assumeValid(uint32(_memberOf(made.caller)), made.account, made.role);
        _assumeValid(made.member, made.caller, made.role);
        (address proposed,) = _recovery(made.member);
        vm.assume(_actsForKnown(made.member, proposed));
        _perform(made);
        assert(_nobodyIsNobody());
        assert(_adminOf(role) == 0);
        assert(_actsForKnown(member, account));
        assert(_offersWhenKnown(member, account));
        assert(_recoversWhenKnown(member));
        assert(_unknownHasNoRole(member, role));
        assert(_unknownHasNoName(member));
    }

    /// @dev A call of which nothing is known but its function; what names there are, are short, and nobody is nobody.
    function _call() private view returns (Call memory made) {
        made = _anyOf(_does());
        vm.assume(_nobodyIsNobody());
        vm.assume(made.caller != address(0));
        if (made.does == Does.ADMIT) {
            // Any other is refused, see AdmitRules.
            vm.assume(_standing(made.member) == 0);
            vm.assume(_nameOf(made.member) == 0);
        }
        if (made.does == Does.RENAME) _assumeShortName(uint32(_memberOf(made.caller)));
    }

    function _assumeValid(uint32 member, address account, bytes32 role) private view {
        vm.assume(_adminOf(role) == 0);
        vm.assume(_actsForKnown(member, account));
        vm.assume(_actsForKnown(uint32(_memberOf(account)), account));
        vm.assume(_offersWhenKnown(member, account));
        vm.assume(_recoversWhenKnown(member));
        vm.assume(_unknownHasNoRole(member, role));
        vm.assume(_unknownHasNoName(member));
    }
}
