// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {Desk} from "./Desk.sol";

/// @title Suspensions and recoveries: each caller, each second.
contract CouncilTest is Desk {
    function _council() private view returns (address) {
        return _accounts[0];
    }

    function _recover(uint32 member, address account) private {
        _do(_council(), address(consortium), abi.encodeCall(IConsortium.proposeRecovery, (member, account)));
    }

    function _complete(address account, bytes4 outcome) private {
        _do(account, address(consortium), abi.encodeCall(IConsortium.completeRecovery, (RECIPIENT)));
        _cameTo(outcome);
    }

    function _lapse(bytes4 outcome) private {
        _do(STRANGER, address(consortium), abi.encodeCall(IConsortium.lapseRecovery, (RECIPIENT)));
        _cameTo(outcome);
    }

    /// @notice M8: The council's suspension ends by anyone, to the second, and comes again only after as long again.
    function test_SuspensionLapses() external {
        _suspendAs(STRANGER, RECIPIENT);
        _cameTo(IConsortium.NotOfTheCouncil.selector);
        _suspendAs(_desk(), 1);
        _cameTo(IConsortium.NotOfTheCouncil.selector);
        uint256 time = _time;
        for (uint256 i = 0; i < 3; i++) {
            _suspendAs(_council(), RECIPIENT);
            _cameTo(SUCCESS);
            _suspendAs(_council(), RECIPIENT);
            _cameTo(IConsortium.MemberNotActive.selector);
            _at(time + SUSPENSION - 1);
            _reinstateAs(STRANGER, RECIPIENT);
            _cameTo(IConsortium.SuspensionNotLapsed.selector);
            _at(time + SUSPENSION);
            _reinstateAs(STRANGER, RECIPIENT);
            _cameTo(SUCCESS);
            _suspendAs(_council(), RECIPIENT);
            _cameTo(IConsortium.SuspendedLately.selector);
            _at(time + 2 * uint256(SUSPENSION) - 1);
            _suspendAs(_council(), RECIPIENT);
            _cameTo(IConsortium.SuspendedLately.selector);
            time += 2 * uint256(SUSPENSION);
            _at(time);
        }
    }

    /// @notice M8: A suspension that the governance ends early counts as long for the council as one that lapsed.
    function test_EndedEarly() external {
        _suspendAs(_council(), RECIPIENT);
        _reinstate(RECIPIENT);
        _cameTo(SUCCESS);
        _suspendAs(_council(), RECIPIENT);
        _cameTo(IConsortium.SuspendedLately.selector);
        _at(START + 2 * uint256(SUSPENSION));
        _suspendAs(_council(), RECIPIENT);
        _cameTo(SUCCESS);
    }

    /// @notice M8: The governance confirms a suspension, which then does not lapse, and is exempt from the council's wait.
    function test_Confirmed() external {
        _suspendAs(_council(), RECIPIENT);
        _suspend(RECIPIENT);
        _cameTo(SUCCESS);
        _suspend(RECIPIENT);
        _cameTo(IConsortium.MemberNotActive.selector);
        _at(START + 400 days);
        _reinstateAs(STRANGER, RECIPIENT);
        _cameTo(IConsortium.SuspensionNotLapsed.selector);
        _reinstateAs(_council(), RECIPIENT);
        _cameTo(IConsortium.SuspensionNotLapsed.selector);
        _reinstate(RECIPIENT);
        _cameTo(SUCCESS);
        _suspendAs(_council(), RECIPIENT);
        _cameTo(SUCCESS);
        _reinstate(RECIPIENT);
        _suspend(RECIPIENT);
        _cameTo(SUCCESS);
        IConsortium.Reason none = IConsortium.Reason.NONE;
        _do(_council(), address(consortium), abi.encodeCall(IConsortium.suspend, (3, none)));
        _cameTo(IConsortium.ReasonMissing.selector);
    }

    /// @notice M5, M8: A councillor that is suspended suspends nobody and proposes no recovery.
    function test_SuspendedCouncil() external {
        _suspendAs(_accounts[5], 1);
        _cameTo(SUCCESS);
        _suspendAs(_council(), 5);
        _cameTo(IConsortium.NotOfTheCouncil.selector);
        _recover(RECIPIENT, STRANGER);
        _cameTo(IConsortium.NotOfTheCouncil.selector);
    }

    /// @notice M6: A recovery is completed from its second on, by its account alone, before it lapses.
    function test_Recovery() external {
        _recover(RECIPIENT, _desk());
        _cameTo(IConsortium.AccountTaken.selector);
        _recover(RECIPIENT, STRANGER);
        _cameTo(SUCCESS);
        _complete(FOUNDER, IConsortium.RecoveryUnknown.selector);
        _complete(address(0), IConsortium.RecoveryUnknown.selector);
        uint256[4] memory times = [START, START + RECOVERY - 1, START + 2 * RECOVERY, START + 3 * RECOVERY];
        for (uint256 i = 0; i < 4; i++) {
            _at(times[i]);
            _complete(STRANGER, IConsortium.RecoveryNotReady.selector);
        }
        _at(START + 2 * RECOVERY - 1);
        _lapse(IConsortium.RecoveryNotLapsed.selector);
        _complete(STRANGER, SUCCESS);
        _complete(STRANGER, IConsortium.RecoveryUnknown.selector);
        _lapse(IConsortium.RecoveryUnknown.selector);
    }

    /// @notice M6: It lapses in the second after its last; and one in its first second is completed.
    function test_RecoveryLapses() external {
        _recover(RECIPIENT, STRANGER);
        _at(START + 2 * RECOVERY);
        _lapse(SUCCESS);
        _complete(STRANGER, IConsortium.RecoveryUnknown.selector);
        _recover(RECIPIENT, STRANGER);
        _at(_time + RECOVERY);
        _complete(STRANGER, SUCCESS);
    }

    /// @notice M6: Any account of the member ends it, also while the member is suspended; no other member's does.
    function test_Objection() external {
        bytes memory object = abi.encodeCall(IConsortium.objectToRecovery, ());
        _recover(RECIPIENT, STRANGER);
        _suspend(RECIPIENT);
        _do(_accounts[0], address(consortium), object);
        _cameTo(IConsortium.RecoveryUnknown.selector);
        _do(_desk(), address(consortium), object);
        _cameTo(SUCCESS);
        _at(START + RECOVERY);
        _complete(STRANGER, IConsortium.RecoveryUnknown.selector);
    }

    /// @notice M6: A proposal in place of another begins its time again, and an account that is taken meanwhile gets none.
    function test_RecoveryReplaced() external {
        _recover(RECIPIENT, STRANGER);
        _at(START + RECOVERY - 1);
        _recover(RECIPIENT, FOUNDER);
        _at(START + RECOVERY);
        _complete(STRANGER, IConsortium.RecoveryUnknown.selector);
        _complete(FOUNDER, IConsortium.RecoveryNotReady.selector);
        _do(_council(), address(consortium), abi.encodeCall(IConsortium.offerAccount, (FOUNDER)));
        _do(FOUNDER, address(consortium), abi.encodeCall(IConsortium.acceptAccount, (1)));
        _at(START + 2 * RECOVERY - 1);
        _complete(FOUNDER, IConsortium.AccountTaken.selector);
    }
}
