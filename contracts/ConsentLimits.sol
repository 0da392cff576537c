// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../interfaces/IConsentRegistry.sol";

/// @title The one place that decides what a grant or a reconfirmation may ask for.
/// @notice See IConsentRegistry.
abstract contract ConsentLimits is IConsentRegistry {
    uint32 private immutable LONGEST_VALIDITY;
    uint32 private immutable LONGEST_RECONFIRMATION;
    uint16 private immutable MOST_USES;

    constructor(Limits memory limits_) {
        require(
            limits_.longestValidity != 0 && limits_.longestReconfirmation != 0 && limits_.mostUses != 0,
            DeploymentInvalid()
        );
        LONGEST_VALIDITY = limits_.longestValidity;
        LONGEST_RECONFIRMATION = limits_.longestReconfirmation;
        MOST_USES = limits_.mostUses;
    }

    /// @inheritdoc IConsentRegistry
    function limits() external view returns (Limits memory) {
        return Limits(LONGEST_VALIDITY, LONGEST_RECONFIRMATION, MOST_USES);
    }

    function _objectionToLimits(Grant memory asked) internal view returns (bytes memory objection) {
        uint40 from = asked.validFrom;
        uint40 until = asked.validUntil;
        uint40 earliest = uint40(block.timestamp);
        uint40 latest = earliest + LONGEST_VALIDITY;
        if (from < earliest || until <= from || until > latest) {
            return abi.encodeWithSelector(ValidityOutOfRange.selector, from, until, earliest, latest);
        }
        objection = _objectionToReconfirmBy(asked.reconfirmBy, from, until);
        if (objection.length != 0) return objection;
        if (asked.maxUses == 0 || asked.maxUses > MOST_USES) {
            return abi.encodeWithSelector(MaxUsesOutOfRange.selector, asked.maxUses, MOST_USES);
        }
        if (asked.termsDigest == 0) return abi.encodeWithSelector(TermsDigestZero.selector, asked.consent);
    }

    /// @dev After now and after the start; not after the end, nor beyond the longest time between reconfirmations.
    function _objectionToReconfirmBy(
        uint40 reconfirmBy,
        uint40 from,
        uint40 until
    ) internal view returns (bytes memory objection) {
        uint40 time = uint40(block.timestamp);
        uint40 earliest = (time > from ? time : from) + 1;
        uint40 latest = time + LONGEST_RECONFIRMATION;
        if (latest > until) latest = until;
        if (reconfirmBy < earliest || reconfirmBy > latest) {
            return abi.encodeWithSelector(ReconfirmByOutOfRange.selector, reconfirmBy, earliest, latest);
        }
    }
}
