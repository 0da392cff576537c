// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAdviceLog} from "../../../interfaces/IAdviceLog.sol";
import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {vm} from "../shared/Vm.sol";
import {Digests} from "./Digests.sol";
import {Status} from "./Status.sol";
import {svm} from "./Svm.sol";

/// @title How advice comes on the record and is acknowledged.
contract Advice is Status, Digests {
    /// @notice L16, P2.4: advice is recorded only once, by the recipient, under a live consent, with all it is made of.
    function check_recordedOnlySo(IAdviceLog.Advice calldata given, address caller) external {
        IAdviceLog.Stage before = advice.stageOf(given);
        vm.assume(_records(given, caller));
        IConsentRegistry.Consent memory record = consents.getConsent(given.consent);
        assert(before == IAdviceLog.Stage.NONE);
        assert(advice.stageOf(given) == IAdviceLog.Stage.RECORDED);
        assert(given.commitment != 0);
        assert(given.advice != 0);
        assert(_isLive(record));
        assert(record.recipient != 0);
        assert(record.recipient == consortium.memberOf(caller));
    }

    /// @notice L16: advice that is all this is recorded.
    function check_recordedThen(IAdviceLog.Advice calldata given, address caller) external {
        IConsentRegistry.Consent memory record = consents.getConsent(given.consent);
        vm.assume(advice.stageOf(given) == IAdviceLog.Stage.NONE);
        vm.assume(given.commitment != 0);
        vm.assume(given.advice != 0);
        vm.assume(_isLive(record));
        vm.assume(record.recipient != 0);
        vm.assume(record.recipient == consortium.memberOf(caller));
        assert(_records(given, caller));
    }

    /// @notice L16: advice is acknowledged only once, when it is on the record, by the consent key.
    function check_acknowledgedOnlySo(IAdviceLog.SignedAcknowledgement calldata item, address caller) external {
        IAdviceLog.Stage before = advice.stageOf(item.advice);
        vm.assume(_acknowledges(item, caller));
        assert(before == IAdviceLog.Stage.RECORDED);
        assert(advice.stageOf(item.advice) == IAdviceLog.Stage.ACKNOWLEDGED);
        assert(_isSigned(item));
    }

    /// @notice L16: an acknowledgement of advice on the record is recorded, whatever has become of the consent, whoever
    /// carries it.
    function check_acknowledgedThen(IAdviceLog.SignedAcknowledgement calldata item, address caller) external {
        vm.assume(advice.stageOf(item.advice) == IAdviceLog.Stage.RECORDED);
        vm.assume(_isSigned(item));
        assert(_acknowledges(item, caller));
    }

    /// @notice L16: what was acknowledged stays so, and is neither recorded nor acknowledged again.
    function check_neverGoesBack(IAdviceLog.SignedAcknowledgement calldata item, address caller) external {
        vm.assume(advice.stageOf(item.advice) == IAdviceLog.Stage.ACKNOWLEDGED);
        assert(!_records(item.advice, caller));
        assert(!_acknowledges(item, caller));
        assert(advice.stageOf(item.advice) == IAdviceLog.Stage.ACKNOWLEDGED);
    }

    /// @notice L16: two calls take advice from nothing to acknowledged, and a third is refused.
    function check_onceEach(IAdviceLog.SignedAcknowledgement calldata item, address caller) external {
        vm.assume(_records(item.advice, caller));
        _later();
        assert(!_records(item.advice, svm.createAddress("another")));
        vm.assume(_acknowledges(item, caller));
        _later();
        assert(!_acknowledges(item, svm.createAddress("another")));
        assert(!_records(item.advice, caller));
    }

    /// @notice L15: a call about one piece of advice leaves every other as it was.
    function check_othersAreLeftAlone(
        IAdviceLog.SignedAcknowledgement calldata item,
        IAdviceLog.Advice calldata other,
        address caller,
        bool records
    ) external {
        IAdviceLog.Stage before = advice.stageOf(other);
        vm.assume(keccak256(abi.encode(item.advice)) != keccak256(abi.encode(other)));
        vm.assume(records ? _records(item.advice, caller) : _acknowledges(item, caller));
        assert(advice.stageOf(other) == before);
    }

    function _isSigned(IAdviceLog.SignedAcknowledgement calldata item) private view returns (bool) {
        bytes32 digest = _digestOfAcknowledge(address(advice), item.advice);
        return _signs(item.advice.consent, digest, item.signature);
    }

    function _records(IAdviceLog.Advice calldata given, address caller) private returns (bool done) {
        vm.prank(caller);
        (done,) = address(advice).call(abi.encodeCall(IAdviceLog.record, (given)));
    }

    function _acknowledges(
        IAdviceLog.SignedAcknowledgement calldata item,
        address caller
    ) private returns (bool done) {
        vm.prank(caller);
        (done,) = address(advice).call(abi.encodeCall(IAdviceLog.acknowledge, (item)));
    }
}
