// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {vm} from "../shared/Vm.sol";
import {Calls} from "./Calls.sol";
import {Dice, Dices} from "./Dice.sol";

/// @title The sample network of the suites: members, accounts and the administrator.
/// @dev Several numbers end in the same four bits, as a batch looks recipients up by these.
abstract contract SampleNetwork is Calls {
    using Dices for Dice;

    uint256 internal constant START = 1_800_000_000;
    uint256 private constant PEOPLE = 20;

    address internal immutable ADMINISTRATOR = _named("administrator");
    address internal immutable HEIR = _named("heir");

    uint256 private _salt;

    /// @dev Another seed in the environment makes other choices, also where a campaign's own seed is written down.
    function _settle() internal {
        _salt = vm.envOr("FOUNDRY_FUZZ_SEED", uint256(0));
        _time = START;
        vm.warp(_time);
        _deployAll(ADMINISTRATOR);
        (_administrator, _seenAdministrator, _delay) = (ADMINISTRATOR, ADMINISTRATOR, HAND_OVER_DELAY);
        for (uint256 i = 0; i < PEOPLE; i++) {
            _accounts.push(_named(string(abi.encode("account", i))));
        }
        _accounts.push(ADMINISTRATOR);
        _accounts.push(HEIR);
        _numbers = [1, 2, 18, 3, 16, 5, type(uint32).max, 6, 34, 48, 0];
        _makeKeys(160);
        _latest = _newKey();
        _admitFounder(1, SPONSOR, OPERATOR);
        _admitFounder(2, ADVISER, ADVISER);
        _admitFounder(18, ADVISER, SPONSOR);
        _admitFounder(3, ADVISER, OPERATOR);
        _admitFounder(16, AUDITOR, ADVISER);
        _admitFounder(5, AUDITOR, AUDITOR);
        _admitFounder(type(uint32).max, ADVISER, AUDITOR);
        // Calls that set up the network do not count for a run.
        delete _tally[IConsortium.admit.selector][SUCCESS];
        delete _tally[IConsortium.addAccount.selector][SUCCESS];
        delete _calls;
    }

    function _admitFounder(uint32 member, bytes32 first, bytes32 second) private {
        Admission memory a = Admission(member, "founder", new bytes32[](2), _free(), new bytes(32));
        (a.roles[0], a.roles[1]) = (first, second);
        bytes memory call = abi.encodeCall(IConsortium.admit, (member, a.name, a.roles, a.account, a.key));
        _act(ADMINISTRATOR, address(consortium), call, _willAdmit(ADMINISTRATOR, a));
        address more = _free();
        call = abi.encodeCall(IConsortium.addAccount, (member, more));
        _act(ADMINISTRATOR, address(consortium), call, _willAddAccount(ADMINISTRATOR, member, more));
    }

    /// @dev An account that acts for nobody.
    function _free() private view returns (address) {
        for (uint256 i = 0; i < PEOPLE; i++) {
            if (_actsFor[_accounts[i]] == 0) return _accounts[i];
        }
        return HEIR;
    }

    function _named(string memory name) private pure returns (address) {
        return address(uint160(uint256(keccak256(bytes(name)))));
    }

    /// @dev The choices of one call, whose block has the time that the clock was set to.
    function _dice(uint256 seed) internal returns (Dice memory) {
        vm.warp(_time);
        return Dice(uint256(keccak256(abi.encode(seed, _salt))));
    }

    function _anyone(Dice memory dice) internal view returns (address) {
        return _accounts[dice.roll(_accounts.length)];
    }

    function _someNumber(Dice memory dice) internal view returns (uint32) {
        return _numbers[dice.roll(_numbers.length)];
    }

    /// @dev An account of an active member mostly.
    function _carrier(Dice memory dice) internal view returns (address account) {
        uint256 tries = dice.chance(12) ? 1 : PEOPLE;
        for (uint256 i = 0; i < tries; i++) {
            account = _anyone(dice);
            if (_isActive(_actsFor[account])) return account;
        }
    }

    /// @dev An account of this member mostly.
    function _accountOf(Dice memory dice, uint32 member) internal view returns (address account) {
        account = _anyone(dice);
        if (dice.chance(12)) return account;
        uint256 first = dice.roll(_accounts.length);
        for (uint256 i = 0; i < _accounts.length; i++) {
            address candidate = _accounts[(first + i) % _accounts.length];
            if (_actsFor[candidate] == member) return candidate;
        }
    }

    /// @dev An active adviser mostly.
    function _adviser(Dice memory dice) internal view returns (uint32 member) {
        uint256 tries = dice.chance(16) ? 1 : 12;
        for (uint256 i = 0; i < tries; i++) {
            member = _someNumber(dice);
            if (_isAdviser(member)) return member;
        }
    }

    /// @dev The administrator mostly.
    function _governor(Dice memory dice) internal view returns (address) {
        return dice.chance(6) || _administrator == address(0) ? _anyone(dice) : _administrator;
    }
}
