// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title The cheatcodes that Halmos has beyond those of Vm: symbols, and storage that may hold anything.
interface Svm {
    function createUint(uint256 bits, string calldata name) external pure returns (uint256 value);
    function createUint256(string calldata name) external pure returns (uint256 value);
    function createBytes32(string calldata name) external pure returns (bytes32 value);
    function createAddress(string calldata name) external pure returns (address value);
    function createCalldata(string calldata contractName, bool views) external pure returns (bytes memory data);
    function enableSymbolicStorage(address account) external;
}

/// @title What both Halmos and Forge have, and the proofs alone use.
interface Slots {
    function load(address target, bytes32 slot) external view returns (bytes32 data);
    function store(address target, bytes32 slot, bytes32 value) external;
}

Slots constant slots = Slots(address(uint160(uint256(keccak256("hevm cheat code")))));
Svm constant svm = Svm(address(uint160(uint256(keccak256("svm cheat code")))));
