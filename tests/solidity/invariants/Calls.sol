// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAdviceLog} from "../../../interfaces/IAdviceLog.sol";
import {ICommitmentRegistry} from "../../../interfaces/ICommitmentRegistry.sol";
import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {IGovernance} from "../../../interfaces/IGovernance.sol";
import {Forwarder} from "../shared/Forwarder.sol";
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

    /// @dev What the last call came to.
    bytes4 internal _last;

    /// @dev The consent that the last event was about.
    address internal _latest;

    /// @notice L18: A call that is refused says why with the exact error; any other emits the exact events.
    /// @dev The model has changed already, as the call must change the state.
    function _act(address caller, address target, bytes memory data, Outcome memory expected) internal {
        bool ofMembers = target == address(consortium) || target == address(governance);
        if (ofMembers) vm.record();
        vm.recordLogs();
        (bool success, bytes memory answer) = _call(caller, target, data);
        if (ofMembers) _requireUntouched();
        _same(answer, expected.refusal, "L18: what the call came to");
        vm.assertTrue(success == (expected.refusal.length == 0), "L18: whether the call succeeded");
        _count(bytes4(data), success ? SUCCESS : bytes4(answer));
        Vm.Log[] memory logs = Outcomes.events(expected);
        // Forge also tells the events of a call that was undone: these were never emitted.
        if (success) _requireEvents(logs);
        _countRejected(bytes4(data), logs);
        _judge(caller, target, logs);
    }

    /// @dev A call that concerns members or the governance: the model knows what comes of it by its calldata.
    function _do(address caller, address target, bytes memory data) internal {
        _act(caller, target, data, _willCall(caller, target, data));
    }

    /// @dev By a contract where the account is one; in a transaction of somebody else's, who has no part in it.
    function _call(address caller, address target, bytes memory data) internal returns (bool, bytes memory) {
        address origin = _accounts[_step % _accounts.length];
        if (caller.code.length == 0 || caller == address(governance)) {
            vm.prank(caller, origin);
            return target.call(data);
        }
        vm.prank(origin, origin);
        return Forwarder(caller).forward(target, data);
    }

    /// @notice P8.1: Whatever anyone does about members or the governance writes nothing of a consent, a head or advice.
    function _requireUntouched() private {
        address[3] memory others = [address(consents), address(commitments), address(advice)];
        for (uint256 i = 0; i < 3; i++) {
            (, bytes32[] memory writes) = vm.accesses(others[i]);
            vm.assertEq(writes.length, 0, "P8.1: the governance wrote to the record");
        }
    }

    /// @dev Makes a call that no function takes, as it is garbled or brings ether: refused without a word,
    /// but by the one contract that has a word for ether.
    function _actInVain(address caller, address target, uint256 value, bytes memory data) internal {
        vm.deal(caller, value);
        vm.prank(caller);
        (bool success, bytes memory answer) = target.call{value: value}(data);
        vm.assertTrue(!success, "a garbled call or ether was taken");
        bool received = data.length == 0 && target == address(governance);
        bytes memory expected = received ? abi.encodeWithSelector(IGovernance.EtherRefused.selector) : bytes("");
        _same(answer, expected, "what a garbled call or ether came to");
        _count(VAIN, value == 0 ? VAIN : ETHER);
        _judge(caller, target, new Vm.Log[](0));
    }

    /// @dev L19: a view that says what a call would come to says just that.
    function _check(address target, bytes memory data, bytes memory refusal) internal view {
        (bool success, bytes memory answer) = target.staticcall(data);
        _same(answer, refusal, "L19: what the check came to");
        vm.assertTrue(success == (refusal.length == 0), "L19: whether the check succeeded");
    }

    function _count(bytes4 name, bytes4 outcome) private {
        _calls++;
        _last = outcome;
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

    function _judge(address caller, address target, Vm.Log[] memory logs) private {
        _fold(caller, target, logs);
        for (uint256 i = 0; i < logs.length; i++) {
            _compareSubject(logs[i]);
        }
        if (logs.length != 0) _compareOthers();
        _compareInTurn();
    }

    /// @dev What an event is about.
    function _compareSubject(Vm.Log memory log) private {
        uint256 subject = log.topics.length > 1 ? uint256(log.topics[1]) : 0;
        if (log.emitter == address(governance)) return _compareProposal(bytes32(subject));
        if (log.emitter == address(consortium)) {
            address second = address(uint160(uint256(log.topics[2])));
            if (subject <= type(uint32).max) _compareMember(uint32(subject));
            if (subject <= type(uint32).max) _compareOffer(uint32(subject), second);
            _compareAccount(second);
            return _compareMember(_seated(second));
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
