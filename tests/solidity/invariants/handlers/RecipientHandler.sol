// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAdviceLog} from "../../../../interfaces/IAdviceLog.sol";
import {IConsentRegistry} from "../../../../interfaces/IConsentRegistry.sol";
import {Messages} from "../../shared/Messages.sol";
import {Dice, Dices} from "../Dice.sol";
import {ClaimantHandler} from "./ClaimantHandler.sol";

/// @title Uses, releases and advice by recipients and by those who are not, and what claimants acknowledge of it.
abstract contract RecipientHandler is ClaimantHandler {
    using Dices for Dice;

    function release(uint256 seed) external {
        Dice memory dice = _dice(seed);
        if (_refill(dice)) return;
        address consent = _openKey(dice);
        address account = dice.chance(3) ? _accountOf(dice, _life[consent].recipient) : _anyone(dice);
        bytes memory call = abi.encodeCall(IConsentRegistry.release, (consent));
        _act(account, address(consents), call, _willRelease(account, consent));
    }

    function use(uint256 seed) external {
        Dice memory dice = _dice(seed);
        if (_refill(dice)) return;
        IConsentRegistry.Use memory item = _someUse(dice);
        _use(_accountOf(dice, _life[item.consent].recipient), item);
    }

    function useBatch(uint256 seed) external {
        Dice memory dice = _dice(seed);
        if (_refill(dice)) return;
        uint256 size = _size(dice);
        IConsentRegistry.Use[] memory items = new IConsentRegistry.Use[](size);
        for (uint256 i = 0; i < size; i++) {
            items[i] = i < 6 && (i == 0 || !dice.chance(4)) ? _someUse(dice) : items[i - 1];
        }
        address account = _anyone(dice);
        if (size != 0) account = _accountOf(dice, _life[items[0].consent].recipient);
        bytes memory call = abi.encodeCall(IConsentRegistry.useBatch, (items));
        _act(account, address(consents), call, _willUseBatch(account, items));
    }

    function record(uint256 seed) external {
        Dice memory dice = _dice(seed);
        if (_refill(dice)) return;
        IAdviceLog.Advice memory a = _someAdvice(dice);
        address account = _accountOf(dice, _life[a.consent].recipient);
        bytes memory call = abi.encodeCall(IAdviceLog.record, (a));
        _act(account, address(advice), call, _willRecord(account, a));
    }

    function acknowledge(uint256 seed) external {
        Dice memory dice = _dice(seed);
        if (_refill(dice)) return;
        IAdviceLog.SignedAcknowledgement memory item = _someAcknowledgement(dice);
        address carrier = _anyone(dice);
        bytes memory refusal = _acknowledgementObjection(item);
        _check(address(advice), abi.encodeCall(IAdviceLog.checkAcknowledgement, (item)), refusal);
        bytes memory call = abi.encodeCall(IAdviceLog.acknowledge, (item));
        _act(carrier, address(advice), call, _willAcknowledge(carrier, item));
    }

    function acknowledgeBatch(uint256 seed) external {
        Dice memory dice = _dice(seed);
        if (_refill(dice)) return;
        uint256 size = _size(dice);
        IAdviceLog.SignedAcknowledgement[] memory items = new IAdviceLog.SignedAcknowledgement[](size);
        for (uint256 i = 0; i < size; i++) {
            items[i] = i < 6 && (i == 0 || !dice.chance(8)) ? _someAcknowledgement(dice) : items[i - 1];
        }
        address carrier = _anyone(dice);
        bytes memory call = abi.encodeCall(IAdviceLog.acknowledgeBatch, (items));
        _act(carrier, address(advice), call, _willAcknowledgeBatch(carrier, items));
    }

    function _use(address account, IConsentRegistry.Use memory item) internal {
        bytes memory refusal = _useObjection(item, account);
        _check(address(consents), abi.encodeCall(IConsentRegistry.checkUse, (item, account)), refusal);
        bytes memory call = abi.encodeCall(IConsentRegistry.use, (item));
        _act(account, address(consents), call, _willUse(account, item));
    }

    function _someUse(Dice memory dice) private returns (IConsentRegistry.Use memory item) {
        item.consent = _liveKey(dice);
        item.commitment = dice.chance(12) ? bytes32(0) : bytes32(1 + dice.roll(3));
    }

    function _someAdvice(Dice memory dice) private returns (IAdviceLog.Advice memory a) {
        a.consent = _liveKey(dice);
        a.commitment = bytes32(dice.chance(12) ? 0 : 1 + dice.roll(2));
        a.advice = bytes32(dice.chance(12) ? 0 : 1 + dice.roll(3));
        _advised.push(a);
    }

    /// @dev Advice that was given not long ago mostly; sometimes with a digest in the other's place.
    function _someAcknowledgement(
        Dice memory dice
    ) private returns (IAdviceLog.SignedAcknowledgement memory item) {
        uint256 length = _advised.length;
        if (length == 0) return item;
        uint256 back = dice.roll(length < 5 ? length : 5);
        IAdviceLog.Advice memory a = _advised[length - 1 - back];
        if (dice.chance(10)) (a.commitment, a.advice) = (a.advice, a.commitment);
        if (dice.chance(20)) a.consent = _someKey(dice);
        item.advice = a;
        item.signature = _sign(dice, a.consent, address(advice), Messages.acknowledge(a));
    }
}
