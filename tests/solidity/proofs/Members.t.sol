// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {vm} from "../shared/Vm.sol";
import {Members} from "./Members.sol";
import {MembersRules} from "./MembersRules.sol";

contract AdmitRules is MembersRules {
    function _does() internal pure override returns (Does) {
        return Does.ADMIT;
    }

    /// @notice M1: a number that was given is refused, and so is 0.
    function check_givenIsRefused() external {
        Call memory made = _anyOf(Does.ADMIT);
        vm.assume(_or(_isKnown(made.member), made.member == 0));
        assert(!_try(made));
    }
}

contract SuspendRules is MembersRules {
    function _does() internal pure override returns (Does) {
        return Does.SUSPEND;
    }

    /// @notice M5: a member that is suspended is active in no role; reinstated by the governance, it is as it was.
    function check_suspendedIsNotActive(uint32 member, bytes32 role) external {
        vm.assume(_standing(member) == ACTIVE);
        bool was = consortium.isActiveAs(member, role);
        Call memory made = _anyOf(Does.SUSPEND);
        made.member = member;
        _perform(made);
        assert(!consortium.isActive(member));
        assert(!consortium.isActiveAs(member, role));
        made.caller = address(governance);
        made.does = Does.REINSTATE;
        assert(_try(made));
        assert(consortium.isActive(member));
        assert(consortium.isActiveAs(member, role) == was);
    }
}

contract ReinstateRules is MembersRules {
    function _does() internal pure override returns (Does) {
        return Does.REINSTATE;
    }
}

contract ProposeRecoveryRules is MembersRules {
    function _does() internal pure override returns (Does) {
        return Does.PROPOSE_RECOVERY;
    }
}

contract ObjectRules is MembersRules {
    function _does() internal pure override returns (Does) {
        return Does.OBJECT;
    }
}

contract CompleteRules is MembersRules {
    function _does() internal pure override returns (Does) {
        return Does.COMPLETE;
    }
}

contract LapseRules is MembersRules {
    function _does() internal pure override returns (Does) {
        return Does.LAPSE;
    }
}

contract OfferRules is MembersRules {
    function _does() internal pure override returns (Does) {
        return Does.OFFER;
    }
}

contract AcceptRules is MembersRules {
    function _does() internal pure override returns (Does) {
        return Does.ACCEPT;
    }
}

contract RemoveRules is MembersRules {
    function _does() internal pure override returns (Does) {
        return Does.REMOVE;
    }
}

contract ChangeKeyRules is MembersRules {
    function _does() internal pure override returns (Does) {
        return Does.CHANGE_KEY;
    }
}

contract RenameRules is MembersRules {
    function _does() internal pure override returns (Does) {
        return Does.RENAME;
    }
}

contract GrantRoleRules is MembersRules {
    function _does() internal pure override returns (Does) {
        return Does.GRANT_ROLE;
    }
}

contract RevokeRoleRules is MembersRules {
    function _does() internal pure override returns (Does) {
        return Does.REVOKE_ROLE;
    }
}

contract RenounceRoleRules is MembersRules {
    function _does() internal pure override returns (Does) {
        return Does.RENOUNCE_ROLE;
    }
}

/// @title What is assumed of the members' state holds after deployment.
contract MembersDeployed is Members {
    function setUp() public override {
        _found(address(0xAD));
    }

    /// @notice M1, M2, M4: the founding member alone is known, and the governance alone has the administration.
    function check_beginsValid(uint32 member, address account, bytes32 role) external view {
        vm.assume(member != 1);
        assert(_nobodyIsNobody());
        assert(!_isKnown(member));
        assert(_governsAlone(account));
        assert(_adminOf(role) == 0);
        assert(_actsForKnown(member, account));
        assert(_offersWhenKnown(member, account));
        assert(_recoversWhenKnown(member));
        assert(_unknownHasNoRole(member, role));
        assert(_unknownHasNoName(member));
    }
}
