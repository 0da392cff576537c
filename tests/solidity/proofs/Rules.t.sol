// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {vm} from "../shared/Vm.sol";
import {Calls} from "./Calls.sol";

/// @title What one call, by anyone, can do to a consent.
/// @dev The first check lets all others look only at the consent that the call is about.
contract Rules is Calls {
    /// @notice L15: a call about one consent leaves every other as it was.
    function check_othersAreLeftAlone(address consent, address other) external {
        vm.assume(consent != other);
        IConsentRegistry.Consent memory before = consents.getConsent(other);
        _perform(_anyCall(consent));
        assert(_same(_read(other), before));
    }

    /// @notice L5, L6, P8.1: a consent is granted, paused, resumed, reconfirmed or withdrawn only with its own key's
    /// signature over that very message; what needs none is its recipient's use or release.
    function check_changesAreAuthorised(address consent) external {
        uint32 recipient = consents.getConsent(consent).recipient;
        Call memory made = _anyCall(consent);
        _perform(made);
        if (made.does == Does.RELEASE || made.does == Does.USE) {
            assert(consortium.memberOf(made.caller) == recipient);
            assert(consortium.isActive(recipient));
        } else {
            assert(_isSigned(made));
        }
    }

    /// @notice L5, L6: each function changes what it is for, and nothing else of its consent.
    function check_changesAreThese(address consent) external {
        IConsentRegistry.Consent memory expected = consents.getConsent(consent);
        _assumeEmptyUntilGranted(expected);
        Call memory made = _anyCall(consent);
        _perform(made);
        unchecked {
            if (made.does == Does.USE) expected.uses++;
            if (made.does == Does.PAUSE || made.does == Does.RESUME || made.does == Does.RECONFIRM) {
                expected.sequence++;
            }
        }
        if (made.does == Does.PAUSE) expected.stage = IConsentRegistry.Stage.PAUSED;
        if (made.does == Does.RESUME) expected.stage = IConsentRegistry.Stage.GRANTED;
        if (made.does == Does.RECONFIRM) expected.reconfirmBy = made.terms.reconfirmBy;
        if (made.does == Does.WITHDRAW) expected.stage = IConsentRegistry.Stage.WITHDRAWN;
        if (made.does == Does.RELEASE) expected.stage = IConsentRegistry.Stage.RELEASED;
        if (made.does == Does.GRANT) expected = _granted(made.terms);
        assert(_same(_read(consent), expected));
    }

    /// @notice L7: from the grant on, the use count neither falls nor exceeds the maximum, and a use, nothing else,
    /// raises it by one.
    function check_usesAreCounted(address consent) external {
        IConsentRegistry.Consent memory before = _anyGranted(consent);
        vm.assume(before.uses <= before.maxUses);
        Call memory made = _anyCall(consent);
        _perform(made);
        IConsentRegistry.Consent memory later = _read(consent);
        assert(later.uses == uint256(before.uses) + (made.does == Does.USE ? 1 : 0));
        assert(later.uses <= later.maxUses);
    }

    /// @notice L8: recipient, start, end and maximum of uses never change once granted.
    function check_termsAreFixed(address consent) external {
        IConsentRegistry.Consent memory before = _anyGranted(consent);
        _perform(_anyCall(consent));
        IConsentRegistry.Consent memory later = _read(consent);
        assert(later.recipient == before.recipient);
        assert(later.validFrom == before.validFrom);
        assert(later.validUntil == before.validUntil);
        assert(later.maxUses == before.maxUses);
    }

    /// @notice L9: from the grant on, the sequence never falls; each pause, resumption and reconfirmation names it and
    /// raises it by one, and nothing else changes it.
    function check_sequenceRises(address consent) external {
        IConsentRegistry.Consent memory before = _anyGranted(consent);
        Call memory made = _anyCall(consent);
        _perform(made);
        IConsentRegistry.Consent memory later = _read(consent);
        if (made.does == Does.PAUSE || made.does == Does.RESUME || made.does == Does.RECONFIRM) {
            assert(made.sequence == before.sequence);
            assert(later.sequence == uint256(before.sequence) + 1);
        } else {
            assert(later.sequence == before.sequence);
        }
    }

    /// @notice L10, P2.6: once granted, the reconfirmation date changes only by reconfirming, to after now and the
    /// start, not after the end nor beyond the longest time between reconfirmations from now.
    function check_reconfirmationIsWithinLimits(address consent) external {
        IConsentRegistry.Consent memory before = _anyGranted(consent);
        Call memory made = _anyCall(consent);
        _perform(made);
        IConsentRegistry.Consent memory later = _read(consent);
        if (made.does != Does.RECONFIRM) {
            assert(later.reconfirmBy == before.reconfirmBy);
        } else {
            assert(later.reconfirmBy == made.terms.reconfirmBy);
            assert(later.reconfirmBy > block.timestamp);
            assert(later.reconfirmBy > later.validFrom);
            assert(later.reconfirmBy <= later.validUntil);
            assert(later.reconfirmBy <= block.timestamp + LONGEST_RECONFIRMATION);
        }
    }

    /// @dev A consent with anything in its record but that it was never granted.
    function _anyGranted(address consent) private view returns (IConsentRegistry.Consent memory record) {
        record = consents.getConsent(consent);
        vm.assume(record.stage != IConsentRegistry.Stage.NONE);
    }
}
