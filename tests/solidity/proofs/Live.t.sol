// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {vm} from "../shared/Vm.sol";
import {Placed} from "./Placed.sol";
import {Status} from "./Status.sol";
import {Valid} from "./Valid.sol";

/// @title Whether many consents are live is told as for each alone, whatever was looked up before.
contract Live is Placed, Status, Valid {
    /// @notice L12: asked for one, whatever its record, the answer is the definition's.
    function check_areLiveOne(bool first) external {
        _assumeNobodyIsMemberZero();
        _agrees(_place(ONE, first ? 0 : 15));
    }

    /// @notice L12: asked for two that run, with recipients at one place or at two, the answers are the definition's.
    function check_areLiveTwo(bool first, bool collide) external {
        _assumeNobodyIsMemberZero();
        if (first) _agree(0, collide ? 0 : 1);
        else _agree(15, collide ? 15 : 0);
    }

    function _agrees(IConsentRegistry.Consent memory record) private view {
        address[] memory asked = new address[](1);
        asked[0] = ONE;
        bool[] memory live = consents.areLive(asked);
        assert(live.length == 1);
        assert(live[0] == _isLive(record));
    }

    /// @dev The first is asked for a third time: what the second left at its place is not the first's.
    function _agree(uint256 place, uint256 otherPlace) private {
        uint32 one = _running(ONE, place);
        uint32 other = _running(OTHER, otherPlace);
        address[] memory asked = new address[](3);
        asked[0] = asked[2] = ONE;
        asked[1] = OTHER;
        bool[] memory live = consents.areLive(asked);
        assert(live.length == 3);
        assert(live[0] == consortium.isActiveAs(one, ADVISER));
        assert(live[1] == consortium.isActiveAs(other, ADVISER));
        assert(live[2] == live[0]);
    }

    function _running(address consent, uint256 place) private returns (uint32) {
        IConsentRegistry.Consent memory record = _place(consent, place);
        vm.assume(_runs(record));
        return record.recipient;
    }
}
