// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../../interfaces/IConsentRegistry.sol";
import {Messages} from "../../shared/Messages.sol";
import {Dice, Dices} from "../Dice.sol";
import {SampleNetwork} from "../SampleNetwork.sol";

/// @title Grants of every kind, alone and in batches.
abstract contract GrantHandler is SampleNetwork {
    using Dices for Dice;

    IConsentRegistry.SignedGrant[] private _pastGrants;

    function grant(uint256 seed) external {
        Dice memory dice = _dice(seed);
        _grantOne(_carrier(dice), _someGrant(dice));
    }

    function grantBatch(uint256 seed) external {
        Dice memory dice = _dice(seed);
        uint256 size = _size(dice);
        IConsentRegistry.SignedGrant[] memory items = new IConsentRegistry.SignedGrant[](size);
        for (uint256 i = 0; i < size; i++) {
            items[i] = i < 6 && (i == 0 || !dice.chance(8)) ? _someGrant(dice) : items[i - 1];
        }
        address carrier = _carrier(dice);
        bytes memory call = abi.encodeCall(IConsentRegistry.grantBatch, (items));
        _act(carrier, address(consents), call, _willGrantBatch(carrier, items));
    }

    /// @dev A consent that is live at once, when there are few: what the other handlers need to do more than fail.
    function _refill(Dice memory dice) internal returns (bool) {
        for (uint256 i = 0; i < 3; i++) {
            if (_isLive(_newest(dice.roll(WINDOW)))) return false;
        }
        if (dice.chance(3)) return false;
        IConsentRegistry.SignedGrant memory item;
        item.grant = _goodGrant(dice);
        item.grant.consent = _newKey();
        bytes32 structHash = Messages.grant(item.grant);
        item.signature = _signRightly(item.grant.consent, address(consents), structHash);
        _grantOne(_carrier(dice), item);
        return true;
    }

    /// @dev None, more than are taken, or a few; 257 only when a batch of the same item may do.
    function _size(Dice memory dice) internal pure returns (uint256) {
        uint256 number = dice.roll(40);
        if (number == 0) return 0;
        if (number == 1) return MOST_ITEMS + 1;
        return 1 + dice.roll(5);
    }

    function _grantOne(address carrier, IConsentRegistry.SignedGrant memory item) private {
        bytes memory refusal = _carrierRefusal(carrier);
        if (refusal.length == 0) refusal = _grantObjection(item);
        _check(address(consents), abi.encodeCall(IConsentRegistry.checkGrant, (item, carrier)), refusal);
        bytes memory call = abi.encodeCall(IConsentRegistry.grant, (item));
        _act(carrier, address(consents), call, _willGrant(carrier, item));
    }

    function _someGrant(Dice memory dice) private returns (IConsentRegistry.SignedGrant memory item) {
        uint256 past = _pastGrants.length;
        if (past != 0 && dice.chance(8)) return _pastGrants[dice.roll(past)];
        IConsentRegistry.Grant memory g = _goodGrant(dice);
        if (dice.chance(3)) _spoil(dice, g);
        g.consent = dice.chance(6) ? _someKey(dice) : _newKey();
        item.signature = _sign(dice, g.consent, address(consents), Messages.grant(g));
        if (dice.chance(24)) _alter(dice, g);
        item.grant = g;
        if (past < 16) _pastGrants.push(item);
        else _pastGrants[dice.roll(16)] = item;
    }

    /// @dev Within the limits, often on them.
    function _goodGrant(Dice memory dice) private view returns (IConsentRegistry.Grant memory g) {
        uint40 now_ = uint40(_time);
        g.recipient = _adviser(dice);
        uint32[6] memory starts = [uint32(0), 0, 0, 1, 1 minutes, 1 days];
        g.validFrom = now_ + starts[dice.roll(6)];
        uint32[8] memory lengths = [uint32(1), 2, 1 hours, 30 days, 30 days, 180 days, 366 days, 366 days];
        uint40 latest = now_ + LONGEST_VALIDITY;
        g.validUntil = g.validFrom + lengths[dice.roll(8)];
        if (g.validUntil > latest) g.validUntil = latest;
        uint32[6] memory waits = [uint32(1), 1 hours, 40 days, 40 days, 90 days, 90 days];
        g.reconfirmBy = now_ + waits[dice.roll(6)];
        if (g.reconfirmBy > g.validUntil) g.reconfirmBy = g.validUntil;
        if (g.reconfirmBy <= g.validFrom) g.reconfirmBy = g.validFrom + 1;
        uint16[6] memory uses = [uint16(1), 2, 3, 4, 999, 1000];
        g.maxUses = uses[dice.roll(6)];
        g.termsDigest = dice.digest();
    }

    /// @dev One field at a limit or one beyond it.
    function _spoil(Dice memory dice, IConsentRegistry.Grant memory g) private view {
        uint40 now_ = uint40(_time);
        uint256 flaw = dice.roll(16);
        if (flaw == 0) g.validFrom = now_ - 1;
        else if (flaw == 1) g.validUntil = g.validFrom;
        else if (flaw == 2) g.validUntil = now_ + LONGEST_VALIDITY + 1;
        else if (flaw == 3) g.validUntil = g.validFrom - 1;
        else if (flaw == 4) g.reconfirmBy = g.validFrom;
        else if (flaw == 5) g.reconfirmBy = g.validUntil + 1;
        else if (flaw == 6) g.reconfirmBy = now_ + LONGEST_RECONFIRMATION + 1;
        else if (flaw == 7) g.reconfirmBy = now_;
        else if (flaw == 8) g.maxUses = 0;
        else if (flaw == 9) g.maxUses = MOST_USES + 1;
        else if (flaw == 10) g.termsDigest = 0;
        else if (flaw == 11) g.recipient = _someNumber(dice);
        else if (flaw == 12) g.validFrom = now_ + LONGEST_RECONFIRMATION;
        else if (flaw == 13) g.validUntil = type(uint40).max;
        else if (flaw == 14) g.maxUses = type(uint16).max;
        else g.reconfirmBy = type(uint40).max;
    }

    /// @dev One field another than what was signed.
    function _alter(Dice memory dice, IConsentRegistry.Grant memory g) private pure {
        uint256 field = dice.roll(7);
        if (field == 0) g.consent = address(uint160(g.consent) ^ 1);
        else if (field == 1) g.recipient ^= 1;
        else if (field == 2) g.validFrom ^= 1;
        else if (field == 3) g.validUntil ^= 1;
        else if (field == 4) g.reconfirmBy ^= 1;
        else if (field == 5) g.maxUses ^= 1;
        else g.termsDigest ^= bytes32(uint256(1));
    }
}
