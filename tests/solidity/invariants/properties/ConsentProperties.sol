// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../../interfaces/IConsentRegistry.sol";
import {vm} from "../../shared/Vm.sol";
import {TimeHandler} from "../handlers/TimeHandler.sol";

/// @title What holds of a consent, told from the record and the views, not from the model.
abstract contract ConsentProperties is TimeHandler {
    /// @dev For the consent that the last event was about, and two in turn; at the end of a run for all.
    function _each(function(address) internal holds) internal {
        vm.warp(_time);
        holds(_latest);
        holds(_newest(_step % WINDOW));
        holds(_keys[_step % _keys.length]);
    }

    function _unbroken(bytes32 property) internal view {
        if (_breaches[property] != 0) vm.assertTrue(false, vm.toString(property));
    }

    function _holdsL1(address consent) internal view {
        bool granted = consents.getConsent(consent).recipient != 0;
        vm.assertEq(_seen[consent].grants, granted ? 1 : 0, "L1: a consent without its one grant");
    }

    function _holdsL2(address consent) internal view {
        bool withdrawn = consents.status(consent) == IConsentRegistry.Status.WITHDRAWN;
        vm.assertTrue(withdrawn == _seen[consent].withdrawn, "L2: withdrawn, and not for ever");
    }

    function _holdsL3(address consent) internal view {
        bool released = consents.status(consent) == IConsentRegistry.Status.RELEASED;
        vm.assertTrue(released == _seen[consent].released, "L3: released, and not for ever");
    }

    function _holdsL4(address consent) internal view {
        Seen storage seen = _seen[consent];
        if (seen.grants == 0 || _time <= seen.grant.validUntil) return;
        IConsentRegistry.Status status = consents.status(consent);
        bool ended = seen.withdrawn || seen.released || status == IConsentRegistry.Status.EXPIRED;
        vm.assertTrue(ended, "L4: past its end, and not expired");
        vm.assertTrue(seen.touchedAt <= seen.grant.validUntil, "L4: changed past its end");
    }

    function _holdsL7(address consent) internal view {
        IConsentRegistry.Consent memory c = consents.getConsent(consent);
        vm.assertEq(c.uses, _seen[consent].uses, "L7: uses that were not recorded, or recorded and not counted");
        vm.assertTrue(c.uses <= c.maxUses, "L7: more uses than the most");
    }

    function _holdsL8(address consent) internal view {
        IConsentRegistry.Consent memory c = consents.getConsent(consent);
        IConsentRegistry.Grant storage g = _seen[consent].grant;
        bytes memory granted = abi.encode(g.recipient, g.validFrom, g.validUntil, g.maxUses);
        _same(abi.encode(c.recipient, c.validFrom, c.validUntil, c.maxUses), granted, "L8: other than granted");
    }

    function _holdsL9(address consent) internal view {
        vm.assertEq(consents.getConsent(consent).sequence, _seen[consent].sequence, "L9: the sequence");
    }

    function _holdsL10(address consent) internal view {
        Seen storage seen = _seen[consent];
        uint256 by = consents.getConsent(consent).reconfirmBy;
        vm.assertEq(by, seen.reconfirmBy, "L10: a date that was not reconfirmed");
        if (seen.grants == 0) return;
        bool after_ = by > seen.reconfirmedAt && by > seen.grant.validFrom;
        bool before = by <= seen.grant.validUntil && by <= seen.reconfirmedAt + LONGEST_RECONFIRMATION;
        vm.assertTrue(after_ && before, "L10: a date out of range");
    }

    function _holdsL11(address consent) internal view {
        IConsentRegistry.Consent memory c = consents.getConsent(consent);
        IConsentRegistry.Status status = IConsentRegistry.Status.ACTIVE;
        // From the last that may apply to the first.
        if (c.uses == c.maxUses) status = IConsentRegistry.Status.EXHAUSTED;
        if (_time > c.reconfirmBy) status = IConsentRegistry.Status.STALE;
        if (_time < c.validFrom) status = IConsentRegistry.Status.SCHEDULED;
        if (c.stage == IConsentRegistry.Stage.PAUSED) status = IConsentRegistry.Status.PAUSED;
        if (_time > c.validUntil) status = IConsentRegistry.Status.EXPIRED;
        if (c.stage == IConsentRegistry.Stage.RELEASED) status = IConsentRegistry.Status.RELEASED;
        if (c.stage == IConsentRegistry.Stage.WITHDRAWN) status = IConsentRegistry.Status.WITHDRAWN;
        if (c.stage == IConsentRegistry.Stage.NONE) status = IConsentRegistry.Status.NONE;
        vm.assertEq(uint256(consents.status(consent)), uint256(status), "L11: not the first status that applies");
    }

    function _holdsL12(address consent) internal view {
        uint32 recipient = consents.getConsent(consent).recipient;
        IConsentRegistry.Status status = consents.status(consent);
        bool running = status == IConsentRegistry.Status.ACTIVE || status == IConsentRegistry.Status.EXHAUSTED;
        bool live = running && consortium.isActiveAs(recipient, ADVISER);
        address[] memory asked = new address[](1);
        asked[0] = consent;
        vm.assertTrue(consents.isLive(consent) == live, "L12: isLive");
        vm.assertTrue(consents.areLive(asked)[0] == live, "L12: areLive");
        (bool standing, IConsentRegistry.Status current, uint32 member) = consents.standing(consent);
        _same(abi.encode(standing, current, member), abi.encode(live, status, recipient), "L12: standing");
    }

    function _holdsL13(address consent) internal view {
        vm.assertEq(commitments.headOf(consent), _seenHead[consent], "L13: a head that was not committed");
    }

    /// @dev By a stranger who is nobody's account; of a key that was never granted, by an active member's alone.
    /// What an invariant changes is undone by Forge.
    function _holdsL14(address consent) internal {
        IConsentRegistry.Status status = consents.status(consent);
        bool ended = status == IConsentRegistry.Status.EXPIRED ||
            status == IConsentRegistry.Status.RELEASED ||
            status == IConsentRegistry.Status.WITHDRAWN;
        if (ended) return;
        address carrier = address(0xbeef);
        if (status == IConsentRegistry.Status.NONE) {
            for (uint256 i = 0; i < _accounts.length; i++) {
                if (_isActive(_actsFor[_accounts[i]])) carrier = _accounts[i];
            }
            if (carrier == address(0xbeef)) return;
        }
        IConsentRegistry.SignedWithdrawal memory card = IConsentRegistry.SignedWithdrawal(consent, _card[consent]);
        consents.checkWithdrawal(card, carrier);
        vm.prank(carrier);
        consents.withdraw(card);
        bool withdrawn = consents.status(consent) == IConsentRegistry.Status.WITHDRAWN;
        vm.assertTrue(withdrawn && !consents.isLive(consent), "L14: withdrawn, and not at once");
    }

    function _holdsL15(address consent) internal view {
        bytes32 print = _print[consent] == 0 ? UNTOUCHED : _print[consent];
        vm.assertEq(_printOf(consent), print, "L15: changed by none, or by others");
    }

    function _holdsL19(address consent) internal {
        uint32 recipient = consents.getConsent(consent).recipient;
        IConsentRegistry.Use memory item = IConsentRegistry.Use(consent, bytes32("look"));
        for (uint256 i = 0; i < 2; i++) {
            address account = _accounts[_step % _accounts.length];
            if (i == 0) account = _accountOf(_dice(_step), recipient);
            (bool success, bytes memory answer) = address(consents).staticcall(
                abi.encodeCall(IConsentRegistry.checkUse, (item, account))
            );
            vm.prank(account);
            (bool done, bytes memory came) = address(consents).call(abi.encodeCall(IConsentRegistry.use, (item)));
            _same(abi.encode(success, answer), abi.encode(done, came), "L19: checkUse says other than use");
        }
    }

    /// @dev Every property of every consent.
    function _holdAll() internal {
        function(address) internal[14] memory all = [
            _holdsL14,
            _holdsL1,
            _holdsL2,
            _holdsL3,
            _holdsL4,
            _holdsL7,
            _holdsL8,
            _holdsL9,
            _holdsL10,
            _holdsL11,
            _holdsL12,
            _holdsL13,
            _holdsL15,
            _holdsL19
        ];
        for (uint256 i = 0; i < _keys.length; i++) {
            _compareConsent(_keys[i]);
            for (uint256 j = 1; j < all.length; j++) {
                all[j](_keys[i]);
            }
        }
    }
}
