// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {vm} from "../shared/Vm.sol";
import {Conditions} from "./Conditions.sol";

/// @title How a consent begins, and how it is used.
contract Grants is Conditions {
    /// @notice L1, P2.5, P5.2: a consent begins only unused, signed by its own key over these very terms, carried by an
    /// active member's account, to an active adviser, within the limits.
    function check_beginsOnlySo(address consent) external {
        IConsentRegistry.Stage before = consents.getConsent(consent).stage;
        Call memory made = _anyOf(Does.GRANT, consent);
        _perform(made);
        assert(before == IConsentRegistry.Stage.NONE);
        _mayGrant(made, _assert);
    }

    /// @notice L1: a grant that is all this is recorded.
    function check_beginsThen(address consent) external {
        vm.assume(consents.getConsent(consent).stage == IConsentRegistry.Stage.NONE);
        Call memory made = _anyOf(Does.GRANT, consent);
        vm.assume(block.timestamp <= type(uint40).max - LONGEST_VALIDITY);
        _mayGrant(made, _assume);
        (bool done,) = _try(made);
        assert(done);
    }

    /// @notice L1: nothing but a grant makes a consent open that was not.
    function check_nothingElseBegins(address consent) external {
        vm.assume(!_isOpen(consents.getConsent(consent)));
        Call memory made = _anyCall(consent);
        vm.assume(made.does != Does.GRANT);
        _perform(made);
        assert(!_isOpen(_read(consent)));
    }

    /// @notice L7, P2.3, P2.10: a use is recorded only under a live consent with a use left, by its recipient.
    function check_usedOnlySo(address consent) external {
        IConsentRegistry.Consent memory record = consents.getConsent(consent);
        Call memory made = _anyOf(Does.USE, consent);
        _perform(made);
        _mayUse(made, record, _assert);
    }

    /// @notice P2.3: a use that is all this is recorded.
    function check_usedThen(address consent) external {
        IConsentRegistry.Consent memory record = consents.getConsent(consent);
        vm.assume(record.uses < record.maxUses);
        Call memory made = _anyOf(Does.USE, consent);
        _mayUse(made, record, _assume);
        (bool done,) = _try(made);
        assert(done);
    }
}
