// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "./IConsentRegistry.sol";
import {IConsentSigned} from "./IConsentSigned.sol";

/// @title The head commitment of each consent.
/// @notice A commitment is the root of a Merkle tree over a budget's salted leaves. The consent key signs it together
/// with the root it replaces, so the order is proven. Correcting is replacing; the past stays in the log.
/// @dev Errors are listed in the order they are checked in.
interface ICommitmentRegistry is IConsentSigned {
    /// @notice What a claimant signs to commit; EIP-712 type `Commit`.
    /// @param consent The consent it is for, whose key signs.
    /// @param root The new head.
    /// @param replaces The head before it; zero for the first.
    struct Commitment {
        address consent;
        bytes32 root;
        bytes32 replaces;
    }

    /// @notice A commitment with the consent key's signature.
    /// @param commitment What was signed.
    /// @param signature The signature over it.
    struct SignedCommitment {
        Commitment commitment;
        Signature signature;
    }

    /// @notice A claimant committed to `root`, in place of the head before it; `carrier` carried the signature.
    /// @param consent The consent, by its key's address.
    /// @param carrier The account that carried the signature.
    /// @param root The new head. What it replaces is the root of the consent's `Committed` before this one, if any.
    event Committed(address indexed consent, address carrier, bytes32 root);

    /// @notice Item `index` of a batch was not recorded; `reason` is the error the single call reverts with.
    /// @param consent The consent, by its key's address.
    /// @param carrier The account that carried the signature.
    /// @param index The item's place in the batch, from 0.
    /// @param reason The error the single call reverts with, ABI-encoded.
    event CommitmentRejected(address indexed consent, address indexed carrier, uint256 index, bytes reason);

    /// @notice The deployment named no consent registry.
    error DeploymentInvalid();
    /// @notice As in IConsentRegistry: this consent is not live.
    /// @param consent The consent, by its key's address.
    /// @param status Where it stands.
    error ConsentNotLive(address consent, IConsentRegistry.Status status);
    /// @notice A commitment is not zero.
    /// @param consent The consent, by its key's address.
    error RootZero(address consent);
    /// @notice A commitment replaces another than itself.
    /// @param consent The consent, by its key's address.
    /// @param root The root of a commitment.
    error RootUnchanged(address consent, bytes32 root);
    /// @notice A commitment must name the consent's `head` as what it replaces.
    /// @param consent The consent, by its key's address.
    /// @param replaces The root it takes the place of.
    /// @param head The newest commitment under it.
    error HeadMismatch(address consent, bytes32 replaces, bytes32 head);

    /// @notice Replaces the head of a live consent. Anyone may carry it.
    /// Warning: a key that signs its way back to a root it had before (A to B, then B to A) makes its old signature
    /// (A to B) good again. Wallets use fresh salts for every commitment, and then no root ever returns.
    /// @param item What was signed, with its signature.
    /// @dev Reverts with RootZero, RootUnchanged, ConsentNotLive, HeadMismatch or NotSignedByConsent.
    function commit(SignedCommitment calldata item) external;

    /// @notice Replaces many heads; each is replaced or rejected with `CommitmentRejected`, on its own.
    /// @param items One to MOST_ITEMS items.
    /// @dev Reverts with BatchSizeOutOfRange.
    function commitBatch(SignedCommitment[] calldata items) external;

    /// @notice The newest commitment under a consent, zero if there is none. It stays when the consent ends.
    /// @param consent The consent, by its key's address.
    /// @return The root, or zero.
    function headOf(address consent) external view returns (bytes32);

    /// @notice Where consents are looked up.
    /// @return The address of ConsentRegistry.
    function consents() external view returns (address);

    /// @notice Reverts exactly as `commit` would now; otherwise does nothing.
    /// @param item What was signed, with its signature.
    function checkCommitment(SignedCommitment calldata item) external view;
}
