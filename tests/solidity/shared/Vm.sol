// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title The cheatcodes of Forge and Halmos that the suites use.
/// @dev A name that Forge's assertions, too, are behind: an error shows both values.
interface Vm {
    /// @notice An event as it was emitted.
    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    function envBytes(string calldata name) external view returns (bytes memory value);
    function envOr(string calldata name, uint256 otherwise) external view returns (uint256 value);
    function envOr(string calldata name, string calldata otherwise) external view returns (string memory value);
    function addr(uint256 privateKey) external pure returns (address keyAddr);
    function sign(uint256 privateKey, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function warp(uint256 newTimestamp) external;
    function prank(address msgSender) external;
    function prank(address msgSender, address txOrigin) external;
    function getNonce(address account) external view returns (uint64 nonce);
    function computeCreateAddress(address deployer, uint256 nonce) external pure returns (address deployed);
    function load(address target, bytes32 slot) external view returns (bytes32 data);
    function store(address target, bytes32 slot, bytes32 value) external;
    function record() external;
    function accesses(address target) external returns (bytes32[] memory reads, bytes32[] memory writes);
    function deal(address account, uint256 newBalance) external;
    function chainId(uint256 newChainId) external;
    function assume(bool condition) external pure;
    function recordLogs() external;
    function getRecordedLogs() external returns (Log[] memory logs);
    function snapshotState() external returns (uint256 id);
    function revertToStateAndDelete(uint256 id) external returns (bool success);
    function toString(bytes32 value) external pure returns (string memory text);
    function assertEq(uint256 left, uint256 right, string calldata error) external pure;
    function assertEq(address left, address right, string calldata error) external pure;
    function assertEq(bytes32 left, bytes32 right, string calldata error) external pure;
    function assertEq(bytes calldata left, bytes calldata right, string calldata error) external pure;
    function assertTrue(bool condition, string calldata error) external pure;
}

Vm constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
