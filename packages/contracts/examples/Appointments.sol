// SPDX-License-Identifier: MIT
pragma solidity ^0.8.30;

import {IConsentRegistry} from "@jamjar/contracts/IConsentRegistry.sol";

/// @title An example: appointments are noted only while the claimant's consent is live.
contract Appointments {
    error ConsentNotLive(address consent);

    event AppointmentNoted(address indexed consent, bytes32 digest);

    IConsentRegistry public immutable CONSENTS;

    constructor(IConsentRegistry consents) {
        CONSENTS = consents;
    }

    function note(address consent, bytes32 digest) external {
        require(CONSENTS.isLive(consent), ConsentNotLive(consent));
        emit AppointmentNoted(consent, digest);
    }
}
