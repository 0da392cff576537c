// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IAccessControlDefaultAdminRules} from
    "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {Outcome} from "../shared/Outcome.sol";
import {vm} from "../shared/Vm.sol";
import {Desk} from "./Desk.sol";

/// @title Members and the administration: each limit, each caller, each second of a hand-over.
contract MembersTest is Desk {
    uint32 private constant NEW = 77;

    function _admitBy(address caller, Admission memory a) private {
        bytes memory call = abi.encodeCall(IConsortium.admit, (a.member, a.name, a.roles, a.account, a.key));
        _act(caller, address(consortium), call, _willAdmit(caller, a));
    }

    function _institution() private pure returns (Admission memory a) {
        (a.member, a.name, a.account, a.key) = (NEW, "institution", STRANGER, new bytes(32));
        a.roles = new bytes32[](2);
        (a.roles[0], a.roles[1]) = (ADVISER, OPERATOR);
    }

    function _do(address caller, bytes memory call, Outcome memory outcome) private {
        _act(caller, address(consortium), call, outcome);
    }

    /// @notice M1: A number is taken for ever, also of a suspended member; 0 always is.
    function test_Numbers() external {
        Admission memory a = _institution();
        a.member = 0;
        _admitBy(ADMINISTRATOR, a);
        a.member = RECIPIENT;
        _admitBy(ADMINISTRATOR, a);
        _suspend(RECIPIENT);
        _admitBy(ADMINISTRATOR, a);
        a.member = NEW;
        _admitBy(ADMINISTRATOR, a);
        (a.account, a.name) = (address(1), "again");
        _admitBy(ADMINISTRATOR, a);
    }

    /// @notice M2: Names, keys and roles have their limits.
    function test_AdmissionLimits() external {
        uint16[10] memory lengths = [0, 1, 2, 31, 32, 64, 65, 4095, 4096, 4097];
        for (uint256 i = 0; i < 10; i++) {
            Admission memory a = _institution();
            (a.member, a.account) = (NEW + uint32(i), address(uint160(1000 + i)));
            a.name = string(new bytes(lengths[i]));
            _admitBy(ADMINISTRATOR, a);
            (a.name, a.key) = ("institution", new bytes(lengths[i]));
            _admitBy(ADMINISTRATOR, a);
            bytes memory call = abi.encodeCall(IConsortium.changeEncryptionKey, (RECIPIENT, a.key));
            _do(ADMINISTRATOR, call, _willChangeKey(ADMINISTRATOR, RECIPIENT, a.key));
            if (i > 6) continue;
            (a.member, a.roles, a.key) = (NEW + 100 + uint32(i), new bytes32[](i), new bytes(32));
            for (uint256 j = 0; j < i; j++) {
                a.roles[j] = [SPONSOR, AUDITOR, OPERATOR, ADVISER, SPONSOR, SPONSOR][j];
            }
            a.account = address(uint160(2000 + i));
            _admitBy(ADMINISTRATOR, a);
        }
        Admission memory other = _institution();
        other.roles[1] = keccak256("RECIPIENT");
        _admitBy(ADMINISTRATOR, other);
        other.roles[1] = ADMINISTRATION;
        _admitBy(ADMINISTRATOR, other);
        other = _institution();
        other.account = _desk();
        _admitBy(ADMINISTRATOR, other);
        other.account = address(0);
        _admitBy(ADMINISTRATOR, other);
    }

    /// @notice M2: Nobody but the administrator changes anything: not a stranger, a member's account, nor an heir.
    function test_Callers() external {
        address[4] memory callers = [STRANGER, _desk(), HEIR, ADMINISTRATOR];
        address seat = address(uint160(RECIPIENT));
        IAccessControlDefaultAdminRules rules;
        for (uint256 i = 0; i < 4; i++) {
            address c = callers[i];
            _do(c, abi.encodeCall(rules.beginDefaultAdminTransfer, (HEIR)), _willBegin(c, HEIR));
            _do(c, abi.encodeCall(rules.changeDefaultAdminDelay, (1)), _willChangeDelay(c, 1));
            _do(c, abi.encodeCall(rules.rollbackDefaultAdminDelay, ()), _willRollback(c));
            _do(c, abi.encodeCall(rules.cancelDefaultAdminTransfer, ()), _willCancel(c));
            _admitBy(c, _institution());
            _do(c, abi.encodeCall(IConsortium.suspend, (RECIPIENT)), _willSuspend(c, RECIPIENT));
            _do(c, abi.encodeCall(IConsortium.reinstate, (RECIPIENT)), _willReinstate(c, RECIPIENT));
            _do(c, abi.encodeCall(IConsortium.reinstate, (RECIPIENT)), _willReinstate(c, RECIPIENT));
            _do(c, abi.encodeCall(IConsortium.suspend, (99)), _willSuspend(c, 99));
            _do(c, abi.encodeCall(IConsortium.addAccount, (RECIPIENT, HEIR)), _willAddAccount(c, RECIPIENT, HEIR));
            _do(c, abi.encodeCall(IConsortium.addAccount, (3, HEIR)), _willAddAccount(c, 3, HEIR));
            _do(c, abi.encodeCall(IConsortium.addAccount, (99, c)), _willAddAccount(c, 99, c));
            _do(c, abi.encodeCall(IConsortium.removeAccount, (3, HEIR)), _willRemoveAccount(c, 3, HEIR));
            bytes memory call = abi.encodeCall(IConsortium.removeAccount, (RECIPIENT, HEIR));
            _do(c, call, _willRemoveAccount(c, RECIPIENT, HEIR));
            address higher = address(uint160(seat) | (1 << 32));
            _do(c, abi.encodeCall(rules.grantRole, (AUDITOR, higher)), _willGrantRole(c, AUDITOR, higher));
            _do(c, abi.encodeCall(rules.grantRole, (AUDITOR, seat)), _willGrantRole(c, AUDITOR, seat));
            _do(c, abi.encodeCall(rules.grantRole, (AUDITOR, c)), _willGrantRole(c, AUDITOR, c));
            _do(c, abi.encodeCall(rules.grantRole, (AUDITOR, address(99))), _willGrantRole(c, AUDITOR, address(99)));
            _do(c, abi.encodeCall(rules.revokeRole, (ADVISER, seat)), _willRevokeRole(c, ADVISER, seat));
            _do(c, abi.encodeCall(rules.revokeRole, (ADMINISTRATION, c)), _willRevokeRole(c, ADMINISTRATION, c));
            _do(c, abi.encodeCall(rules.grantRole, (ADMINISTRATION, c)), _willGrantRole(c, ADMINISTRATION, c));
            _do(c, abi.encodeCall(rules.renounceRole, (ADVISER, c)), _willRenounceRole(c, ADVISER, c));
        }
    }

    /// @notice M6: A hand-over is accepted by the heir alone, from the second after the delay, and once.
    function test_HandOver() external {
        IAccessControlDefaultAdminRules rules;
        bytes memory accepting = abi.encodeCall(rules.acceptDefaultAdminTransfer, ());
        _do(HEIR, accepting, _willAccept(HEIR));
        bytes memory call = abi.encodeCall(rules.beginDefaultAdminTransfer, (HEIR));
        _do(ADMINISTRATOR, call, _willBegin(ADMINISTRATOR, HEIR));
        for (uint256 i = 0; i < 2; i++) {
            _at(START + HAND_OVER_DELAY - 1 + i);
            _do(HEIR, accepting, _willAccept(HEIR));
        }
        _at(START + HAND_OVER_DELAY + 1);
        _do(STRANGER, accepting, _willAccept(STRANGER));
        _do(ADMINISTRATOR, accepting, _willAccept(ADMINISTRATOR));
        _do(HEIR, accepting, _willAccept(HEIR));
        _do(HEIR, accepting, _willAccept(HEIR));
        call = abi.encodeCall(IConsortium.suspend, (RECIPIENT));
        _do(ADMINISTRATOR, call, _willSuspend(ADMINISTRATOR, RECIPIENT));
        _do(HEIR, call, _willSuspend(HEIR, RECIPIENT));
        _came(rules.acceptDefaultAdminTransfer.selector, SUCCESS);
    }

    /// @notice M5: An account without an active member carries no grant, uses nothing and releases nothing.
    function test_Powers() external {
        address consent = _grant(_plain());
        address desk = _desk();
        _suspend(RECIPIENT);
        _use(desk, consent, bytes32("look"));
        _release(desk, consent);
        _carry(desk, _signGrant(_plain()));
        _carry(STRANGER, _signGrant(_plain()));
        _reinstate(RECIPIENT);
        bytes memory call = abi.encodeCall(IConsortium.removeAccount, (RECIPIENT, desk));
        _do(ADMINISTRATOR, call, _willRemoveAccount(ADMINISTRATOR, RECIPIENT, desk));
        _use(desk, consent, bytes32("look"));
        _release(desk, consent);
        _carry(desk, _signGrant(_plain()));
        address seat = address(uint160(RECIPIENT));
        call = abi.encodeCall(IAccessControl.revokeRole, (ADVISER, seat));
        _do(ADMINISTRATOR, call, _willRevokeRole(ADMINISTRATOR, ADVISER, seat));
        _use(_desk(), consent, bytes32("look"));
        _commit(consent, bytes32("root"), 0);
        _carry(_desk(), _signGrant(_plain()));
        _release(_desk(), consent);
        _came(IConsentRegistry.release.selector, SUCCESS);
    }

    /// @notice L1: No deployment names nothing as what it looks consents or members up in, or has a limit of zero.
    function test_Deployment() external {
        _undeployable("JAMJAR_ADVICE_LOG", abi.encode(STRANGER));
        _undeployable("JAMJAR_COMMITMENT_REGISTRY", abi.encode(STRANGER));
        _undeployable("JAMJAR_CONSENT_REGISTRY", abi.encode(STRANGER, 1, 1, 1));
        _undeployable("JAMJAR_CONSENT_REGISTRY", abi.encode(consortium, 0, 1, 1));
        _undeployable("JAMJAR_CONSENT_REGISTRY", abi.encode(consortium, 1, 0, 1));
        _undeployable("JAMJAR_CONSENT_REGISTRY", abi.encode(consortium, 1, 1, 0));
        IConsentRegistry.Limits memory limits = consents.limits();
        bytes memory expected = abi.encode(LONGEST_VALIDITY, LONGEST_RECONFIRMATION, MOST_USES);
        _same(abi.encode(limits), expected, "the limits");
        vm.assertEq(consents.consortium(), address(consortium), "the consortium");
        vm.assertEq(commitments.consents(), address(consents), "the consents of commitments");
        vm.assertEq(advice.consents(), address(consents), "the consents of advice");
    }

    function _undeployable(string memory variable, bytes memory arguments) private {
        bytes memory code = bytes.concat(vm.envBytes(variable), arguments);
        address deployed;
        bytes4 answer;
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
            returndatacopy(0, 0, 4)
            answer := mload(0)
        }
        bool named = answer == IConsentRegistry.DeploymentInvalid.selector;
        vm.assertTrue(deployed == address(0) && named, "an invalid deployment");
    }
}
