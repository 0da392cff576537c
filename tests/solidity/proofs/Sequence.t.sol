// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {vm} from "../shared/Vm.sol";
import {Calls} from "./Calls.sol";

/// @title What is signed counts once: two calls, at any two times.
/// @dev Nothing is assumed of signatures: what is refused is the message, whatever signature it comes with.
contract Sequence is Calls {
    /// @notice L9, P2.7: a pause that was recorded is refused ever after.
    function check_pauseCountsOnce(address consent) external {
        _countsOnce(Does.PAUSE, consent);
    }

    /// @notice L9, P2.7: a resumption that was recorded is refused ever after.
    function check_resumptionCountsOnce(address consent) external {
        _countsOnce(Does.RESUME, consent);
    }

    /// @notice L9, P2.7: a reconfirmation that was recorded is refused ever after.
    function check_reconfirmationCountsOnce(address consent) external {
        _countsOnce(Does.RECONFIRM, consent);
    }

    /// @notice L1, P5.2: a key that granted grants nothing more, on the same terms or others.
    function check_keyGrantsOnce(address consent) external {
        _perform(_anyOf(Does.GRANT, consent));
        _later();
        (bool done,) = _try(_anyOf(Does.GRANT, consent));
        assert(!done);
    }

    /// @notice L9: of a pause and a resumption signed for the same place, only the first that is carried counts.
    function check_oneMessageHasOnePlace(address consent) external {
        Call memory first = _anyOf(Does.PAUSE, consent);
        Call memory second = _anyOf(Does.RESUME, consent);
        vm.assume(first.sequence == second.sequence);
        _perform(first);
        _later();
        (bool done,) = _try(second);
        assert(!done);
    }

    /// @notice L9: a resumption brings back a paused consent, and a pause after it stops it again.
    function check_pauseResumePause(address consent) external {
        _perform(_anyOf(Does.PAUSE, consent));
        assert(_read(consent).stage == IConsentRegistry.Stage.PAUSED);
        _perform(_anyOf(Does.RESUME, consent));
        assert(_read(consent).stage == IConsentRegistry.Stage.GRANTED);
        _perform(_anyOf(Does.PAUSE, consent));
        assert(_read(consent).stage == IConsentRegistry.Stage.PAUSED);
    }

    function _countsOnce(Does does, address consent) private {
        Call memory first = _anyOf(does, consent);
        _perform(first);
        _later();
        Call memory again = _anyOf(does, consent);
        vm.assume(again.sequence == first.sequence);
        (bool done,) = _try(again);
        assert(!done);
    }
}
