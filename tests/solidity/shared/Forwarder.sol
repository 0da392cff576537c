// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title An account that is a contract, and calls what anyone asks it to: a wallet of several keys is one.
contract Forwarder {
    function forward(address target, bytes calldata data) external payable returns (bool success, bytes memory answer) {
        return target.call{value: msg.value}(data);
    }
}
