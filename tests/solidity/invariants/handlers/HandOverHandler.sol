// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IAccessControlDefaultAdminRules} from
    "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";

import {Dice, Dices} from "../Dice.sol";
import {MemberHandler} from "./MemberHandler.sol";

/// @title Hand-overs of the administration, in time and out of it, by the administrator, its heir and others.
abstract contract HandOverHandler is MemberHandler {
    using Dices for Dice;

    function beginDefaultAdminTransfer(uint256 seed) external {
        Dice memory dice = _dice(seed);
        address caller = _governor(dice);
        address heir = dice.chance(2) ? HEIR : dice.chance(4) ? ADMINISTRATOR : _anyone(dice);
        if (dice.chance(8)) heir = address(0);
        bytes memory call = abi.encodeCall(IAccessControlDefaultAdminRules.beginDefaultAdminTransfer, (heir));
        _act(caller, address(consortium), call, _willBegin(caller, heir));
    }

    function cancelDefaultAdminTransfer(uint256 seed) external {
        Dice memory dice = _dice(seed);
        address caller = dice.chance(2) ? _governor(dice) : _anyone(dice);
        bytes memory call = abi.encodeCall(IAccessControlDefaultAdminRules.cancelDefaultAdminTransfer, ());
        _act(caller, address(consortium), call, _willCancel(caller));
    }

    function acceptDefaultAdminTransfer(uint256 seed) external {
        Dice memory dice = _dice(seed);
        address caller = dice.chance(4) || _heir == address(0) ? _anyone(dice) : _heir;
        bytes memory call = abi.encodeCall(IAccessControlDefaultAdminRules.acceptDefaultAdminTransfer, ());
        _act(caller, address(consortium), call, _willAccept(caller));
    }

    function changeDefaultAdminDelay(uint256 seed) external {
        Dice memory dice = _dice(seed);
        address caller = _governor(dice);
        uint32[6] memory delays = [uint32(0), 1 hours, 1 days, 3 days, 6 days, 30 days];
        uint48 delay = delays[dice.roll(6)];
        bytes memory call = abi.encodeCall(IAccessControlDefaultAdminRules.changeDefaultAdminDelay, (delay));
        _act(caller, address(consortium), call, _willChangeDelay(caller, delay));
    }

    function rollbackDefaultAdminDelay(uint256 seed) external {
        Dice memory dice = _dice(seed);
        address caller = _governor(dice);
        bytes memory call = abi.encodeCall(IAccessControlDefaultAdminRules.rollbackDefaultAdminDelay, ());
        _act(caller, address(consortium), call, _willRollback(caller));
    }

    function renounceRole(uint256 seed) external {
        Dice memory dice = _dice(seed);
        address caller = dice.chance(2) ? _governor(dice) : _anyone(dice);
        address confirmation = dice.chance(4) ? _anyone(dice) : caller;
        bytes32 role = dice.chance(3) ? ADMINISTRATION : _someRole(dice, 6);
        bytes memory call = abi.encodeCall(IAccessControl.renounceRole, (role, confirmation));
        _act(caller, address(consortium), call, _willRenounceRole(caller, role, confirmation));
    }
}
