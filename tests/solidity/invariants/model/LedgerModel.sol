// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAdviceLog} from "../../../../interfaces/IAdviceLog.sol";
import {ICommitmentRegistry} from "../../../../interfaces/ICommitmentRegistry.sol";
import {Messages} from "../../shared/Messages.sol";
import {Outcome, Outcomes} from "../../shared/Outcome.sol";
import {Vm} from "../../shared/Vm.sol";
import {RecipientModel} from "./RecipientModel.sol";

/// @title What must come of commitments and advice, told from ICommitmentRegistry and IAdviceLog.
abstract contract LedgerModel is RecipientModel {
    mapping(address consent => bytes32 root) internal _head;
    mapping(bytes32 adviceId => IAdviceLog.Stage) internal _stage;

    function _idOf(IAdviceLog.Advice memory a) internal pure returns (bytes32) {
        return keccak256(abi.encode(a));
    }

    function _commitmentObjection(
        ICommitmentRegistry.SignedCommitment memory item
    ) internal view returns (bytes memory) {
        ICommitmentRegistry.Commitment memory c = item.commitment;
        if (c.root == 0) return abi.encodeWithSelector(ICommitmentRegistry.RootZero.selector, c.consent);
        if (c.root == c.replaces) {
            return abi.encodeWithSelector(ICommitmentRegistry.RootUnchanged.selector, c.consent, c.root);
        }
        if (!_isLive(c.consent)) return _notLive(c.consent);
        bytes32 head = _head[c.consent];
        if (c.replaces != head) {
            return abi.encodeWithSelector(ICommitmentRegistry.HeadMismatch.selector, c.consent, c.replaces, head);
        }
        bool signed = _isSigned(c.consent, address(commitments), Messages.commit(c), item.signature);
        return signed ? bytes("") : _notSigned(c.consent);
    }

    function _committed(
        ICommitmentRegistry.Commitment memory c,
        address carrier
    ) private returns (Vm.Log memory) {
        _head[c.consent] = c.root;
        bytes32 name = ICommitmentRegistry.Committed.selector;
        return Outcomes.log1(address(commitments), name, Outcomes.topic(c.consent), abi.encode(carrier, c.root));
    }

    function _willCommit(
        address carrier,
        ICommitmentRegistry.SignedCommitment memory item
    ) internal returns (Outcome memory) {
        bytes memory refusal = _commitmentObjection(item);
        return refusal.length != 0 ? Outcomes.refused(refusal) : Outcomes.single(_committed(item.commitment, carrier));
    }

    function _willCommitBatch(
        address carrier,
        ICommitmentRegistry.SignedCommitment[] memory items
    ) internal returns (Outcome memory outcome) {
        bytes memory refusal = _sizeRefusal(items.length);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        outcome = Outcomes.room(items.length);
        bytes32 rejected = ICommitmentRegistry.CommitmentRejected.selector;
        for (uint256 i = 0; i < items.length; i++) {
            bytes memory objection = _commitmentObjection(items[i]);
            Outcomes.add(
                outcome,
                objection.length == 0
                    ? _committed(items[i].commitment, carrier)
                    : _rejected(
                        address(commitments),
                        rejected,
                        items[i].commitment.consent,
                        carrier,
                        i,
                        objection
                    )
            );
        }
    }

    function _willRecord(address account, IAdviceLog.Advice memory a) internal returns (Outcome memory) {
        bytes memory refusal = _recordRefusal(account, a);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        _stage[_idOf(a)] = IAdviceLog.Stage.RECORDED;
        return
            Outcomes.single(
                Outcomes.log3(
                    address(advice),
                    IAdviceLog.AdviceRecorded.selector,
                    Outcomes.topic(a.consent),
                    _life[a.consent].recipient,
                    Outcomes.topic(account),
                    abi.encode(a.commitment, a.advice)
                )
            );
    }

    function _recordRefusal(address account, IAdviceLog.Advice memory a) private view returns (bytes memory) {
        if (a.commitment == 0 || a.advice == 0) {
            return abi.encodeWithSelector(IAdviceLog.AdviceIncomplete.selector, a.consent);
        }
        if (!_isLive(a.consent)) return _notLive(a.consent);
        if (_actsFor[account] != _life[a.consent].recipient) return _notTheRecipient(a.consent, account);
        if (_stage[_idOf(a)] == IAdviceLog.Stage.NONE) return "";
        return abi.encodeWithSelector(IAdviceLog.AdviceExists.selector, a.consent, a.commitment, a.advice);
    }

    function _acknowledgementObjection(
        IAdviceLog.SignedAcknowledgement memory item
    ) internal view returns (bytes memory) {
        IAdviceLog.Advice memory a = item.advice;
        IAdviceLog.Stage stage = _stage[_idOf(a)];
        if (stage == IAdviceLog.Stage.NONE) {
            return abi.encodeWithSelector(IAdviceLog.AdviceUnknown.selector, a.consent, a.commitment, a.advice);
        }
        if (stage == IAdviceLog.Stage.ACKNOWLEDGED) {
            bytes4 already = IAdviceLog.AdviceAlreadyAcknowledged.selector;
            return abi.encodeWithSelector(already, a.consent, a.commitment, a.advice);
        }
        bool signed = _isSigned(a.consent, address(advice), Messages.acknowledge(a), item.signature);
        return signed ? bytes("") : _notSigned(a.consent);
    }

    function _acknowledged(IAdviceLog.Advice memory a, address carrier) private returns (Vm.Log memory) {
        _stage[_idOf(a)] = IAdviceLog.Stage.ACKNOWLEDGED;
        bytes32 name = IAdviceLog.AdviceAcknowledged.selector;
        bytes memory data = abi.encode(a.commitment, a.advice);
        return Outcomes.log2(address(advice), name, Outcomes.topic(a.consent), Outcomes.topic(carrier), data);
    }

    function _willAcknowledge(
        address carrier,
        IAdviceLog.SignedAcknowledgement memory item
    ) internal returns (Outcome memory) {
        bytes memory refusal = _acknowledgementObjection(item);
        return refusal.length != 0 ? Outcomes.refused(refusal) : Outcomes.single(_acknowledged(item.advice, carrier));
    }

    function _willAcknowledgeBatch(
        address carrier,
        IAdviceLog.SignedAcknowledgement[] memory items
    ) internal returns (Outcome memory outcome) {
        bytes memory refusal = _sizeRefusal(items.length);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        outcome = Outcomes.room(items.length);
        bytes32 rejected = IAdviceLog.AcknowledgementRejected.selector;
        for (uint256 i = 0; i < items.length; i++) {
            bytes memory objection = _acknowledgementObjection(items[i]);
            Outcomes.add(
                outcome,
                objection.length == 0
                    ? _acknowledged(items[i].advice, carrier)
                    : _rejected(address(advice), rejected, items[i].advice.consent, carrier, i, objection)
            );
        }
    }
}
