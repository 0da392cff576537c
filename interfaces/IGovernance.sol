// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Who decides who the members are.
/// @notice OpenZeppelin's TimelockController, with nobody above it. A founder (PROPOSER_ROLE: an account each, or one
/// Safe of all) proposes a change with `schedule`; every member sees it and each active one may veto it with `cancel`;
/// once its delay has passed anyone carries it out with `execute`. So a founder's stolen key changes nothing that
/// members do not let pass, and does not stop its own removal.
/// It can touch the members of its consortium and itself: the other contracts know it as a stranger.
interface IGovernance {
    /// @notice The deployment named no consortium that this governs, no founder, or a delay that is too short, or as
    /// long as a suspension by the council lasts.
    error DeploymentInvalid();
    /// @notice A proposal has at least one call.
    error ProposalEmpty();
    /// @notice The delay of a proposal is that of the deployment for ever.
    error DelayFixed();
    /// @notice Accounts become founders (PROPOSER_ROLE) and cease to be; nothing else about roles changes: executing is
    /// everyone's, vetoing every active member's, the administration the governance's own, and other roles are nobody's.
    /// @param role A role's id.
    /// @param account An account.
    error RoleFixed(bytes32 role, address account);
    /// @notice No call takes ether.
    error EtherRefused();

    /// @notice The shortest delay between a proposal and its execution that a deployment may choose: 7 days.
    /// @return The delay in seconds.
    function SHORTEST_DELAY() external view returns (uint256);

    /// @notice The consortium that it governs.
    /// @return Its address.
    function consortium() external view returns (address);
}
