// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../interfaces/IConsentRegistry.sol";
import {IConsortium} from "../interfaces/IConsortium.sol";
import {ConsentLimits} from "./ConsentLimits.sol";
import {ConsentStatus} from "./ConsentStatus.sol";
import {ConsentUses} from "./ConsentUses.sol";

/// @title The life of a consent.
/// @notice See IConsentRegistry.
contract ConsentRegistry is ConsentUses, ConsentLimits {
    bytes32 private constant GRANT_TYPE =
        keccak256(
            "Grant(address consent,uint32 recipient,uint40 validFrom,uint40 validUntil,"
            "uint40 reconfirmBy,uint16 maxUses,bytes32 termsDigest)"
        );
    bytes32 private constant PAUSE_TYPE = keccak256("Pause(address consent,uint32 sequence)");
    bytes32 private constant RESUME_TYPE = keccak256("Resume(address consent,uint32 sequence)");
    bytes32 private constant RECONFIRM_TYPE =
        keccak256("Reconfirm(address consent,uint32 sequence,uint40 reconfirmBy)");
    bytes32 private constant WITHDRAW_TYPE = keccak256("Withdraw(address consent)");

    constructor(IConsortium consortium_, Limits memory limits_) ConsentStatus(consortium_) ConsentLimits(limits_) {}

    // ------------------------------------------------------------------ claimant, through a carrier

    /// @inheritdoc IConsentRegistry
    function grant(SignedGrant calldata item) external {
        _requireCarrier(msg.sender);
        Grant memory asked = item.grant;
        _requireNone(_objectionToGrant(asked, item.signature, _isAdviser(asked.recipient)));
        _grant(asked);
    }

    /// @inheritdoc IConsentRegistry
    function grantBatch(SignedGrant[] calldata items) external {
        _requireBatch(items.length);
        _requireCarrier(msg.sender);
        // A recipient is looked up once for as many items in a row as name it; nobody is member 0.
        uint32 recipient = 0;
        bool adviser = false;
        for (uint256 i = 0; i < items.length; i++) {
            SignedGrant calldata item = items[i];
            Grant memory asked = item.grant;
            if (asked.recipient != recipient) {
                recipient = asked.recipient;
                adviser = _isAdviser(recipient);
            }
            bytes memory objection = _objectionToGrant(asked, item.signature, adviser);
            if (objection.length == 0) _grant(asked);
            else emit GrantRejected(asked.consent, msg.sender, i, objection);
        }
    }

    /// @inheritdoc IConsentRegistry
    function pause(address consent, uint32 sequence, Signature calldata signature) external {
        bytes32 structHash = keccak256(abi.encode(PAUSE_TYPE, consent, sequence));
        _requireNext(consent, sequence, structHash, signature).stage = Stage.PAUSED;
        emit ConsentPaused(consent, msg.sender, sequence);
    }

    /// @inheritdoc IConsentRegistry
    function resume(address consent, uint32 sequence, Signature calldata signature) external {
        bytes32 structHash = keccak256(abi.encode(RESUME_TYPE, consent, sequence));
        Consent storage stored = _requireNext(consent, sequence, structHash, signature);
        require(stored.stage == Stage.PAUSED, ConsentNotPaused(consent));
        stored.stage = Stage.GRANTED;
        emit ConsentResumed(consent, msg.sender, sequence);
    }

    /// @inheritdoc IConsentRegistry
    function reconfirm(address consent, uint32 sequence, uint40 reconfirmBy, Signature calldata signature) external {
        bytes32 structHash = keccak256(abi.encode(RECONFIRM_TYPE, consent, sequence, reconfirmBy));
        Consent storage stored = _requireNext(consent, sequence, structHash, signature);
        _requireNone(_objectionToReconfirmBy(reconfirmBy, stored.validFrom, stored.validUntil));
        stored.reconfirmBy = reconfirmBy;
        emit ConsentReconfirmed(consent, msg.sender, sequence, reconfirmBy);
    }

    /// @inheritdoc IConsentRegistry
    function withdraw(SignedWithdrawal calldata item) external {
        address consent = item.consent;
        Consent storage stored = _consents[consent];
        (Status current, ) = _standingOf(stored);
        bool carries = current == Status.NONE && _isCarrier(msg.sender);
        _requireNone(_objectionToWithdrawal(consent, current, item.signature, msg.sender, carries));
        _withdraw(consent, stored);
    }

    /// @inheritdoc IConsentRegistry
    function withdrawBatch(SignedWithdrawal[] calldata items) external {
        _requireBatch(items.length);
        bool known = false;
        bool carries = false;
        for (uint256 i = 0; i < items.length; i++) {
            SignedWithdrawal calldata item = items[i];
            address consent = item.consent;
            Consent storage stored = _consents[consent];
            (Status current, ) = _standingOf(stored);
            if (current == Status.NONE && !known) (known, carries) = (true, _isCarrier(msg.sender));
            bytes memory objection = _objectionToWithdrawal(consent, current, item.signature, msg.sender, carries);
            if (objection.length == 0) _withdraw(consent, stored);
            else emit WithdrawalRejected(consent, msg.sender, i, objection);
        }
    }

    // ------------------------------------------------------------------ views

    /// @inheritdoc IConsentRegistry
    function checkGrant(SignedGrant calldata item, address carrier) external view {
        _requireCarrier(carrier);
        _requireNone(_objectionToGrant(item.grant, item.signature, _isAdviser(item.grant.recipient)));
    }

    /// @inheritdoc IConsentRegistry
    function checkWithdrawal(SignedWithdrawal calldata item, address carrier) external view {
        address consent = item.consent;
        (Status current, ) = _standingOf(_consents[consent]);
        bool carries = current == Status.NONE && _isCarrier(carrier);
        _requireNone(_objectionToWithdrawal(consent, current, item.signature, carrier, carries));
    }

    // ------------------------------------------------------------------ internals: grant

    function _requireCarrier(address carrier) private view {
        require(_isCarrier(carrier), CarrierNotActiveMember(carrier));
    }

    function _isCarrier(address account) private view returns (bool) {
        return CONSORTIUM.isActive(CONSORTIUM.memberOf(account));
    }

    /// @dev `adviser` is whether the recipient asked for is an active adviser.
    function _objectionToGrant(
        Grant memory asked,
        Signature calldata signature,
        bool adviser
    ) private view returns (bytes memory objection) {
        address consent = asked.consent;
        (Status current, ) = _standingOf(_consents[consent]);
        if (current != Status.NONE) return abi.encodeWithSelector(ConsentExists.selector, consent, current);
        if (!adviser) return abi.encodeWithSelector(RecipientNotActiveAdviser.selector, asked.recipient);
        objection = _objectionToLimits(asked);
        if (objection.length != 0) return objection;
        if (!_isSignedBy(consent, keccak256(abi.encode(GRANT_TYPE, asked)), signature)) {
            return abi.encodeWithSelector(NotSignedByConsent.selector, consent);
        }
    }

    function _grant(Grant memory asked) private {
        Consent storage stored = _consents[asked.consent];
        stored.recipient = asked.recipient;
        stored.validFrom = asked.validFrom;
        stored.validUntil = asked.validUntil;
        stored.reconfirmBy = asked.reconfirmBy;
        stored.maxUses = asked.maxUses;
        stored.stage = Stage.GRANTED;
        emit ConsentGranted(
            asked.consent,
            asked.recipient,
            msg.sender,
            asked.validFrom,
            asked.validUntil,
            asked.reconfirmBy,
            asked.maxUses,
            asked.termsDigest
        );
    }

    // ------------------------------------------------------------------ internals: the rest of its life

    /// @dev Takes the next pause, resumption or reconfirmation: open, signed, in order, and counted.
    function _requireNext(
        address consent,
        uint32 sequence,
        bytes32 structHash,
        Signature calldata signature
    ) private returns (Consent storage stored) {
        stored = _consents[consent];
        (Status current, ) = _standingOf(stored);
        require(_isOpen(current), ConsentNotOpen(consent, current));
        uint32 expected = stored.sequence;
        require(sequence == expected, SequenceMismatch(consent, sequence, expected));
        require(sequence != type(uint32).max, SequenceExhausted(consent));
        require(_isSignedBy(consent, structHash, signature), NotSignedByConsent(consent));
        stored.sequence = expected + 1;
    }

    /// @dev A key that was never granted takes a member's account to carry, as it takes a slot of every node for ever:
    /// `carries` is whether `carrier` is one, and counts for such a key only.
    function _objectionToWithdrawal(
        address consent,
        Status current,
        Signature calldata signature,
        address carrier,
        bool carries
    ) private view returns (bytes memory objection) {
        if (!_isOpen(current)) {
            if (current != Status.NONE) return abi.encodeWithSelector(ConsentNotOpen.selector, consent, current);
            if (!carries) return abi.encodeWithSelector(CarrierNotActiveMember.selector, carrier);
        }
        if (!_isSignedBy(consent, keccak256(abi.encode(WITHDRAW_TYPE, consent)), signature)) {
            return abi.encodeWithSelector(NotSignedByConsent.selector, consent);
        }
    }

    function _withdraw(address consent, Consent storage stored) private {
        stored.stage = Stage.WITHDRAWN;
        emit ConsentWithdrawn(consent, msg.sender);
    }
}
