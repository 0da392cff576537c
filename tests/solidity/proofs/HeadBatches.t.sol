// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {ICommitmentRegistry} from "../../../interfaces/ICommitmentRegistry.sol";
import {IConsentSigned} from "../../../interfaces/IConsentSigned.sol";
import {System} from "../shared/System.sol";
import {vm} from "../shared/Vm.sol";
import {Digests} from "./Digests.sol";
import {svm} from "./Svm.sol";

/// @title Consents that are live or not, any of them: what a batch of commitments asks for.
/// @dev That the registry tells of many what it tells of each is shown in Live.t.sol.
contract AnyConsents {
    mapping(address consent => bool) private _live;

    function isLive(address consent) external view returns (bool) {
        return _live[consent];
    }

    function areLive(address[] calldata asked) external view returns (bool[] memory live) {
        live = new bool[](asked.length);
        for (uint256 i = 0; i < asked.length; i++) {
            live[i] = _live[asked[i]];
        }
    }

    /// @dev Only a rejection says it.
    function status(address) external pure returns (IConsentRegistry.Status) {
        return IConsentRegistry.Status.NONE;
    }
}

/// @title A commitment in a batch of two does what it would do alone, whatever the other is and in whichever place.
/// @dev Its conditions are those that Heads.t.sol shows of the single call.
contract HeadBatches is System, Digests {
    function setUp() external {
        consents = IConsentRegistry(address(new AnyConsents()));
        commitments = ICommitmentRegistry(_deploy("JAMJAR_COMMITMENT_REGISTRY", abi.encode(consents)));
        svm.enableSymbolicStorage(address(consents));
        svm.enableSymbolicStorage(address(commitments));
        vm.warp(svm.createUint(40, "now"));
    }

    /// @notice L17, L13, P2.2, P2.9: a batch changes a head only when it would be changed alone.
    function check_changesOnlySo(address consent, address other, bool first) external {
        vm.assume(consent != other);
        ICommitmentRegistry.SignedCommitment memory made = _anyOf(consent);
        bytes32 before = commitments.headOf(consent);
        _perform(made, _anyOf(other), first);
        bytes32 later = commitments.headOf(consent);
        vm.assume(later != before);
        assert(later == made.commitment.root);
        assert(later != 0);
        assert(made.commitment.replaces == before);
        assert(consents.isLive(consent));
        assert(_isSigned(made));
    }

    /// @notice L17, L13, P2.9: a batch changes each head that would be changed alone.
    function check_changesThen(address consent, address other, bool first) external {
        vm.assume(consent != other);
        ICommitmentRegistry.SignedCommitment memory made = _anyOf(consent);
        vm.assume(made.commitment.root != 0);
        vm.assume(made.commitment.root != made.commitment.replaces);
        vm.assume(made.commitment.replaces == commitments.headOf(consent));
        vm.assume(consents.isLive(consent));
        vm.assume(_isSigned(made));
        _perform(made, _anyOf(other), first);
        assert(commitments.headOf(consent) == made.commitment.root);
    }

    /// @notice L17, L13, P2.8: of two commitments to one consent, the second counts by the head that the first left.
    function check_oneAfterTheOther(address consent) external {
        ICommitmentRegistry.SignedCommitment memory one = _anyOf(consent);
        ICommitmentRegistry.SignedCommitment memory two = _anyOf(consent);
        bytes32 before = commitments.headOf(consent);
        _perform(one, two, true);
        bytes32 later = commitments.headOf(consent);
        bool byTwo = later == two.commitment.root && later != two.commitment.replaces && _isSigned(two);
        bool byOne = later == one.commitment.root && one.commitment.replaces == before && _isSigned(one);
        bytes32 between = two.commitment.replaces;
        bool afterOne = between == before || (between == one.commitment.root && one.commitment.replaces == before);
        assert(later == before || byOne || (byTwo && afterOne));
    }

    /// @notice L15: a batch of two changes no head that it does not name.
    function check_othersAreLeftAlone(address consent, address other, address third) external {
        vm.assume(third != consent);
        vm.assume(third != other);
        bytes32 before = commitments.headOf(third);
        _perform(_anyOf(consent), _anyOf(other), true);
        assert(commitments.headOf(third) == before);
    }

    function _anyOf(address consent) private pure returns (ICommitmentRegistry.SignedCommitment memory) {
        return
            ICommitmentRegistry.SignedCommitment(
                ICommitmentRegistry.Commitment(consent, svm.createBytes32("root"), svm.createBytes32("replaces")),
                IConsentSigned.Signature(svm.createBytes32("r"), svm.createBytes32("vs"))
            );
    }

    function _isSigned(ICommitmentRegistry.SignedCommitment memory made) private view returns (bool) {
        bytes32 digest = _digestOfCommit(address(commitments), made.commitment);
        return _signs(made.commitment.consent, digest, made.signature);
    }

    /// @dev A batch is taken by anyone, whatever its items are.
    function _perform(
        ICommitmentRegistry.SignedCommitment memory made,
        ICommitmentRegistry.SignedCommitment memory other,
        bool first
    ) private {
        ICommitmentRegistry.SignedCommitment[] memory items = new ICommitmentRegistry.SignedCommitment[](2);
        (items[first ? 0 : 1], items[first ? 1 : 0]) = (made, other);
        vm.prank(svm.createAddress("caller"));
        (bool done,) = address(commitments).call(abi.encodeCall(ICommitmentRegistry.commitBatch, (items)));
        assert(done);
    }
}
