// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Who decides who the members are.
/// @notice OpenZeppelin's TimelockController, with nobody above it. A founder (PROPOSER_ROLE: an account each, or one
/// Safe of all) proposes a change with `schedule`; every member sees it and each active one may veto it with `cancel`;
/// once its delay has passed anyone carries it out with `execute`. So a founder's stolen key changes nothing that
/// members do not let pass, and does not stop its own removal.
/// It can touch the members of its consortium and itself: the other contracts know it as a stranger.
/// @dev Where this text says nothing, OpenZeppelin's of TimelockController, version 5.3.0, holds. An account of an
/// active member has CANCELLER_ROLE (`hasRole`), without a log. The constructor logs `RoleGranted` of
/// DEFAULT_ADMIN_ROLE to itself, `MinDelayChange`, `RoleGranted` of EXECUTOR_ROLE to the zero address, which is
/// everyone, and of PROPOSER_ROLE to each founder in their order. ERC-165's `supportsInterface` knows ERC-165,
/// IAccessControl, IERC1155Receiver and this interface.
interface IGovernance {
    /// @notice The deployment named no consortium that this governs, no founder, or a delay that is too short, or as
    /// long as a suspension by the council lasts.
    error DeploymentInvalid();
    /// @notice A proposal has at least one call. `scheduleBatch` checks this before anything else, whoever calls.
    error ProposalEmpty();
    /// @notice The delay of a proposal is at least that of the deployment, for ever: `updateDelay` is refused, whoever
    /// calls.
    error DelayFixed();
    /// @notice Accounts but the zero one become founders (PROPOSER_ROLE) and cease to be; nothing else about roles
    /// changes: executing is everyone's, vetoing every active member's, the administration the governance's own, and
    /// other roles are nobody's. Checked after AccessControl's own errors. `grantRole` refuses all else but what the
    /// constructor gave, which changes nothing; `revokeRole` and `renounceRole` refuse every other role, held or not.
    /// @param role A role's id.
    /// @param account An account.
    error RoleFixed(bytes32 role, address account);
    /// @notice No call takes ether: `execute` and `executeBatch` with any are refused before anything else, and so is a
    /// call without data, even without ether. Functions that are not payable refuse ether without an error.
    error EtherRefused();

    /// @notice The shortest delay between a proposal and its execution that a deployment may choose: 7 days.
    /// @return The delay in seconds.
    function SHORTEST_DELAY() external view returns (uint256);

    /// @notice The consortium that it governs.
    /// @return Its address.
    function consortium() external view returns (address);
}
