// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAdviceLog} from "../../../interfaces/IAdviceLog.sol";
import {ICommitmentRegistry} from "../../../interfaces/ICommitmentRegistry.sol";
import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {vm} from "../shared/Vm.sol";
import {State} from "./State.sol";

/// @title The views that check a call say what the call would.
contract Views is State {
    /// @notice L19: checkGrant reverts exactly as grant would.
    function check_grant(IConsentRegistry.SignedGrant calldata item, address caller) external {
        _agree(
            address(consents),
            abi.encodeCall(IConsentRegistry.checkGrant, (item, caller)),
            abi.encodeCall(IConsentRegistry.grant, (item)),
            caller
        );
    }

    /// @notice L19: checkWithdrawal reverts exactly as withdraw would.
    function check_withdrawal(IConsentRegistry.SignedWithdrawal calldata item, address caller) external {
        _agree(
            address(consents),
            abi.encodeCall(IConsentRegistry.checkWithdrawal, (item, caller)),
            abi.encodeCall(IConsentRegistry.withdraw, (item)),
            caller
        );
    }

    /// @notice L19: checkUse reverts exactly as use would.
    function check_use(IConsentRegistry.Use calldata item, address caller) external {
        IConsentRegistry.Consent memory record = consents.getConsent(item.consent);
        vm.assume(record.uses <= record.maxUses);
        _agree(
            address(consents),
            abi.encodeCall(IConsentRegistry.checkUse, (item, caller)),
            abi.encodeCall(IConsentRegistry.use, (item)),
            caller
        );
    }

    /// @notice L19: checkCommitment reverts exactly as commit would.
    function check_commitment(ICommitmentRegistry.SignedCommitment calldata item, address caller) external {
        _agree(
            address(commitments),
            abi.encodeCall(ICommitmentRegistry.checkCommitment, (item)),
            abi.encodeCall(ICommitmentRegistry.commit, (item)),
            caller
        );
    }

    /// @notice L19: checkAcknowledgement reverts exactly as acknowledge would.
    function check_acknowledgement(IAdviceLog.SignedAcknowledgement calldata item, address caller) external {
        _agree(
            address(advice),
            abi.encodeCall(IAdviceLog.checkAcknowledgement, (item)),
            abi.encodeCall(IAdviceLog.acknowledge, (item)),
            caller
        );
    }

    /// @dev Same outcome, and the same error to the last byte.
    function _agree(address target, bytes memory asking, bytes memory calling, address caller) private {
        (bool would, bytes memory wouldSay) = target.staticcall(asking);
        vm.prank(caller);
        (bool done, bytes memory says) = target.call(calling);
        assert(would == done);
        assert(wouldSay.length == says.length);
        assert(keccak256(wouldSay) == keccak256(says));
    }
}
