// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAdviceLog} from "../../../interfaces/IAdviceLog.sol";
import {ICommitmentRegistry} from "../../../interfaces/ICommitmentRegistry.sol";
import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {vm} from "../shared/Vm.sol";
import {Unforgeable} from "./Unforgeable.sol";

/// @title What a withdrawal that is kept on paper can be used for, when the key signed nothing else.
contract Papers is Unforgeable {
    /// @notice P3.5, L5: in ConsentRegistry it does nothing but withdraw its consent, by whatever call.
    function check_onlyWithdraws(address consent) external {
        IConsentRegistry.Consent memory expected = consents.getConsent(consent);
        Call memory made = _anyCall(consent);
        _assumeSignedNothingBut(consent, _digestOfWithdraw(address(consents), consent), made);
        _perform(made);
        if (made.does == Does.RELEASE || made.does == Does.USE) return;
        expected.stage = IConsentRegistry.Stage.WITHDRAWN;
        assert(made.does == Does.WITHDRAW);
        assert(_same(_read(consent), expected));
    }

    /// @notice P3.5, L13: it commits to nothing.
    function check_commitsNothing(ICommitmentRegistry.SignedCommitment calldata item, address caller) external {
        address consent = item.commitment.consent;
        bytes32 digest = _digestOfCommit(address(commitments), item.commitment);
        _assumeNotForged(consent, _digestOfWithdraw(address(consents), consent), digest, item.signature);
        vm.prank(caller);
        (bool done,) = address(commitments).call(abi.encodeCall(ICommitmentRegistry.commit, (item)));
        assert(!done);
    }

    /// @notice P3.5, L16: it acknowledges nothing.
    function check_acknowledgesNothing(IAdviceLog.SignedAcknowledgement calldata item, address caller) external {
        address consent = item.advice.consent;
        bytes32 digest = _digestOfAcknowledge(address(advice), item.advice);
        _assumeNotForged(consent, _digestOfWithdraw(address(consents), consent), digest, item.signature);
        vm.prank(caller);
        (bool done,) = address(advice).call(abi.encodeCall(IAdviceLog.acknowledge, (item)));
        assert(!done);
    }

    /// @notice P3.5: it withdraws no other consent.
    function check_withdrawsNoOther(address consent, address other) external {
        vm.assume(consent != other);
        Call memory made = _anyOf(Does.WITHDRAW, other);
        vm.assume(_signs(consent, _digestOfWithdraw(address(consents), consent), made.signature));
        vm.assume(!_signs(other, _digestOf(made), made.signature));
        (bool done,) = _try(made);
        assert(!done);
    }
}
