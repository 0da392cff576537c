// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {IConsortium} from "../../../../interfaces/IConsortium.sol";
import {Dice, Dices} from "../Dice.sol";
import {CommitHandler} from "./CommitHandler.sol";

/// @title Changes of members, their accounts, roles and keys, by the administrator and by others.
abstract contract MemberHandler is CommitHandler {
    using Dices for Dice;

    function admit(uint256 seed) external {
        Dice memory dice = _dice(seed);
        Admission memory a = _someAdmission(dice);
        address caller = _governor(dice);
        bytes memory call = abi.encodeCall(IConsortium.admit, (a.member, a.name, a.roles, a.account, a.key));
        _act(caller, address(consortium), call, _willAdmit(caller, a));
    }

    function suspend(uint256 seed) external {
        Dice memory dice = _dice(seed);
        (address caller, uint32 member) = (_governor(dice), _someNumber(dice));
        // Most stay active, or there would be nobody to look at consents.
        if (dice.chance(2)) member = _numberWith(dice, IConsortium.Standing.SUSPENDED);
        bytes memory call = abi.encodeCall(IConsortium.suspend, (member));
        _act(caller, address(consortium), call, _willSuspend(caller, member));
    }

    function reinstate(uint256 seed) external {
        Dice memory dice = _dice(seed);
        (address caller, uint32 member) = (_governor(dice), _someNumber(dice));
        if (!dice.chance(4)) member = _numberWith(dice, IConsortium.Standing.SUSPENDED);
        bytes memory call = abi.encodeCall(IConsortium.reinstate, (member));
        _act(caller, address(consortium), call, _willReinstate(caller, member));
    }

    function addAccount(uint256 seed) external {
        Dice memory dice = _dice(seed);
        (address caller, uint32 member) = (_governor(dice), _someNumber(dice));
        address account = dice.chance(16) ? address(0) : _anyone(dice);
        bytes memory call = abi.encodeCall(IConsortium.addAccount, (member, account));
        _act(caller, address(consortium), call, _willAddAccount(caller, member, account));
    }

    function removeAccount(uint256 seed) external {
        Dice memory dice = _dice(seed);
        (address caller, uint32 member) = (_governor(dice), _someNumber(dice));
        address account = dice.chance(16) ? address(0) : _anyone(dice);
        if (dice.chance(3)) account = _accountOf(dice, member);
        bytes memory call = abi.encodeCall(IConsortium.removeAccount, (member, account));
        _act(caller, address(consortium), call, _willRemoveAccount(caller, member, account));
    }

    function changeEncryptionKey(uint256 seed) external {
        Dice memory dice = _dice(seed);
        (address caller, uint32 member) = (_governor(dice), _someNumber(dice));
        bytes memory key = _someEncryptionKey(dice);
        bytes memory call = abi.encodeCall(IConsortium.changeEncryptionKey, (member, key));
        _act(caller, address(consortium), call, _willChangeKey(caller, member, key));
    }

    function grantRole(uint256 seed) external {
        Dice memory dice = _dice(seed);
        (address caller, bytes32 role, address holder) = (_governor(dice), _someRole(dice, 10), _someSeat(dice));
        bytes memory call = abi.encodeCall(IAccessControl.grantRole, (role, holder));
        _act(caller, address(consortium), call, _willGrantRole(caller, role, holder));
    }

    function revokeRole(uint256 seed) external {
        Dice memory dice = _dice(seed);
        (address caller, bytes32 role, address holder) = (_governor(dice), _someRole(dice, 10), _someSeat(dice));
        bytes memory call = abi.encodeCall(IAccessControl.revokeRole, (role, holder));
        _act(caller, address(consortium), call, _willRevokeRole(caller, role, holder));
    }

    function _someAdmission(Dice memory dice) private view returns (Admission memory a) {
        a.member = dice.chance(3) ? _someNumber(dice) : _numberWith(dice, IConsortium.Standing.NONE);
        uint8[8] memory lengths = [0, 1, 1, 12, 12, 64, 64, 65];
        a.name = string(new bytes(lengths[dice.roll(8)]));
        a.roles = new bytes32[](dice.chance(12) ? 5 : dice.roll(5));
        for (uint256 i = 0; i < a.roles.length; i++) {
            a.roles[i] = _someRole(dice, 24);
        }
        a.account = dice.chance(16) ? address(0) : _anyone(dice);
        a.key = _someEncryptionKey(dice);
    }

    function _someEncryptionKey(Dice memory dice) private pure returns (bytes memory key) {
        uint16[10] memory lengths = [0, 31, 32, 32, 33, 1000, 64, 64, 4096, 4097];
        key = new bytes(lengths[dice.roll(10)]);
        if (key.length != 0) key[0] = bytes1(uint8(dice.roll(256)));
    }

    function _someRole(Dice memory dice, uint256 oneIn) internal pure returns (bytes32) {
        if (dice.chance(oneIn)) return dice.chance(2) ? ADMINISTRATION : keccak256("RECIPIENT");
        bytes32[6] memory roles = [SPONSOR, ADVISER, AUDITOR, OPERATOR, ADVISER, ADVISER];
        return roles[dice.roll(6)];
    }

    /// @dev A seat mostly; sometimes an account, or a number as an address but for one higher bit.
    function _someSeat(Dice memory dice) private view returns (address seat) {
        seat = address(uint160(_someNumber(dice)));
        uint256 number = dice.roll(12);
        if (number == 0) return _anyone(dice);
        if (number == 1) return address(uint160(seat) | (1 << 32));
        if (number == 2) return address(uint160(seat) | (1 << 159));
    }

    function _numberWith(Dice memory dice, IConsortium.Standing standing) private view returns (uint32 member) {
        for (uint256 i = 0; i < 12; i++) {
            member = _someNumber(dice);
            if (_member[member].standing == standing) return member;
        }
    }
}
