// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAdviceLog} from "../../../interfaces/IAdviceLog.sol";
import {ICommitmentRegistry} from "../../../interfaces/ICommitmentRegistry.sol";
import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {Messages} from "../shared/Messages.sol";
import {Vm} from "../shared/Vm.sol";
import {Membership} from "./Membership.sol";

/// @title The record: what the events that were emitted, and they alone, say of the state.
/// @dev A second opinion beside the model. An event whose authority is missing is a breach of a property, kept by id.
abstract contract Record is Membership {
    /// @dev What was emitted of a consent.
    struct Seen {
        uint256 grants;
        IConsentRegistry.Grant grant;
        uint40 reconfirmBy;
        uint256 reconfirmedAt;
        uint256 sequence;
        uint256 uses;
        bool withdrawn;
        bool released;
        uint256 touched; // the step of the last event that changed it or its head
        uint256 touchedAt; // its time
    }

    uint256 internal _step;
    mapping(address consent => Seen) internal _seen;
    mapping(address consent => bytes32 root) internal _seenHead;
    mapping(bytes32 adviceId => uint256) internal _seenStage;

    /// @dev Who signed what, ever.
    mapping(address signer => mapping(bytes32 digest => bool)) internal _signed;

    /// @dev What the governance carries out, it calls itself.
    function _fold(address caller, address target, Vm.Log[] memory logs) internal {
        address by = target == address(governance) ? target : caller;
        _step++;
        for (uint256 i = 0; i < logs.length; i++) {
            address emitter = logs[i].emitter;
            if (emitter == address(consents)) _foldConsent(caller, logs[i]);
            else if (emitter == address(commitments)) _foldCommitment(logs[i]);
            else if (emitter == address(advice)) _foldAdvice(caller, logs[i]);
            else if (emitter == address(consortium)) _foldMember(by, logs[i]);
            else if (emitter == address(governance)) _foldGovernance(caller, logs[i]);
            else _breaches["P6.1"]++;
        }
    }

    function _foldConsent(address caller, Vm.Log memory log) private {
        bytes32 name = log.topics[0];
        if (
            name == IConsentRegistry.GrantRejected.selector ||
            name == IConsentRegistry.WithdrawalRejected.selector ||
            name == IConsentRegistry.UseRejected.selector
        ) return;
        address consent = address(uint160(uint256(log.topics[1])));
        Seen storage seen = _seen[consent];
        (seen.touched, seen.touchedAt) = (_step, block.timestamp);
        if (name == IConsentRegistry.ConsentGranted.selector) {
            _foldGrant(consent, uint32(uint256(log.topics[2])), log.data);
        } else if (name == IConsentRegistry.ConsentUsed.selector) {
            seen.uses++;
            (address account, , uint16 uses) = abi.decode(log.data, (address, bytes32, uint16));
            if (uses != seen.uses) _breaches["L7"]++;
            if (account != caller || uint256(log.topics[2]) != _seenMember[caller]) _breaches["L5"]++;
            if (_seenMember[caller] != seen.grant.recipient) _breaches["L5"]++;
        } else if (name == IConsentRegistry.ConsentReleased.selector) {
            seen.released = true;
            if (_seenMember[caller] != seen.grant.recipient || seen.grants == 0) _breaches["L5"]++;
        } else if (name == IConsentRegistry.ConsentWithdrawn.selector) {
            seen.withdrawn = true;
            _require("L5", consent, address(consents), Messages.withdraw(consent));
        } else {
            _foldNext(consent, name, log.data);
        }
    }

    function _foldGrant(address consent, uint32 recipient, bytes memory data) private {
        (uint40 from, uint40 until, uint40 by, uint16 most, bytes32 terms) = abi.decode(
            data,
            (uint40, uint40, uint40, uint16, bytes32)
        );
        Seen storage seen = _seen[consent];
        seen.grant = IConsentRegistry.Grant(consent, recipient, from, until, by, most, terms);
        if (++seen.grants > 1 || seen.withdrawn) _breaches["L1"]++;
        (seen.reconfirmBy, seen.reconfirmedAt) = (by, block.timestamp);
        _require("L1", consent, address(consents), Messages.grant(seen.grant));
    }

    /// @dev A pause, resumption or reconfirmation.
    function _foldNext(address consent, bytes32 name, bytes memory data) private {
        Seen storage seen = _seen[consent];
        uint32 sequence = uint32(uint256(bytes32(data)));
        if (sequence != seen.sequence++) _breaches["L9"]++;
        if (name == IConsentRegistry.ConsentPaused.selector) {
            _require("L5", consent, address(consents), Messages.pause(consent, sequence));
        } else if (name == IConsentRegistry.ConsentResumed.selector) {
            _require("L6", consent, address(consents), Messages.resume(consent, sequence));
        } else if (name == IConsentRegistry.ConsentReconfirmed.selector) {
            (, uint40 by) = abi.decode(data, (uint32, uint40));
            (seen.reconfirmBy, seen.reconfirmedAt) = (by, block.timestamp);
            _require("L6", consent, address(consents), Messages.reconfirm(consent, sequence, by));
        } else {
            _breaches["P6.1"]++;
        }
    }

    function _foldCommitment(Vm.Log memory log) private {
        if (log.topics[0] == ICommitmentRegistry.CommitmentRejected.selector) return;
        address consent = address(uint160(uint256(log.topics[1])));
        (, bytes32 root) = abi.decode(log.data, (address, bytes32));
        (_seen[consent].touched, _seen[consent].touchedAt) = (_step, block.timestamp);
        bytes32 structHash = Messages.commit(ICommitmentRegistry.Commitment(consent, root, _seenHead[consent]));
        _require("L13", consent, address(commitments), structHash);
        if (root == 0 || root == _seenHead[consent] || !consents.isLive(consent)) _breaches["L13"]++;
        _seenHead[consent] = root;
    }

    function _foldAdvice(address caller, Vm.Log memory log) private {
        if (log.topics[0] == IAdviceLog.AcknowledgementRejected.selector) return;
        address consent = address(uint160(uint256(log.topics[1])));
        (bytes32 commitment, bytes32 digest) = abi.decode(log.data, (bytes32, bytes32));
        IAdviceLog.Advice memory a = IAdviceLog.Advice(consent, commitment, digest);
        bytes32 id = keccak256(abi.encode(a));
        if (log.topics[0] == IAdviceLog.AdviceRecorded.selector) {
            if (_seenStage[id] != 0 || !consents.isLive(consent)) _breaches["L16"]++;
            if (_seenMember[caller] != _seen[consent].grant.recipient) _breaches["L16"]++;
        } else {
            if (_seenStage[id] != 1) _breaches["L16"]++;
            _require("L16", consent, address(advice), Messages.acknowledge(a));
        }
        _seenStage[id]++;
    }

    function _require(bytes32 property, address signer, address verifier, bytes32 structHash) private {
        if (!_signed[signer][Messages.digest(verifier, structHash)]) _breaches[property]++;
    }
}
