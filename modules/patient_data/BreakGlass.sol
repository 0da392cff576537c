// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

// solhint-disable-next-line import-path-check
import {IConsentRegistry} from "@jamjar/contracts/IConsentRegistry.sol";

/// @title The record of break-glass access.
/// @notice Before a consent's recipient asks custodians to release an emergency package, it records here that it does,
/// with a digest of its reason. Records are numbered under each consent, so that one left out of a list is missed.
/// @dev Errors are listed in the order they are checked in. A consent's address names the consent, never a person.
contract BreakGlass {
    /// @notice This account does not act for the consent's recipient.
    /// @param consent A consent, by its key's address.
    /// @param account An account.
    error AccountNotOfRecipient(address consent, address account);
    /// @notice Nothing may be recorded under this consent now, as when it is withdrawn or its recipient suspended.
    /// @param consent A consent, by its key's address.
    error ConsentNotLive(address consent);
    /// @notice A record has the digest of a reason.
    /// @param consent A consent, by its key's address.
    error ReasonMissing(address consent);

    /// @notice A consent's recipient is about to open the emergency package under it, and says why.
    /// @param consent The consent, by its key's address.
    /// @param member The number of the recipient.
    /// @param number The record's number under this consent, from 1.
    /// @param account The account that did it.
    /// @param reason The salted digest of the reason, which holds for this consent and member alone.
    /// @param at When, in seconds.
    event GlassBroken(
        address indexed consent,
        uint32 indexed member,
        uint32 number,
        address account,
        bytes32 reason,
        uint64 at
    );

    /// @notice The consents that it asks.
    IConsentRegistry public immutable CONSENTS;

    /// @notice How many records there are under a consent.
    mapping(address consent => uint32 count) public countOf;

    /// @notice Deploys the record of one ledger's consents.
    /// @param consents The consents.
    constructor(IConsentRegistry consents) {
        CONSENTS = consents;
    }

    /// @notice Records that the caller's member opens the emergency package under a consent. Logs `GlassBroken`.
    /// @param consent The consent, by its key's address.
    /// @param reason The salted digest of the reason.
    /// @dev Reverts with AccountNotOfRecipient, ConsentNotLive or ReasonMissing.
    function breakGlass(address consent, bytes32 reason) external {
        require(CONSENTS.isRecipient(consent, msg.sender), AccountNotOfRecipient(consent, msg.sender));
        (bool live, , uint32 member) = CONSENTS.standing(consent);
        require(live, ConsentNotLive(consent));
        require(reason != 0, ReasonMissing(consent));

        uint32 number = ++countOf[consent];
        emit GlassBroken(consent, member, number, msg.sender, reason, uint64(block.timestamp));
    }
}
