// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Which modules of other organisations the members admitted, and with which code.
/// @notice A module uses the core and is no part of it: nothing of the core asks this contract, and it changes nothing
/// of the core. The governance admits exactly one set of files by its hash, and a contract if the module has one.
/// @dev Errors are listed in the order they are checked in.
interface IModuleRegistry {
    /// @notice An admitted module; all zero for a name that is not admitted.
    /// @param codeHash The SHA-256 over all files of the module.
    /// @param target Its contract, zero if it has none.
    /// @param targetHash The Keccak-256 of the contract's code when it was admitted, zero if it has none.
    struct Module {
        bytes32 codeHash;
        address target;
        bytes32 targetHash;
    }

    /// @notice A module was admitted, in place of an earlier version if there was one.
    /// @param name Its name in ASCII, filled up with zeros.
    /// @param codeHash The SHA-256 over all its files.
    /// @param target Its contract, zero if it has none.
    /// @param targetHash The Keccak-256 of the contract's code, zero if it has none.
    event ModuleAdmitted(bytes32 indexed name, bytes32 codeHash, address indexed target, bytes32 targetHash);

    /// @notice A module is no longer admitted. Warning: its contract goes on, as nothing can stop one.
    /// @param name Its name.
    event ModuleDismissed(bytes32 indexed name);

    /// @notice The consortium is no contract.
    error DeploymentInvalid();

    /// @notice An account that is not the governance cannot decide this.
    error AccountNotGovernance(address account);

    /// @notice A name or a code hash is zero.
    error ModuleInvalid(bytes32 name);

    /// @notice There is no contract at the address.
    error TargetWithoutCode(address target);

    /// @notice No module of this name is admitted.
    error ModuleUnknown(bytes32 name);

    /// @notice Admit a module, or its new version.
    /// @dev Reverts with AccountNotGovernance, ModuleInvalid, TargetWithoutCode.
    /// @param name Its name in ASCII, filled up with zeros.
    /// @param codeHash The SHA-256 over all its files, as `jamjar module check` prints it.
    /// @param target Its contract, zero if it has none.
    function admit(bytes32 name, bytes32 codeHash, address target) external;

    /// @notice Dismiss a module.
    /// @dev Reverts with AccountNotGovernance, ModuleUnknown.
    /// @param name Its name.
    function dismiss(bytes32 name) external;

    /// @notice The governance, which alone admits and dismisses.
    function governance() external view returns (address);

    /// @notice The module of a name, all zero if none is admitted.
    /// @param name Its name.
    function moduleOf(bytes32 name) external view returns (Module memory);
}
