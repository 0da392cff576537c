// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {vm} from "../shared/Vm.sol";
import {State} from "./State.sol";
import {svm} from "./Svm.sol";

interface Purse {
    function deal(address account, uint256 balance) external;
}

/// @title No ether goes in.
/// @dev Halmos makes the calldata: each function with any arguments, any other selector with 1,024 bytes, and nothing.
contract Value is State {
    /// @notice P4.1: any call to Consortium that sends ether is refused.
    function check_consortium(uint256 sent) external {
        _isRefused(address(consortium), svm.createCalldata("IConsortium", true), sent);
    }

    /// @notice P4.1: any call to ConsentRegistry that sends ether is refused.
    function check_consents(uint256 sent) external {
        _isRefused(address(consents), svm.createCalldata("IConsentRegistry", true), sent);
    }

    /// @notice P4.1: any call to CommitmentRegistry that sends ether is refused.
    function check_commitments(uint256 sent) external {
        _isRefused(address(commitments), svm.createCalldata("ICommitmentRegistry", true), sent);
    }

    /// @notice P4.1: any call to AdviceLog that sends ether is refused.
    function check_advice(uint256 sent) external {
        _isRefused(address(advice), svm.createCalldata("IAdviceLog", true), sent);
    }

    function _isRefused(address target, bytes memory data, uint256 sent) private {
        vm.assume(sent != 0);
        Purse(address(vm)).deal(address(this), sent);
        (bool done,) = target.call{value: sent}(data);
        assert(!done);
    }
}
