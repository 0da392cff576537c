// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../interfaces/IConsentRegistry.sol";
import {ConsentStatus} from "./ConsentStatus.sol";

/// @title What a recipient does under a consent.
/// @notice See IConsentRegistry.
abstract contract ConsentUses is ConsentStatus {
    // ------------------------------------------------------------------ recipient

    /// @inheritdoc IConsentRegistry
    function release(address consent) external {
        Consent storage stored = _consents[consent];
        (Status current, ) = _standingOf(stored);
        require(_isOpen(current), ConsentNotOpen(consent, current));
        uint32 member = CONSORTIUM.memberOf(msg.sender);
        bool acts = member == stored.recipient && CONSORTIUM.isActive(member);
        require(acts, NotTheRecipient(consent, msg.sender));
        stored.stage = Stage.RELEASED;
        emit ConsentReleased(consent, member, msg.sender);
    }

    /// @inheritdoc IConsentRegistry
    function use(Use calldata item) external {
        uint32 member = CONSORTIUM.memberOf(msg.sender);
        address consent = item.consent;
        Consent storage stored = _consents[consent];
        _requireNone(_objectionToUse(consent, item.commitment, stored, msg.sender, member, _isAdviser(member)));
        _use(consent, item.commitment, stored, member);
    }

    /// @inheritdoc IConsentRegistry
    function useBatch(Use[] calldata items) external {
        _requireBatch(items.length);
        uint32 member = CONSORTIUM.memberOf(msg.sender);
        bool adviser = _isAdviser(member);
        for (uint256 i = 0; i < items.length; i++) {
            Use calldata item = items[i];
            address consent = item.consent;
            bytes32 commitment = item.commitment;
            Consent storage stored = _consents[consent];
            bytes memory objection = _objectionToUse(consent, commitment, stored, msg.sender, member, adviser);
            if (objection.length == 0) _use(consent, commitment, stored, member);
            else emit UseRejected(consent, msg.sender, i, objection);
        }
    }

    // ------------------------------------------------------------------ views

    /// @inheritdoc IConsentRegistry
    function checkUse(Use calldata item, address account) external view {
        uint32 member = CONSORTIUM.memberOf(account);
        address consent = item.consent;
        Consent storage stored = _consents[consent];
        _requireNone(_objectionToUse(consent, item.commitment, stored, account, member, _isAdviser(member)));
    }

    // ------------------------------------------------------------------ internals

    /// @dev `member` is the one that `account` acts for, `adviser` whether it is an active adviser.
    function _objectionToUse(
        address consent,
        bytes32 commitment,
        Consent storage stored,
        address account,
        uint32 member,
        bool adviser
    ) private view returns (bytes memory objection) {
        if (commitment == 0) return abi.encodeWithSelector(CommitmentZero.selector, consent);
        (Status current, uint32 recipient) = _standingOf(stored);
        if (recipient != member) return abi.encodeWithSelector(NotTheRecipient.selector, consent, account);
        if (!_isLive(current, adviser)) return abi.encodeWithSelector(ConsentNotLive.selector, consent, current);
        if (current == Status.EXHAUSTED) {
            return abi.encodeWithSelector(ConsentExhausted.selector, consent, stored.maxUses);
        }
    }

    function _use(address consent, bytes32 commitment, Consent storage stored, uint32 member) private {
        uint16 uses = ++stored.uses;
        emit ConsentUsed(consent, member, msg.sender, commitment, uses);
    }
}
