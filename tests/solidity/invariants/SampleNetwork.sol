// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {Forwarder} from "../shared/Forwarder.sol";
import {Outcome, Outcomes} from "../shared/Outcome.sol";
import {Vm, vm} from "../shared/Vm.sol";
import {Calls} from "./Calls.sol";
import {Dice, Dices} from "./Dice.sol";

/// @title The sample network of the suites: members, accounts, founders and the governance.
/// @dev Several numbers end in the same four bits, as a batch looks recipients up by these, or differ only beyond a
/// power of two. Some accounts are contracts.
abstract contract SampleNetwork is Calls {
    using Dices for Dice;

    uint256 internal constant START = 1_800_000_000;
    uint256 private constant PEOPLE = 24;

    address internal immutable FOUNDER = _addressOf("founder");

    uint256 private _salt;

    /// @dev Another seed in the environment makes other choices, also where a campaign's own seed is written down.
    function _settle() internal {
        _salt = vm.envOr("FOUNDRY_FUZZ_SEED", uint256(0));
        _time = START;
        vm.warp(_time);
        for (uint256 i = 0; i < PEOPLE; i++) {
            bool contract_ = i % 7 == 3;
            _accounts.push(contract_ ? address(new Forwarder()) : _addressOf(string(abi.encode("account", i))));
        }
        _accounts.push(FOUNDER);
        _numbers = [1, 2, 18, 3, 16, 5, type(uint32).max, 6, 34, 48, 0, 258, 65_538, 1 << 31];
        _found();
        _makeKeys(160);
        _latest = _newKey();
        for (uint256 i = 0; i < 9; i++) {
            address more = _accounts[9 + i];
            _do(_accounts[i], address(consortium), abi.encodeCall(IConsortium.offerAccount, (more)));
            _do(more, address(consortium), abi.encodeCall(IConsortium.acceptAccount, (_actsFor[_accounts[i]])));
        }
        // Calls that set up the network do not count for a run.
        delete _tally[IConsortium.offerAccount.selector][SUCCESS];
        delete _tally[IConsortium.acceptAccount.selector][SUCCESS];
        delete _calls;
    }

    /// @dev L18: What deploying emits is what admitting emits, and that the governance has the administration.
    function _found() private {
        IConsortium.Admission[] memory founding = _founding();
        address[] memory founders = new address[](2);
        (founders[0], founders[1]) = (FOUNDER, _accounts[0]);
        address predicted = _overnext();
        vm.recordLogs();
        _deployConsortium(predicted, founding);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        uint256 place = 0;
        Vm.Log memory log = _roleChange(address(consortium), true, ADMINISTRATION, predicted, address(this));
        _same(abi.encode(logs[place++]), abi.encode(log), "the administration that was deployed");
        for (uint256 i = 0; i < founding.length; i++) {
            Vm.Log[] memory expected = Outcomes.events(_admitted(address(this), founding[i]));
            for (uint256 j = 0; j < expected.length; j++) {
                _same(abi.encode(logs[place++]), abi.encode(expected[j]), "the events of a founding member");
            }
            _seenFounding(founding[i].member, founding[i].account, founding[i].name);
        }
        vm.assertEq(place, logs.length, "events of a deployment");
        _deployGovernance(founders);
        vm.assertEq(address(governance), predicted, "the governance's address");
        _deployRegistries();
        _governs[ADMINISTRATION][predicted] = _governs[EXECUTOR][address(0)] = true;
        _governs[PROPOSER][founders[0]] = _governs[PROPOSER][founders[1]] = true;
    }

    function _founding() private view returns (IConsortium.Admission[] memory founding) {
        bytes32[18] memory roles = [
            COUNCIL,
            SPONSOR,
            ADVISER,
            ADVISER,
            ADVISER,
            SPONSOR,
            ADVISER,
            OPERATOR,
            AUDITOR,
            ADVISER,
            COUNCIL,
            AUDITOR,
            ADVISER,
            AUDITOR,
            ADVISER,
            COUNCIL,
            ADVISER,
            OPERATOR
        ];
        uint32[9] memory members = [1, 2, 18, 3, 16, 5, type(uint32).max, 258, 65_538];
        founding = new IConsortium.Admission[](9);
        for (uint256 i = 0; i < 9; i++) {
            bytes32[] memory own = new bytes32[](2);
            (own[0], own[1]) = (roles[2 * i], roles[2 * i + 1]);
            string memory name = string(abi.encodePacked("member ", bytes1(uint8(65 + i))));
            founding[i] = IConsortium.Admission(members[i], name, own, _accounts[i], new bytes(32 + i));
        }
    }

    function _addressOf(string memory name) internal pure returns (address) {
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

    /// @dev An account of a member mostly, active or not.
    function _ofAMember(Dice memory dice) internal view returns (address account) {
        uint256 tries = dice.chance(10) ? 1 : PEOPLE;
        for (uint256 i = 0; i < tries; i++) {
            account = _anyone(dice);
            if (_actsFor[account] != 0) return account;
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

    /// @dev An account of the council mostly.
    function _councillor(Dice memory dice) internal view returns (address account) {
        uint256 tries = dice.chance(6) ? 1 : PEOPLE;
        for (uint256 i = 0; i < tries; i++) {
            account = _anyone(dice);
            if (_isOfCouncil(account)) return account;
        }
    }

    /// @dev The governance mostly: what it decided is carried out as if at once.
    function _ruler(Dice memory dice) internal view returns (address) {
        return dice.chance(6) ? _anyone(dice) : address(governance);
    }
}
