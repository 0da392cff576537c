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

    /// @notice L4, P7.1: an expired consent stays expired, at any later time, and a grant changes nothing of it.
    function check_expiredStaysAtGrant(address consent) external {
        _expiredStays(consent, Does.GRANT);
    }

    /// @notice L4, P7.1: an expired consent stays expired, at any later time, and a pause changes nothing of it.
    function check_expiredStaysAtPause(address consent) external {
        _expiredStays(consent, Does.PAUSE);
    }

    /// @notice L4, P7.1: an expired consent stays expired, at any later time, and a resumption changes nothing of it.
    function check_expiredStaysAtResume(address consent) external {
        _expiredStays(consent, Does.RESUME);
    }

    /// @notice L4, P7.1: an expired consent stays expired, at any later time, and a reconfirmation changes nothing of it.
    function check_expiredStaysAtReconfirm(address consent) external {
        _expiredStays(consent, Does.RECONFIRM);
    }

    /// @notice L4, P7.1: an expired consent stays expired, at any later time, and a withdrawal changes nothing of it.
    function check_expiredStaysAtWithdraw(address consent) external {
        _expiredStays(consent, Does.WITHDRAW);
    }

    /// @notice L4, P7.1: an expired consent stays expired, at any later time, and a release changes nothing of it.
    function check_expiredStaysAtRelease(address consent) external {
        _expiredStays(consent, Does.RELEASE);
    }

    /// @notice L4, P7.1: an expired consent stays expired, at any later time, and a use changes nothing of it.
    function check_expiredStaysAtUse(address consent) external {
        _expiredStays(consent, Does.USE);
    }

    /// @dev Function by function, and the later time apart from the call, as all at once is too much for the solver.
    function _expiredStays(address consent, Does does) private {
        IConsentRegistry.Consent memory before = consents.getConsent(consent);
        vm.assume(before.stage == IConsentRegistry.Stage.GRANTED || before.stage == IConsentRegistry.Stage.PAUSED);
        vm.assume(block.timestamp > before.validUntil);
        assert(consents.status(consent) == IConsentRegistry.Status.EXPIRED);
        (bool done,) = _try(_anyOf(does, consent));
        assert(!done);
        assert(_same(_read(consent), before));
        _later();
        assert(consents.status(consent) == IConsentRegistry.Status.EXPIRED);
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
