// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Vm} from "./Vm.sol";

/// @notice What a call must come to: the exact error it reverts with, empty when it succeeds, and the exact events.
struct Outcome {
    bytes refusal;
    Vm.Log[] logs;
    uint256 count;
}

/// @title How an outcome is put together.
library Outcomes {
    /// @dev Room for `most` events; only what is added counts.
    function room(uint256 most) internal pure returns (Outcome memory outcome) {
        outcome.logs = new Vm.Log[](most);
    }

    function refused(bytes memory refusal) internal pure returns (Outcome memory outcome) {
        outcome.refusal = refusal;
    }

    function single(Vm.Log memory log) internal pure returns (Outcome memory outcome) {
        outcome = room(1);
        add(outcome, log);
    }

    function add(Outcome memory outcome, Vm.Log memory log) internal pure {
        outcome.logs[outcome.count++] = log;
    }

    /// @dev The events that were added, and no more.
    function events(Outcome memory outcome) internal pure returns (Vm.Log[] memory logs) {
        logs = outcome.logs;
        uint256 count = outcome.count;
        assembly ("memory-safe") {
            mstore(logs, count)
        }
    }

    function log1(
        address emitter,
        bytes32 name,
        uint256 first,
        bytes memory data
    ) internal pure returns (Vm.Log memory log) {
        log = Vm.Log(new bytes32[](2), data, emitter);
        (log.topics[0], log.topics[1]) = (name, bytes32(first));
    }

    function log2(
        address emitter,
        bytes32 name,
        uint256 first,
        uint256 second,
        bytes memory data
    ) internal pure returns (Vm.Log memory log) {
        log = Vm.Log(new bytes32[](3), data, emitter);
        (log.topics[0], log.topics[1], log.topics[2]) = (name, bytes32(first), bytes32(second));
    }

    function log3(
        address emitter,
        bytes32 name,
        uint256 first,
        uint256 second,
        uint256 third,
        bytes memory data
    ) internal pure returns (Vm.Log memory log) {
        log = Vm.Log(new bytes32[](4), data, emitter);
        (log.topics[0], log.topics[1]) = (name, bytes32(first));
        (log.topics[2], log.topics[3]) = (bytes32(second), bytes32(third));
    }

    /// @dev An address as an event's indexed argument.
    function topic(address account) internal pure returns (uint256) {
        return uint160(account);
    }
}
