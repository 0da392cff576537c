// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {ICommitmentRegistry} from "../../../interfaces/ICommitmentRegistry.sol";
import {IConsentSigned} from "../../../interfaces/IConsentSigned.sol";
import {vm} from "../shared/Vm.sol";
import {Digests} from "./Digests.sol";
import {Placed} from "./Placed.sol";
import {Status} from "./Status.sol";
import {svm} from "./Svm.sol";
import {Valid} from "./Valid.sol";

/// @title A commitment in a batch of two does what it would do alone, whatever the other is and in whichever place.
/// @dev Its conditions are those that Heads.t.sol shows of the single call. Placed.sol says why the recipients' last
/// four bits are given; Live.t.sol varies them. The other item's consent runs, which leaves out paths alone.
contract HeadBatches is Placed, Status, Valid, Digests {
    /// @notice L17, L13, P2.2, P2.9: a batch changes a head only when it would be changed alone.
    function check_changesOnlySo(bool first) external {
        ICommitmentRegistry.Commitment memory made = _anyCommitment(ONE);
        IConsentSigned.Signature memory signature = _anySignature();
        IConsentRegistry.Consent memory record = _state();
        bytes32 before = commitments.headOf(ONE);
        vm.assume(_tryBatch(made, signature, first));
        bytes32 later = commitments.headOf(ONE);
        vm.assume(later != before);
        assert(later == made.root);
        assert(made.root != 0);
        assert(made.replaces == before);
        assert(_isLive(record));
        assert(_signs(ONE, _digestOfCommit(address(commitments), made), signature));
    }

    /// @notice L17, L13, P2.9: a batch changes each head that would be changed alone.
    function check_changesThen(bool first) external {
        ICommitmentRegistry.Commitment memory made = _anyCommitment(ONE);
        IConsentSigned.Signature memory signature = _anySignature();
        IConsentRegistry.Consent memory record = _state();
        vm.assume(made.root != 0);
        vm.assume(made.root != made.replaces);
        vm.assume(made.replaces == commitments.headOf(ONE));
        vm.assume(_runs(record));
        vm.assume(consortium.isActiveAs(record.recipient, ADVISER));
        vm.assume(_signs(ONE, _digestOfCommit(address(commitments), made), signature));
        assert(_tryBatch(made, signature, first));
        assert(commitments.headOf(ONE) == made.root);
    }

    /// @notice L15: a batch of two changes no head that it does not name.
    function check_othersAreLeftAlone(address other) external {
        vm.assume(other != ONE);
        vm.assume(other != OTHER);
        _state();
        bytes32 before = commitments.headOf(other);
        vm.assume(_tryBatch(_anyCommitment(ONE), _anySignature(), true));
        assert(commitments.headOf(other) == before);
    }

    /// @dev Two consents with any records, and recipients at two places.
    function _state() private returns (IConsentRegistry.Consent memory record) {
        record = _place(ONE, 1);
        vm.assume(_runs(_place(OTHER, 2)));
    }

    function _anyCommitment(address consent) private pure returns (ICommitmentRegistry.Commitment memory) {
        return ICommitmentRegistry.Commitment(consent, svm.createBytes32("root"), svm.createBytes32("replaces"));
    }

    function _anySignature() private pure returns (IConsentSigned.Signature memory) {
        return IConsentSigned.Signature(svm.createBytes32("r"), svm.createBytes32("vs"));
    }

    function _tryBatch(
        ICommitmentRegistry.Commitment memory made,
        IConsentSigned.Signature memory signature,
        bool first
    ) private returns (bool done) {
        ICommitmentRegistry.SignedCommitment[] memory items = new ICommitmentRegistry.SignedCommitment[](2);
        items[first ? 0 : 1] = ICommitmentRegistry.SignedCommitment(made, signature);
        items[first ? 1 : 0] = ICommitmentRegistry.SignedCommitment(_anyCommitment(OTHER), _anySignature());
        vm.prank(svm.createAddress("caller"));
        (done,) = address(commitments).call(abi.encodeCall(ICommitmentRegistry.commitBatch, (items)));
    }
}
