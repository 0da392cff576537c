// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {IConsortium} from "../../../../interfaces/IConsortium.sol";
import {IGovernance} from "../../../../interfaces/IGovernance.sol";
import {Outcome, Outcomes} from "../../shared/Outcome.sol";
import {ITimelock} from "../../shared/Timelock.sol";
import {Vm} from "../../shared/Vm.sol";
import {LedgerModel} from "./LedgerModel.sol";

/// @title What must come of proposals, vetoes and executions, told from IGovernance and TimelockController.
abstract contract GovernanceModel is LedgerModel {
    bytes32 internal constant PROPOSER = keccak256("PROPOSER_ROLE");
    bytes32 internal constant EXECUTOR = keccak256("EXECUTOR_ROLE");
    bytes32 internal constant CANCELLER = keccak256("CANCELLER_ROLE");

    /// @dev What a founder proposes to be called.
    struct Proposal {
        address target;
        bytes data;
        bytes32 predecessor;
        bytes32 salt;
    }

    mapping(bytes32 role => mapping(address holder => bool)) internal _governs;
    mapping(bytes32 id => uint256) internal _readyAt; // 0: unknown or vetoed; 1: carried out

    function _proposalId(Proposal memory p) internal pure returns (bytes32) {
        return keccak256(abi.encode(p.target, uint256(0), p.data, p.predecessor, p.salt));
    }

    function _mayGovern(bytes32 role, address account) internal view returns (bool) {
        return role == CANCELLER ? _isActive(_actsFor[account]) : _governs[role][account];
    }

    function _willPropose(
        address caller,
        Proposal memory p,
        uint256 delay
    ) internal returns (Outcome memory outcome) {
        bytes32 id = _proposalId(p);
        bytes memory refusal;
        if (!_mayGovern(PROPOSER, caller)) refusal = _without(PROPOSER, caller);
        else if (_readyAt[id] != 0) refusal = _unexpected(id, 1);
        else if (delay < DELAY) {
            refusal = abi.encodeWithSelector(ITimelock.TimelockInsufficientDelay.selector, delay, DELAY);
        } else if (delay > type(uint256).max - _time) {
            refusal = abi.encodeWithSignature("Panic(uint256)", 0x11);
        }
        if (refusal.length != 0) return Outcomes.refused(refusal);
        _readyAt[id] = _time + delay;
        outcome = Outcomes.room(2);
        bytes memory data = abi.encode(p.target, 0, p.data, p.predecessor, delay);
        Outcomes.add(outcome, _aboutProposal(ITimelock.CallScheduled.selector, id, data));
        if (p.salt == 0) return outcome;
        bytes32 name = ITimelock.CallSalt.selector;
        Outcomes.add(outcome, Outcomes.log1(address(governance), name, uint256(id), abi.encode(p.salt)));
    }

    function _willVeto(address caller, bytes32 id) internal returns (Outcome memory) {
        bytes memory refusal;
        if (!_mayGovern(CANCELLER, caller)) refusal = _without(CANCELLER, caller);
        else if (_readyAt[id] < 2) refusal = _unexpected(id, 6);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        _readyAt[id] = 0;
        return Outcomes.single(Outcomes.log1(address(governance), ITimelock.Cancelled.selector, uint256(id), ""));
    }

    /// @dev By anyone.
    function _willExecute(Proposal memory p) internal returns (Outcome memory outcome) {
        bytes32 id = _proposalId(p);
        bytes memory refusal;
        if (_readyAt[id] < 2 || _readyAt[id] > _time) refusal = _unexpected(id, 4);
        else if (p.predecessor != 0 && _readyAt[p.predecessor] != 1) {
            refusal = abi.encodeWithSelector(ITimelock.TimelockUnexecutedPredecessor.selector, p.predecessor);
        }
        if (refusal.length != 0) return Outcomes.refused(refusal);
        Outcome memory inner = _willCall(address(governance), p.target, p.data);
        if (inner.refusal.length != 0) return inner;
        outcome = Outcomes.room(inner.count + 1);
        for (uint256 i = 0; i < inner.count; i++) {
            Outcomes.add(outcome, inner.logs[i]);
        }
        bytes memory data = abi.encode(p.target, 0, p.data);
        Outcomes.add(outcome, _aboutProposal(ITimelock.CallExecuted.selector, id, data));
        _readyAt[id] = 1;
    }

    /// @dev Of its own roles the governance gives and takes that of founders, and nobody else does.
    function _willEmpower(address caller, bytes32 role, address holder) internal returns (Outcome memory outcome) {
        bool founder = role == PROPOSER && holder != address(0);
        // What its deployment gave may be given again, in vain.
        bool given = role != PROPOSER && _governs[role][holder];
        bytes memory refusal;
        if (!_mayGovern(ADMINISTRATION, caller)) refusal = _without(ADMINISTRATION, caller);
        else if (!founder && !given) refusal = _fixed(role, holder);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        outcome = Outcomes.room(1);
        if (!_governs[role][holder]) Outcomes.add(outcome, _roleChange(address(governance), true, role, holder, caller));
        _governs[role][holder] = true;
    }

    function _willDisempower(address caller, bytes32 role, address holder) internal returns (Outcome memory) {
        if (!_mayGovern(ADMINISTRATION, caller)) return Outcomes.refused(_without(ADMINISTRATION, caller));
        return _disempowered(caller, role, holder);
    }

    function _willResign(address caller, bytes32 role, address confirmation) internal returns (Outcome memory) {
        if (confirmation == caller) return _disempowered(caller, role, caller);
        return Outcomes.refused(abi.encodeWithSelector(IAccessControl.AccessControlBadConfirmation.selector));
    }

    /// @dev What comes of any call that concerns members or the governance, by its calldata.
    function _willCall(address caller, address target, bytes memory data) internal returns (Outcome memory) {
        bytes4 name = bytes4(data);
        bytes memory a = _arguments(data);
        if (target == address(governance)) return _willGovern(caller, name, a);
        if (target == address(consents)) return _willRelease(caller, abi.decode(a, (address)));
        if (name == IConsortium.admit.selector) return _willAdmit(caller, abi.decode(a, (IConsortium.Admission)));
        if (name == IConsortium.suspend.selector) {
            (uint32 whom, IConsortium.Reason reason) = abi.decode(a, (uint32, IConsortium.Reason));
            return _willSuspend(caller, whom, reason);
        }
        if (name == IConsortium.proposeRecovery.selector) {
            (uint32 whose, address account) = abi.decode(a, (uint32, address));
            return _willProposeRecovery(caller, whose, account);
        }
        if (name == IConsortium.rename.selector) return _willRename(caller, abi.decode(a, (string)));
        if (name == IConsortium.changeEncryptionKey.selector) return _willChangeKey(caller, abi.decode(a, (bytes)));
        if (name == IConsortium.offerAccount.selector) return _willOffer(caller, abi.decode(a, (address)));
        if (name == IConsortium.removeAccount.selector) return _willRemove(caller, abi.decode(a, (address)));
        if (name == IConsortium.objectToRecovery.selector) return _willObject(caller);
        if (name == IAccessControl.grantRole.selector || name == IAccessControl.revokeRole.selector) {
            (bytes32 role, address holder) = abi.decode(a, (bytes32, address));
            bool grants = name == IAccessControl.grantRole.selector;
            return grants ? _willGrantRole(caller, role, holder) : _willRevokeRole(caller, role, holder);
        }
        if (name == IAccessControl.renounceRole.selector) {
            (bytes32 role, address confirmation) = abi.decode(a, (bytes32, address));
            return _willRenounceRole(caller, role, confirmation);
        }
        uint32 member = abi.decode(a, (uint32));
        if (name == IConsortium.reinstate.selector) return _willReinstate(caller, member);
        if (name == IConsortium.acceptAccount.selector) return _willAccept(caller, member);
        if (name == IConsortium.completeRecovery.selector) return _willComplete(caller, member);
        return _willLapse(caller, member);
    }

    function _willGovern(address caller, bytes4 name, bytes memory a) private returns (Outcome memory) {
        if (name == ITimelock.cancel.selector) return _willVeto(caller, abi.decode(a, (bytes32)));
        if (name == ITimelock.updateDelay.selector) {
            return Outcomes.refused(abi.encodeWithSelector(IGovernance.DelayFixed.selector));
        }
        // No other batch is made here.
        if (name == ITimelock.scheduleBatch.selector) {
            return Outcomes.refused(abi.encodeWithSelector(IGovernance.ProposalEmpty.selector));
        }
        if (name == ITimelock.schedule.selector) {
            (address target, , bytes memory data, bytes32 before, bytes32 salt, uint256 delay) = abi.decode(
                a,
                (address, uint256, bytes, bytes32, bytes32, uint256)
            );
            return _willPropose(caller, Proposal(target, data, before, salt), delay);
        }
        if (name == ITimelock.execute.selector) {
            (address target, , bytes memory data, bytes32 before, bytes32 salt) = abi.decode(
                a,
                (address, uint256, bytes, bytes32, bytes32)
            );
            return _willExecute(Proposal(target, data, before, salt));
        }
        (bytes32 role, address holder) = abi.decode(a, (bytes32, address));
        if (name == IAccessControl.grantRole.selector) return _willEmpower(caller, role, holder);
        if (name == IAccessControl.revokeRole.selector) return _willDisempower(caller, role, holder);
        return _willResign(caller, role, holder);
    }

    function _disempowered(address caller, bytes32 role, address holder) private returns (Outcome memory outcome) {
        if (role != PROPOSER) return Outcomes.refused(_fixed(role, holder));
        outcome = Outcomes.room(1);
        if (!_governs[role][holder]) return outcome;
        _governs[role][holder] = false;
        Outcomes.add(outcome, _roleChange(address(governance), false, role, holder, caller));
    }

    function _fixed(bytes32 role, address holder) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IGovernance.RoleFixed.selector, role, holder);
    }

    /// @dev Which states were expected instead, a bit each: unset, waiting, ready, done.
    function _unexpected(bytes32 id, uint256 expected) private pure returns (bytes memory) {
        bytes4 unexpected = ITimelock.TimelockUnexpectedOperationState.selector;
        return abi.encodeWithSelector(unexpected, id, expected);
    }

    function _aboutProposal(bytes32 name, bytes32 id, bytes memory data) private view returns (Vm.Log memory) {
        return Outcomes.log2(address(governance), name, uint256(id), 0, data);
    }

    function _arguments(bytes memory data) private pure returns (bytes memory arguments) {
        arguments = new bytes(data.length - 4);
        uint256 size = arguments.length;
        for (uint256 i = 0; i < size; i += 32) {
            assembly ("memory-safe") {
                mstore(add(add(arguments, 32), i), mload(add(add(data, 36), i)))
            }
        }
    }
}
