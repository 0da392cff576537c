// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsortium} from "../../../../interfaces/IConsortium.sol";
import {Dice, Dices} from "../Dice.sol";
import {CommitHandler} from "./CommitHandler.sol";

/// @title What members decide for themselves, by their own accounts and by others.
abstract contract MemberHandler is CommitHandler {
    using Dices for Dice;

    /// @dev An offer that was made, whatever has become of it.
    struct Offer {
        uint32 member;
        address account;
    }

    Offer[] private _offersMade;

    function offerAccount(uint256 seed) external {
        Dice memory dice = _dice(seed);
        address caller = _ofAMember(dice);
        address account = dice.chance(12) ? address(0) : _anyone(dice);
        if (_offersMade.length < 16) _offersMade.push(Offer(_actsFor[caller], account));
        else _offersMade[dice.roll(16)] = Offer(_actsFor[caller], account);
        _do(caller, address(consortium), abi.encodeCall(IConsortium.offerAccount, (account)));
    }

    function acceptAccount(uint256 seed) external {
        Dice memory dice = _dice(seed);
        Offer memory offer = Offer(_someNumber(dice), _anyone(dice));
        if (_offersMade.length != 0 && !dice.chance(6)) offer = _offersMade[dice.roll(_offersMade.length)];
        if (offer.account == address(0) || dice.chance(8)) offer.account = _anyone(dice);
        _do(offer.account, address(consortium), abi.encodeCall(IConsortium.acceptAccount, (offer.member)));
    }

    function removeAccount(uint256 seed) external {
        Dice memory dice = _dice(seed);
        address caller = _ofAMember(dice);
        address account = dice.chance(16) ? address(0) : _anyone(dice);
        if (dice.chance(2)) account = _accountOf(dice, _actsFor[caller]);
        else if (_offersMade.length != 0 && dice.chance(2)) account = _offersMade[dice.roll(_offersMade.length)].account;
        _do(caller, address(consortium), abi.encodeCall(IConsortium.removeAccount, (account)));
    }

    function changeEncryptionKey(uint256 seed) external {
        Dice memory dice = _dice(seed);
        bytes memory key = _someEncryptionKey(dice);
        _do(_ofAMember(dice), address(consortium), abi.encodeCall(IConsortium.changeEncryptionKey, (key)));
    }

    function rename(uint256 seed) external {
        Dice memory dice = _dice(seed);
        string memory name = _someName(dice);
        _do(_ofAMember(dice), address(consortium), abi.encodeCall(IConsortium.rename, (name)));
    }

    function _someEncryptionKey(Dice memory dice) internal pure returns (bytes memory key) {
        uint16[10] memory lengths = [0, 31, 32, 32, 33, 1000, 64, 64, 4096, 4097];
        key = new bytes(lengths[dice.roll(10)]);
        if (key.length != 0) key[0] = bytes1(uint8(dice.roll(256)));
    }

    /// @dev One of few mostly, so that names are taken; some as long as they may be, and some that are no text.
    function _someName(Dice memory dice) internal pure returns (string memory) {
        uint256 kind = dice.roll(8);
        if (kind == 0) {
            uint8[6] memory lengths = [0, 1, 63, 64, 65, 200];
            return string(new bytes(lengths[dice.roll(6)]));
        }
        if (kind < 3) return string(abi.encodePacked("member ", bytes1(uint8(65 + dice.roll(16)))));
        bytes memory text = new bytes(1 + dice.roll(kind == 3 ? 4 : 12));
        bytes memory edges = hex"417f808f909fa0bfc0c1c2dfe0e1ecedeeeff0f1f3f4f5ff";
        for (uint256 i = 0; i < text.length; i++) {
            text[i] = kind < 6 ? edges[dice.roll(edges.length)] : bytes1(uint8(97 + dice.roll(26)));
            // What is begun is mostly gone on with.
            if (i != 0 && uint8(text[i - 1]) >= 0xc0 && !dice.chance(6)) text[i] = edges[2 + dice.roll(6)];
        }
        return string(text);
    }
}
