// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {vm} from "../shared/Vm.sol";
import {Calls} from "./Calls.sol";

/// @title Withdrawing takes one signature, and nobody can stop it.
contract Withdrawal is Calls {
    /// @notice L14, P3.1, P3.3: a signed withdrawal of a consent that was granted is recorded from every status that has
    /// not ended, whoever carries it, whoever is a member.
    function check_cannotBeStopped(address consent) external {
        IConsentRegistry.Consent memory expected = consents.getConsent(consent);
        vm.assume(_hasNotEnded(expected) && expected.stage != IConsentRegistry.Stage.NONE);
        Call memory withdrawal = _anyOf(Does.WITHDRAW, consent);
        vm.assume(_isSigned(withdrawal));
        (bool done,) = _try(withdrawal);
        assert(done);
        expected.stage = IConsentRegistry.Stage.WITHDRAWN;
        assert(_same(_read(consent), expected));
    }

    /// @notice L14, P3.4: of a key that was never granted it is recorded exactly when an active member's account carries it.
    function check_comesBeforeItsGrant(address consent) external {
        IConsentRegistry.Consent memory expected = consents.getConsent(consent);
        vm.assume(expected.stage == IConsentRegistry.Stage.NONE);
        Call memory withdrawal = _anyOf(Does.WITHDRAW, consent);
        vm.assume(_isSigned(withdrawal));
        bool carried = consortium.isActive(consortium.memberOf(withdrawal.caller));
        (bool done,) = _try(withdrawal);
        assert(done == carried);
    }

    /// @notice L14, P3.1: a withdrawal signed before any other call is recorded after it, unless that ended the consent.
    function check_isNotStoppedByAnotherCall(address consent) external {
        Call memory withdrawal = _anyOf(Does.WITHDRAW, consent);
        vm.assume(_isSigned(withdrawal));
        _perform(_anyCall(consent));
        _later();
        IConsentRegistry.Consent memory later = _read(consent);
        vm.assume(_hasNotEnded(later) && later.stage != IConsentRegistry.Stage.NONE);
        (bool done,) = _try(withdrawal);
        assert(done);
    }

    /// @notice L2, P3.4: a withdrawal is followed by nothing, a grant that was signed before it included.
    function check_isFollowedByNothing(address consent) external {
        _perform(_anyOf(Does.WITHDRAW, consent));
        _later();
        (bool done,) = _try(_anyCall(consent));
        assert(!done);
    }

    /// @dev By the record itself, apart from the contract's own status.
    function _hasNotEnded(IConsentRegistry.Consent memory record) private view returns (bool) {
        if (record.stage == IConsentRegistry.Stage.NONE) return true;
        if (record.stage == IConsentRegistry.Stage.WITHDRAWN) return false;
        if (record.stage == IConsentRegistry.Stage.RELEASED) return false;
        return block.timestamp <= record.validUntil;
    }
}
