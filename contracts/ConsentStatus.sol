// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../interfaces/IConsentRegistry.sol";
import {IConsortium} from "../interfaces/IConsortium.sol";
import {ConsentSigned} from "./ConsentSigned.sol";

/// @title The one place that decides where a consent stands and whether it is live.
/// @notice See IConsentRegistry.
abstract contract ConsentStatus is IConsentRegistry, ConsentSigned {
    IConsortium internal immutable CONSORTIUM;
    bytes32 private immutable ADVISER;

    mapping(address consent => Consent) internal _consents;

    constructor(IConsortium consortium_) {
        require(address(consortium_).code.length != 0, DeploymentInvalid());
        CONSORTIUM = consortium_;
        ADVISER = consortium_.ADVISER();
    }

    // ------------------------------------------------------------------ views

    /// @inheritdoc IConsentRegistry
    function status(address consent) external view returns (Status current) {
        (current, ) = _standingOf(_consents[consent]);
    }

    /// @inheritdoc IConsentRegistry
    function isLive(address consent) external view returns (bool) {
        (Status current, uint32 recipient) = _standingOf(_consents[consent]);
        return _isLive(current, _isAdviser(recipient));
    }

    /// @inheritdoc IConsentRegistry
    function areLive(address[] calldata consents) external view returns (bool[] memory live) {
        uint256 size = consents.length;
        _requireBatch(size);
        live = new bool[](size);
        // Recipients looked up before, by their last four bits: twice the number, and one more for an adviser.
        uint256[16] memory known;
        uint32 last = 0;
        bool adviser = false;
        for (uint256 i = 0; i < size; i++) {
            (Status current, uint32 recipient) = _standingOf(_consents[consents[i]]);
            if (recipient != last) {
                last = recipient;
                uint256 place = recipient % 16;
                if (known[place] >> 1 != recipient) {
                    known[place] = (uint256(recipient) << 1) | (_isAdviser(recipient) ? 1 : 0);
                }
                adviser = known[place] & 1 == 1;
            }
            live[i] = _isLive(current, adviser);
        }
    }

    /// @inheritdoc IConsentRegistry
    function standing(address consent) external view returns (bool live, Status current, uint32 recipient) {
        (current, recipient) = _standingOf(_consents[consent]);
        live = _isLive(current, _isAdviser(recipient));
    }

    /// @inheritdoc IConsentRegistry
    function isRecipient(address consent, address account) external view returns (bool) {
        uint32 recipient = _consents[consent].recipient;
        return recipient != 0 && recipient == CONSORTIUM.memberOf(account);
    }

    /// @inheritdoc IConsentRegistry
    function getConsent(address consent) external view returns (Consent memory) {
        return _consents[consent];
    }

    /// @inheritdoc IConsentRegistry
    function consortium() external view returns (address) {
        return address(CONSORTIUM);
    }

    /// @notice Whether the contract has an interface (ERC-165).
    /// @param interfaceId The interface's id.
    /// @return Whether it has.
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == type(IConsentRegistry).interfaceId || super.supportsInterface(interfaceId);
    }

    // ------------------------------------------------------------------ internals

    /// @dev Where a consent stands, and its recipient, from one reading of its slot.
    function _standingOf(Consent storage stored) internal view returns (Status current, uint32 recipient) {
        return (_statusOf(stored), stored.recipient);
    }

    function _statusOf(Consent storage stored) private view returns (Status) {
        Stage stage = stored.stage;
        if (stage == Stage.NONE) return Status.NONE;
        if (stage > Stage.PAUSED) return stage == Stage.WITHDRAWN ? Status.WITHDRAWN : Status.RELEASED;
        if (block.timestamp > stored.validUntil) return Status.EXPIRED;
        if (stage == Stage.PAUSED) return Status.PAUSED;
        if (block.timestamp < stored.validFrom) return Status.SCHEDULED;
        if (block.timestamp > stored.reconfirmBy) return Status.STALE;
        if (stored.uses == stored.maxUses) return Status.EXHAUSTED;
        return Status.ACTIVE;
    }

    /// @dev EXHAUSTED is live: the last use, too, may be followed by the advice it was for.
    function _isLive(Status current, bool recipientIsAdviser) internal pure returns (bool) {
        return recipientIsAdviser && (current == Status.ACTIVE || current == Status.EXHAUSTED);
    }

    function _isAdviser(uint32 member) internal view returns (bool) {
        return CONSORTIUM.isActiveAs(member, ADVISER);
    }

    /// @dev Whether it was granted and has not ended.
    function _isOpen(Status current) internal pure returns (bool) {
        return current > Status.NONE && current < Status.EXPIRED;
    }
}
