// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../../interfaces/IConsentRegistry.sol";
import {IConsentSigned} from "../../../../interfaces/IConsentSigned.sol";
import {Messages} from "../../shared/Messages.sol";
import {Outcome, Outcomes} from "../../shared/Outcome.sol";
import {Vm} from "../../shared/Vm.sol";
import {ConsentModel} from "./ConsentModel.sol";

/// @title What must come of everything a claimant does to a consent, told from IConsentRegistry.
abstract contract ClaimantModel is ConsentModel {
    function _carrierRefusal(address carrier) internal view returns (bytes memory) {
        if (_isActive(_actsFor[carrier])) return "";
        return abi.encodeWithSelector(IConsentRegistry.CarrierNotActiveMember.selector, carrier);
    }

    function _grantObjection(IConsentRegistry.SignedGrant memory item) internal view returns (bytes memory) {
        IConsentRegistry.Grant memory g = item.grant;
        IConsentRegistry.Status status = _statusOf(g.consent);
        if (status != IConsentRegistry.Status.NONE) {
            return abi.encodeWithSelector(IConsentRegistry.ConsentExists.selector, g.consent, status);
        }
        if (!_isAdviser(g.recipient)) {
            return abi.encodeWithSelector(IConsentRegistry.RecipientNotActiveAdviser.selector, g.recipient);
        }
        uint256 latest = _time + LONGEST_VALIDITY;
        if (g.validFrom < _time || g.validUntil <= g.validFrom || g.validUntil > latest) {
            bytes4 outOfRange = IConsentRegistry.ValidityOutOfRange.selector;
            return abi.encodeWithSelector(outOfRange, g.validFrom, g.validUntil, _time, latest);
        }
        bytes memory objection = _reconfirmByObjection(g.reconfirmBy, g.validFrom, g.validUntil);
        if (objection.length != 0) return objection;
        if (g.maxUses < 1 || g.maxUses > MOST_USES) {
            return abi.encodeWithSelector(IConsentRegistry.MaxUsesOutOfRange.selector, g.maxUses, MOST_USES);
        }
        if (g.termsDigest == 0) return abi.encodeWithSelector(IConsentRegistry.TermsDigestZero.selector, g.consent);
        bool signed = _isSigned(g.consent, address(consents), Messages.grant(g), item.signature);
        return signed ? bytes("") : _notSigned(g.consent);
    }

    /// @dev After now and after the start; by the end, and by the longest time between reconfirmations from now.
    function _reconfirmByObjection(uint256 by, uint256 from, uint256 until) internal view returns (bytes memory) {
        uint256 earliest = from > _time ? from + 1 : _time + 1;
        uint256 latest = until < _time + LONGEST_RECONFIRMATION ? until : _time + LONGEST_RECONFIRMATION;
        if (by >= earliest && by <= latest) return "";
        return abi.encodeWithSelector(IConsentRegistry.ReconfirmByOutOfRange.selector, by, earliest, latest);
    }

    function _granted(IConsentRegistry.Grant memory g, address carrier) private returns (Vm.Log memory) {
        Life storage life = _life[g.consent];
        (life.granted, life.recipient, life.maxUses) = (true, g.recipient, g.maxUses);
        (life.validFrom, life.validUntil, life.reconfirmBy) = (g.validFrom, g.validUntil, g.reconfirmBy);
        return
            Outcomes.log3(
                address(consents),
                IConsentRegistry.ConsentGranted.selector,
                Outcomes.topic(g.consent),
                g.recipient,
                Outcomes.topic(carrier),
                abi.encode(g.validFrom, g.validUntil, g.reconfirmBy, g.maxUses, g.termsDigest)
            );
    }

    function _willGrant(address carrier, IConsentRegistry.SignedGrant memory item) internal returns (Outcome memory) {
        bytes memory refusal = _carrierRefusal(carrier);
        if (refusal.length == 0) refusal = _grantObjection(item);
        return refusal.length != 0 ? Outcomes.refused(refusal) : Outcomes.single(_granted(item.grant, carrier));
    }

    function _willGrantBatch(
        address carrier,
        IConsentRegistry.SignedGrant[] memory items
    ) internal returns (Outcome memory outcome) {
        bytes memory refusal = _sizeRefusal(items.length);
        if (refusal.length == 0) refusal = _carrierRefusal(carrier);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        outcome = Outcomes.room(items.length);
        bytes32 rejected = IConsentRegistry.GrantRejected.selector;
        for (uint256 i = 0; i < items.length; i++) {
            bytes memory objection = _grantObjection(items[i]);
            Outcomes.add(
                outcome,
                objection.length == 0
                    ? _granted(items[i].grant, carrier)
                    : _rejected(address(consents), rejected, items[i].grant.consent, carrier, i, objection)
            );
        }
    }

    /// @dev Anyone carries the withdrawal of what was granted; of any other key, only an active member's account.
    function _withdrawalObjection(
        IConsentRegistry.SignedWithdrawal memory item,
        address carrier
    ) internal view returns (bytes memory) {
        if (_isEnded(item.consent)) return _notOpen(item.consent);
        bytes memory refusal = _life[item.consent].granted ? bytes("") : _carrierRefusal(carrier);
        if (refusal.length != 0) return refusal;
        bool signed = _isSigned(item.consent, address(consents), Messages.withdraw(item.consent), item.signature);
        return signed ? bytes("") : _notSigned(item.consent);
    }

    function _withdrawn(address consent, address carrier) private returns (Vm.Log memory) {
        _life[consent].withdrawn = true;
        bytes32 name = IConsentRegistry.ConsentWithdrawn.selector;
        return Outcomes.log2(address(consents), name, Outcomes.topic(consent), Outcomes.topic(carrier), "");
    }

    function _willWithdraw(
        address carrier,
        IConsentRegistry.SignedWithdrawal memory item
    ) internal returns (Outcome memory) {
        bytes memory refusal = _withdrawalObjection(item, carrier);
        return refusal.length != 0 ? Outcomes.refused(refusal) : Outcomes.single(_withdrawn(item.consent, carrier));
    }

    function _willWithdrawBatch(
        address carrier,
        IConsentRegistry.SignedWithdrawal[] memory items
    ) internal returns (Outcome memory outcome) {
        bytes memory refusal = _sizeRefusal(items.length);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        outcome = Outcomes.room(items.length);
        bytes32 rejected = IConsentRegistry.WithdrawalRejected.selector;
        for (uint256 i = 0; i < items.length; i++) {
            bytes memory objection = _withdrawalObjection(items[i], carrier);
            Outcomes.add(
                outcome,
                objection.length == 0
                    ? _withdrawn(items[i].consent, carrier)
                    : _rejected(address(consents), rejected, items[i].consent, carrier, i, objection)
            );
        }
    }

    function _willPause(
        address carrier,
        address consent,
        uint32 sequence,
        IConsentSigned.Signature memory signature
    ) internal returns (Outcome memory) {
        bytes memory refusal = _nextObjection(consent, sequence, Messages.pause(consent, sequence), signature);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        _life[consent].paused = true;
        return _next(IConsentRegistry.ConsentPaused.selector, consent, carrier, abi.encode(sequence));
    }

    function _willResume(
        address carrier,
        address consent,
        uint32 sequence,
        IConsentSigned.Signature memory signature
    ) internal returns (Outcome memory) {
        bytes memory refusal = _nextObjection(consent, sequence, Messages.resume(consent, sequence), signature);
        if (refusal.length == 0 && !_life[consent].paused) {
            refusal = abi.encodeWithSelector(IConsentRegistry.ConsentNotPaused.selector, consent);
        }
        if (refusal.length != 0) return Outcomes.refused(refusal);
        _life[consent].paused = false;
        return _next(IConsentRegistry.ConsentResumed.selector, consent, carrier, abi.encode(sequence));
    }

    function _willReconfirm(
        address carrier,
        address consent,
        uint32 sequence,
        uint40 by,
        IConsentSigned.Signature memory signature
    ) internal returns (Outcome memory) {
        bytes32 structHash = Messages.reconfirm(consent, sequence, by);
        bytes memory refusal = _nextObjection(consent, sequence, structHash, signature);
        Life storage life = _life[consent];
        if (refusal.length == 0) refusal = _reconfirmByObjection(by, life.validFrom, life.validUntil);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        life.reconfirmBy = by;
        return _next(IConsentRegistry.ConsentReconfirmed.selector, consent, carrier, abi.encode(sequence, by));
    }

    function _nextObjection(
        address consent,
        uint32 sequence,
        bytes32 structHash,
        IConsentSigned.Signature memory signature
    ) private view returns (bytes memory) {
        if (!_isOpen(consent)) return _notOpen(consent);
        uint32 expected = _life[consent].sequence;
        if (sequence != expected) {
            bytes4 mismatch = IConsentRegistry.SequenceMismatch.selector;
            return abi.encodeWithSelector(mismatch, consent, sequence, expected);
        }
        if (expected > type(uint32).max - 1) {
            return abi.encodeWithSelector(IConsentRegistry.SequenceExhausted.selector, consent);
        }
        return _isSigned(consent, address(consents), structHash, signature) ? bytes("") : _notSigned(consent);
    }

    function _next(
        bytes32 name,
        address consent,
        address carrier,
        bytes memory data
    ) private returns (Outcome memory) {
        _life[consent].sequence += 1;
        uint256 subject = Outcomes.topic(consent);
        return Outcomes.single(Outcomes.log2(address(consents), name, subject, Outcomes.topic(carrier), data));
    }
}
