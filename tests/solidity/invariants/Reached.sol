// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {IAdviceLog} from "../../../interfaces/IAdviceLog.sol";
import {ICommitmentRegistry} from "../../../interfaces/ICommitmentRegistry.sol";
import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {IConsentSigned} from "../../../interfaces/IConsentSigned.sol";
import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {IGovernance} from "../../../interfaces/IGovernance.sol";
import {ITimelock} from "../shared/Timelock.sol";
import {vm} from "../shared/Vm.sol";
import {Calls} from "./Calls.sol";

/// @title Every outcome that the interfaces list for each function, and how often it was reached.
abstract contract Reached is Calls {
    address private constant CONSOLE = 0x000000000000000000636F6e736F6c652e6c6f67;

    /// @dev The counts in the order of the table; counted when they are taken, told when they are given.
    struct Table {
        bool told;
        bool complete;
        bytes4 name;
        uint256 place;
        uint256[220] counts;
    }

    /// @dev Takes the counts of this state, or tells those that were given; complete ones lack no outcome.
    function _goThrough(Table memory t) internal view {
        _reachedByClaimants(t);
        _reachedByRecipients(t);
        _reachedByMembers(t);
        _reachedByCouncil(t);
        _reachedByGovernance(t);
        t.name = VAIN;
        _show(t.told, "calls that no function takes", 0);
        _cameTo(t, "garbled", VAIN);
        _cameTo(t, "with ether", ETHER);
    }

    function _reachedByClaimants(Table memory t) private view {
        _reached(t, "grant", IConsentRegistry.grant.selector);
        _cameTo(t, "CarrierNotActiveMember", IConsentRegistry.CarrierNotActiveMember.selector);
        _cameTo(t, "ConsentExists", IConsentRegistry.ConsentExists.selector);
        _cameTo(t, "RecipientNotActiveAdviser", IConsentRegistry.RecipientNotActiveAdviser.selector);
        _cameTo(t, "ValidityOutOfRange", IConsentRegistry.ValidityOutOfRange.selector);
        _cameTo(t, "ReconfirmByOutOfRange", IConsentRegistry.ReconfirmByOutOfRange.selector);
        _cameTo(t, "MaxUsesOutOfRange", IConsentRegistry.MaxUsesOutOfRange.selector);
        _cameTo(t, "TermsDigestZero", IConsentRegistry.TermsDigestZero.selector);
        _cameTo(t, "NotSignedByConsent", IConsentSigned.NotSignedByConsent.selector);
        _reached(t, "grantBatch", IConsentRegistry.grantBatch.selector);
        _cameTo(t, "BatchSizeOutOfRange", IConsentSigned.BatchSizeOutOfRange.selector);
        _cameTo(t, "CarrierNotActiveMember", IConsentRegistry.CarrierNotActiveMember.selector);
        _cameTo(t, "ConsentExists", IConsentRegistry.ConsentExists.selector);
        _cameTo(t, "RecipientNotActiveAdviser", IConsentRegistry.RecipientNotActiveAdviser.selector);
        _cameTo(t, "ValidityOutOfRange", IConsentRegistry.ValidityOutOfRange.selector);
        _cameTo(t, "ReconfirmByOutOfRange", IConsentRegistry.ReconfirmByOutOfRange.selector);
        _cameTo(t, "MaxUsesOutOfRange", IConsentRegistry.MaxUsesOutOfRange.selector);
        _cameTo(t, "TermsDigestZero", IConsentRegistry.TermsDigestZero.selector);
        _cameTo(t, "NotSignedByConsent", IConsentSigned.NotSignedByConsent.selector);
        _reached(t, "pause", IConsentRegistry.pause.selector);
        _cameTo(t, "ConsentNotOpen", IConsentRegistry.ConsentNotOpen.selector);
        _cameTo(t, "SequenceMismatch", IConsentRegistry.SequenceMismatch.selector);
        _cameTo(t, "NotSignedByConsent", IConsentSigned.NotSignedByConsent.selector);
        _reached(t, "resume", IConsentRegistry.resume.selector);
        _cameTo(t, "ConsentNotOpen", IConsentRegistry.ConsentNotOpen.selector);
        _cameTo(t, "SequenceMismatch", IConsentRegistry.SequenceMismatch.selector);
        _cameTo(t, "NotSignedByConsent", IConsentSigned.NotSignedByConsent.selector);
        _cameTo(t, "ConsentNotPaused", IConsentRegistry.ConsentNotPaused.selector);
        _reached(t, "reconfirm", IConsentRegistry.reconfirm.selector);
        _cameTo(t, "ConsentNotOpen", IConsentRegistry.ConsentNotOpen.selector);
        _cameTo(t, "SequenceMismatch", IConsentRegistry.SequenceMismatch.selector);
        _cameTo(t, "NotSignedByConsent", IConsentSigned.NotSignedByConsent.selector);
        _cameTo(t, "ReconfirmByOutOfRange", IConsentRegistry.ReconfirmByOutOfRange.selector);
        _reached(t, "withdraw", IConsentRegistry.withdraw.selector);
        _cameTo(t, "CarrierNotActiveMember", IConsentRegistry.CarrierNotActiveMember.selector);
        _cameTo(t, "ConsentNotOpen", IConsentRegistry.ConsentNotOpen.selector);
        _cameTo(t, "NotSignedByConsent", IConsentSigned.NotSignedByConsent.selector);
        _reached(t, "withdrawBatch", IConsentRegistry.withdrawBatch.selector);
        _cameTo(t, "CarrierNotActiveMember", IConsentRegistry.CarrierNotActiveMember.selector);
        _cameTo(t, "BatchSizeOutOfRange", IConsentSigned.BatchSizeOutOfRange.selector);
        _cameTo(t, "ConsentNotOpen", IConsentRegistry.ConsentNotOpen.selector);
        _cameTo(t, "NotSignedByConsent", IConsentSigned.NotSignedByConsent.selector);
        _reached(t, "commit", ICommitmentRegistry.commit.selector);
        _cameTo(t, "RootZero", ICommitmentRegistry.RootZero.selector);
        _cameTo(t, "RootUnchanged", ICommitmentRegistry.RootUnchanged.selector);
        _cameTo(t, "ConsentNotLive", IConsentRegistry.ConsentNotLive.selector);
        _cameTo(t, "HeadMismatch", ICommitmentRegistry.HeadMismatch.selector);
        _cameTo(t, "NotSignedByConsent", IConsentSigned.NotSignedByConsent.selector);
        _reached(t, "commitBatch", ICommitmentRegistry.commitBatch.selector);
        _cameTo(t, "BatchSizeOutOfRange", IConsentSigned.BatchSizeOutOfRange.selector);
        _cameTo(t, "RootZero", ICommitmentRegistry.RootZero.selector);
        _cameTo(t, "RootUnchanged", ICommitmentRegistry.RootUnchanged.selector);
        _cameTo(t, "ConsentNotLive", IConsentRegistry.ConsentNotLive.selector);
        _cameTo(t, "HeadMismatch", ICommitmentRegistry.HeadMismatch.selector);
        _cameTo(t, "NotSignedByConsent", IConsentSigned.NotSignedByConsent.selector);
        _reached(t, "acknowledge", IAdviceLog.acknowledge.selector);
        _cameTo(t, "AdviceUnknown", IAdviceLog.AdviceUnknown.selector);
        _cameTo(t, "AdviceAlreadyAcknowledged", IAdviceLog.AdviceAlreadyAcknowledged.selector);
        _cameTo(t, "NotSignedByConsent", IConsentSigned.NotSignedByConsent.selector);
        _reached(t, "acknowledgeBatch", IAdviceLog.acknowledgeBatch.selector);
        _cameTo(t, "BatchSizeOutOfRange", IConsentSigned.BatchSizeOutOfRange.selector);
        _cameTo(t, "AdviceUnknown", IAdviceLog.AdviceUnknown.selector);
        _cameTo(t, "AdviceAlreadyAcknowledged", IAdviceLog.AdviceAlreadyAcknowledged.selector);
        _cameTo(t, "NotSignedByConsent", IConsentSigned.NotSignedByConsent.selector);
    }

    function _reachedByRecipients(Table memory t) private view {
        _reached(t, "release", IConsentRegistry.release.selector);
        _cameTo(t, "ConsentNotOpen", IConsentRegistry.ConsentNotOpen.selector);
        _cameTo(t, "NotTheRecipient", IConsentRegistry.NotTheRecipient.selector);
        _reached(t, "use", IConsentRegistry.use.selector);
        _cameTo(t, "CommitmentZero", IConsentRegistry.CommitmentZero.selector);
        _cameTo(t, "NotTheRecipient", IConsentRegistry.NotTheRecipient.selector);
        _cameTo(t, "ConsentNotLive", IConsentRegistry.ConsentNotLive.selector);
        _cameTo(t, "ConsentExhausted", IConsentRegistry.ConsentExhausted.selector);
        _reached(t, "useBatch", IConsentRegistry.useBatch.selector);
        _cameTo(t, "BatchSizeOutOfRange", IConsentSigned.BatchSizeOutOfRange.selector);
        _cameTo(t, "CommitmentZero", IConsentRegistry.CommitmentZero.selector);
        _cameTo(t, "NotTheRecipient", IConsentRegistry.NotTheRecipient.selector);
        _cameTo(t, "ConsentNotLive", IConsentRegistry.ConsentNotLive.selector);
        _cameTo(t, "ConsentExhausted", IConsentRegistry.ConsentExhausted.selector);
        _reached(t, "record", IAdviceLog.record.selector);
        _cameTo(t, "AdviceIncomplete", IAdviceLog.AdviceIncomplete.selector);
        _cameTo(t, "ConsentNotLive", IConsentRegistry.ConsentNotLive.selector);
        _cameTo(t, "NotTheRecipient", IConsentRegistry.NotTheRecipient.selector);
        _cameTo(t, "AdviceExists", IAdviceLog.AdviceExists.selector);
    }

    function _reachedByMembers(Table memory t) private view {
        _reached(t, "offerAccount", IConsortium.offerAccount.selector);
        _cameTo(t, "NotAMember", IConsortium.NotAMember.selector);
        _cameTo(t, "AccountTaken", IConsortium.AccountTaken.selector);
        _reached(t, "acceptAccount", IConsortium.acceptAccount.selector);
        _cameTo(t, "AccountNotOffered", IConsortium.AccountNotOffered.selector);
        _cameTo(t, "AccountTaken", IConsortium.AccountTaken.selector);
        _reached(t, "removeAccount", IConsortium.removeAccount.selector);
        _cameTo(t, "NotAMember", IConsortium.NotAMember.selector);
        _cameTo(t, "AccountIsOwn", IConsortium.AccountIsOwn.selector);
        _cameTo(t, "AccountNotOfMember", IConsortium.AccountNotOfMember.selector);
        _reached(t, "changeEncryptionKey", IConsortium.changeEncryptionKey.selector);
        _cameTo(t, "NotAMember", IConsortium.NotAMember.selector);
        _cameTo(t, "EncryptionKeyLengthOutOfRange", IConsortium.EncryptionKeyLengthOutOfRange.selector);
        _reached(t, "rename", IConsortium.rename.selector);
        _cameTo(t, "NotAMember", IConsortium.NotAMember.selector);
        _cameTo(t, "MemberNotActive", IConsortium.MemberNotActive.selector);
        _cameTo(t, "NameLengthOutOfRange", IConsortium.NameLengthOutOfRange.selector);
        _cameTo(t, "NameNotUtf8", IConsortium.NameNotUtf8.selector);
        _cameTo(t, "NameTaken", IConsortium.NameTaken.selector);
        _reached(t, "objectToRecovery", IConsortium.objectToRecovery.selector);
        _cameTo(t, "NotAMember", IConsortium.NotAMember.selector);
        _cameTo(t, "RecoveryUnknown", IConsortium.RecoveryUnknown.selector);
        _reached(t, "completeRecovery", IConsortium.completeRecovery.selector);
        _cameTo(t, "RecoveryUnknown", IConsortium.RecoveryUnknown.selector);
        _cameTo(t, "RecoveryNotReady", IConsortium.RecoveryNotReady.selector);
        _cameTo(t, "AccountTaken", IConsortium.AccountTaken.selector);
        _reached(t, "lapseRecovery", IConsortium.lapseRecovery.selector);
        _cameTo(t, "RecoveryUnknown", IConsortium.RecoveryUnknown.selector);
        _cameTo(t, "RecoveryNotLapsed", IConsortium.RecoveryNotLapsed.selector);
    }

    function _reachedByCouncil(Table memory t) private view {
        _reached(t, "suspend", IConsortium.suspend.selector);
        _cameTo(t, "NotOfTheCouncil", IConsortium.NotOfTheCouncil.selector);
        _cameTo(t, "MemberUnknown", IConsortium.MemberUnknown.selector);
        _cameTo(t, "ReasonMissing", IConsortium.ReasonMissing.selector);
        _cameTo(t, "MemberNotActive", IConsortium.MemberNotActive.selector);
        _cameTo(t, "SuspendedLately", IConsortium.SuspendedLately.selector);
        _reached(t, "reinstate", IConsortium.reinstate.selector);
        _cameTo(t, "MemberUnknown", IConsortium.MemberUnknown.selector);
        _cameTo(t, "MemberNotSuspended", IConsortium.MemberNotSuspended.selector);
        _cameTo(t, "SuspensionNotLapsed", IConsortium.SuspensionNotLapsed.selector);
        _reached(t, "proposeRecovery", IConsortium.proposeRecovery.selector);
        _cameTo(t, "NotOfTheCouncil", IConsortium.NotOfTheCouncil.selector);
        _cameTo(t, "MemberUnknown", IConsortium.MemberUnknown.selector);
        _cameTo(t, "AccountTaken", IConsortium.AccountTaken.selector);
    }

    function _reachedByGovernance(Table memory t) private view {
        _reached(t, "admit", IConsortium.admit.selector);
        _cameTo(t, "AccessControlUnauthorizedAccount", IAccessControl.AccessControlUnauthorizedAccount.selector);
        _cameTo(t, "MemberNumberTaken", IConsortium.MemberNumberTaken.selector);
        _cameTo(t, "NameLengthOutOfRange", IConsortium.NameLengthOutOfRange.selector);
        _cameTo(t, "NameNotUtf8", IConsortium.NameNotUtf8.selector);
        _cameTo(t, "NameTaken", IConsortium.NameTaken.selector);
        _cameTo(t, "TooManyRoles", IConsortium.TooManyRoles.selector);
        _cameTo(t, "RoleUnknown", IConsortium.RoleUnknown.selector);
        _cameTo(t, "AccountTaken", IConsortium.AccountTaken.selector);
        _cameTo(t, "EncryptionKeyLengthOutOfRange", IConsortium.EncryptionKeyLengthOutOfRange.selector);
        _reached(t, "grantRole", IAccessControl.grantRole.selector);
        _cameTo(t, "AccessControlUnauthorizedAccount", IAccessControl.AccessControlUnauthorizedAccount.selector);
        _cameTo(t, "RoleUnknown", IConsortium.RoleUnknown.selector);
        _cameTo(t, "NotASeat", IConsortium.NotASeat.selector);
        _cameTo(t, "RoleFixed", IGovernance.RoleFixed.selector);
        _reached(t, "revokeRole", IAccessControl.revokeRole.selector);
        _cameTo(t, "AccessControlUnauthorizedAccount", IAccessControl.AccessControlUnauthorizedAccount.selector);
        _cameTo(t, "RoleUnknown", IConsortium.RoleUnknown.selector);
        _cameTo(t, "RoleFixed", IGovernance.RoleFixed.selector);
        _reached(t, "renounceRole", IAccessControl.renounceRole.selector);
        _cameTo(t, "AccessControlBadConfirmation", IAccessControl.AccessControlBadConfirmation.selector);
        _cameTo(t, "RoleUnknown", IConsortium.RoleUnknown.selector);
        _cameTo(t, "RoleFixed", IGovernance.RoleFixed.selector);
        _reached(t, "schedule", ITimelock.schedule.selector);
        _cameTo(t, "AccessControlUnauthorizedAccount", IAccessControl.AccessControlUnauthorizedAccount.selector);
        _cameTo(t, "TimelockUnexpectedOperationState", ITimelock.TimelockUnexpectedOperationState.selector);
        _cameTo(t, "TimelockInsufficientDelay", ITimelock.TimelockInsufficientDelay.selector);
        _reached(t, "cancel", ITimelock.cancel.selector);
        _cameTo(t, "AccessControlUnauthorizedAccount", IAccessControl.AccessControlUnauthorizedAccount.selector);
        _cameTo(t, "TimelockUnexpectedOperationState", ITimelock.TimelockUnexpectedOperationState.selector);
        _reached(t, "execute", ITimelock.execute.selector);
        _cameTo(t, "TimelockUnexpectedOperationState", ITimelock.TimelockUnexpectedOperationState.selector);
        _cameTo(t, "TimelockUnexecutedPredecessor", ITimelock.TimelockUnexecutedPredecessor.selector);
        _cameTo(t, "MemberNumberTaken", IConsortium.MemberNumberTaken.selector);
        _refused(t, "scheduleBatch", ITimelock.scheduleBatch.selector);
        _cameTo(t, "ProposalEmpty", IGovernance.ProposalEmpty.selector);
        _refused(t, "updateDelay", ITimelock.updateDelay.selector);
        _cameTo(t, "DelayFixed", IGovernance.DelayFixed.selector);
    }

    function _reached(Table memory t, string memory name, bytes4 selector) private view {
        _refused(t, name, selector);
        _cameTo(t, "success", SUCCESS);
    }

    /// @dev One that never succeeds, as it is called here.
    function _refused(Table memory t, string memory name, bytes4 selector) private view {
        t.name = selector;
        _show(t.told, name, 0);
    }

    function _cameTo(Table memory t, string memory outcome, bytes4 selector) private view {
        uint256 place = t.place++;
        if (!t.told) {
            t.counts[place] = _tally[t.name][selector];
            return;
        }
        _show(true, string.concat("    ", outcome), t.counts[place]);
        if (t.complete) vm.assertTrue(t.counts[place] != 0, string.concat("never reached: ", outcome));
    }

    function _show(bool told, string memory text, uint256 count) internal view {
        if (!told) return;
        bytes memory line = count == 0
            ? abi.encodeWithSignature("log(string)", text)
            : abi.encodeWithSignature("log(string,uint256)", text, count);
        (bool success, ) = CONSOLE.staticcall(line);
        vm.assertTrue(success, "the console");
    }
}
