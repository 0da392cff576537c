// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAdviceLog} from "../../../interfaces/IAdviceLog.sol";
import {ICommitmentRegistry} from "../../../interfaces/ICommitmentRegistry.sol";
import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {ITimelock} from "./Timelock.sol";
import {vm} from "./Vm.sol";

/// @title The five contracts, deployed from the creation code that tools/creation_code.py puts into the environment.
/// @dev Only the interfaces are imported: what is judged is the code that is deployed, whoever compiled it.
abstract contract System {
    uint32 internal constant SUSPENSION = 14 days;
    uint32 internal constant RECOVERY = 14 days;
    uint256 internal constant DELAY = 7 days;
    uint32 internal constant LONGEST_VALIDITY = 366 days;
    uint32 internal constant LONGEST_RECONFIRMATION = 90 days;
    uint16 internal constant MOST_USES = 1000;

    IConsortium internal consortium;
    ITimelock internal governance;
    IConsentRegistry internal consents;
    ICommitmentRegistry internal commitments;
    IAdviceLog internal advice;

    /// @dev `governance_` is the address of what is to be deployed next.
    function _deployConsortium(address governance_, IConsortium.Admission[] memory founding) internal {
        bytes memory arguments = abi.encode(governance_, SUSPENSION, RECOVERY, founding);
        consortium = IConsortium(_deploy("JAMJAR_CONSORTIUM", arguments));
    }

    function _deployGovernance(address[] memory founders) internal {
        governance = ITimelock(_deploy("JAMJAR_GOVERNANCE", abi.encode(consortium, DELAY, founders)));
    }

    function _deployRegistries() internal {
        bytes memory arguments = abi.encode(consortium, LONGEST_VALIDITY, LONGEST_RECONFIRMATION, MOST_USES);
        consents = IConsentRegistry(_deploy("JAMJAR_CONSENT_REGISTRY", arguments));
        commitments = ICommitmentRegistry(_deploy("JAMJAR_COMMITMENT_REGISTRY", abi.encode(consents)));
        advice = IAdviceLog(_deploy("JAMJAR_ADVICE_LOG", abi.encode(consents)));
    }

    /// @dev The address of the contract that is deployed after the next.
    function _overnext() internal view returns (address) {
        return vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1);
    }

    function _deploy(string memory variable, bytes memory arguments) internal returns (address deployed) {
        bytes memory code = bytes.concat(vm.envBytes(variable), arguments);
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
        }
        require(deployed != address(0), "the creation code was refused");
    }
}
