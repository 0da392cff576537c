// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ICommitmentRegistry} from "../../../interfaces/ICommitmentRegistry.sol";
import {vm} from "../shared/Vm.sol";
import {Digests} from "./Digests.sol";
import {Status} from "./Status.sol";
import {svm} from "./Svm.sol";

/// @title How the head of a consent changes.
contract Heads is Status, Digests {
    /// @notice L13, P2.2, P2.8, P8.1: a head changes only by its key's signature over the head before it, to another root that
    /// is not zero, under a live consent.
    function check_changesOnlySo(ICommitmentRegistry.SignedCommitment calldata item, address caller) external {
        ICommitmentRegistry.Commitment memory made = item.commitment;
        bytes32 before = commitments.headOf(made.consent);
        vm.assume(_commits(item, caller));
        assert(commitments.headOf(made.consent) == made.root);
        assert(made.root != 0);
        assert(made.root != before);
        assert(made.replaces == before);
        assert(_isLive(consents.getConsent(made.consent)));
        assert(_signs(made.consent, _digestOfCommit(address(commitments), made), item.signature));
    }

    /// @notice L13: a commitment that is all this is recorded, whoever carries it.
    function check_changesThen(ICommitmentRegistry.SignedCommitment calldata item, address caller) external {
        ICommitmentRegistry.Commitment memory made = item.commitment;
        vm.assume(made.root != 0);
        vm.assume(made.root != made.replaces);
        vm.assume(made.replaces == commitments.headOf(made.consent));
        vm.assume(_isLive(consents.getConsent(made.consent)));
        vm.assume(_signs(made.consent, _digestOfCommit(address(commitments), made), item.signature));
        assert(_commits(item, caller));
    }

    /// @notice L13, P2.8: a commitment that was recorded is refused the next time.
    function check_countsOnce(ICommitmentRegistry.SignedCommitment calldata item, address caller) external {
        vm.assume(_commits(item, caller));
        _later();
        assert(!_commits(item, svm.createAddress("another")));
    }

    /// @notice L15: a commitment to one consent leaves every other head as it was.
    function check_othersAreLeftAlone(
        ICommitmentRegistry.SignedCommitment calldata item,
        address other,
        address caller
    ) external {
        vm.assume(item.commitment.consent != other);
        bytes32 before = commitments.headOf(other);
        vm.assume(_commits(item, caller));
        assert(commitments.headOf(other) == before);
    }

    function _commits(
        ICommitmentRegistry.SignedCommitment calldata item,
        address caller
    ) private returns (bool done) {
        vm.prank(caller);
        (done,) = address(commitments).call(abi.encodeCall(ICommitmentRegistry.commit, (item)));
    }
}
