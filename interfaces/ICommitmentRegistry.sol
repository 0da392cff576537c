// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "./IConsentRegistry.sol";
import {IConsentSigned} from "./IConsentSigned.sol";

/// @title The head commitment of each consent.
/// @notice A commitment is the root of a Merkle tree over a budget's salted leaves. The consent key signs it together
/// with the root it replaces, so the order is proven. Correcting is replacing; the past stays in the log.
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
    struct SignedCommitment {
        Commitment commitment;
        Signature signature;
    }

    /// @notice A claimant committed to `root`, in place of `replaces`; `carrier` carried the signature.
    event Committed(address indexed consent, address carrier, bytes32 root, bytes32 replaces);

    /// @notice Item `index` of a batch was not recorded; `reason` is the error the single call reverts with.
    event CommitmentRejected(address indexed consent, address indexed carrier, uint256 index, bytes reason);

    /// @notice The deployment named no consent registry.
    error DeploymentInvalid();
    /// @notice As in IConsentRegistry: this consent is not live.
    error ConsentNotLive(address consent, IConsentRegistry.Status status);
    /// @notice A commitment is not zero.
    error RootZero(address consent);
    /// @notice A commitment replaces another than itself.
    error RootUnchanged(address consent, bytes32 root);
    /// @notice A commitment must name the consent's `head` as what it replaces.
    error HeadMismatch(address consent, bytes32 replaces, bytes32 head);

    /// @notice Replaces the head of a live consent. Anyone may carry it.
    /// Warning: a key that signs its way back to a root it had before (A to B, then B to A) makes its old signature
    /// (A to B) good again. Wallets use fresh salts for every commitment, and then no root ever returns.
    /// @dev Reverts with RootZero, RootUnchanged, ConsentNotLive, HeadMismatch or NotSignedByConsent.
    function commit(SignedCommitment calldata item) external;

    /// @notice Replaces many heads; each is replaced or rejected with `CommitmentRejected`, on its own.
    /// @dev Reverts with BatchSizeOutOfRange.
    function commitBatch(SignedCommitment[] calldata items) external;

    /// @notice The newest commitment under a consent, zero if there is none. It stays when the consent ends.
    function headOf(address consent) external view returns (bytes32);

    /// @notice Where consents are looked up.
    function consents() external view returns (address);

    /// @notice Reverts exactly as `commit` would now; otherwise does nothing.
    function checkCommitment(SignedCommitment calldata item) external view;
}
