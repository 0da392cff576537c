// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {IGovernance} from "../../../interfaces/IGovernance.sol";
import {ITimelock} from "../shared/Timelock.sol";
import {vm} from "../shared/Vm.sol";
import {Desk} from "./Desk.sol";

/// @title Proposals to the second, who may veto, and what no deployment may be.
contract GovernanceTest is Desk {
    function _suspension() private view returns (Proposal memory) {
        IConsortium.Reason reason = IConsortium.Reason.LEFT;
        return Proposal(address(consortium), abi.encodeCall(IConsortium.suspend, (RECIPIENT, reason)), 0, 0);
    }

    function _propose(address caller, Proposal memory p, uint256 delay, bytes4 outcome) private {
        bytes memory call = abi.encodeCall(ITimelock.schedule, (p.target, 0, p.data, p.predecessor, p.salt, delay));
        _do(caller, address(governance), call);
        _cameTo(outcome);
    }

    function _veto(address caller, Proposal memory p, bytes4 outcome) private {
        _do(caller, address(governance), abi.encodeCall(ITimelock.cancel, (_proposalId(p))));
        _cameTo(outcome);
    }

    function _execute(Proposal memory p, bytes4 outcome) private {
        bytes memory call = abi.encodeCall(ITimelock.execute, (p.target, 0, p.data, p.predecessor, p.salt));
        _do(STRANGER, address(governance), call);
        _cameTo(outcome);
    }

    /// @notice M10: A founder proposes with a delay of a week at least; anyone carries it out from its second on, once.
    function test_Delay() external {
        Proposal memory p = _suspension();
        _execute(p, ITimelock.TimelockUnexpectedOperationState.selector);
        _propose(STRANGER, p, DELAY, IAccessControl.AccessControlUnauthorizedAccount.selector);
        _propose(_desk(), p, DELAY, IAccessControl.AccessControlUnauthorizedAccount.selector);
        _propose(FOUNDER, p, DELAY - 1, ITimelock.TimelockInsufficientDelay.selector);
        _propose(FOUNDER, p, type(uint256).max, bytes4(keccak256("Panic(uint256)")));
        _propose(FOUNDER, p, DELAY, SUCCESS);
        _propose(_accounts[0], p, DELAY, ITimelock.TimelockUnexpectedOperationState.selector);
        _at(START + DELAY - 1);
        _execute(p, ITimelock.TimelockUnexpectedOperationState.selector);
        _at(START + DELAY);
        _execute(p, SUCCESS);
        vm.assertTrue(!consortium.isActive(RECIPIENT), "M10: carried out");
        _execute(p, ITimelock.TimelockUnexpectedOperationState.selector);
    }

    /// @notice M10: An account of any active member vetoes until the execution; a founder without member, a suspended
    /// member and a stranger do not.
    function test_Veto() external {
        Proposal memory p = _suspension();
        _propose(FOUNDER, p, DELAY, SUCCESS);
        _suspend(3);
        address suspended = _accounts[3];
        bytes4 refused = IAccessControl.AccessControlUnauthorizedAccount.selector;
        _veto(suspended, p, refused);
        _veto(FOUNDER, p, refused);
        _veto(STRANGER, p, refused);
        _veto(address(governance), p, refused);
        _at(START + 300 days);
        _veto(_desk(), p, SUCCESS);
        _execute(p, ITimelock.TimelockUnexpectedOperationState.selector);
        _veto(_desk(), p, ITimelock.TimelockUnexpectedOperationState.selector);
        _propose(FOUNDER, p, DELAY, SUCCESS);
        _reinstate(3);
        _veto(suspended, p, SUCCESS);
    }

    /// @notice M10: Nobody changes the delay, not even the governance by a proposal that everyone let pass.
    function test_DelayStays() external {
        bytes memory call = abi.encodeCall(ITimelock.updateDelay, (DELAY + 1));
        address[3] memory callers = [FOUNDER, _desk(), address(governance)];
        for (uint256 i = 0; i < 3; i++) {
            _do(callers[i], address(governance), call);
            _cameTo(IGovernance.DelayFixed.selector);
        }
        Proposal memory p = Proposal(address(governance), call, 0, bytes32("salt"));
        _propose(FOUNDER, p, DELAY, SUCCESS);
        _at(START + DELAY);
        _execute(p, IGovernance.DelayFixed.selector);
        vm.assertEq(governance.getMinDelay(), DELAY, "M10: the delay");
    }

    /// @notice M10: A proposal has a call, whoever makes it; nothing comes of one that has none.
    function test_Empty() external {
        address[] memory targets;
        uint256[] memory values;
        bytes[] memory payloads;
        bytes memory call = abi.encodeCall(ITimelock.scheduleBatch, (targets, values, payloads, 0, 0, DELAY));
        address[2] memory callers = [FOUNDER, STRANGER];
        for (uint256 i = 0; i < 2; i++) {
            _do(callers[i], address(governance), call);
            _cameTo(IGovernance.ProposalEmpty.selector);
        }
        bytes32 id = keccak256(abi.encode(targets, values, payloads, bytes32(0), bytes32(0)));
        vm.assertEq(governance.getTimestamp(id), 0, "M10: nothing was proposed");
    }

    /// @notice M2, M10: The governance makes and unmakes founders, but changes nothing else about its roles: everyone
    /// carries out, it alone administers itself, and nobody gives or gives up another role.
    function test_RolesStay() external {
        address g = address(governance);
        _do(FOUNDER, g, abi.encodeCall(IAccessControl.grantRole, (PROPOSER, STRANGER)));
        _cameTo(IAccessControl.AccessControlUnauthorizedAccount.selector);
        _do(g, g, abi.encodeCall(IAccessControl.grantRole, (PROPOSER, address(0))));
        _cameTo(IGovernance.RoleFixed.selector);
        bytes32[4] memory roles = [ADMINISTRATION, EXECUTOR, CANCELLER, ADVISER];
        address[4] memory holders = [g, address(0), _desk(), STRANGER];
        for (uint256 i = 0; i < 16; i++) {
            (bytes32 role, address holder) = (roles[i / 4], holders[i % 4]);
            _do(g, g, abi.encodeCall(IAccessControl.grantRole, (role, holder)));
            // What the deployment gave: the administration to itself, execution to everyone.
            _cameTo(i == 0 || i == 5 ? SUCCESS : IGovernance.RoleFixed.selector);
            _do(g, g, abi.encodeCall(IAccessControl.revokeRole, (role, holder)));
            _cameTo(IGovernance.RoleFixed.selector);
            _do(holder, g, abi.encodeCall(IAccessControl.renounceRole, (role, holder)));
            _cameTo(IGovernance.RoleFixed.selector);
        }
        vm.assertTrue(governance.hasRole(EXECUTOR, address(0)), "M10: everyone carries out");
    }

    /// @notice M10: A founder that was removed proposes no more, and one that was added does.
    function test_Founders() external {
        address g = address(governance);
        _do(g, g, abi.encodeCall(IAccessControl.revokeRole, (PROPOSER, FOUNDER)));
        _propose(FOUNDER, _suspension(), DELAY, IAccessControl.AccessControlUnauthorizedAccount.selector);
        _do(g, g, abi.encodeCall(IAccessControl.grantRole, (PROPOSER, STRANGER)));
        _propose(STRANGER, _suspension(), DELAY, SUCCESS);
        _do(STRANGER, g, abi.encodeCall(IAccessControl.renounceRole, (PROPOSER, STRANGER)));
        _cameTo(SUCCESS);
        vm.assertTrue(!governance.hasRole(PROPOSER, STRANGER), "M10: resigned");
    }

    /// @notice P8.1: What is no member's or the governance's own is not its to do: a consent, a recovery, a name.
    function test_Stranger() external {
        address consent = _grant(_plain());
        bytes[4] memory calls = [
            abi.encodeCall(IConsortium.rename, ("ours")),
            abi.encodeCall(IConsortium.offerAccount, (STRANGER)),
            abi.encodeCall(IConsortium.proposeRecovery, (RECIPIENT, STRANGER)),
            abi.encodeCall(IConsentRegistry.release, (consent))
        ];
        bytes4[4] memory refused = [
            IConsortium.NotAMember.selector,
            IConsortium.NotAMember.selector,
            IConsortium.NotOfTheCouncil.selector,
            IConsentRegistry.NotTheRecipient.selector
        ];
        for (uint256 i = 0; i < 4; i++) {
            address target = i == 3 ? address(consents) : address(consortium);
            _propose(FOUNDER, Proposal(target, calls[i], 0, 0), DELAY, SUCCESS);
        }
        _at(START + DELAY);
        for (uint256 i = 0; i < 4; i++) {
            address target = i == 3 ? address(consents) : address(consortium);
            _execute(Proposal(target, calls[i], 0, 0), refused[i]);
        }
    }

    /// @notice P4.1: No proposal brings or takes ether, not even a batch of none.
    function test_NoEther() external {
        Proposal memory p = _suspension();
        _propose(FOUNDER, p, DELAY, SUCCESS);
        _at(START + DELAY);
        bytes[2] memory calls = [
            abi.encodeCall(ITimelock.execute, (p.target, 0, p.data, p.predecessor, p.salt)),
            abi.encodeWithSignature(
                "executeBatch(address[],uint256[],bytes[],bytes32,bytes32)",
                new address[](0),
                new uint256[](0),
                new bytes[](0),
                bytes32(0),
                bytes32(0)
            )
        ];
        for (uint256 i = 0; i < 2; i++) {
            vm.deal(STRANGER, 1);
            vm.prank(STRANGER);
            (bool done, bytes memory answer) = address(governance).call{value: 1}(calls[i]);
            vm.assertTrue(!done && bytes4(answer) == IGovernance.EtherRefused.selector, "P4.1: ether was taken");
        }
        _execute(p, SUCCESS);
    }

    /// @notice L1: No deployment names nothing as what it looks consents or members up in, or has a limit of zero; none
    /// is without founders or members, has a shorter delay, or a governance that is not there to confirm in time.
    function test_Deployment() external {
        _undeployable("JAMJAR_ADVICE_LOG", abi.encode(STRANGER));
        _undeployable("JAMJAR_COMMITMENT_REGISTRY", abi.encode(STRANGER));
        _undeployable("JAMJAR_CONSENT_REGISTRY", abi.encode(STRANGER, 1, 1, 1));
        _undeployable("JAMJAR_CONSENT_REGISTRY", abi.encode(consortium, 0, 1, 1));
        _undeployable("JAMJAR_CONSENT_REGISTRY", abi.encode(consortium, 1, 0, 1));
        _undeployable("JAMJAR_CONSENT_REGISTRY", abi.encode(consortium, 1, 1, 0));
        IConsortium.Admission[] memory founding = new IConsortium.Admission[](1);
        founding[0] = IConsortium.Admission(1, "one", new bytes32[](0), STRANGER, new bytes(32));
        _undeployable("JAMJAR_CONSORTIUM", abi.encode(address(0), SUSPENSION, RECOVERY, founding));
        _undeployable("JAMJAR_CONSORTIUM", abi.encode(STRANGER, 0, RECOVERY, founding));
        _undeployable("JAMJAR_CONSORTIUM", abi.encode(STRANGER, SUSPENSION, 14 days - 1, founding));
        _undeployable("JAMJAR_CONSORTIUM", abi.encode(STRANGER, SUSPENSION, RECOVERY, new IConsortium.Admission[](0)));
        address[] memory founders = new address[](1);
        founders[0] = FOUNDER;
        // That one is governed already, by another.
        _undeployable("JAMJAR_GOVERNANCE", abi.encode(consortium, DELAY, founders));
        _undeployable("JAMJAR_GOVERNANCE", abi.encode(STRANGER, DELAY, founders));
        _ungoverned(DELAY - 1, founders);
        _ungoverned(SUSPENSION, founders);
        _ungoverned(DELAY, new address[](0));
        founders[0] = address(0);
        _ungoverned(DELAY, founders);
        _same(abi.encode(consortium.delays()), abi.encode(SUSPENSION, RECOVERY), "the delays");
        bytes memory expected = abi.encode(LONGEST_VALIDITY, LONGEST_RECONFIRMATION, MOST_USES);
        _same(abi.encode(consents.limits()), expected, "the limits");
        vm.assertEq(consents.consortium(), address(consortium), "the consortium");
        vm.assertEq(commitments.consents(), address(consents), "the consents of commitments");
        vm.assertEq(advice.consents(), address(consents), "the consents of advice");
        vm.assertEq(consortium.governance(), address(governance), "the governance");
        vm.assertEq(IGovernance(address(governance)).consortium(), address(consortium), "whom it governs");
    }

    /// @dev A consortium that waits for this very governance, which is refused for its other arguments.
    function _ungoverned(uint256 delay, address[] memory founders) private {
        IConsortium.Admission[] memory founding = new IConsortium.Admission[](1);
        founding[0] = IConsortium.Admission(1, "one", new bytes32[](0), STRANGER, new bytes(32));
        address other = _deploy("JAMJAR_CONSORTIUM", abi.encode(_overnext(), SUSPENSION, RECOVERY, founding));
        _undeployable("JAMJAR_GOVERNANCE", abi.encode(other, delay, founders));
    }

    function _undeployable(string memory variable, bytes memory arguments) private {
        bytes memory code = bytes.concat(vm.envBytes(variable), arguments);
        address deployed;
        bytes4 answer;
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
            returndatacopy(0, 0, 4)
            answer := mload(0)
        }
        bool named = answer == IConsentRegistry.DeploymentInvalid.selector;
        vm.assertTrue(deployed == address(0) && named, "an invalid deployment");
    }
}
