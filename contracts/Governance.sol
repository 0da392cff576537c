// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

import {IConsortium} from "../interfaces/IConsortium.sol";
import {IGovernance} from "../interfaces/IGovernance.sol";

/// @title Who decides who the members are.
/// @notice See IGovernance.
contract Governance is IGovernance, TimelockController {
    /// @inheritdoc IGovernance
    uint256 public constant SHORTEST_DELAY = 7 days;

    IConsortium private immutable CONSORTIUM;

    /// @notice Deploys the governance that a consortium was deployed for.
    /// @param consortium_ The consortium, whose `governance` this contract's address is.
    /// @param delay Seconds between a proposal and its execution, at least.
    /// @param founders Who may propose.
    constructor(
        IConsortium consortium_,
        uint256 delay,
        address[] memory founders
    ) TimelockController(delay, new address[](0), new address[](0), address(0)) {
        require(
            address(consortium_).code.length != 0 &&
                consortium_.governance() == address(this) &&
                delay >= SHORTEST_DELAY &&
                delay < consortium_.delays().suspension &&
                founders.length != 0,
            DeploymentInvalid()
        );
        CONSORTIUM = consortium_;
        _grantRole(EXECUTOR_ROLE, address(0));
        for (uint256 i = 0; i < founders.length; i++) {
            require(founders[i] != address(0), DeploymentInvalid());
            _grantRole(PROPOSER_ROLE, founders[i]);
        }
    }

    modifier withoutEther() {
        require(msg.value == 0, EtherRefused());
        _;
    }

    /// @notice Refuses ether: there is none in Jamjar.
    receive() external payable override {
        revert EtherRefused();
    }

    /// @inheritdoc TimelockController
    /// @dev Refuses an empty one, which no event would announce.
    function scheduleBatch(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata payloads,
        bytes32 predecessor,
        bytes32 salt,
        uint256 delay
    ) public override {
        require(targets.length != 0, ProposalEmpty());
        super.scheduleBatch(targets, values, payloads, predecessor, salt, delay);
    }

    /// @inheritdoc TimelockController
    function execute(
        address target,
        uint256 value,
        bytes calldata payload,
        bytes32 predecessor,
        bytes32 salt
    ) public payable override withoutEther {
        super.execute(target, value, payload, predecessor, salt);
    }

    /// @inheritdoc TimelockController
    function executeBatch(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata payloads,
        bytes32 predecessor,
        bytes32 salt
    ) public payable override withoutEther {
        super.executeBatch(targets, values, payloads, predecessor, salt);
    }

    /// @notice Whether an account has a role. CANCELLER_ROLE is that of every account of an active member.
    /// @param role A role's id.
    /// @param account An account.
    /// @return Whether it has.
    function hasRole(bytes32 role, address account) public view override returns (bool) {
        if (role == CANCELLER_ROLE) return CONSORTIUM.isActive(CONSORTIUM.memberOf(account));
        return super.hasRole(role, account);
    }

    /// @notice Whether the contract has an interface (ERC-165).
    /// @param interfaceId The interface's id.
    /// @return Whether it has.
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == type(IGovernance).interfaceId || super.supportsInterface(interfaceId);
    }

    /// @inheritdoc TimelockController
    /// @dev Refused: members were promised the delay of the deployment.
    function updateDelay(uint256) external pure override {
        revert DelayFixed();
    }

    /// @inheritdoc IGovernance
    function consortium() external view returns (address) {
        return address(CONSORTIUM);
    }

    /// @dev Makes founders only, once it stands: the constructors give execution to everyone, and the administration to
    /// the governance itself.
    function _grantRole(bytes32 role, address account) internal override returns (bool) {
        require(
            (role == PROPOSER_ROLE && account != address(0)) ||
                (role == EXECUTOR_ROLE && account == address(0)) ||
                (role == DEFAULT_ADMIN_ROLE && account == address(this)),
            RoleFixed(role, account)
        );
        return super._grantRole(role, account);
    }

    /// @dev Takes the role of founders only.
    function _revokeRole(bytes32 role, address account) internal override returns (bool) {
        require(role == PROPOSER_ROLE, RoleFixed(role, account));
        return super._revokeRole(role, account);
    }
}
