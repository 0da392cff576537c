// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../../interfaces/IConsentRegistry.sol";
import {Outcome, Outcomes} from "../../shared/Outcome.sol";
import {Vm} from "../../shared/Vm.sol";
import {ClaimantModel} from "./ClaimantModel.sol";

/// @title What must come of what a recipient does to a consent, told from IConsentRegistry.
abstract contract RecipientModel is ClaimantModel {
    function _notTheRecipient(address consent, address account) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IConsentRegistry.NotTheRecipient.selector, consent, account);
    }

    function _notLive(address consent) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IConsentRegistry.ConsentNotLive.selector, consent, _statusOf(consent));
    }

    function _willRelease(address account, address consent) internal returns (Outcome memory) {
        if (!_isOpen(consent)) return Outcomes.refused(_notOpen(consent));
        uint32 recipient = _life[consent].recipient;
        if (_actsFor[account] != recipient || !_isActive(recipient)) {
            return Outcomes.refused(_notTheRecipient(consent, account));
        }
        _life[consent].released = true;
        bytes32 name = IConsentRegistry.ConsentReleased.selector;
        uint256 subject = Outcomes.topic(consent);
        return Outcomes.single(Outcomes.log3(address(consents), name, subject, recipient, Outcomes.topic(account), ""));
    }

    /// @dev An account of no member is told ConsentNotLive of a consent without recipient: both are member 0.
    function _useObjection(IConsentRegistry.Use memory item, address account) internal view returns (bytes memory) {
        address consent = item.consent;
        if (item.commitment == 0) return abi.encodeWithSelector(IConsentRegistry.CommitmentZero.selector, consent);
        if (_actsFor[account] != _life[consent].recipient) return _notTheRecipient(consent, account);
        if (!_isLive(consent)) return _notLive(consent);
        uint16 most = _life[consent].maxUses;
        if (_life[consent].uses < most) return "";
        return abi.encodeWithSelector(IConsentRegistry.ConsentExhausted.selector, consent, most);
    }

    function _used(IConsentRegistry.Use memory item, address account) private returns (Vm.Log memory) {
        Life storage life = _life[item.consent];
        life.uses += 1;
        bytes memory data = abi.encode(account, item.commitment, life.uses);
        bytes32 name = IConsentRegistry.ConsentUsed.selector;
        return Outcomes.log2(address(consents), name, Outcomes.topic(item.consent), life.recipient, data);
    }

    function _willUse(address account, IConsentRegistry.Use memory item) internal returns (Outcome memory) {
        bytes memory refusal = _useObjection(item, account);
        return refusal.length != 0 ? Outcomes.refused(refusal) : Outcomes.single(_used(item, account));
    }

    function _willUseBatch(
        address account,
        IConsentRegistry.Use[] memory items
    ) internal returns (Outcome memory outcome) {
        bytes memory refusal = _sizeRefusal(items.length);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        outcome = Outcomes.room(items.length);
        bytes32 rejected = IConsentRegistry.UseRejected.selector;
        for (uint256 i = 0; i < items.length; i++) {
            bytes memory objection = _useObjection(items[i], account);
            Outcomes.add(
                outcome,
                objection.length == 0
                    ? _used(items[i], account)
                    : _rejected(address(consents), rejected, items[i].consent, account, i, objection)
            );
        }
    }
}
