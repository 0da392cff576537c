// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "./IConsentRegistry.sol";
import {IConsentSigned} from "./IConsentSigned.sol";

/// @title What was advised, and that it was received.
/// @notice A recipient records the salted digest of advice under a live consent, bound to the commitment it is about.
/// The claimant may acknowledge it, also after the consent has ended: an acknowledgement concerns the past.
interface IAdviceLog is IConsentSigned {
    /// @notice How far a piece of advice has come.
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
    struct SignedAcknowledgement {
        Advice advice;
        Signature signature;
    }

    /// @notice The recipient gave advice; `account` acted for it.
    event AdviceRecorded(
        address indexed consent,
        uint32 indexed recipient,
        address indexed account,
        bytes32 commitment,
        bytes32 advice
    );
    /// @notice The claimant acknowledged advice; `carrier` carried the signature.
    event AdviceAcknowledged(
        address indexed consent,
        address indexed carrier,
        bytes32 commitment,
        bytes32 advice
    );
    /// @notice Item `index` of a batch was not recorded; `reason` is the error the single call reverts with.
    event AcknowledgementRejected(address indexed consent, address indexed carrier, uint256 index, bytes reason);

    /// @notice The deployment named no consent registry.
    error DeploymentInvalid();
    /// @notice As in IConsentRegistry: this consent is not live.
    error ConsentNotLive(address consent, IConsentRegistry.Status status);
    /// @notice As in IConsentRegistry: this account does not act for the consent's recipient.
    error NotTheRecipient(address consent, address account);
    /// @notice Advice has a digest, and a commitment it is about.
    error AdviceIncomplete(address consent);
    /// @notice This advice is on the record already.
    error AdviceExists(address consent, bytes32 commitment, bytes32 advice);
    /// @notice No such advice is on the record.
    error AdviceUnknown(address consent, bytes32 commitment, bytes32 advice);
    /// @notice This advice is acknowledged already.
    error AdviceAlreadyAcknowledged(address consent, bytes32 commitment, bytes32 advice);

    /// @notice Records advice. By an account of the recipient, under a live consent.
    /// Warning: calls go one way, so that `commitment` was ever a head is not checked here; whoever reads the record can.
    /// @dev Reverts with AdviceIncomplete, ConsentNotLive, NotTheRecipient or AdviceExists.
    function record(Advice calldata advice) external;

    /// @notice Acknowledges advice. Anyone may carry it, whatever has become of the consent.
    /// @dev Reverts with AdviceUnknown, AdviceAlreadyAcknowledged or NotSignedByConsent.
    function acknowledge(SignedAcknowledgement calldata item) external;

    /// @notice Acknowledges many; each is recorded or rejected with `AcknowledgementRejected`, on its own.
    /// @dev Reverts with BatchSizeOutOfRange.
    function acknowledgeBatch(SignedAcknowledgement[] calldata items) external;

    /// @notice How far a piece of advice has come.
    function stageOf(Advice calldata advice) external view returns (Stage);

    /// @notice Where consents are looked up.
    function consents() external view returns (address);

    /// @notice Reverts exactly as `acknowledge` would now; otherwise does nothing.
    function checkAcknowledgement(SignedAcknowledgement calldata item) external view;
}
