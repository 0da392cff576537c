// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {Forwarder} from "../shared/Forwarder.sol";
import {Desk} from "./Desk.sol";

/// @title Members and what they decide for themselves: each limit, each caller.
contract MembersTest is Desk {
    uint32 private constant NEW = 77;

    function _admit(IConsortium.Admission memory a) private {
        _do(address(governance), address(consortium), abi.encodeCall(IConsortium.admit, (a)));
    }

    function _by(address caller, bytes memory call, bytes4 outcome) private {
        _do(caller, address(consortium), call);
        _cameTo(outcome);
    }

    function _institution() private pure returns (IConsortium.Admission memory a) {
        (a.member, a.name, a.account, a.encryptionKey) = (NEW, "institution", STRANGER, new bytes(32));
        a.roles = new bytes32[](2);
        (a.roles[0], a.roles[1]) = (ADVISER, OPERATOR);
    }

    /// @notice M1: A number is taken for ever, also of a suspended member; 0 always is.
    function test_Numbers() external {
        IConsortium.Admission memory a = _institution();
        for (uint32 i = 0; i < 3; i++) {
            a.member = i == 0 ? 0 : RECIPIENT;
            if (i == 2) _suspend(RECIPIENT);
            _admit(a);
            _cameTo(IConsortium.MemberNumberTaken.selector);
        }
        a.member = NEW;
        _admit(a);
        _cameTo(SUCCESS);
        (a.account, a.name) = (address(1), "again");
        _admit(a);
        _cameTo(IConsortium.MemberNumberTaken.selector);
    }

    /// @notice M2: Names, keys and roles have their limits.
    function test_AdmissionLimits() external {
        uint16[11] memory lengths = [0, 1, 2, 31, 32, 63, 64, 65, 4095, 4096, 4097];
        for (uint256 i = 0; i < 11; i++) {
            IConsortium.Admission memory a = _institution();
            (a.member, a.account) = (NEW + uint32(i), address(uint160(1000 + i)));
            a.name = string(new bytes(lengths[i]));
            _admit(a);
            (a.name, a.encryptionKey) = (string(abi.encodePacked("x", bytes1(uint8(i)))), new bytes(lengths[i]));
            _admit(a);
            _do(_desk(), address(consortium), abi.encodeCall(IConsortium.changeEncryptionKey, (a.encryptionKey)));
            if (i > 6) continue;
            (a.member, a.roles, a.encryptionKey) = (NEW + 100 + uint32(i), new bytes32[](i), new bytes(32));
            for (uint256 j = 0; j < i; j++) {
                a.roles[j] = [SPONSOR, AUDITOR, OPERATOR, ADVISER, COUNCIL, SPONSOR][j];
            }
            (a.account, a.name) = (address(uint160(2000 + i)), string(abi.encodePacked("y", bytes1(uint8(i)))));
            _admit(a);
            _cameTo(i == 6 ? IConsortium.TooManyRoles.selector : SUCCESS);
        }
        IConsortium.Admission memory other = _institution();
        other.roles[1] = ADMINISTRATION;
        _admit(other);
        _cameTo(IConsortium.RoleUnknown.selector);
        other = _institution();
        for (uint256 i = 0; i < 2; i++) {
            other.account = i == 0 ? _desk() : address(0);
            _admit(other);
            _cameTo(IConsortium.AccountTaken.selector);
        }
    }

    /// @notice M6, P8.2: Nobody who governs changes a member's accounts, key or name; nor does another member.
    function test_NobodyElse() external {
        address[4] memory callers = [address(governance), FOUNDER, STRANGER, _accounts[0]];
        for (uint256 i = 0; i < 4; i++) {
            address c = callers[i];
            bytes4 refused = i == 3 ? IConsortium.AccountNotOfMember.selector : IConsortium.NotAMember.selector;
            _by(c, abi.encodeCall(IConsortium.removeAccount, (_desk())), refused);
            _by(c, abi.encodeCall(IConsortium.acceptAccount, (RECIPIENT)), IConsortium.AccountNotOffered.selector);
            _by(c, abi.encodeCall(IConsortium.completeRecovery, (RECIPIENT)), IConsortium.RecoveryUnknown.selector);
            if (i == 3) continue;
            _by(c, abi.encodeCall(IConsortium.offerAccount, (STRANGER)), refused);
            _by(c, abi.encodeCall(IConsortium.changeEncryptionKey, (new bytes(32))), refused);
            _by(c, abi.encodeCall(IConsortium.rename, ("theirs")), refused);
            _by(c, abi.encodeCall(IConsortium.objectToRecovery, ()), refused);
        }
    }

    /// @notice M3, M9: An account is offered, accepts once, acts alone for its member, and never removes itself.
    function test_Accounts() external {
        address desk = _desk();
        bytes memory accept = abi.encodeCall(IConsortium.acceptAccount, (RECIPIENT));
        _by(STRANGER, accept, IConsortium.AccountNotOffered.selector);
        _by(desk, abi.encodeCall(IConsortium.offerAccount, (STRANGER)), SUCCESS);
        _by(_accounts[0], abi.encodeCall(IConsortium.offerAccount, (STRANGER)), SUCCESS);
        _by(FOUNDER, accept, IConsortium.AccountNotOffered.selector);
        _by(STRANGER, accept, SUCCESS);
        _by(STRANGER, accept, IConsortium.AccountNotOffered.selector);
        _by(STRANGER, abi.encodeCall(IConsortium.acceptAccount, (1)), IConsortium.AccountTaken.selector);
        _by(STRANGER, abi.encodeCall(IConsortium.removeAccount, (STRANGER)), IConsortium.AccountIsOwn.selector);
        for (uint256 i = 0; i < _accounts.length; i++) {
            if (_actsFor[_accounts[i]] != RECIPIENT) continue;
            _by(STRANGER, abi.encodeCall(IConsortium.removeAccount, (_accounts[i])), SUCCESS);
        }
        _by(STRANGER, abi.encodeCall(IConsortium.removeAccount, (STRANGER)), IConsortium.AccountIsOwn.selector);
        _by(desk, abi.encodeCall(IConsortium.removeAccount, (STRANGER)), IConsortium.NotAMember.selector);
        _by(desk, accept, IConsortium.AccountNotOffered.selector);
    }

    /// @notice M6: An offer that was taken back is none, and a suspended member manages its accounts and key, not its name.
    function test_OfferTakenBack() external {
        address desk = _desk();
        bytes memory accept = abi.encodeCall(IConsortium.acceptAccount, (RECIPIENT));
        _suspend(RECIPIENT);
        _by(desk, abi.encodeCall(IConsortium.offerAccount, (STRANGER)), SUCCESS);
        _by(desk, abi.encodeCall(IConsortium.removeAccount, (STRANGER)), SUCCESS);
        _by(STRANGER, accept, IConsortium.AccountNotOffered.selector);
        _by(desk, abi.encodeCall(IConsortium.removeAccount, (STRANGER)), IConsortium.AccountNotOfMember.selector);
        _by(desk, abi.encodeCall(IConsortium.offerAccount, (STRANGER)), SUCCESS);
        _by(STRANGER, accept, SUCCESS);
        _by(STRANGER, abi.encodeCall(IConsortium.rename, ("still here")), IConsortium.MemberNotActive.selector);
        _by(STRANGER, abi.encodeCall(IConsortium.changeEncryptionKey, (new bytes(64))), SUCCESS);
    }

    /// @notice M7: A name stays its member's for ever, also when it has another now.
    function test_Names() external {
        address desk = _desk();
        _by(desk, abi.encodeCall(IConsortium.rename, ("second")), SUCCESS);
        _by(_accounts[0], abi.encodeCall(IConsortium.rename, ("second")), IConsortium.NameTaken.selector);
        _by(_accounts[0], abi.encodeCall(IConsortium.rename, ("member B")), IConsortium.NameTaken.selector);
        _by(desk, abi.encodeCall(IConsortium.rename, ("second")), SUCCESS);
        _by(desk, abi.encodeCall(IConsortium.rename, ("member B")), SUCCESS);
        _by(_accounts[0], abi.encodeCall(IConsortium.rename, ("second")), IConsortium.NameTaken.selector);
        IConsortium.Admission memory a = _institution();
        a.name = "second";
        _admit(a);
        _cameTo(IConsortium.NameTaken.selector);
    }

    /// @notice M4: Only a seat of a known member holds one of five roles, and only the governance gives or takes it.
    function test_Roles() external {
        address seat = address(uint160(RECIPIENT));
        address[3] memory callers = [STRANGER, _accounts[0], address(governance)];
        for (uint256 i = 0; i < 3; i++) {
            bool rules = i == 2;
            bytes4 refused = IAccessControl.AccessControlUnauthorizedAccount.selector;
            _by(callers[i], abi.encodeCall(IAccessControl.grantRole, (COUNCIL, seat)), rules ? SUCCESS : refused);
            _by(callers[i], abi.encodeCall(IAccessControl.revokeRole, (ADVISER, seat)), rules ? SUCCESS : refused);
            bytes memory call = abi.encodeCall(IAccessControl.renounceRole, (ADMINISTRATION, callers[i]));
            _by(callers[i], call, IConsortium.RoleUnknown.selector);
            if (!rules) continue;
            for (uint256 bit = 32; bit < 160; bit++) {
                call = abi.encodeCall(IAccessControl.grantRole, (AUDITOR, address(uint160(seat) | uint160(1 << bit))));
                _by(callers[i], call, IConsortium.NotASeat.selector);
            }
            call = abi.encodeCall(IAccessControl.grantRole, (AUDITOR, address(99)));
            _by(callers[i], call, IConsortium.NotASeat.selector);
            call = abi.encodeCall(IAccessControl.grantRole, (ADMINISTRATION, FOUNDER));
            _by(callers[i], call, IConsortium.RoleUnknown.selector);
            call = abi.encodeCall(IAccessControl.revokeRole, (ADMINISTRATION, callers[i]));
            _by(callers[i], call, IConsortium.RoleUnknown.selector);
        }
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
        _by(_accounts[10], abi.encodeCall(IConsortium.removeAccount, (desk)), SUCCESS);
        _use(desk, consent, bytes32("look"));
        _release(desk, consent);
        _carry(desk, _signGrant(_plain()));
        address seat = address(uint160(RECIPIENT));
        _by(address(governance), abi.encodeCall(IAccessControl.revokeRole, (ADVISER, seat)), SUCCESS);
        _use(_desk(), consent, bytes32("look"));
        _commit(consent, bytes32("root"), 0);
        _carry(_desk(), _signGrant(_plain()));
        _release(_desk(), consent);
        _came(IConsentRegistry.release.selector, SUCCESS);
    }

    /// @notice M3, P2.10: A contract is an account like any other: it carries, looks, releases, and is named as who did.
    function test_ContractAsAccount() external {
        address wallet = address(new Forwarder());
        _by(_desk(), abi.encodeCall(IConsortium.offerAccount, (wallet)), SUCCESS);
        _by(wallet, abi.encodeCall(IConsortium.acceptAccount, (RECIPIENT)), SUCCESS);
        IConsentRegistry.Grant memory g = _plain();
        _carry(wallet, _signGrant(g));
        _cameTo(SUCCESS);
        _use(wallet, g.consent, bytes32("look"));
        _cameTo(SUCCESS);
        _release(wallet, g.consent);
        _cameTo(SUCCESS);
        address granted = _grant(_plain());
        _withdrawAs(wallet, granted, _card[granted]);
        _cameTo(SUCCESS);
        address never = _newKey();
        address stranger = address(new Forwarder());
        _withdrawAs(stranger, never, _card[never]);
        _cameTo(IConsentRegistry.CarrierNotActiveMember.selector);
        _withdrawAs(wallet, never, _card[never]);
        _cameTo(SUCCESS);
    }
}
