// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {vm} from "../shared/Vm.sol";
import {Calls} from "./Calls.sol";
import {Status} from "./Status.sol";

/// @title What must hold for a call to be recorded: once to assume (then it is), and once to prove (only so).
/// @dev Written as conditions in a row, as each alternative would double the paths.
abstract contract Conditions is Calls, Status {
    /// @dev Unused, signed over these very terms, carried by a member, to an active adviser, within the limits.
    function _mayGrant(Call memory made, function(bool) internal pure holds) internal view {
        IConsentRegistry.Grant memory terms = made.terms;
        holds(_isSigned(made));
        holds(consortium.isActive(consortium.memberOf(made.caller)));
        holds(consortium.isActiveAs(terms.recipient, ADVISER));
        holds(terms.validFrom >= block.timestamp);
        holds(terms.validUntil > terms.validFrom);
        holds(terms.validUntil <= block.timestamp + LONGEST_VALIDITY);
        holds(terms.reconfirmBy > terms.validFrom);
        holds(terms.reconfirmBy <= terms.validUntil);
        holds(terms.reconfirmBy <= block.timestamp + LONGEST_RECONFIRMATION);
        holds(terms.maxUses != 0);
        holds(terms.maxUses <= MOST_USES);
        holds(terms.termsDigest != 0);
    }

    /// @dev By its recipient, an active adviser, of a commitment, while it runs and a use is left.
    function _mayUse(
        Call memory made,
        IConsentRegistry.Consent memory record,
        function(bool) internal pure holds
    ) internal view {
        holds(made.commitment != 0);
        holds(consortium.memberOf(made.caller) == record.recipient);
        holds(consortium.isActiveAs(record.recipient, ADVISER));
        holds(_runs(record));
        holds(record.uses != record.maxUses);
    }

    /// @dev Signed, and not ended; carried by a member where it was never granted.
    function _mayWithdraw(
        Call memory made,
        IConsentRegistry.Consent memory record,
        function(bool) internal pure holds
    ) internal view {
        holds(_isSigned(made));
        bool carried = consortium.isActive(consortium.memberOf(made.caller));
        holds(record.stage == IConsentRegistry.Stage.NONE ? carried : _isOpen(record));
    }

    function _assume(bool condition) internal pure {
        vm.assume(condition);
    }

    function _assert(bool condition) internal pure {
        assert(condition);
    }
}
