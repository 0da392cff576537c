// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {vm} from "../shared/Vm.sol";
import {State} from "./State.sol";

/// @title What is assumed of a state, wherever anything is; Inductive.t.sol and Members.t.sol show that it always holds.
/// @notice A consent that was never granted is empty, but for its stage when it was withdrawn before its grant.
/// One that was granted has a recipient, starts before it ends, must be reconfirmed after its start and not after its
/// end, has between one and the most uses, and has not been used more often than that. Nobody is member 0, and a member's standing is one of the three.
abstract contract Valid is State {
    uint256 private constant WITHDRAWN_BEFORE = uint256(IConsentRegistry.Stage.WITHDRAWN) << 216;

    function _assumeValid(IConsentRegistry.Consent memory consent) internal pure {
        _eachOf(consent, _assumed);
    }

    function _assertValid(IConsentRegistry.Consent memory consent) internal pure {
        _eachOf(consent, _asserted);
    }

    function _assumeNobodyIsMemberZero() internal view {
        vm.assume(!consortium.isActive(0));
    }

    /// @dev What is not one of the three reverts when it is read, and leaves the check.
    function _assumeStandingIsKnown(uint32 member) internal view {
        consortium.isActive(member);
    }

    /// @dev The one text of it, once to assume and once to prove.
    function _eachOf(
        IConsentRegistry.Consent memory consent,
        function(bool) internal pure holds
    ) private pure {
        if (consent.recipient == 0) {
            holds(_packed(consent) == 0 || _packed(consent) == WITHDRAWN_BEFORE);
            return;
        }
        holds(consent.stage != IConsentRegistry.Stage.NONE);
        holds(consent.validFrom < consent.validUntil);
        holds(consent.validFrom < consent.reconfirmBy);
        holds(consent.reconfirmBy <= consent.validUntil);
        holds(consent.maxUses != 0);
        holds(consent.maxUses <= MOST_USES);
        holds(consent.uses <= consent.maxUses);
    }

    function _assumed(bool condition) private pure {
        vm.assume(condition);
    }

    function _asserted(bool condition) private pure {
        assert(condition);
    }
}
