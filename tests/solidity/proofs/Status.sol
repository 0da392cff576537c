// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {State} from "./State.sol";

/// @title Where a consent stands and whether it is live, defined once more, from the record and the time alone.
abstract contract Status is State {
    bytes32 internal constant ADVISER = keccak256("ADVISER");

    /// @dev The first line that applies, in the interface's order.
    function _statusOf(IConsentRegistry.Consent memory record) internal view returns (IConsentRegistry.Status) {
        IConsentRegistry.Stage stage = record.stage;
        uint256 time = block.timestamp;
        if (stage == IConsentRegistry.Stage.NONE) return IConsentRegistry.Status.NONE;
        if (stage == IConsentRegistry.Stage.WITHDRAWN) return IConsentRegistry.Status.WITHDRAWN;
        if (stage == IConsentRegistry.Stage.RELEASED) return IConsentRegistry.Status.RELEASED;
        if (time >= uint256(record.validUntil) + 1) return IConsentRegistry.Status.EXPIRED;
        if (stage == IConsentRegistry.Stage.PAUSED) return IConsentRegistry.Status.PAUSED;
        if (time + 1 <= record.validFrom) return IConsentRegistry.Status.SCHEDULED;
        if (time >= uint256(record.reconfirmBy) + 1) return IConsentRegistry.Status.STALE;
        if (record.uses == record.maxUses) return IConsentRegistry.Status.EXHAUSTED;
        return IConsentRegistry.Status.ACTIVE;
    }

    /// @dev Running, reconfirmed in time, and with an active adviser as its recipient; whatever of its uses is left.
    function _isLive(IConsentRegistry.Consent memory record) internal view returns (bool) {
        return _runs(record) && consortium.isActiveAs(record.recipient, ADVISER);
    }

    function _runs(IConsentRegistry.Consent memory record) internal view returns (bool) {
        return record.stage == IConsentRegistry.Stage.GRANTED && record.validFrom <= block.timestamp
            && block.timestamp <= record.validUntil && block.timestamp <= record.reconfirmBy;
    }

    /// @dev Whether it was granted and has not ended.
    function _isOpen(IConsentRegistry.Consent memory record) internal view returns (bool) {
        bool begun = record.stage == IConsentRegistry.Stage.GRANTED || record.stage == IConsentRegistry.Stage.PAUSED;
        return begun && block.timestamp <= record.validUntil;
    }
}
