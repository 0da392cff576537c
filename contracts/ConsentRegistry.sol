// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../interfaces/IConsentRegistry.sol";
import {IConsortium} from "../interfaces/IConsortium.sol";
import {ConsentLimits} from "./ConsentLimits.sol";
import {ConsentStatus} from "./ConsentStatus.sol";

/// @title The life of a consent.
/// @notice See IConsentRegistry.
contract ConsentRegistry is ConsentStatus, ConsentLimits {
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
        _requireNone(_objectionToGrant(item));
        _grant(item.grant);
    }

    /// @inheritdoc IConsentRegistry
    function grantBatch(SignedGrant[] calldata items) external {
        _requireBatch(items.length);
        _requireCarrier(msg.sender);
        for (uint256 i = 0; i < items.length; i++) {
            SignedGrant calldata item = items[i];
            bytes memory objection = _objectionToGrant(item);
            if (objection.length == 0) _grant(item.grant);
            else emit GrantRejected(item.grant.consent, msg.sender, i, objection);
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
        _requireNone(_objectionToWithdrawal(item, msg.sender));
        _withdraw(item.consent);
    }

    /// @inheritdoc IConsentRegistry
    function withdrawBatch(SignedWithdrawal[] calldata items) external {
        _requireBatch(items.length);
        for (uint256 i = 0; i < items.length; i++) {
            SignedWithdrawal calldata item = items[i];
            bytes memory objection = _objectionToWithdrawal(item, msg.sender);
            if (objection.length == 0) _withdraw(item.consent);
            else emit WithdrawalRejected(item.consent, msg.sender, i, objection);
        }
    }

    // ------------------------------------------------------------------ recipient

    /// @inheritdoc IConsentRegistry
    function release(address consent) external {
        Consent storage stored = _consents[consent];
        Status current = _statusOf(stored);
        require(_isOpen(current), ConsentNotOpen(consent, current));
        uint32 member = CONSORTIUM.memberOf(msg.sender);
        bool acts = member == stored.recipient && CONSORTIUM.isActive(member);
        require(acts, NotTheRecipient(consent, msg.sender));
        _consents[consent].stage = Stage.RELEASED;
        emit ConsentReleased(consent, member, msg.sender);
    }

    /// @inheritdoc IConsentRegistry
    function use(Use calldata item) external {
        uint32 member = CONSORTIUM.memberOf(msg.sender);
        _requireNone(_objectionToUse(item, msg.sender, member, _isAdviser(member)));
        _use(item, member);
    }

    /// @inheritdoc IConsentRegistry
    function useBatch(Use[] calldata items) external {
        _requireBatch(items.length);
        uint32 member = CONSORTIUM.memberOf(msg.sender);
        bool adviser = _isAdviser(member);
        for (uint256 i = 0; i < items.length; i++) {
            Use calldata item = items[i];
            bytes memory objection = _objectionToUse(item, msg.sender, member, adviser);
            if (objection.length == 0) _use(item, member);
            else emit UseRejected(item.consent, msg.sender, i, objection);
        }
    }

    // ------------------------------------------------------------------ views

    /// @inheritdoc IConsentRegistry
    function checkGrant(SignedGrant calldata item, address carrier) external view {
        _requireCarrier(carrier);
        _requireNone(_objectionToGrant(item));
    }

    /// @inheritdoc IConsentRegistry
    function checkWithdrawal(SignedWithdrawal calldata item, address carrier) external view {
        _requireNone(_objectionToWithdrawal(item, carrier));
    }

    /// @inheritdoc IConsentRegistry
    function checkUse(Use calldata item, address account) external view {
        uint32 member = CONSORTIUM.memberOf(account);
        _requireNone(_objectionToUse(item, account, member, _isAdviser(member)));
    }

    // ------------------------------------------------------------------ internals: grant

    function _requireCarrier(address carrier) private view {
        require(_isCarrier(carrier), CarrierNotActiveMember(carrier));
    }

    function _isCarrier(address account) private view returns (bool) {
        return CONSORTIUM.isActive(CONSORTIUM.memberOf(account));
    }

    function _objectionToGrant(SignedGrant calldata item) private view returns (bytes memory objection) {
        Grant calldata asked = item.grant;
        address consent = asked.consent;
        Status current = _statusOf(_consents[consent]);
        if (current != Status.NONE) return abi.encodeWithSelector(ConsentExists.selector, consent, current);
        uint32 recipient = asked.recipient;
        if (!_isAdviser(recipient)) return abi.encodeWithSelector(RecipientNotActiveAdviser.selector, recipient);
        objection = _objectionToLimits(asked);
        if (objection.length != 0) return objection;
        if (!_isSignedBy(consent, keccak256(abi.encode(GRANT_TYPE, asked)), item.signature)) {
            return abi.encodeWithSelector(NotSignedByConsent.selector, consent);
        }
    }

    function _grant(Grant calldata asked) private {
        _consents[asked.consent] = Consent({
            recipient: asked.recipient,
            validFrom: asked.validFrom,
            validUntil: asked.validUntil,
            reconfirmBy: asked.reconfirmBy,
            sequence: 0,
            maxUses: asked.maxUses,
            uses: 0,
            stage: Stage.GRANTED
        });
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
        Status current = _statusOf(stored);
        require(_isOpen(current), ConsentNotOpen(consent, current));
        uint32 expected = stored.sequence;
        require(sequence == expected, SequenceMismatch(consent, sequence, expected));
        require(sequence != type(uint32).max, SequenceExhausted(consent));
        require(_isSignedBy(consent, structHash, signature), NotSignedByConsent(consent));
        stored.sequence = expected + 1;
    }

    /// @dev A key that was never granted takes a member's account to carry, as it takes a slot of every node for ever.
    function _objectionToWithdrawal(
        SignedWithdrawal calldata item,
        address carrier
    ) private view returns (bytes memory objection) {
        address consent = item.consent;
        Status current = _statusOf(_consents[consent]);
        if (current == Status.NONE) {
            if (!_isCarrier(carrier)) return abi.encodeWithSelector(CarrierNotActiveMember.selector, carrier);
        } else if (!_isOpen(current)) {
            return abi.encodeWithSelector(ConsentNotOpen.selector, consent, current);
        }
        if (!_isSignedBy(consent, keccak256(abi.encode(WITHDRAW_TYPE, consent)), item.signature)) {
            return abi.encodeWithSelector(NotSignedByConsent.selector, consent);
        }
    }

    function _withdraw(address consent) private {
        _consents[consent].stage = Stage.WITHDRAWN;
        emit ConsentWithdrawn(consent, msg.sender);
    }

    /// @dev `member` is the one that `account` acts for, `adviser` whether it is an active adviser.
    function _objectionToUse(
        Use calldata item,
        address account,
        uint32 member,
        bool adviser
    ) private view returns (bytes memory objection) {
        address consent = item.consent;
        if (item.commitment == 0) return abi.encodeWithSelector(CommitmentZero.selector, consent);
        Consent storage stored = _consents[consent];
        if (stored.recipient != member) return abi.encodeWithSelector(NotTheRecipient.selector, consent, account);
        Status current = _statusOf(stored);
        if (!_isLive(current, adviser)) return abi.encodeWithSelector(ConsentNotLive.selector, consent, current);
        if (current == Status.EXHAUSTED) {
            return abi.encodeWithSelector(ConsentExhausted.selector, consent, stored.maxUses);
        }
    }

    function _use(Use calldata item, uint32 member) private {
        uint16 uses = ++_consents[item.consent].uses;
        emit ConsentUsed(item.consent, member, msg.sender, item.commitment, uses);
    }
}
