// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {Status} from "./Status.sol";

/// @title Where a consent stands, and whether it is live, for every record and every second.
contract StatusAndLife is Status {
    /// @notice L11, P2.6: the status is the first that applies in the interface's order, exact to the second.
    function check_status(address consent) external view {
        IConsentRegistry.Consent memory record = consents.getConsent(consent);
        assert(consents.status(consent) == _statusOf(record));
    }

    /// @notice L12, P2.1: a consent is live when it is ACTIVE or EXHAUSTED and its recipient is an active adviser.
    function check_isLive(address consent) external view {
        IConsentRegistry.Consent memory record = consents.getConsent(consent);
        assert(consents.isLive(consent) == _isLive(record));
    }

    /// @notice L12: what a gate is told is the definition's answer, the status, and the recipient.
    function check_standing(address consent) external view {
        IConsentRegistry.Consent memory record = consents.getConsent(consent);
        (bool live, IConsentRegistry.Status current, uint32 recipient) = consents.standing(consent);
        assert(live == _isLive(record));
        assert(current == _statusOf(record));
        assert(recipient == record.recipient);
    }

    /// @notice L12: whether an account acts for the recipient is the Consortium's to say, and nobody acts for none.
    function check_isRecipient(address consent, address account) external view {
        uint32 recipient = consents.getConsent(consent).recipient;
        bool acts = recipient != 0 && consortium.memberOf(account) == recipient;
        assert(consents.isRecipient(consent, account) == acts);
    }
}
