// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAdviceLog} from "../../../interfaces/IAdviceLog.sol";
import {ICommitmentRegistry} from "../../../interfaces/ICommitmentRegistry.sol";
import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {vm} from "./Vm.sol";

/// @title The four contracts, deployed from the creation code that tools/creation_code.py puts into the environment.
/// @dev Only the interfaces are imported: what is judged is the code that is deployed, whoever compiled it.
abstract contract System {
    uint48 internal constant HAND_OVER_DELAY = 3 days;
    uint32 internal constant LONGEST_VALIDITY = 366 days;
    uint32 internal constant LONGEST_RECONFIRMATION = 90 days;
    uint16 internal constant MOST_USES = 1000;

    IConsortium internal consortium;
    IConsentRegistry internal consents;
    ICommitmentRegistry internal commitments;
    IAdviceLog internal advice;

    function _deployAll(address administrator) internal {
        consortium = IConsortium(_deploy("JAMJAR_CONSORTIUM", abi.encode(administrator, HAND_OVER_DELAY)));
        bytes memory arguments = abi.encode(consortium, LONGEST_VALIDITY, LONGEST_RECONFIRMATION, MOST_USES);
        consents = IConsentRegistry(_deploy("JAMJAR_CONSENT_REGISTRY", arguments));
        commitments = ICommitmentRegistry(_deploy("JAMJAR_COMMITMENT_REGISTRY", abi.encode(consents)));
        advice = IAdviceLog(_deploy("JAMJAR_ADVICE_LOG", abi.encode(consents)));
    }

    function _deploy(string memory variable, bytes memory arguments) private returns (address deployed) {
        bytes memory code = bytes.concat(vm.envBytes(variable), arguments);
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
        }
        require(deployed != address(0), "the creation code was refused");
    }
}
