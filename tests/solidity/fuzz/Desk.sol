// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAdviceLog} from "../../../interfaces/IAdviceLog.sol";
import {ICommitmentRegistry} from "../../../interfaces/ICommitmentRegistry.sol";
import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {IConsentSigned} from "../../../interfaces/IConsentSigned.sol";
import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {SampleNetwork} from "../invariants/SampleNetwork.sol";
import {Messages} from "../shared/Messages.sol";
import {vm} from "../shared/Vm.sol";

/// @title What a test asks to be done, one line each; the model says what must come of it.
abstract contract Desk is SampleNetwork {
    uint32 internal constant RECIPIENT = 2;
    uint40 internal constant NOW = uint40(START);
    address internal constant STRANGER = address(0xbeef);

    function setUp() external {
        _settle();
    }

    function _at(uint256 time) internal {
        _time = time;
        vm.warp(time);
    }

    /// @dev The account of the recipient.
    function _desk() internal view returns (address) {
        for (uint256 i = 0; i < _accounts.length; i++) {
            if (_actsFor[_accounts[i]] == RECIPIENT) return _accounts[i];
        }
        return STRANGER;
    }

    /// @dev The plainest grant there may be, from now for 100 days, to be reconfirmed in 30, for two uses.
    function _plain() internal returns (IConsentRegistry.Grant memory) {
        uint40 time = uint40(_time);
        return IConsentRegistry.Grant(_newKey(), RECIPIENT, time, time + 100 days, time + 30 days, 2, bytes32("terms"));
    }

    function _signGrant(IConsentRegistry.Grant memory g) internal returns (IConsentRegistry.SignedGrant memory) {
        return IConsentRegistry.SignedGrant(g, _signRightly(g.consent, address(consents), Messages.grant(g)));
    }

    function _grant(IConsentRegistry.Grant memory g) internal returns (address) {
        _carry(_desk(), _signGrant(g));
        return g.consent;
    }

    function _carry(address carrier, IConsentRegistry.SignedGrant memory item) internal {
        bytes memory refusal = _carrierRefusal(carrier);
        if (refusal.length == 0) refusal = _grantObjection(item);
        _check(address(consents), abi.encodeCall(IConsentRegistry.checkGrant, (item, carrier)), refusal);
        bytes memory call = abi.encodeCall(IConsentRegistry.grant, (item));
        _act(carrier, address(consents), call, _willGrant(carrier, item));
    }

    function _withdraw(address consent) internal {
        _withdrawBy(consent, _card[consent]);
    }

    /// @dev By a stranger where the consent was granted; by the desk of a key that never was.
    function _withdrawBy(address consent, IConsentSigned.Signature memory signature) internal {
        _withdrawAs(_life[consent].granted ? STRANGER : _desk(), consent, signature);
    }

    function _withdrawAs(address carrier, address consent, IConsentSigned.Signature memory signature) internal {
        IConsentRegistry.SignedWithdrawal memory item = IConsentRegistry.SignedWithdrawal(consent, signature);
        bytes memory refusal = _withdrawalObjection(item, carrier);
        _check(address(consents), abi.encodeCall(IConsentRegistry.checkWithdrawal, (item, carrier)), refusal);
        bytes memory call = abi.encodeCall(IConsentRegistry.withdraw, (item));
        _act(carrier, address(consents), call, _willWithdraw(carrier, item));
    }

    function _pause(address consent, uint32 sequence) internal {
        IConsentSigned.Signature memory s = _signRightly(consent, address(consents), Messages.pause(consent, sequence));
        _pauseBy(consent, sequence, s);
    }

    function _pauseBy(address consent, uint32 sequence, IConsentSigned.Signature memory s) internal {
        bytes memory call = abi.encodeCall(IConsentRegistry.pause, (consent, sequence, s));
        _act(STRANGER, address(consents), call, _willPause(STRANGER, consent, sequence, s));
    }

    function _resume(address consent, uint32 sequence) internal {
        bytes32 structHash = Messages.resume(consent, sequence);
        _resumeBy(consent, sequence, _signRightly(consent, address(consents), structHash));
    }

    function _resumeBy(address consent, uint32 sequence, IConsentSigned.Signature memory s) internal {
        bytes memory call = abi.encodeCall(IConsentRegistry.resume, (consent, sequence, s));
        _act(STRANGER, address(consents), call, _willResume(STRANGER, consent, sequence, s));
    }

    function _reconfirm(address consent, uint32 sequence, uint40 by) internal {
        bytes32 structHash = Messages.reconfirm(consent, sequence, by);
        _reconfirmBy(consent, sequence, by, _signRightly(consent, address(consents), structHash));
    }

    function _reconfirmBy(address consent, uint32 sequence, uint40 by, IConsentSigned.Signature memory s) internal {
        bytes memory call = abi.encodeCall(IConsentRegistry.reconfirm, (consent, sequence, by, s));
        _act(STRANGER, address(consents), call, _willReconfirm(STRANGER, consent, sequence, by, s));
    }

    function _release(address account, address consent) internal {
        bytes memory call = abi.encodeCall(IConsentRegistry.release, (consent));
        _act(account, address(consents), call, _willRelease(account, consent));
    }

    function _use(address account, address consent, bytes32 commitment) internal {
        IConsentRegistry.Use memory item = IConsentRegistry.Use(consent, commitment);
        bytes memory refusal = _useObjection(item, account);
        _check(address(consents), abi.encodeCall(IConsentRegistry.checkUse, (item, account)), refusal);
        bytes memory call = abi.encodeCall(IConsentRegistry.use, (item));
        _act(account, address(consents), call, _willUse(account, item));
    }

    function _commit(address consent, bytes32 root, bytes32 replaces) internal {
        ICommitmentRegistry.Commitment memory c = ICommitmentRegistry.Commitment(consent, root, replaces);
        _carryCommitment(c, _signRightly(consent, address(commitments), Messages.commit(c)));
    }

    function _carryCommitment(ICommitmentRegistry.Commitment memory c, IConsentSigned.Signature memory s) internal {
        ICommitmentRegistry.SignedCommitment memory item = ICommitmentRegistry.SignedCommitment(c, s);
        bytes memory refusal = _commitmentObjection(item);
        _check(address(commitments), abi.encodeCall(ICommitmentRegistry.checkCommitment, (item)), refusal);
        bytes memory call = abi.encodeCall(ICommitmentRegistry.commit, (item));
        _act(STRANGER, address(commitments), call, _willCommit(STRANGER, item));
    }

    function _record(address account, IAdviceLog.Advice memory a) internal {
        _act(account, address(advice), abi.encodeCall(IAdviceLog.record, (a)), _willRecord(account, a));
    }

    function _acknowledge(IAdviceLog.Advice memory a) internal {
        _acknowledgeBy(a, _signRightly(a.consent, address(advice), Messages.acknowledge(a)));
    }

    function _acknowledgeBy(IAdviceLog.Advice memory a, IConsentSigned.Signature memory s) internal {
        IAdviceLog.SignedAcknowledgement memory item = IAdviceLog.SignedAcknowledgement(a, s);
        bytes memory refusal = _acknowledgementObjection(item);
        _check(address(advice), abi.encodeCall(IAdviceLog.checkAcknowledgement, (item)), refusal);
        bytes memory call = abi.encodeCall(IAdviceLog.acknowledge, (item));
        _act(STRANGER, address(advice), call, _willAcknowledge(STRANGER, item));
    }

    /// @dev By the governance, as are all decisions that no test is about.
    function _suspend(uint32 member) internal {
        _suspendAs(address(governance), member);
    }

    function _suspendAs(address caller, uint32 member) internal {
        IConsortium.Reason reason = IConsortium.Reason.KEY_STOLEN;
        _do(caller, address(consortium), abi.encodeCall(IConsortium.suspend, (member, reason)));
    }

    function _reinstate(uint32 member) internal {
        _reinstateAs(address(governance), member);
    }

    function _reinstateAs(address caller, uint32 member) internal {
        _do(caller, address(consortium), abi.encodeCall(IConsortium.reinstate, (member)));
    }

    /// @dev Requires that the last call succeeded, or came to this error, in words too.
    function _cameTo(bytes4 outcome) internal view {
        vm.assertEq(_last, outcome, "a test came to another outcome than its name says");
    }

    /// @dev Requires an outcome in words, so that a model and a contract that err alike are found.
    function _came(bytes4 name, bytes4 outcome) internal view {
        vm.assertTrue(_tally[name][outcome] != 0, "a test came to another outcome than its name says");
    }
}
