// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAdviceLog} from "../../../../interfaces/IAdviceLog.sol";
import {IConsentRegistry} from "../../../../interfaces/IConsentRegistry.sol";
import {IConsortium} from "../../../../interfaces/IConsortium.sol";
import {vm} from "../../shared/Vm.sol";
import {Dice, Dices} from "../Dice.sol";
import {GovernanceHandler} from "./GovernanceHandler.sol";

/// @title Time, often to the very second where a consent changes, with a call in that second; and calls in vain.
abstract contract TimeHandler is GovernanceHandler {
    using Dices for Dice;

    function pass(uint256 seed) external {
        Dice memory dice = _dice(seed);
        address consent = _newest(dice.roll(WINDOW));
        uint256 time = dice.chance(3) ? _time + _span(dice) : _boundary(dice, consent);
        if (time < _time) time = _time + 1;
        _time = time;
        vm.warp(time);
        if (dice.chance(2)) _tryOut(dice, consent);
        else _tryOutMembers(dice);
    }

    function sendInVain(uint256 seed) external {
        Dice memory dice = _dice(seed);
        address[5] memory targets = [
            address(consortium),
            address(governance),
            address(consents),
            address(commitments),
            address(advice)
        ];
        address target = targets[dice.roll(5)];
        bytes memory data = abi.encode(dice.digest());
        uint256 value = dice.roll(3);
        if (dice.chance(4)) {
            data = "";
        } else if (dice.chance(2)) {
            address consent = _newest(0);
            bool live = dice.chance(2);
            target = live ? address(consents) : address(advice);
            IConsentRegistry.SignedWithdrawal memory item = IConsentRegistry.SignedWithdrawal(consent, _card[consent]);
            data = live
                ? abi.encodeCall(IConsentRegistry.withdraw, (item))
                : abi.encodeCall(IAdviceLog.record, (IAdviceLog.Advice(consent, bytes32("c"), bytes32("a"))));
            if (value == 0) data = _cut(data, 1 + dice.roll(data.length - 4));
        }
        _actInVain(_anyone(dice), target, value, data);
    }

    /// @dev One of what only a live or open consent lets be done.
    function _tryOut(Dice memory dice, address consent) private {
        uint256 number = dice.roll(4);
        if (number == 0) {
            _use(_accountOf(dice, _life[consent].recipient), IConsentRegistry.Use(consent, bytes32("look")));
        } else if (number == 1) {
            _commit(_anyone(dice), _someCommitment(dice, consent));
        } else if (number == 2) {
            _reconfirm(_anyone(dice), _someNext(dice, IConsentRegistry.reconfirm.selector));
        } else {
            _pause(_anyone(dice), _someNext(dice, IConsentRegistry.pause.selector));
        }
    }

    /// @dev One of what time alone lets be done about members.
    function _tryOutMembers(Dice memory dice) private {
        uint256 number = dice.roll(4);
        uint32 member = _numberWith(dice, IConsortium.Standing.SUSPENDED);
        bytes memory call = abi.encodeCall(IConsortium.reinstate, (member));
        if (number == 1) return _complete(dice, _recovered(dice));
        if (number == 2) return _execute(dice);
        if (number == 3) {
            member = _someNumber(dice);
            call = abi.encodeCall(IConsortium.suspend, (member, IConsortium.Reason.RULES_BROKEN));
        }
        _do(number == 3 ? _councillor(dice) : _anyone(dice), address(consortium), call);
    }

    function _span(Dice memory dice) private pure returns (uint256) {
        uint32[8] memory spans = [uint32(0), 1, 1, 1 minutes, 1 hours, 1 days, 3 days, 30 days];
        return dice.chance(40) ? 90 days + dice.roll(2) : spans[dice.roll(8)];
    }

    /// @dev The second before, at or after a boundary of this consent, of a member, or of a proposal.
    function _boundary(Dice memory dice, address consent) private view returns (uint256) {
        Life storage life = _life[consent];
        uint256 lapsesAt = _member[_someNumber(dice)].lapsesAt;
        uint256 readyAt = _recovery[_recovered(dice)].readyAt;
        uint256[8] memory times = [
            uint256(life.validFrom),
            life.validUntil,
            life.reconfirmBy,
            lapsesAt,
            lapsesAt == 0 ? 0 : lapsesAt + SUSPENSION,
            readyAt,
            readyAt == 0 ? 0 : readyAt + RECOVERY,
            _someReadiness(dice)
        ];
        uint256 time = times[dice.roll(8)];
        // Not by years: a walk would lose what it has.
        return time < 2 || time > _time + 400 days ? 0 : time - 1 + dice.roll(3);
    }

    function _cut(bytes memory data, uint256 by) private pure returns (bytes memory) {
        uint256 length = data.length - by;
        assembly ("memory-safe") {
            mstore(data, length)
        }
        return data;
    }
}
