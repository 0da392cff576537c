// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAdviceLog} from "../interfaces/IAdviceLog.sol";
import {IConsentRegistry} from "../interfaces/IConsentRegistry.sol";
import {ConsentSigned} from "./ConsentSigned.sol";

/// @title What was advised, and that it was received.
/// @notice See IAdviceLog.
contract AdviceLog is IAdviceLog, ConsentSigned {
    bytes32 private constant ACKNOWLEDGE_TYPE =
        keccak256("Acknowledge(address consent,bytes32 commitment,bytes32 advice)");

    IConsentRegistry private immutable CONSENTS;

    mapping(bytes32 id => Stage) private _stages;

    constructor(IConsentRegistry consents_) {
        require(address(consents_).code.length != 0, DeploymentInvalid());
        CONSENTS = consents_;
    }

    // ------------------------------------------------------------------ recipient

    /// @inheritdoc IAdviceLog
    function record(Advice calldata advice) external {
        address consent = advice.consent;
        require(advice.commitment != 0 && advice.advice != 0, AdviceIncomplete(consent));
        (bool live, IConsentRegistry.Status current, uint32 recipient) = CONSENTS.standing(consent);
        require(live, ConsentNotLive(consent, current));
        require(CONSENTS.isRecipient(consent, msg.sender), NotTheRecipient(consent, msg.sender));
        bytes32 id = _idOf(advice);
        require(_stages[id] == Stage.NONE, AdviceExists(consent, advice.commitment, advice.advice));

        _stages[id] = Stage.RECORDED;
        emit AdviceRecorded(consent, recipient, msg.sender, advice.commitment, advice.advice);
    }

    // ------------------------------------------------------------------ claimant, through a carrier

    /// @inheritdoc IAdviceLog
    function acknowledge(SignedAcknowledgement calldata item) external {
        _requireNone(_objectionTo(item));
        _acknowledge(item.advice);
    }

    /// @inheritdoc IAdviceLog
    function acknowledgeBatch(SignedAcknowledgement[] calldata items) external {
        _requireBatch(items.length);
        for (uint256 i = 0; i < items.length; i++) {
            SignedAcknowledgement calldata item = items[i];
            bytes memory objection = _objectionTo(item);
            if (objection.length == 0) _acknowledge(item.advice);
            else emit AcknowledgementRejected(item.advice.consent, msg.sender, i, objection);
        }
    }

    // ------------------------------------------------------------------ views

    /// @inheritdoc IAdviceLog
    function checkAcknowledgement(SignedAcknowledgement calldata item) external view {
        _requireNone(_objectionTo(item));
    }

    /// @inheritdoc IAdviceLog
    function stageOf(Advice calldata advice) external view returns (Stage) {
        return _stages[_idOf(advice)];
    }

    /// @inheritdoc IAdviceLog
    function consents() external view returns (address) {
        return address(CONSENTS);
    }

    /// @notice Whether the contract has an interface (ERC-165).
    /// @param interfaceId The interface's id.
    /// @return Whether it has.
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == type(IAdviceLog).interfaceId || super.supportsInterface(interfaceId);
    }

    // ------------------------------------------------------------------ internals

    function _objectionTo(SignedAcknowledgement calldata item) private view returns (bytes memory objection) {
        Advice calldata advice = item.advice;
        Stage stage = _stages[_idOf(advice)];
        if (stage == Stage.NONE) return abi.encodeWithSelector(AdviceUnknown.selector, advice);
        if (stage == Stage.ACKNOWLEDGED) {
            return abi.encodeWithSelector(AdviceAlreadyAcknowledged.selector, advice);
        }
        if (!_isSignedBy(advice.consent, keccak256(abi.encode(ACKNOWLEDGE_TYPE, advice)), item.signature)) {
            return abi.encodeWithSelector(NotSignedByConsent.selector, advice.consent);
        }
    }

    function _acknowledge(Advice calldata advice) private {
        _stages[_idOf(advice)] = Stage.ACKNOWLEDGED;
        emit AdviceAcknowledged(advice.consent, msg.sender, advice.commitment, advice.advice);
    }

    function _idOf(Advice calldata advice) private pure returns (bytes32) {
        return keccak256(abi.encode(advice));
    }
}
