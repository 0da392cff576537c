// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../../interfaces/IConsentRegistry.sol";
import {IConsentSigned} from "../../../../interfaces/IConsentSigned.sol";
import {Messages} from "../../shared/Messages.sol";
import {Vm} from "../../shared/Vm.sol";
import {Outcomes} from "../../shared/Outcome.sol";
import {ConsortiumModel} from "./ConsortiumModel.sol";

/// @title Where each consent must stand and whether it is live, told from IConsentRegistry.
abstract contract ConsentModel is ConsortiumModel {
    /// @dev A consent's life: what was granted, and what was done to it.
    struct Life {
        uint32 recipient;
        uint40 validFrom;
        uint40 validUntil;
        uint40 reconfirmBy;
        uint32 sequence;
        uint16 maxUses;
        uint16 uses;
        bool granted;
        bool paused;
        bool released;
        bool withdrawn;
    }

    /// @dev A signature that was made with a key: by whom, and over what.
    struct Made {
        address signer;
        bytes32 digest;
    }

    uint256 internal constant MOST_ITEMS = 256;

    mapping(address consent => Life) internal _life;
    mapping(bytes32 signature => Made) internal _made;

    /// @dev The first that applies, in the order of IConsentRegistry.Status.
    function _statusOf(address consent) internal view returns (IConsentRegistry.Status) {
        Life storage life = _life[consent];
        if (!life.granted && !life.withdrawn) return IConsentRegistry.Status.NONE;
        if (life.withdrawn) return IConsentRegistry.Status.WITHDRAWN;
        if (life.released) return IConsentRegistry.Status.RELEASED;
        if (_time >= uint256(life.validUntil) + 1) return IConsentRegistry.Status.EXPIRED;
        if (life.paused) return IConsentRegistry.Status.PAUSED;
        if (_time < life.validFrom) return IConsentRegistry.Status.SCHEDULED;
        if (_time >= uint256(life.reconfirmBy) + 1) return IConsentRegistry.Status.STALE;
        if (life.uses >= life.maxUses) return IConsentRegistry.Status.EXHAUSTED;
        return IConsentRegistry.Status.ACTIVE;
    }

    function _isLive(address consent) internal view returns (bool) {
        IConsentRegistry.Status status = _statusOf(consent);
        bool running = status == IConsentRegistry.Status.ACTIVE || status == IConsentRegistry.Status.EXHAUSTED;
        return running && _isAdviser(_life[consent].recipient);
    }

    function _isEnded(address consent) internal view returns (bool) {
        IConsentRegistry.Status status = _statusOf(consent);
        return
            status == IConsentRegistry.Status.WITHDRAWN ||
            status == IConsentRegistry.Status.RELEASED ||
            status == IConsentRegistry.Status.EXPIRED;
    }

    function _isOpen(address consent) internal view returns (bool) {
        return _statusOf(consent) != IConsentRegistry.Status.NONE && !_isEnded(consent);
    }

    /// @dev A consent as it must be stored.
    function _stored(address consent) internal view returns (IConsentRegistry.Consent memory c) {
        Life storage life = _life[consent];
        c.recipient = life.recipient;
        (c.validFrom, c.validUntil, c.reconfirmBy) = (life.validFrom, life.validUntil, life.reconfirmBy);
        (c.sequence, c.maxUses, c.uses) = (life.sequence, life.maxUses, life.uses);
        if (life.withdrawn) c.stage = IConsentRegistry.Stage.WITHDRAWN;
        else if (life.released) c.stage = IConsentRegistry.Stage.RELEASED;
        else if (life.paused) c.stage = IConsentRegistry.Stage.PAUSED;
        else if (life.granted) c.stage = IConsentRegistry.Stage.GRANTED;
    }

    /// @dev Whether the consent's own key made this signature over this message for this contract on this chain.
    function _isSigned(
        address consent,
        address verifier,
        bytes32 structHash,
        IConsentSigned.Signature memory signature
    ) internal view returns (bool) {
        Made storage made = _made[keccak256(abi.encode(signature))];
        return
            made.signer != address(0) &&
            made.signer == consent &&
            made.digest == Messages.digest(verifier, structHash);
    }

    function _notSigned(address consent) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IConsentSigned.NotSignedByConsent.selector, consent);
    }

    function _sizeRefusal(uint256 size) internal pure returns (bytes memory) {
        if (size >= 1 && size <= MOST_ITEMS) return "";
        return abi.encodeWithSelector(IConsentSigned.BatchSizeOutOfRange.selector, size, MOST_ITEMS);
    }

    function _notOpen(address consent) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IConsentRegistry.ConsentNotOpen.selector, consent, _statusOf(consent));
    }

    /// @dev What a batch says of an item that it does not record.
    function _rejected(
        address emitter,
        bytes32 name,
        address consent,
        address caller,
        uint256 index,
        bytes memory reason
    ) internal pure returns (Vm.Log memory) {
        bytes memory data = abi.encode(index, reason);
        return Outcomes.log2(emitter, name, Outcomes.topic(consent), Outcomes.topic(caller), data);
    }
}
