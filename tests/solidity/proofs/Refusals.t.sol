// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {IConsentSigned} from "../../../interfaces/IConsentSigned.sol";
import {vm} from "../shared/Vm.sol";
import {Calls} from "./Calls.sol";
import {Status} from "./Status.sol";
import {Valid} from "./Valid.sol";

/// @title Each call is refused when, and only when, its interface says so, with the first error that applies.
/// @dev Together with Rules.t.sol this is the whole of what the functions do; Views.t.sol carries it to the views.
contract Refusals is Calls, Status, Valid {
    /// @notice L18: a pause, refused or not, is answered as the interface says.
    function check_pause(address consent) external {
        Call memory made = _anyOf(Does.PAUSE, consent);
        _isAnswered(made, _againstNext(made));
    }

    /// @notice L18: a resumption, refused or not, is answered as the interface says.
    function check_resume(address consent) external {
        Call memory made = _anyOf(Does.RESUME, consent);
        bytes memory expected = _againstNext(made);
        if (expected.length == 0 && consents.getConsent(consent).stage != IConsentRegistry.Stage.PAUSED) {
            expected = abi.encodeWithSelector(IConsentRegistry.ConsentNotPaused.selector, consent);
        }
        _isAnswered(made, expected);
    }

    /// @notice L18, L14: a withdrawal, refused or not, is answered as the interface says.
    function check_withdraw(address consent) external {
        Call memory made = _anyOf(Does.WITHDRAW, consent);
        IConsentRegistry.Consent memory record = consents.getConsent(consent);
        bytes memory expected = _notSigned(made);
        if (record.stage == IConsentRegistry.Stage.NONE) {
            if (!consortium.isActive(consortium.memberOf(made.caller))) expected = _notCarried(made);
        } else if (!_isOpen(record)) {
            expected = _notOpen(consent, record);
        }
        _isAnswered(made, expected);
    }

    /// @notice L18: a release, refused or not, is answered as the interface says.
    function check_release(address consent) external {
        Call memory made = _anyOf(Does.RELEASE, consent);
        IConsentRegistry.Consent memory record = consents.getConsent(consent);
        uint32 member = consortium.memberOf(made.caller);
        bytes memory expected;
        if (!_isOpen(record)) {
            expected = _notOpen(consent, record);
        } else if (member != record.recipient || !consortium.isActive(member)) {
            expected = _notTheRecipient(made);
        }
        _isAnswered(made, expected);
    }

    /// @notice L18, P2.3: a use, refused or not, is answered as the interface says.
    function check_use(address consent) external {
        Call memory made = _anyOf(Does.USE, consent);
        IConsentRegistry.Consent memory record = consents.getConsent(consent);
        vm.assume(record.uses <= record.maxUses);
        _assumeStandingIsKnown(consortium.memberOf(made.caller));
        bytes memory expected;
        if (made.commitment == 0) {
            expected = abi.encodeWithSelector(IConsentRegistry.CommitmentZero.selector, consent);
        } else if (consortium.memberOf(made.caller) != record.recipient) {
            expected = _notTheRecipient(made);
        } else if (!_isLive(record)) {
            expected = abi.encodeWithSelector(IConsentRegistry.ConsentNotLive.selector, consent, _statusOf(record));
        } else if (record.uses == record.maxUses) {
            expected = abi.encodeWithSelector(IConsentRegistry.ConsentExhausted.selector, consent, record.maxUses);
        }
        _isAnswered(made, expected);
    }

    /// @dev What stands against a pause or a resumption; the last sequence of all is never used.
    function _againstNext(Call memory made) private view returns (bytes memory) {
        IConsentRegistry.Consent memory record = consents.getConsent(made.consent);
        if (!_isOpen(record)) return _notOpen(made.consent, record);
        if (made.sequence != record.sequence) {
            return abi.encodeWithSelector(
                IConsentRegistry.SequenceMismatch.selector, made.consent, made.sequence, record.sequence
            );
        }
        if (record.sequence == type(uint32).max) {
            return abi.encodeWithSelector(IConsentRegistry.SequenceExhausted.selector, made.consent);
        }
        return _notSigned(made);
    }

    function _notCarried(Call memory made) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IConsentRegistry.CarrierNotActiveMember.selector, made.caller);
    }

    function _notSigned(Call memory made) private view returns (bytes memory) {
        if (_isSigned(made)) return "";
        return abi.encodeWithSelector(IConsentSigned.NotSignedByConsent.selector, made.consent);
    }

    function _notOpen(
        address consent,
        IConsentRegistry.Consent memory record
    ) private view returns (bytes memory) {
        return abi.encodeWithSelector(IConsentRegistry.ConsentNotOpen.selector, consent, _statusOf(record));
    }

    function _notTheRecipient(Call memory made) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IConsentRegistry.NotTheRecipient.selector, made.consent, made.caller);
    }

    function _isAnswered(Call memory made, bytes memory expected) private {
        (bool done, bytes memory says) = _try(made);
        assert(done == (expected.length == 0));
        assert(says.length == expected.length);
        assert(keccak256(says) == keccak256(expected));
    }
}
