// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsortium} from "../interfaces/IConsortium.sol";
import {ConsortiumCouncil} from "./ConsortiumCouncil.sol";
import {ConsortiumMembers} from "./ConsortiumMembers.sol";

/// @title Who the members are.
/// @notice See IConsortium.
contract Consortium is ConsortiumCouncil {
    /// @notice Deploys a consortium of its founding members.
    /// @param governance_ The address that its governance is going to have.
    /// @param delays_ What is fixed for ever.
    /// @param founding Its first members.
    constructor(
        address governance_,
        Delays memory delays_,
        Admission[] memory founding
    ) ConsortiumMembers(governance_) ConsortiumCouncil(delays_) {
        require(founding.length != 0, DeploymentInvalid());
        for (uint256 i = 0; i < founding.length; i++) {
            _admit(founding[i]);
        }
    }

    /// @inheritdoc IConsortium
    function admit(Admission calldata admission) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _admit(admission);
    }

    /// @notice Whether the contract has an interface (ERC-165).
    /// @param interfaceId The interface's id.
    /// @return Whether it has.
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == type(IConsortium).interfaceId || super.supportsInterface(interfaceId);
    }
}
