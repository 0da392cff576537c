// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {IConsentRegistry} from "../../../../interfaces/IConsentRegistry.sol";
import {IConsortium} from "../../../../interfaces/IConsortium.sol";
import {vm} from "../../shared/Vm.sol";
import {ConsentProperties} from "./ConsentProperties.sol";

/// @title What holds of members, advice and ether, told from the record and the views, not from the model.
abstract contract MemberProperties is ConsentProperties {
    function _holdsL16() internal view {
        uint256 length = _advised.length;
        for (uint256 i = 0; i < 8 && i < length; i++) {
            uint256 place = i < 4 ? length - 1 - i : (_step + i) % length;
            uint256 stage = uint256(advice.stageOf(_advised[place]));
            vm.assertEq(stage, _seenStage[_idOf(_advised[place])], "L16: a stage that is not on the record");
            vm.assertTrue(stage <= 2, "L16: beyond acknowledged");
        }
    }

    /// @dev For some accounts and numbers in turn; at the end of a run for all.
    function _eachMember(function(address, uint32) internal holds) internal {
        vm.warp(_time);
        for (uint256 i = 0; i < 2; i++) {
            holds(_accounts[(2 * _step + i) % _accounts.length], _numbers[(2 * _step + i) % _numbers.length]);
        }
    }

    function _holdsM1(address, uint32 number) internal view {
        uint256 admitted = consortium.getMember(number).standing == IConsortium.Standing.NONE ? 0 : 1;
        vm.assertEq(_admissions[number], number == 0 ? 0 : admitted, "M1: not admitted once");
    }

    function _holdsM3(address account, uint32) internal view {
        vm.assertEq(consortium.memberOf(account), _seenMember[account], "M3: the member of an account");
        vm.assertEq(consortium.memberOf(address(0)), 0, "M3: the zero address acts");
    }

    function _holdsM4(address account, uint32 number) internal view {
        IAccessControl access = IAccessControl(address(consortium));
        bytes32[6] memory roles = [SPONSOR, ADVISER, AUDITOR, OPERATOR, COUNCIL, keccak256("RECIPIENT")];
        for (uint256 i = 0; i < 6; i++) {
            vm.assertTrue(!access.hasRole(roles[i], account), "M4: an account holds a role");
            bool held = access.hasRole(roles[i], address(uint160(number)));
            vm.assertTrue(!held || (_admissions[number] != 0 && i < 5), "M4: an unknown member, or an unknown role");
            vm.assertTrue(!access.hasRole(roles[i], address(uint160(number) | (1 << 32))), "M4: no seat, and a role");
        }
    }

    function _holdsM5(address account, uint32) internal {
        uint32 member = consortium.memberOf(account);
        if (consortium.getMember(member).standing == IConsortium.Standing.ACTIVE) return;
        vm.assertTrue(!consortium.isActive(member), "M5: suspended, and active");
        vm.assertTrue(!consortium.isActiveAs(member, ADVISER), "M5: suspended, and an active adviser");
        vm.assertTrue(!consortium.isActiveAs(member, OPERATOR), "M5: suspended, and an active operator");
        IConsentRegistry.SignedGrant memory none;
        bytes memory call = abi.encodeCall(IConsentRegistry.checkGrant, (none, account));
        bytes4 refused = IConsentRegistry.CarrierNotActiveMember.selector;
        _check(address(consents), call, abi.encodeWithSelector(refused, account));
        for (uint256 i = 0; i < WINDOW; i++) {
            address consent = _newest(i);
            if (consents.getConsent(consent).recipient == member) _cannotAct(account, consent);
        }
    }

    function _cannotAct(address account, address consent) private {
        vm.prank(account);
        (bool used, ) = address(consents).call(
            abi.encodeCall(IConsentRegistry.use, (IConsentRegistry.Use(consent, bytes32("look"))))
        );
        vm.prank(account);
        (bool released, ) = address(consents).call(abi.encodeCall(IConsentRegistry.release, (consent)));
        vm.assertTrue(!used && !released, "M5: one without power acted for a recipient");
    }

    /// @dev Whatever was proposed, scheduled or carried out.
    function _holdsM2(address account, uint32) internal view {
        IAccessControl access = IAccessControl(address(consortium));
        vm.assertTrue(access.hasRole(ADMINISTRATION, address(governance)), "M2: the governance has no administration");
        vm.assertTrue(!access.hasRole(ADMINISTRATION, account), "M2: another has the administration");
        vm.assertTrue(!governance.hasRole(ADMINISTRATION, account), "M2: one above the governance");
        vm.assertTrue(governance.hasRole(ADMINISTRATION, address(governance)), "M2: it does not govern itself");
    }

    function _holdsM7(address, uint32 number) internal view {
        bytes memory name = bytes(consortium.getMember(number).name);
        vm.assertEq(consortium.memberNamed(name), name.length == 0 ? 0 : number, "M7: a name is another's too");
        if (name.length != 0) vm.assertEq(_seenName[keccak256(name)], number, "M7: a name that was not told");
    }

    /// @dev By a stranger who is nobody's account.
    function _holdsM8(address, uint32 number) internal {
        SeenSuspension storage seen = _seenSuspension[number];
        bool suspended = consortium.getMember(number).standing == IConsortium.Standing.SUSPENDED;
        vm.assertTrue(suspended == seen.stands, "M8: suspended, and nobody did it");
        if (!suspended) return;
        uint256 id = vm.snapshotState();
        vm.prank(address(0xbeef));
        (bool ended, ) = address(consortium).call(abi.encodeCall(IConsortium.reinstate, (number)));
        vm.revertToStateAndDelete(id);
        bool lapsed = seen.byCouncil && _time >= seen.at + SUSPENSION;
        vm.assertTrue(ended == lapsed, "M8: a suspension that lapsed and stands, or ended and had not lapsed");
    }

    function _holdsM9(address, uint32 number) internal view {
        uint256 count = 0;
        for (uint256 i = 0; i < _accounts.length; i++) {
            if (consortium.memberOf(_accounts[i]) == number) count++;
        }
        if (number == 0) return;
        vm.assertEq(count, _seenAccounts[number], "M9: accounts that no event tells of");
        vm.assertTrue(count != 0 || _admissions[number] == 0, "M9: a member without an account");
    }

    function _holdsP4() internal view {
        address[5] memory all = [
            address(consortium),
            address(governance),
            address(consents),
            address(commitments),
            address(advice)
        ];
        for (uint256 i = 0; i < 5; i++) {
            vm.assertEq(all[i].balance, 0, "P4.1: ether was taken");
        }
    }

    /// @dev The whole state against the model, at the end of a run.
    function _compareAll() internal {
        vm.warp(_time);
        _holdAll();
        for (uint256 i = 0; i < _advised.length; i++) {
            _compareStage(_advised[i]);
        }
        _compareMembers();
        for (_step = 0; 2 * _step < _accounts.length; _step++) {
            _eachMember(_holdsM1);
            _eachMember(_holdsM3);
            _eachMember(_holdsM4);
            _eachMember(_holdsM5);
            _eachMember(_holdsM2);
            _eachMember(_holdsM7);
            _eachMember(_holdsM8);
            _eachMember(_holdsM9);
        }
    }
}
