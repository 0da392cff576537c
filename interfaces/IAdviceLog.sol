// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "./IConsentRegistry.sol";
import {IConsentSigned} from "./IConsentSigned.sol";

/// @title What was advised, and that it was received.
/// @notice A recipient records the salted digest of advice under a live consent, bound to the commitment it is about.
/// The claimant may acknowledge it, also after the consent has ended: an acknowledgement concerns the past.
/// @dev Errors are listed in the order they are checked in.
interface IAdviceLog is IConsentSigned {
    /// @notice How far a piece of advice has come: NONE (not on the record), RECORDED, or ACKNOWLEDGED.
    enum Stage {
        NONE,
        RECORDED,
        ACKNOWLEDGED
    }

    /// @notice A piece of advice; also what a claimant signs to acknowledge it, EIP-712 type `Acknowledge`.
    /// @param consent The consent it was given under.
    /// @param commitment The root of the commitment it is about.
    /// @param advice Salted digest of the advice.
    struct Advice {
        address consent;
        bytes32 commitment;
        bytes32 advice;
    }

    /// @notice An acknowledgement with the consent key's signature.
    /// @param advice What was signed.
    /// @param signature The signature over it.
    struct SignedAcknowledgement {
        Advice advice;
        Signature signature;
    }

    /// @notice The recipient gave advice; `account` acted for it.
    /// @param consent The consent, by its key's address.
    /// @param recipient The number of the member who may look.
    /// @param account The account that acted for the recipient.
    /// @param commitment The root of the commitment it is about.
    /// @param advice Salted digest of the advice.
    event AdviceRecorded(
        address indexed consent,
        uint32 indexed recipient,
        address indexed account,
        bytes32 commitment,
        bytes32 advice
    );
    /// @notice The claimant acknowledged advice; `carrier` carried the signature.
    /// @param consent The consent, by its key's address.
    /// @param carrier The account that carried the signature.
    /// @param commitment The root of the commitment it is about.
    /// @param advice Salted digest of the advice.
    event AdviceAcknowledged(
        address indexed consent,
        address indexed carrier,
        bytes32 commitment,
        bytes32 advice
    );
    /// @notice Item `index` of a batch was not recorded; `reason` is the error the single call reverts with.
    /// @param consent The consent, by its key's address.
    /// @param carrier The account that carried the signature.
    /// @param index The item's place in the batch, from 0.
    /// @param reason The error the single call reverts with, ABI-encoded.
    event AcknowledgementRejected(address indexed consent, address indexed carrier, uint256 index, bytes reason);

    /// @notice The deployment named no consent registry.
    error DeploymentInvalid();
    /// @notice As in IConsentRegistry: this consent is not live.
    /// @param consent The consent, by its key's address.
    /// @param status Where it stands.
    error ConsentNotLive(address consent, IConsentRegistry.Status status);
    /// @notice As in IConsentRegistry: this account does not act for the consent's recipient.
    /// @param consent The consent, by its key's address.
    /// @param account An account.
    error NotTheRecipient(address consent, address account);
    /// @notice Advice has a digest, and a commitment it is about.
    /// @param consent The consent, by its key's address.
    error AdviceIncomplete(address consent);
    /// @notice This advice is on the record already.
    /// @param consent The consent, by its key's address.
    /// @param commitment The root of the commitment it is about.
    /// @param advice Salted digest of the advice.
    error AdviceExists(address consent, bytes32 commitment, bytes32 advice);
    /// @notice No such advice is on the record.
    /// @param consent The consent, by its key's address.
    /// @param commitment The root of the commitment it is about.
    /// @param advice Salted digest of the advice.
    error AdviceUnknown(address consent, bytes32 commitment, bytes32 advice);
    /// @notice This advice is acknowledged already.
    /// @param consent The consent, by its key's address.
    /// @param commitment The root of the commitment it is about.
    /// @param advice Salted digest of the advice.
    error AdviceAlreadyAcknowledged(address consent, bytes32 commitment, bytes32 advice);

    /// @notice Records advice. By an account of the recipient, under a live consent.
    /// Warning: calls go one way, so that `commitment` was ever a head is not checked here; readers of the record can.
    /// @param advice The advice, with what it is about.
    /// @dev Reverts with AdviceIncomplete, ConsentNotLive, NotTheRecipient or AdviceExists.
    function record(Advice calldata advice) external;

    /// @notice Acknowledges advice. Anyone may carry it, whatever has become of the consent.
    /// @param item What was signed, with its signature.
    /// @dev Reverts with AdviceUnknown, AdviceAlreadyAcknowledged or NotSignedByConsent.
    function acknowledge(SignedAcknowledgement calldata item) external;

    /// @notice Acknowledges many; each is recorded or rejected with `AcknowledgementRejected`, on its own.
    /// @param items One to MOST_ITEMS items.
    /// @dev Reverts with BatchSizeOutOfRange.
    function acknowledgeBatch(SignedAcknowledgement[] calldata items) external;

    /// @notice How far a piece of advice has come.
    /// @param advice The advice, with what it is about.
    /// @return Its stage.
    function stageOf(Advice calldata advice) external view returns (Stage);

    /// @notice Where consents are looked up.
    /// @return The address of ConsentRegistry.
    function consents() external view returns (address);

    /// @notice Reverts exactly as `acknowledge` would now; otherwise does nothing.
    /// @param item What was signed, with its signature.
    function checkAcknowledgement(SignedAcknowledgement calldata item) external view;
}
