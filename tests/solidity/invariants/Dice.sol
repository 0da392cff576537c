// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A source of choices that one fuzzed number decides.
struct Dice {
    uint256 state;
}

/// @title How choices are made: evenly, so that a fuzzer's favourite numbers favour nothing.
library Dices {
    function roll(Dice memory dice, uint256 sides) internal pure returns (uint256) {
        dice.state = uint256(keccak256(abi.encode(dice.state)));
        return dice.state % sides;
    }

    function chance(Dice memory dice, uint256 oneIn) internal pure returns (bool) {
        return roll(dice, oneIn) == 0;
    }

    function digest(Dice memory dice) internal pure returns (bytes32) {
        roll(dice, 1);
        return bytes32(dice.state);
    }
}
