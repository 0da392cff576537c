// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ICommitmentRegistry} from "../interfaces/ICommitmentRegistry.sol";
import {IConsentRegistry} from "../interfaces/IConsentRegistry.sol";
import {ConsentSigned} from "./ConsentSigned.sol";

/// @title The head commitment of each consent.
/// @notice See ICommitmentRegistry.
contract CommitmentRegistry is ICommitmentRegistry, ConsentSigned {
    bytes32 private constant COMMIT_TYPE = keccak256("Commit(address consent,bytes32 root,bytes32 replaces)");

    IConsentRegistry private immutable CONSENTS;

    struct Head {
        bytes32 root;
    }

    mapping(address consent => Head) private _heads;

    constructor(IConsentRegistry consents_) {
        require(address(consents_).code.length != 0, DeploymentInvalid());
        CONSENTS = consents_;
    }

    // ------------------------------------------------------------------ claimant, through a carrier

    /// @inheritdoc ICommitmentRegistry
    function commit(SignedCommitment calldata item) external {
        address consent = item.commitment.consent;
        Head storage head = _heads[consent];
        _requireNone(_objectionTo(item, consent, head, CONSENTS.isLive(consent)));
        _commit(consent, head, item.commitment.root);
    }

    /// @inheritdoc ICommitmentRegistry
    function commitBatch(SignedCommitment[] calldata items) external {
        uint256 size = items.length;
        _requireBatch(size);
        // Asked for all at once, as one call costs less than many; committing changes no consent.
        address[] memory asked = new address[](size);
        for (uint256 i = 0; i < size; i++) {
            asked[i] = items[i].commitment.consent;
        }
        bool[] memory live = CONSENTS.areLive(asked);
        for (uint256 i = 0; i < size; i++) {
            SignedCommitment calldata item = items[i];
            address consent = asked[i];
            Head storage head = _heads[consent];
            bytes memory objection = _objectionTo(item, consent, head, live[i]);
            if (objection.length == 0) _commit(consent, head, item.commitment.root);
            else emit CommitmentRejected(consent, msg.sender, i, objection);
        }
    }

    // ------------------------------------------------------------------ views

    /// @inheritdoc ICommitmentRegistry
    function checkCommitment(SignedCommitment calldata item) external view {
        address consent = item.commitment.consent;
        _requireNone(_objectionTo(item, consent, _heads[consent], CONSENTS.isLive(consent)));
    }

    /// @inheritdoc ICommitmentRegistry
    function headOf(address consent) external view returns (bytes32) {
        return _heads[consent].root;
    }

    /// @inheritdoc ICommitmentRegistry
    function consents() external view returns (address) {
        return address(CONSENTS);
    }

    /// @notice Whether the contract has an interface (ERC-165).
    /// @param interfaceId The interface's id.
    /// @return Whether it has.
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == type(ICommitmentRegistry).interfaceId || super.supportsInterface(interfaceId);
    }

    // ------------------------------------------------------------------ internals

    function _objectionTo(
        SignedCommitment calldata item,
        address consent,
        Head storage stored,
        bool live
    ) private view returns (bytes memory objection) {
        bytes32 root = item.commitment.root;
        bytes32 replaces = item.commitment.replaces;
        if (root == 0) return abi.encodeWithSelector(RootZero.selector, consent);
        if (root == replaces) return abi.encodeWithSelector(RootUnchanged.selector, consent, root);
        if (!live) return abi.encodeWithSelector(ConsentNotLive.selector, consent, CONSENTS.status(consent));
        bytes32 head = stored.root;
        if (replaces != head) return abi.encodeWithSelector(HeadMismatch.selector, consent, replaces, head);
        bytes32 structHash = keccak256(abi.encode(COMMIT_TYPE, consent, root, replaces));
        if (!_isSignedBy(consent, structHash, item.signature)) {
            return abi.encodeWithSelector(NotSignedByConsent.selector, consent);
        }
    }

    function _commit(address consent, Head storage head, bytes32 root) private {
        head.root = root;
        emit Committed(consent, msg.sender, root);
    }
}
