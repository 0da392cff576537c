// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IAccessControlDefaultAdminRules} from
    "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";

import {Outcome, Outcomes} from "../../shared/Outcome.sol";
import {System} from "../../shared/System.sol";
import {Vm} from "../../shared/Vm.sol";

/// @title What must come of a hand-over of the administration, told from IAccessControlDefaultAdminRules.
/// @dev A `_will...` function returns what a call must come to, and changes the model as the call changes the state.
abstract contract HandOverModel is System {
    bytes32 internal constant ADMINISTRATION = 0;
    uint48 internal constant LONGEST_WAIT = 5 days;

    /// @dev The time of the block, as the clock was set.
    uint256 internal _time;

    address internal _administrator;
    address internal _heir;
    uint48 internal _heirAfter; // 0: no transfer scheduled
    uint48 internal _delay;
    uint48 internal _nextDelay;
    uint48 internal _nextDelayAfter; // 0: no change scheduled

    function _unauthorized(address caller) internal view returns (bytes memory) {
        if (caller == _administrator) return "";
        return
            abi.encodeWithSelector(
                IAccessControl.AccessControlUnauthorizedAccount.selector,
                caller,
                ADMINISTRATION
            );
    }

    /// @dev A schedule has passed from the second after it.
    function _passed(uint48 schedule) internal view returns (bool) {
        return schedule != 0 && _time > schedule;
    }

    function _delayNow() internal view returns (uint48) {
        return _passed(_nextDelayAfter) ? _nextDelay : _delay;
    }

    function _willBegin(address caller, address heir) internal returns (Outcome memory outcome) {
        bytes memory refusal = _unauthorized(caller);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        outcome = Outcomes.room(2);
        if (_heirAfter != 0) Outcomes.add(outcome, _transferCanceled());
        (_heir, _heirAfter) = (heir, uint48(_time) + _delayNow());
        bytes32 name = IAccessControlDefaultAdminRules.DefaultAdminTransferScheduled.selector;
        Outcomes.add(
            outcome,
            Outcomes.log1(address(consortium), name, Outcomes.topic(heir), abi.encode(_heirAfter))
        );
    }

    function _willCancel(address caller) internal returns (Outcome memory outcome) {
        bytes memory refusal = _unauthorized(caller);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        outcome = Outcomes.room(1);
        if (_heirAfter != 0) Outcomes.add(outcome, _transferCanceled());
        (_heir, _heirAfter) = (address(0), 0);
    }

    function _willAccept(address caller) internal returns (Outcome memory outcome) {
        if (caller != _heir) {
            bytes4 invalid = IAccessControlDefaultAdminRules.AccessControlInvalidDefaultAdmin.selector;
            return Outcomes.refused(abi.encodeWithSelector(invalid, caller));
        }
        if (!_passed(_heirAfter)) return Outcomes.refused(_tooEarly());
        outcome = Outcomes.room(2);
        Outcomes.add(outcome, _role(false, ADMINISTRATION, _administrator, caller));
        Outcomes.add(outcome, _role(true, ADMINISTRATION, caller, caller));
        (_administrator, _heir, _heirAfter) = (caller, address(0), 0);
    }

    function _willChangeDelay(address caller, uint48 delay) internal returns (Outcome memory outcome) {
        bytes memory refusal = _unauthorized(caller);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        outcome = Outcomes.room(2);
        _endDelayChange(outcome);
        // An increase takes effect after the new delay, at most after five days; a decrease after the difference.
        uint48 wait = delay > _delay ? (delay < LONGEST_WAIT ? delay : LONGEST_WAIT) : _delay - delay;
        (_nextDelay, _nextDelayAfter) = (delay, uint48(_time) + wait);
        bytes32 name = IAccessControlDefaultAdminRules.DefaultAdminDelayChangeScheduled.selector;
        bytes memory data = abi.encode(delay, _nextDelayAfter);
        Outcomes.add(outcome, Vm.Log(_topics(name), data, address(consortium)));
    }

    function _willRollback(address caller) internal returns (Outcome memory outcome) {
        bytes memory refusal = _unauthorized(caller);
        if (refusal.length != 0) return Outcomes.refused(refusal);
        outcome = Outcomes.room(1);
        _endDelayChange(outcome);
    }

    /// @dev The administrator gives its role up in two steps as well: to the zero address, after the delay.
    function _willRenounceAdministration(
        address caller,
        address confirmation
    ) internal returns (Outcome memory outcome) {
        if (confirmation == _administrator && (_heir != address(0) || !_passed(_heirAfter))) {
            return Outcomes.refused(_tooEarly());
        }
        if (confirmation != caller) {
            return Outcomes.refused(abi.encodeWithSelector(IAccessControl.AccessControlBadConfirmation.selector));
        }
        outcome = Outcomes.room(1);
        if (caller != _administrator) return outcome;
        Outcomes.add(outcome, _role(false, ADMINISTRATION, caller, caller));
        (_administrator, _heirAfter) = (address(0), 0);
    }

    function _role(bool granted, bytes32 role, address holder, address caller) internal view returns (Vm.Log memory) {
        bytes32 name = granted ? IAccessControl.RoleGranted.selector : IAccessControl.RoleRevoked.selector;
        return
            Outcomes.log3(
                address(consortium),
                name,
                uint256(role),
                Outcomes.topic(holder),
                Outcomes.topic(caller),
                ""
            );
    }

    /// @dev A change that came into effect stays; one that did not is cancelled.
    function _endDelayChange(Outcome memory outcome) private {
        if (_passed(_nextDelayAfter)) {
            _delay = _nextDelay;
        } else if (_nextDelayAfter != 0) {
            bytes32 name = IAccessControlDefaultAdminRules.DefaultAdminDelayChangeCanceled.selector;
            Outcomes.add(outcome, Vm.Log(_topics(name), "", address(consortium)));
        }
        (_nextDelay, _nextDelayAfter) = (0, 0);
    }

    function _tooEarly() private view returns (bytes memory) {
        bytes4 enforced = IAccessControlDefaultAdminRules.AccessControlEnforcedDefaultAdminDelay.selector;
        return abi.encodeWithSelector(enforced, _heirAfter);
    }

    function _transferCanceled() private view returns (Vm.Log memory) {
        bytes32 name = IAccessControlDefaultAdminRules.DefaultAdminTransferCanceled.selector;
        return Vm.Log(_topics(name), "", address(consortium));
    }

    function _topics(bytes32 name) private pure returns (bytes32[] memory topics) {
        topics = new bytes32[](1);
        topics[0] = name;
    }
}
