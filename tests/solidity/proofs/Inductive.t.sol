// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {Calls} from "./Calls.sol";
import {Valid} from "./Valid.sol";

/// @title That what is assumed of a consent's record holds after any number of calls.
contract Inductive is Calls, Valid {
    /// @notice L1, L7: any call leaves a valid record valid. (That member 0 is nobody is shown in Members.t.sol.)
    function check_staysValid(address consent) external {
        _assumeValid(consents.getConsent(consent));
        _assumeNobodyIsMemberZero();
        _perform(_anyCall(consent));
        _assertValid(_read(consent));
    }
}

/// @title That what is assumed of a consent's record holds after deployment.
contract Deployed is Valid {
    function setUp() public override {
        _found(address(0xAD));
    }

    /// @notice L1: nothing is granted by deploying.
    function check_beginsEmpty(address consent) external view {
        _assertValid(_read(consent));
        assert(_packed(_read(consent)) == 0);
        assert(commitments.headOf(consent) == 0);
    }
}
