// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsortium} from "../../interfaces/IConsortium.sol";
import {IModuleRegistry} from "../../interfaces/IModuleRegistry.sol";

/// @title Which modules the members admitted.
/// @notice See IModuleRegistry.
contract ModuleRegistry is IModuleRegistry {
    address private immutable GOVERNANCE;

    mapping(bytes32 name => Module) private _modules;

    /// @notice Deploys the registry of a consortium's modules.
    /// @param consortium The consortium, whose governance decides.
    constructor(IConsortium consortium) {
        require(address(consortium).code.length != 0, DeploymentInvalid());
        GOVERNANCE = consortium.governance();
    }

    modifier onlyGovernance() {
        require(msg.sender == GOVERNANCE, AccountNotGovernance(msg.sender));
        _;
    }

    /// @inheritdoc IModuleRegistry
    function admit(bytes32 name, bytes32 codeHash, address target) external onlyGovernance {
        require(name != 0 && codeHash != 0, ModuleInvalid(name));
        require(target == address(0) || target.code.length != 0, TargetWithoutCode(target));

        bytes32 targetHash = target == address(0) ? bytes32(0) : target.codehash;
        _modules[name] = Module(codeHash, target, targetHash);
        emit ModuleAdmitted(name, codeHash, target, targetHash);
    }

    /// @inheritdoc IModuleRegistry
    function dismiss(bytes32 name) external onlyGovernance {
        require(_modules[name].codeHash != 0, ModuleUnknown(name));

        delete _modules[name];
        emit ModuleDismissed(name);
    }

    /// @inheritdoc IModuleRegistry
    function governance() external view returns (address) {
        return GOVERNANCE;
    }

    /// @inheritdoc IModuleRegistry
    function moduleOf(bytes32 name) external view returns (Module memory) {
        return _modules[name];
    }
}
