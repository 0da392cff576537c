// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ICommitmentRegistry} from "../../../../interfaces/ICommitmentRegistry.sol";
import {Messages} from "../../shared/Messages.sol";
import {Dice, Dices} from "../Dice.sol";
import {RecipientHandler} from "./RecipientHandler.sol";

/// @title Commitments, first and replacing, with right and wrong heads.
abstract contract CommitHandler is RecipientHandler {
    using Dices for Dice;

    ICommitmentRegistry.SignedCommitment[] private _pastCommitments;

    function commit(uint256 seed) external {
        Dice memory dice = _dice(seed);
        if (_refill(dice)) return;
        _commit(_anyone(dice), _someCommitment(dice, _liveKey(dice)));
    }

    function commitBatch(uint256 seed) external {
        Dice memory dice = _dice(seed);
        if (_refill(dice)) return;
        uint256 size = _size(dice);
        ICommitmentRegistry.SignedCommitment[] memory items = new ICommitmentRegistry.SignedCommitment[](size);
        for (uint256 i = 0; i < size; i++) {
            bool fresh = i < 6 && (i == 0 || !dice.chance(8));
            items[i] = fresh ? _someCommitment(dice, _liveKey(dice)) : items[i - 1];
        }
        address carrier = _anyone(dice);
        bytes memory call = abi.encodeCall(ICommitmentRegistry.commitBatch, (items));
        _act(carrier, address(commitments), call, _willCommitBatch(carrier, items));
    }

    function _commit(address carrier, ICommitmentRegistry.SignedCommitment memory item) internal {
        bytes memory refusal = _commitmentObjection(item);
        _check(address(commitments), abi.encodeCall(ICommitmentRegistry.checkCommitment, (item)), refusal);
        bytes memory call = abi.encodeCall(ICommitmentRegistry.commit, (item));
        _act(carrier, address(commitments), call, _willCommit(carrier, item));
    }

    /// @dev Few roots, so that heads return; old signatures over them too.
    function _someCommitment(
        Dice memory dice,
        address consent
    ) internal returns (ICommitmentRegistry.SignedCommitment memory item) {
        uint256 past = _pastCommitments.length;
        if (past != 0 && dice.chance(6)) return _pastCommitments[dice.roll(past)];
        ICommitmentRegistry.Commitment memory c;
        c.consent = consent;
        c.replaces = dice.chance(6) ? bytes32(dice.roll(5)) : _head[consent];
        c.root = bytes32(dice.roll(12));
        item.signature = _sign(dice, consent, address(commitments), Messages.commit(c));
        if (dice.chance(24)) c.root = bytes32(uint256(c.root) ^ 16);
        item.commitment = c;
        if (past < 16) _pastCommitments.push(item);
        else _pastCommitments[dice.roll(16)] = item;
    }
}
