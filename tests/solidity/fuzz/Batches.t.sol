// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAdviceLog} from "../../../interfaces/IAdviceLog.sol";
import {ICommitmentRegistry} from "../../../interfaces/ICommitmentRegistry.sol";
import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {Messages} from "../shared/Messages.sol";
import {Vm, vm} from "../shared/Vm.sol";
import {Desk} from "./Desk.sol";

/// @title A batch against its items as single calls, one after another, on the same state.
contract BatchesTest is Desk {
    /// @dev What single calls came to: their events, and the error of each that was refused.
    bytes32[] private _digests;

    /// @notice L17: A batch of grants does what single grants do.
    function testFuzz_Grants(uint256 bits) external {
        IConsentRegistry.SignedGrant[] memory items = new IConsentRegistry.SignedGrant[](6);
        bytes[] memory calls = new bytes[](6);
        for (uint256 i = 0; i < 6; i++) {
            IConsentRegistry.Grant memory g = _plain();
            items[i] = _signGrant(g);
            if (bits >> i & 1 == 1) items[i].grant.maxUses++;
            if (bits >> (i + 8) & 3 == 3 && i != 0) items[i] = items[i - 1];
            calls[i] = abi.encodeCall(IConsentRegistry.grant, (items[i]));
        }
        _compareCalls(_desk(), address(consents), calls, abi.encodeCall(IConsentRegistry.grantBatch, (items)));
    }

    /// @notice L17: A batch of withdrawals does what single withdrawals do.
    function testFuzz_Withdrawals(uint256 bits) external {
        IConsentRegistry.SignedWithdrawal[] memory items = new IConsentRegistry.SignedWithdrawal[](6);
        bytes[] memory calls = new bytes[](6);
        for (uint256 i = 0; i < 6; i++) {
            address consent = bits >> i & 1 == 1 ? _grant(_plain()) : _newKey();
            items[i] = IConsentRegistry.SignedWithdrawal(consent, _card[consent]);
            if (bits >> (i + 8) & 3 == 1) items[i].signature.r ^= bytes32(uint256(1));
            if (bits >> (i + 8) & 3 == 3 && i != 0) items[i] = items[i - 1];
            calls[i] = abi.encodeCall(IConsentRegistry.withdraw, (items[i]));
        }
        address carrier = bits >> 255 == 0 ? STRANGER : _desk();
        _compareCalls(carrier, address(consents), calls, abi.encodeCall(IConsentRegistry.withdrawBatch, (items)));
    }

    /// @notice L17: A batch of uses does what single uses do, of consents of several recipients.
    function testFuzz_Uses(uint256 bits) external {
        address[3] memory some = [_grant(_plain()), _grant(_plain()), _newKey()];
        IConsentRegistry.Grant memory other = _plain();
        other.recipient = 18;
        _grant(other);
        IConsentRegistry.Use[] memory items = new IConsentRegistry.Use[](8);
        bytes[] memory calls = new bytes[](8);
        for (uint256 i = 0; i < 8; i++) {
            uint256 choice = bits >> (2 * i) & 3;
            items[i] = IConsentRegistry.Use(choice == 3 ? other.consent : some[choice], bytes32(bits >> i & 7));
            calls[i] = abi.encodeCall(IConsentRegistry.use, (items[i]));
        }
        _compareCalls(_desk(), address(consents), calls, abi.encodeCall(IConsentRegistry.useBatch, (items)));
    }

    /// @notice L17: A batch of commitments does what single ones do, of recipients in every standing.
    function testFuzz_Commitments(uint256 bits) external {
        uint32[6] memory recipients = [uint32(2), 18, 3, 16, type(uint32).max, 2];
        ICommitmentRegistry.SignedCommitment[] memory items = new ICommitmentRegistry.SignedCommitment[](8);
        bytes[] memory calls = new bytes[](8);
        address[6] memory some;
        for (uint256 i = 0; i < 6; i++) {
            IConsentRegistry.Grant memory g = _plain();
            g.recipient = recipients[i];
            some[i] = bits >> (200 + i) & 3 == 0 ? g.consent : _grant(g);
        }
        for (uint256 i = 0; i < 5; i++) {
            if (bits >> (100 + i) & 1 == 1) _suspend(recipients[i]);
        }
        for (uint256 i = 0; i < 8; i++) {
            address consent = some[(bits >> (4 * i)) % 6];
            ICommitmentRegistry.Commitment memory c = ICommitmentRegistry.Commitment(
                consent,
                bytes32(bits >> (40 + 2 * i) & 3),
                bytes32(bits >> (60 + 2 * i) & (bits >> 255))
            );
            items[i] = ICommitmentRegistry.SignedCommitment(
                c,
                _signRightly(consent, address(commitments), Messages.commit(c))
            );
            calls[i] = abi.encodeCall(ICommitmentRegistry.commit, (items[i]));
        }
        bytes memory batch = abi.encodeCall(ICommitmentRegistry.commitBatch, (items));
        _compareCalls(STRANGER, address(commitments), calls, batch);
    }

    /// @notice L17: A batch of acknowledgements does what single ones do.
    function testFuzz_Acknowledgements(uint256 bits) external {
        address consent = _grant(_plain());
        IAdviceLog.SignedAcknowledgement[] memory items = new IAdviceLog.SignedAcknowledgement[](6);
        bytes[] memory calls = new bytes[](6);
        for (uint256 i = 0; i < 6; i++) {
            IAdviceLog.Advice memory a = IAdviceLog.Advice(consent, bytes32("root"), bytes32(1 + (bits >> i & 3)));
            if (bits >> (i + 8) & 3 != 0) _record(_desk(), a);
            items[i].advice = a;
            items[i].signature = _signRightly(consent, address(advice), Messages.acknowledge(a));
            if (bits >> (i + 16) & 3 == 3) items[i].advice.commitment = bytes32("other");
            calls[i] = abi.encodeCall(IAdviceLog.acknowledge, (items[i]));
        }
        _compareCalls(STRANGER, address(advice), calls, abi.encodeCall(IAdviceLog.acknowledgeBatch, (items)));
    }

    /// @notice L17: A batch has 1 to 256 items, and 256 are recorded.
    function test_Sizes() external {
        uint256[4] memory sizes = [uint256(0), 1, MOST_ITEMS, MOST_ITEMS + 1];
        address consent = _grant(_plain());
        for (uint256 i = 0; i < 4; i++) {
            _trySize(sizes[i], consent);
        }
    }

    function _trySize(uint256 size, address consent) private {
        IConsentRegistry.Use[] memory uses = new IConsentRegistry.Use[](size);
        IConsentRegistry.SignedWithdrawal[] memory ends = new IConsentRegistry.SignedWithdrawal[](size);
        IConsentRegistry.SignedGrant[] memory grants = new IConsentRegistry.SignedGrant[](size);
        ICommitmentRegistry.SignedCommitment[] memory roots = new ICommitmentRegistry.SignedCommitment[](size);
        IAdviceLog.SignedAcknowledgement[] memory acks = new IAdviceLog.SignedAcknowledgement[](size);
        for (uint256 i = 0; i < size; i++) {
            uses[i] = IConsentRegistry.Use(consent, bytes32(i));
        }
        address desk = _desk();
        bytes memory call = abi.encodeCall(IConsentRegistry.useBatch, (uses));
        _act(desk, address(consents), call, _willUseBatch(desk, uses));
        call = abi.encodeCall(IConsentRegistry.withdrawBatch, (ends));
        _act(desk, address(consents), call, _willWithdrawBatch(desk, ends));
        call = abi.encodeCall(IConsentRegistry.grantBatch, (grants));
        _act(desk, address(consents), call, _willGrantBatch(desk, grants));
        _act(STRANGER, address(consents), call, _willGrantBatch(STRANGER, grants));
        call = abi.encodeCall(ICommitmentRegistry.commitBatch, (roots));
        _act(desk, address(commitments), call, _willCommitBatch(desk, roots));
        call = abi.encodeCall(IAdviceLog.acknowledgeBatch, (acks));
        _act(desk, address(advice), call, _willAcknowledgeBatch(desk, acks));
        (bool success, bytes memory answer) = address(consents).staticcall(
            abi.encodeCall(IConsentRegistry.areLive, (new address[](size)))
        );
        if (size == 0 || size > MOST_ITEMS) _same(answer, _sizeRefusal(size), "areLive of too few or many");
        else vm.assertTrue(success, "areLive");
    }

    /// @dev Events, errors and the consents after the calls must be those after the batch.
    function _compareCalls(address caller, address target, bytes[] memory calls, bytes memory batch) private {
        uint256 id = vm.snapshotState();
        delete _digests;
        for (uint256 i = 0; i < calls.length; i++) {
            vm.recordLogs();
            vm.prank(caller);
            (bool success, bytes memory answer) = target.call(calls[i]);
            Vm.Log[] memory logs = vm.getRecordedLogs();
            _digests.push(success ? keccak256(abi.encode(logs)) : keccak256(abi.encode(i, answer)));
        }
        bytes32[] memory singly = _digests;
        bytes32 stateAfter = _stateOfAll();
        vm.revertToStateAndDelete(id);

        vm.recordLogs();
        vm.prank(caller);
        (bool taken, ) = target.call(batch);
        Vm.Log[] memory together = vm.getRecordedLogs();
        vm.assertTrue(taken && together.length == calls.length, "L17: not one event for each item");
        for (uint256 i = 0; i < together.length; i++) {
            vm.assertEq(_digestOf(together[i], i), singly[i], "L17: an item came to another outcome in a batch");
        }
        vm.assertEq(_stateOfAll(), stateAfter, "L17: another state after a batch");
    }

    /// @dev Of a rejection its place and reason, of any other event all of it.
    function _digestOf(Vm.Log memory log, uint256 place) private pure returns (bytes32) {
        if (_isRejection(log.topics[0])) {
            (uint256 index, bytes memory reason) = abi.decode(log.data, (uint256, bytes));
            vm.assertEq(index, place, "L17: the place of a rejected item");
            return keccak256(abi.encode(index, reason));
        }
        Vm.Log[] memory alone = new Vm.Log[](1);
        alone[0] = log;
        return keccak256(abi.encode(alone));
    }

    function _stateOfAll() private view returns (bytes32 state) {
        for (uint256 i = 0; i < _keys.length; i++) {
            state = keccak256(abi.encode(state, _printOf(_keys[i])));
        }
    }
}
