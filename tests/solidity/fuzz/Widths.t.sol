// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {IConsentSigned} from "../../../interfaces/IConsentSigned.sol";
import {IConsortium} from "../../../interfaces/IConsortium.sol";
import {Messages} from "../shared/Messages.sol";
import {vm} from "../shared/Vm.sol";
import {Desk} from "./Desk.sol";

/// @title Numbers at and around every power of two that a type allows, so that none is cut on its way.
contract WidthsTest is Desk {
    uint256 private constant SLOT_OF_CONSENTS = 2;

    /// @dev The lowest and the highest second that has this many bits, of a consent that is looked at then.
    uint8[9] private _bits = [31, 32, 33, 34, 35, 36, 37, 38, 39];

    /// @notice L12: Members whose numbers differ in one bit only are told apart, in a batch too, in either order.
    function test_NumbersApart() external {
        address[] memory asked = new address[](63);
        bytes32[] memory roles = new bytes32[](1);
        roles[0] = ADVISER;
        for (uint32 i = 0; i < 31; i++) {
            uint32 member = RECIPIENT ^ (uint32(2) << i);
            if (i == 0) member = RECIPIENT | 1 << 10 | 1 << 20;
            address account = address(uint160(5000 + i));
            string memory name = string(abi.encodePacked("twin ", bytes1(uint8(48 + i))));
            IConsortium.Admission memory a = IConsortium.Admission(member, name, roles, account, new bytes(32));
            if (_member[member].standing == IConsortium.Standing.NONE) {
                _do(address(governance), address(consortium), abi.encodeCall(IConsortium.admit, (a)));
                _cameTo(SUCCESS);
            }
            IConsentRegistry.Grant memory g = _plain();
            g.recipient = member;
            asked[2 * i + 1] = _grant(g);
            asked[2 * i] = asked[0] == address(0) ? _grant(_plain()) : asked[0];
            _suspend(member);
        }
        asked[62] = asked[0];
        _isAsEachIs(asked);
        for (uint256 i = 1; i < 63; i += 2) {
            _reinstate(_life[asked[i]].recipient);
        }
        _suspend(RECIPIENT);
        _isAsEachIs(asked);
    }

    /// @notice L1, L17: In a batch of grants each recipient is looked up as itself, however alike the one before was.
    function test_GrantsApart() external {
        uint32[4] memory alike = [uint32(2), 18, 258, 65_538];
        for (uint256 i = 0; i < 4; i++) {
            _suspend(alike[i]);
            IConsentRegistry.SignedGrant[] memory items = new IConsentRegistry.SignedGrant[](16);
            for (uint256 j = 0; j < 16; j++) {
                IConsentRegistry.Grant memory g = _plain();
                g.recipient = alike[j % 2 == 0 ? i : (j / 2) % 4];
                items[j] = _signGrant(g);
            }
            bytes memory call = abi.encodeCall(IConsentRegistry.grantBatch, (items));
            address carrier = _accounts[0];
            _act(carrier, address(consents), call, _willGrantBatch(carrier, items));
            _reinstate(alike[i]);
        }
    }

    /// @notice L11, P2.6: Each boundary is exact to the second at whatever time, until clocks have 40 bits.
    function test_EveryClock() external {
        for (uint256 i = 0; i < 9; i++) {
            uint256 edge = 1 << _bits[i];
            _at(edge - 5);
            IConsentRegistry.Grant memory g = _plain();
            (g.validFrom, g.reconfirmBy, g.validUntil) = (uint40(edge) - 1, uint40(edge) + 1, uint40(edge) + 2);
            address consent = _grant(g);
            address paused = _grant(_plain());
            _pause(paused, 0);
            for (uint256 j = 0; j < 6; j++) {
                _at(edge - 2 + j);
                _compareConsent(consent);
                _use(_desk(), consent, bytes32("look"));
                _commit(consent, bytes32(j + 1), _head[consent]);
                _reconfirm(paused, _life[paused].sequence, uint40(_time) + 1 days);
            }
        }
    }

    /// @notice M8, M6: Suspensions, recoveries and proposals are as long at whatever time.
    function test_EveryClockOfMembers() external {
        for (uint256 i = 0; i < 9; i++) {
            uint256 edge = 1 << _bits[i];
            _at(edge - 7 days);
            _suspendAs(_accounts[0], 3);
            _cameTo(SUCCESS);
            bytes memory call = abi.encodeCall(IConsortium.proposeRecovery, (3, STRANGER));
            _do(_accounts[0], address(consortium), call);
            _compareMember(3);
            _at(edge + 7 days - 1);
            _reinstateAs(STRANGER, 3);
            _cameTo(IConsortium.SuspensionNotLapsed.selector);
            call = abi.encodeCall(IConsortium.completeRecovery, (3));
            _do(STRANGER, address(consortium), call);
            _cameTo(IConsortium.RecoveryNotReady.selector);
            _at(edge + 7 days);
            _reinstateAs(STRANGER, 3);
            _cameTo(SUCCESS);
            _do(STRANGER, address(consortium), call);
            _cameTo(SUCCESS);
            _do(_accounts[3], address(consortium), abi.encodeCall(IConsortium.removeAccount, (STRANGER)));
        }
    }

    /// @notice L9: The sequence counts to its last and no further, which a placed record shows, and withdraws all the same.
    function test_LastSequence() external {
        uint32[6] memory places = [uint32(254), 255, 65_534, 65_535, type(uint32).max - 1, type(uint32).max];
        for (uint256 i = 0; i < 6; i++) {
            address consent = _grant(_plain());
            _place(consent, places[i], _life[consent].uses, _life[consent].maxUses);
            _pause(consent, places[i]);
            _cameTo(i == 5 ? IConsentRegistry.SequenceExhausted.selector : SUCCESS);
            _resume(consent, _life[consent].sequence);
            if (i > 3) _cameTo(IConsentRegistry.SequenceExhausted.selector);
            _withdraw(consent);
            _cameTo(SUCCESS);
        }
    }

    /// @notice L7: Uses are counted to the last of any number of them, which a placed record shows.
    function test_LastUse() external {
        uint16[6] memory most = [uint16(1), 255, 256, 257, 999, MOST_USES];
        for (uint256 i = 0; i < 6; i++) {
            IConsentRegistry.Grant memory g = _plain();
            g.maxUses = most[i];
            address consent = _grant(g);
            _place(consent, 0, most[i] - 1, most[i]);
            _use(_desk(), consent, bytes32("look"));
            _cameTo(SUCCESS);
            _use(_desk(), consent, bytes32("look"));
            _cameTo(IConsentRegistry.ConsentExhausted.selector);
        }
    }

    /// @notice L1, L13: On another chain no signature of this one is good, for whatever it is, and one for that chain is.
    function test_OtherChain() external {
        uint256 home = block.chainid;
        uint256[6] memory chains = [home + 1, home ^ (1 << 8), home ^ (1 << 16), home ^ (1 << 32), 1 << 63, 1];
        for (uint256 i = 0; i < 6; i++) {
            address consent = _grant(_plain());
            IConsentRegistry.SignedGrant memory item = _signGrant(_plain());
            IConsentSigned.Signature memory pausing = _signRightly(
                consent,
                address(consents),
                Messages.pause(consent, 0)
            );
            vm.chainId(chains[i]);
            _carry(_desk(), item);
            _cameTo(IConsentSigned.NotSignedByConsent.selector);
            _pauseBy(consent, 0, pausing);
            _cameTo(IConsentSigned.NotSignedByConsent.selector);
            _withdraw(consent);
            _cameTo(IConsentSigned.NotSignedByConsent.selector);
            _commit(consent, bytes32("root"), 0);
            _cameTo(SUCCESS);
            _carry(_desk(), _signGrant(item.grant));
            _cameTo(SUCCESS);
            vm.chainId(home);
            _withdraw(consent);
            _cameTo(SUCCESS);
        }
    }

    /// @dev Writes what only very many calls would come to, into the one slot of a consent and into the model.
    function _place(address consent, uint32 sequence, uint16 uses, uint16 most) private {
        bytes32 slot = keccak256(abi.encode(consent, SLOT_OF_CONSENTS));
        uint256 record = uint256(vm.load(address(consents), slot));
        uint256 mask = (uint256(type(uint64).max)) << 152;
        uint256 placed = uint256(sequence) | (uint256(most) << 32) | (uint256(uses) << 48);
        vm.store(address(consents), slot, bytes32((record & ~mask) | (placed << 152)));
        Life storage life = _life[consent];
        (life.sequence, life.uses, life.maxUses) = (sequence, uses, most);
        _compareConsent(consent);
        _print[consent] = _printOf(consent);
    }

    function _isAsEachIs(address[] memory asked) private view {
        bool[] memory live = consents.areLive(asked);
        for (uint256 i = 0; i < asked.length; i++) {
            vm.assertTrue(live[i] == _isLive(asked[i]), "L12: areLive of many");
            vm.assertTrue(live[i] == consents.isLive(asked[i]), "L12: areLive is not isLive");
        }
    }
}
