// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Attestation} from "@ethereum-attestation-service/eas-contracts/contracts/Common.sol";
import {IEAS} from "@ethereum-attestation-service/eas-contracts/contracts/IEAS.sol";
import {SchemaResolver} from "@ethereum-attestation-service/eas-contracts/contracts/resolver/SchemaResolver.sol";

/// @title Lets a record be attested only under a live consent, which is the attestation that its `refUID` names.
/// @notice What an EAS user would write to have Jamjar's central checks; deployed by `make compare`, and nowhere else.
/// A purpose is a consent schema of its own, so that comparing schemas compares purposes, for no gas. A consent's
/// attester is the claimant, its recipient the member who may look, its expiration time its end.
contract ConsentResolver is SchemaResolver {
    bytes32 private immutable CONSENT_SCHEMA;
    bool private immutable BY_RECIPIENT;

    /// @param eas Where consents and records are attested.
    /// @param consentSchema The schema of the consents for one purpose; not zero.
    /// @param byRecipient Whether the consent's recipient attests these records (uses), or its claimant (commitments).
    constructor(IEAS eas, bytes32 consentSchema, bool byRecipient) SchemaResolver(eas) {
        CONSENT_SCHEMA = consentSchema;
        BY_RECIPIENT = byRecipient;
    }

    /// @inheritdoc SchemaResolver
    /// @dev Of an unknown consent every field is zero. One without an end is refused: it could never lapse.
    function onAttest(Attestation calldata made, uint256) internal view override returns (bool) {
        Attestation memory consent = _eas.getAttestation(made.refUID);
        return
            consent.schema == CONSENT_SCHEMA &&
            consent.revocationTime == 0 &&
            block.timestamp <= consent.expirationTime &&
            made.attester == (BY_RECIPIENT ? consent.recipient : consent.attester);
    }

    /// @inheritdoc SchemaResolver
    /// @dev What was recorded stays on the record.
    function onRevoke(Attestation calldata, uint256) internal pure override returns (bool) {
        return false;
    }
}
