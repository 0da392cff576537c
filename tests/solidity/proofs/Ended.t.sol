// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {vm} from "../shared/Vm.sol";
import {Calls} from "./Calls.sol";

/// @title What has ended stays as it is.
/// @dev Calls about other consents change nothing of this one: see Rules.t.sol.
contract Ended is Calls {
    /// @notice L2, P3.2: a withdrawn consent stays withdrawn, whoever calls what, at any later time.
    function check_withdrawnStays(address consent) external {
        _staysAsItIs(consent, IConsentRegistry.Status.WITHDRAWN);
    }

    /// @notice L3: a released consent stays released, whoever calls what, at any later time.
    function check_releasedStays(address consent) external {
        _staysAsItIs(consent, IConsentRegistry.Status.RELEASED);
    }

    /// @notice L4, P7.1: an expired consent stays expired and is changed by nothing, at any later time.
    function check_expiredStays(address consent) external {
        _staysAsItIs(consent, IConsentRegistry.Status.EXPIRED);
    }

    function _staysAsItIs(address consent, IConsentRegistry.Status ended) private {
        IConsentRegistry.Consent memory before = consents.getConsent(consent);
        vm.assume(consents.status(consent) == ended);
        (bool done,) = _try(_anyCall(consent));
        assert(!done);
        assert(_same(_read(consent), before));
        _later();
        assert(consents.status(consent) == ended);
    }
}
