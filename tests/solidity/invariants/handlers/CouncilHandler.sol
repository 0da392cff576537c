// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsortium} from "../../../../interfaces/IConsortium.sol";
import {Dice, Dices} from "../Dice.sol";
import {MemberHandler} from "./MemberHandler.sol";

/// @title Suspensions and recoveries, in time and out of it, by the council, the governance, members and strangers.
abstract contract CouncilHandler is MemberHandler {
    using Dices for Dice;

    function suspend(uint256 seed) external {
        Dice memory dice = _dice(seed);
        address caller = dice.chance(3) ? _ruler(dice) : _councillor(dice);
        uint32 member = _someNumber(dice);
        // Most stay active, or there would be nobody to look at consents.
        if (dice.chance(2)) member = _numberWith(dice, IConsortium.Standing.SUSPENDED);
        IConsortium.Reason reason = IConsortium.Reason(dice.chance(8) ? 0 : 1 + dice.roll(4));
        _do(caller, address(consortium), abi.encodeCall(IConsortium.suspend, (member, reason)));
    }

    function reinstate(uint256 seed) external {
        Dice memory dice = _dice(seed);
        address caller = dice.chance(2) ? _ruler(dice) : _anyone(dice);
        uint32 member = _someNumber(dice);
        if (!dice.chance(4)) member = _numberWith(dice, IConsortium.Standing.SUSPENDED);
        _do(caller, address(consortium), abi.encodeCall(IConsortium.reinstate, (member)));
    }

    function proposeRecovery(uint256 seed) external {
        Dice memory dice = _dice(seed);
        address account = dice.chance(12) ? address(0) : _free(dice);
        bytes memory call = abi.encodeCall(IConsortium.proposeRecovery, (_someNumber(dice), account));
        _do(_councillor(dice), address(consortium), call);
    }

    function objectToRecovery(uint256 seed) external {
        Dice memory dice = _dice(seed);
        // Most stand, or none would ever be completed.
        address caller = dice.chance(3) ? _accountOf(dice, _recovered(dice)) : _accountOf(dice, _someNumber(dice));
        _do(caller, address(consortium), abi.encodeCall(IConsortium.objectToRecovery, ()));
    }

    function completeRecovery(uint256 seed) external {
        Dice memory dice = _dice(seed);
        _complete(dice, _recovered(dice));
    }

    function lapseRecovery(uint256 seed) external {
        Dice memory dice = _dice(seed);
        bytes memory call = abi.encodeCall(IConsortium.lapseRecovery, (_recovered(dice)));
        _do(_anyone(dice), address(consortium), call);
    }

    function _complete(Dice memory dice, uint32 member) internal {
        address caller = _recovery[member].account;
        if (caller == address(0) || dice.chance(8)) caller = _anyone(dice);
        _do(caller, address(consortium), abi.encodeCall(IConsortium.completeRecovery, (member)));
    }

    /// @dev A member with a recovery mostly.
    function _recovered(Dice memory dice) internal view returns (uint32 member) {
        uint256 tries = dice.chance(8) ? 1 : 20;
        for (uint256 i = 0; i < tries; i++) {
            member = _someNumber(dice);
            if (_recovery[member].account != address(0)) return member;
        }
    }

    function _numberWith(Dice memory dice, IConsortium.Standing standing) internal view returns (uint32 member) {
        for (uint256 i = 0; i < 12; i++) {
            member = _someNumber(dice);
            if (_member[member].standing == standing) return member;
        }
    }

    /// @dev An account that acts for nobody mostly.
    function _free(Dice memory dice) private view returns (address account) {
        uint256 tries = dice.chance(4) ? 1 : 20;
        for (uint256 i = 0; i < tries; i++) {
            account = _anyone(dice);
            if (_actsFor[account] == 0) return account;
        }
    }
}
