// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../../interfaces/IConsentRegistry.sol";
import {IConsentSigned} from "../../../../interfaces/IConsentSigned.sol";
import {Messages} from "../../shared/Messages.sol";
import {Dice, Dices} from "../Dice.sol";
import {GrantHandler} from "./GrantHandler.sol";

/// @title Pauses, resumptions, reconfirmations and withdrawals, right, wrong and long kept.
abstract contract ClaimantHandler is GrantHandler {
    using Dices for Dice;

    /// @dev A signed pause, resumption or reconfirmation.
    struct Next {
        address consent;
        uint32 sequence;
        uint40 by;
        IConsentSigned.Signature signature;
    }

    mapping(bytes4 name => Next[]) private _pastNexts;

    function pause(uint256 seed) external {
        Dice memory dice = _dice(seed);
        if (_refill(dice)) return;
        _pause(_anyone(dice), _someNext(dice, IConsentRegistry.pause.selector));
    }

    function resume(uint256 seed) external {
        Dice memory dice = _dice(seed);
        if (_refill(dice)) return;
        Next memory n = _someNext(dice, IConsentRegistry.resume.selector);
        bytes memory call = abi.encodeCall(IConsentRegistry.resume, (n.consent, n.sequence, n.signature));
        address carrier = _anyone(dice);
        _act(carrier, address(consents), call, _willResume(carrier, n.consent, n.sequence, n.signature));
    }

    function reconfirm(uint256 seed) external {
        Dice memory dice = _dice(seed);
        if (_refill(dice)) return;
        _reconfirm(_anyone(dice), _someNext(dice, IConsentRegistry.reconfirm.selector));
    }

    function withdraw(uint256 seed) external {
        Dice memory dice = _dice(seed);
        if (_refill(dice)) return;
        IConsentRegistry.SignedWithdrawal memory item = _someWithdrawal(dice);
        address carrier = _anyone(dice);
        bytes memory refusal = _withdrawalObjection(item, carrier);
        _check(address(consents), abi.encodeCall(IConsentRegistry.checkWithdrawal, (item, carrier)), refusal);
        bytes memory call = abi.encodeCall(IConsentRegistry.withdraw, (item));
        _act(carrier, address(consents), call, _willWithdraw(carrier, item));
    }

    function withdrawBatch(uint256 seed) external {
        Dice memory dice = _dice(seed);
        if (_refill(dice)) return;
        uint256 size = _size(dice);
        IConsentRegistry.SignedWithdrawal[] memory items = new IConsentRegistry.SignedWithdrawal[](size);
        for (uint256 i = 0; i < size; i++) {
            items[i] = i < 6 && (i == 0 || !dice.chance(8)) ? _someWithdrawal(dice) : items[i - 1];
        }
        address carrier = _anyone(dice);
        bytes memory call = abi.encodeCall(IConsentRegistry.withdrawBatch, (items));
        _act(carrier, address(consents), call, _willWithdrawBatch(carrier, items));
    }

    function _pause(address carrier, Next memory n) internal {
        bytes memory call = abi.encodeCall(IConsentRegistry.pause, (n.consent, n.sequence, n.signature));
        _act(carrier, address(consents), call, _willPause(carrier, n.consent, n.sequence, n.signature));
    }

    function _reconfirm(address carrier, Next memory n) internal {
        bytes memory call = abi.encodeCall(IConsentRegistry.reconfirm, (n.consent, n.sequence, n.by, n.signature));
        _act(carrier, address(consents), call, _willReconfirm(carrier, n.consent, n.sequence, n.by, n.signature));
    }

    /// @dev A card that was signed when its key was made mostly.
    function _someWithdrawal(Dice memory dice) private returns (IConsentRegistry.SignedWithdrawal memory item) {
        item.consent = dice.chance(3) ? _openKey(dice) : _someKey(dice);
        if (dice.chance(2)) {
            item.signature = _card[item.consent];
        } else {
            item.signature = _sign(dice, item.consent, address(consents), Messages.withdraw(item.consent));
        }
    }

    function _someNext(Dice memory dice, bytes4 name) internal returns (Next memory n) {
        uint256 past = _pastNexts[name].length;
        if (past != 0 && dice.chance(6)) return _pastNexts[name][dice.roll(past)];
        n.consent = name == IConsentRegistry.resume.selector ? _pausedKey(dice) : _openKey(dice);
        n.sequence = _life[n.consent].sequence;
        if (dice.chance(8)) n.sequence = n.sequence + 1 - uint32(dice.roll(2) == 0 || n.sequence == 0 ? 0 : 2);
        n.by = _someBy(dice, n.consent);
        n.signature = _sign(dice, n.consent, address(consents), _nextHash(dice, name, n));
        if (past < 16) _pastNexts[name].push(n);
        else _pastNexts[name][dice.roll(16)] = n;
    }

    /// @dev Of this message mostly; sometimes of one much like it.
    function _nextHash(Dice memory dice, bytes4 name, Next memory n) private pure returns (bytes32) {
        bool other = dice.chance(24);
        if (name == IConsentRegistry.reconfirm.selector) {
            return Messages.reconfirm(n.consent, n.sequence, other ? n.by ^ 1 : n.by);
        }
        bool pausing = (name == IConsentRegistry.pause.selector) != other;
        return pausing ? Messages.pause(n.consent, n.sequence) : Messages.resume(n.consent, n.sequence);
    }

    function _pausedKey(Dice memory dice) private returns (address consent) {
        if (dice.chance(6)) return _openKey(dice);
        for (uint256 i = 0; i < WINDOW; i++) {
            consent = _newest(dice.roll(WINDOW));
            if (_life[consent].paused) return consent;
        }
    }

    /// @dev On each limit of a reconfirmation, one beyond it, or between.
    function _someBy(Dice memory dice, address consent) private view returns (uint40) {
        Life storage life = _life[consent];
        uint40 now_ = uint40(_time);
        uint256 number = dice.roll(10);
        if (number < 2) return life.validUntil;
        if (number == 2) return life.validUntil + 1;
        if (number < 5) return now_ + LONGEST_RECONFIRMATION;
        if (number == 5) return now_ + LONGEST_RECONFIRMATION + 1;
        if (number == 6) return now_;
        if (number == 7) return now_ + 1;
        if (number == 8) return life.validFrom + uint40(dice.roll(2));
        return now_ + 1 hours;
    }
}
