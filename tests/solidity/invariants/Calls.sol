// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAdviceLog} from "../../../interfaces/IAdviceLog.sol";
import {ICommitmentRegistry} from "../../../interfaces/ICommitmentRegistry.sol";
import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {Outcome, Outcomes} from "../shared/Outcome.sol";
import {Vm, vm} from "../shared/Vm.sol";
import {Comparison} from "./Comparison.sol";

/// @title How a call is made and judged: its answer, its events, and the state after it.
abstract contract Calls is Comparison {
    bytes4 internal constant SUCCESS = 0;
    bytes4 internal constant VAIN = "vain";
    bytes4 internal constant ETHER = "eth";

    /// @dev How often each function came to each outcome: a success or the error's selector.
    mapping(bytes4 name => mapping(bytes4 outcome => uint256)) internal _tally;
    uint256 internal _calls;

    /// @dev Whether the last call was refused.
    bool internal _refused;

    /// @dev The consent that the last event was about.
    address internal _latest;

    /// @notice L18: A call that is refused says why with the exact error; any other emits the exact events.
    /// @dev The model has changed already, as the call must change the state.
    function _act(address caller, address target, bytes memory data, Outcome memory expected) internal {
        vm.recordLogs();
        vm.prank(caller);
        (bool success, bytes memory answer) = target.call(data);
        _same(answer, expected.refusal, "L18: what the call came to");
        vm.assertTrue(success == (expected.refusal.length == 0), "L18: whether the call succeeded");
        _count(bytes4(data), success ? SUCCESS : bytes4(answer));
        Vm.Log[] memory logs = Outcomes.events(expected);
        // Forge also tells the events of a call that was undone: these were never emitted.
        if (success) _requireEvents(logs);
        _countRejected(bytes4(data), logs);
        _judge(caller, logs);
    }

    /// @dev Makes a call that no function takes, as it is garbled or brings ether: refused without a word.
    function _actInVain(address caller, address target, uint256 value, bytes memory data) internal {
        vm.deal(caller, value);
        vm.prank(caller);
        (bool success, bytes memory answer) = target.call{value: value}(data);
        vm.assertTrue(!success, "a garbled call or ether was taken");
        _same(answer, "", "what a garbled call or ether came to");
        _count(VAIN, value == 0 ? VAIN : ETHER);
        _judge(caller, new Vm.Log[](0));
    }

    /// @dev L19: a view that says what a call would come to says just that.
    function _check(address target, bytes memory data, bytes memory refusal) internal view {
        (bool success, bytes memory answer) = target.staticcall(data);
        _same(answer, refusal, "L19: what the check came to");
        vm.assertTrue(success == (refusal.length == 0), "L19: whether the check succeeded");
    }

    function _count(bytes4 name, bytes4 outcome) private {
        _calls++;
        _refused = outcome != SUCCESS;
        _tally[name][outcome]++;
    }

    /// @dev The reasons of rejected items count as outcomes too.
    function _countRejected(bytes4 name, Vm.Log[] memory logs) private {
        for (uint256 i = 0; i < logs.length; i++) {
            if (!_isRejection(logs[i].topics[0])) continue;
            (, bytes memory reason) = abi.decode(logs[i].data, (uint256, bytes));
            _tally[name][bytes4(reason)]++;
        }
    }

    /// @dev Compares them as they come, encoded: decoding takes longer than the call.
    function _requireEvents(Vm.Log[] memory logs) private {
        (bool success, bytes memory recorded) = address(vm).call(abi.encodeCall(Vm.getRecordedLogs, ()));
        vm.assertTrue(success, "no events were recorded");
        _same(recorded, abi.encode(logs), "the events");
    }

    function _judge(address caller, Vm.Log[] memory logs) private {
        _fold(caller, logs);
        for (uint256 i = 0; i < logs.length; i++) {
            _compareSubject(logs[i]);
        }
        if (logs.length != 0) _compareOthers();
        _compareInTurn();
    }

    /// @dev What an event is about.
    function _compareSubject(Vm.Log memory log) private {
        uint256 subject = log.topics.length > 1 ? uint256(log.topics[1]) : 0;
        if (log.emitter == address(consortium)) {
            _compareHandOver();
            if (subject <= type(uint32).max) _compareMember(uint32(subject));
            if (log.topics.length > 2) _compareAccount(address(uint160(uint256(log.topics[2]))));
            if (log.topics.length > 2) _compareMember(_seated(address(uint160(uint256(log.topics[2])))));
            return;
        }
        address consent = address(uint160(subject));
        _compareConsent(consent);
        _print[consent] = _printOf(consent);
        if (consent != address(0)) _latest = consent;
        if (log.emitter != address(advice) || _isRejection(log.topics[0])) return;
        (bytes32 commitment, bytes32 digest) = abi.decode(log.data, (bytes32, bytes32));
        _compareStage(IAdviceLog.Advice(consent, commitment, digest));
    }

    function _isRejection(bytes32 name) internal pure returns (bool) {
        return
            name == IConsentRegistry.GrantRejected.selector ||
            name == IConsentRegistry.WithdrawalRejected.selector ||
            name == IConsentRegistry.UseRejected.selector ||
            name == ICommitmentRegistry.CommitmentRejected.selector ||
            name == IAdviceLog.AcknowledgementRejected.selector;
    }
}
