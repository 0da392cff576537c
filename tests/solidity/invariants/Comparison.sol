// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {IAdviceLog} from "../../../interfaces/IAdviceLog.sol";
import {ICommitmentRegistry} from "../../../interfaces/ICommitmentRegistry.sol";
import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {ITimelock} from "../shared/Timelock.sol";
import {vm} from "../shared/Vm.sol";
import {Papers} from "./Papers.sol";

/// @title Whether the state that the contracts show is the model's.
abstract contract Comparison is Papers {
    address[] internal _accounts;
    uint32[] internal _numbers;
    IAdviceLog.Advice[] internal _advised;
    bytes32[] internal _proposed;

    /// @dev What a consent and its head were after the last call about it.
    mapping(address consent => bytes32) internal _print;
    bytes32 internal constant UNTOUCHED = keccak256(new bytes(288));

    function _compareConsent(address consent) internal view {
        IConsentRegistry.Consent memory stored = _stored(consent);
        _same(_consentAnswer(consent), abi.encode(stored), "getConsent");
        bytes memory standing = _ask(address(consents), abi.encodeCall(IConsentRegistry.standing, (consent)));
        _same(standing, abi.encode(_isLive(consent), _statusOf(consent), stored.recipient), "standing");
        _same(_headAnswer(consent), abi.encode(_head[consent]), "headOf");
    }

    /// @dev Every view about a consent.
    function _compareViews(address consent, address account) internal view {
        bytes memory status = _ask(address(consents), abi.encodeCall(IConsentRegistry.status, (consent)));
        _same(status, abi.encode(_statusOf(consent)), "status");
        bytes memory live = _ask(address(consents), abi.encodeCall(IConsentRegistry.isLive, (consent)));
        _same(live, abi.encode(_isLive(consent)), "isLive");
        bytes memory call = abi.encodeCall(IConsentRegistry.isRecipient, (consent, account));
        uint32 recipient = _life[consent].recipient;
        bool acts = recipient != 0 && recipient == _actsFor[account];
        _same(_ask(address(consents), call), abi.encode(acts), "isRecipient");
    }

    /// @dev Nothing that a call did not name has changed, of the newest consents.
    function _compareOthers() internal view {
        for (uint256 i = 0; i < WINDOW; i++) {
            address consent = _newest(i);
            bytes32 print = _print[consent] == 0 ? UNTOUCHED : _print[consent];
            if (_printOf(consent) != print) vm.assertEq(_printOf(consent), print, "L15: changed by none, or by others");
        }
    }

    /// @dev Some consents at once: what is asked of them all is what is asked of each.
    function _compareTogether() internal view {
        address[] memory asked = new address[](WINDOW);
        bool[] memory live = new bool[](WINDOW);
        for (uint256 i = 0; i < WINDOW; i++) {
            asked[i] = _newest((i * _step) % (2 * WINDOW));
            live[i] = _isLive(asked[i]);
        }
        bytes memory answer = _ask(address(consents), abi.encodeCall(IConsentRegistry.areLive, (asked)));
        _same(answer, abi.encode(live), "areLive");
    }

    /// @dev One thing after the other in turn, whatever the last call was about.
    function _compareInTurn() internal view {
        uint256 turn = _step / 4;
        address account = _accounts[turn % _accounts.length];
        if (_step % 4 == 0) {
            _compareTogether();
        } else if (_step % 4 == 1) {
            _compareConsent(_keys[turn % _keys.length]);
            _compareConsent(_newest(turn % WINDOW));
            _compareViews(_newest(turn % WINDOW), account);
        } else if (_step % 4 == 2) {
            _compareMember(_numbers[turn % _numbers.length]);
        } else {
            _compareAccount(account);
            _compareOffer(_numbers[turn % _numbers.length], account);
            if (_advised.length != 0) _compareStage(_advised[turn % _advised.length]);
        }
    }

    function _compareStage(IAdviceLog.Advice memory a) internal view {
        bytes memory answer = _ask(address(advice), abi.encodeCall(IAdviceLog.stageOf, (a)));
        _same(answer, abi.encode(_stage[_idOf(a)]), "stageOf");
    }

    function _compareMember(uint32 number) internal view {
        bytes memory answer = _ask(address(consortium), abi.encodeCall(IConsortium.getMember, (number)));
        _same(answer, abi.encode(_member[number]), "getMember");
        answer = _ask(address(consortium), abi.encodeCall(IConsortium.isActive, (number)));
        _same(answer, abi.encode(_isActive(number)), "isActive");
        answer = _ask(address(consortium), abi.encodeCall(IConsortium.recoveryOf, (number)));
        _same(answer, abi.encode(_recovery[number]), "recoveryOf");
        bytes memory name = bytes(_member[number].name);
        answer = _ask(address(consortium), abi.encodeCall(IConsortium.memberNamed, (name)));
        _same(answer, abi.encode(_named[keccak256(name)]), "memberNamed");
        bytes32[5] memory roles = [SPONSOR, ADVISER, AUDITOR, OPERATOR, COUNCIL];
        for (uint256 i = 0; i < 5; i++) {
            bytes memory call = abi.encodeCall(IAccessControl.hasRole, (roles[i], address(uint160(number))));
            _same(_ask(address(consortium), call), abi.encode(_holds[number][roles[i]]), "hasRole");
            call = abi.encodeCall(IConsortium.isActiveAs, (number, roles[i]));
            bool active = _isActive(number) && _holds[number][roles[i]];
            _same(_ask(address(consortium), call), abi.encode(active), "isActiveAs");
        }
    }

    function _compareAccount(address account) internal view {
        bytes memory answer = _ask(address(consortium), abi.encodeCall(IConsortium.memberOf, (account)));
        _same(answer, abi.encode(_actsFor[account]), "memberOf");
        bytes memory call = abi.encodeCall(IAccessControl.hasRole, (ADMINISTRATION, account));
        bool governs = account == address(governance);
        _same(_ask(address(consortium), call), abi.encode(governs), "hasRole of the administration");
        call = abi.encodeCall(IAccessControl.hasRole, (ADVISER, account));
        _same(_ask(address(consortium), call), abi.encode(_holds[_seated(account)][ADVISER]), "hasRole of an address");
        bytes32[4] memory roles = [ADMINISTRATION, PROPOSER, EXECUTOR, CANCELLER];
        for (uint256 i = 0; i < 4; i++) {
            call = abi.encodeCall(IAccessControl.hasRole, (roles[i], account));
            _same(_ask(address(governance), call), abi.encode(_mayGovern(roles[i], account)), "hasRole of a governor");
        }
    }

    function _compareOffer(uint32 number, address account) internal view {
        bytes memory answer = _ask(address(consortium), abi.encodeCall(IConsortium.isOffered, (number, account)));
        _same(answer, abi.encode(_offers[number][account]), "isOffered");
    }

    function _compareProposal(bytes32 id) internal view {
        bytes memory answer = _ask(address(governance), abi.encodeCall(ITimelock.getTimestamp, (id)));
        _same(answer, abi.encode(_readyAt[id]), "getTimestamp");
        answer = _ask(address(governance), abi.encodeCall(ITimelock.getMinDelay, ()));
        _same(answer, abi.encode(DELAY), "getMinDelay");
    }

    function _compareMembers() internal view {
        for (uint256 i = 0; i < _numbers.length; i++) {
            _compareMember(_numbers[i]);
        }
        for (uint256 i = 0; i < _accounts.length; i++) {
            _compareAccount(_accounts[i]);
            for (uint256 j = 0; j < _numbers.length; j++) {
                _compareOffer(_numbers[j], _accounts[i]);
            }
        }
        _compareAccount(address(governance));
        _compareAccount(address(0));
        for (uint256 i = 0; i < _proposed.length; i++) {
            _compareProposal(_proposed[i]);
        }
    }

    function _printOf(address consent) internal view returns (bytes32) {
        return keccak256(bytes.concat(_consentAnswer(consent), _headAnswer(consent)));
    }

    function _consentAnswer(address consent) internal view returns (bytes memory) {
        return _ask(address(consents), abi.encodeCall(IConsentRegistry.getConsent, (consent)));
    }

    function _headAnswer(address consent) private view returns (bytes memory) {
        return _ask(address(commitments), abi.encodeCall(ICommitmentRegistry.headOf, (consent)));
    }

    function _ask(address target, bytes memory call) internal view returns (bytes memory answer) {
        bool success;
        (success, answer) = target.staticcall(call);
        if (!success) vm.assertEq(answer, "", "a view reverted");
    }

    /// @dev Asks the cheatcode only to say what differs: it is slower than a hash.
    function _same(bytes memory actual, bytes memory expected, string memory what) internal pure {
        if (keccak256(actual) != keccak256(expected)) vm.assertEq(actual, expected, what);
    }
}
