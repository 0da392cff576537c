// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {IConsentSigned} from "../../../interfaces/IConsentSigned.sol";
import {Messages} from "../shared/Messages.sol";
import {vm} from "../shared/Vm.sol";
import {Desk} from "./Desk.sol";

/// @title The limits of grants and reconfirmations, signatures and calldata, for any values.
contract LimitsTest is Desk {
    /// @notice L1: Each limit of a grant holds at the limit and not one beyond it.
    function test_GrantLimits() external {
        for (uint40 i = 0; i < 3; i++) {
            IConsentRegistry.Grant[9] memory all;
            for (uint256 j = 0; j < 9; j++) {
                all[j] = _plain();
            }
            all[0].validFrom = NOW - 1 + i;
            all[1].validUntil = NOW + LONGEST_VALIDITY - 1 + i;
            (all[2].validUntil, all[2].reconfirmBy) = (all[2].validFrom + i, all[2].validFrom + 1);
            all[3].reconfirmBy = NOW + LONGEST_RECONFIRMATION - 1 + i;
            all[4].reconfirmBy = all[4].validFrom - 1 + i;
            (all[5].validUntil, all[5].reconfirmBy) = (NOW + 50 days, NOW + 50 days - 1 + i);
            all[6].maxUses = uint16(i);
            all[7].maxUses = MOST_USES - 1 + uint16(i);
            all[8].termsDigest = bytes32(uint256(i));
            for (uint256 j = 0; j < 9; j++) {
                _grant(all[j]);
            }
        }
    }

    /// @notice L1: The start may be as far ahead as the longest time between reconfirmations, less a second.
    function test_FarStart() external {
        for (uint40 i = 0; i < 3; i++) {
            IConsentRegistry.Grant memory g = _plain();
            g.validFrom = NOW + LONGEST_RECONFIRMATION - 2 + i;
            g.reconfirmBy = g.validFrom + 1;
            g.validUntil = g.validFrom + 5;
            _grant(g);
        }
    }

    /// @notice L10: Each limit of a reconfirmation holds at the limit and not one beyond it.
    function test_ReconfirmLimits() external {
        IConsentRegistry.Grant memory g = _plain();
        (g.validFrom, g.validUntil, g.reconfirmBy) = (NOW + 10, NOW + 100 days, NOW + 30 days);
        address consent = _grant(g);
        uint40[6] memory times = [NOW, g.validFrom, NOW + 31 days, NOW + 10 days, NOW + 11 days, g.validUntil];
        for (uint256 i = 0; i < 6; i++) {
            _at(times[i]);
            for (uint40 j = 0; j < 3; j++) {
                _reconfirm(consent, _life[consent].sequence, uint40(_time) - 1 + j);
                _reconfirm(consent, _life[consent].sequence, g.validFrom - 1 + j);
                _reconfirm(consent, _life[consent].sequence, uint40(_time) + LONGEST_RECONFIRMATION - 1 + j);
                _reconfirm(consent, _life[consent].sequence, g.validUntil - 1 + j);
            }
        }
    }

    /// @notice L1: Any grant is recorded exactly when it is within the limits.
    function testFuzz_Grant(uint32 to, uint40 from, uint40 until, uint40 by, uint16 uses, bytes32 terms) external {
        IConsentRegistry.Grant memory g = IConsentRegistry.Grant(_newKey(), to, from, until, by, uses, terms);
        _grant(g);
        (g.consent, g.recipient) = (_newKey(), RECIPIENT);
        _grant(g);
        // Times about now, as any others are out of range.
        g.consent = _newKey();
        g.validFrom = NOW - 1 + (from % 100 days);
        g.validUntil = g.validFrom + (until % 400 days);
        g.reconfirmBy = NOW + (by % 100 days);
        (g.maxUses, g.termsDigest) = (uses % (MOST_USES + 2), bytes32("terms"));
        _grant(g);
    }

    /// @notice L9: Only the consent's sequence is taken, whatever else is signed.
    function testFuzz_Sequence(uint32 sequence) external {
        address consent = _grant(_plain());
        _pause(consent, sequence);
        _pause(consent, _life[consent].sequence);
        _resume(consent, sequence);
        _reconfirm(consent, sequence, NOW + 2 days);
    }

    /// @notice L1: No bytes but the key's signature over these very terms grant a consent.
    function testFuzz_Signature(bytes32 r, bytes32 vs, uint256 other, uint256 chain) external {
        IConsentRegistry.SignedGrant memory item = _signGrant(_plain());
        IConsentSigned.Signature memory right = item.signature;
        item.signature = IConsentSigned.Signature(r, vs);
        _carry(_desk(), item);
        item.signature = IConsentSigned.Signature(right.r, right.vs ^ bytes32(uint256(1) << (other % 256)));
        _carry(_desk(), item);
        bytes32 digest = Messages.digest("Jamjar", "1", chain, address(consents), Messages.grant(item.grant));
        (uint8 v, bytes32 signedR, bytes32 s) = vm.sign((other >> 1) | 1 << 100, digest);
        item.signature = Messages.compact(v, signedR, s);
        _carry(_desk(), item);
        vm.assertEq(_tally[IConsentRegistry.grant.selector][SUCCESS], 0, "L1: granted by other bytes");
        item.signature = right;
        _carry(_desk(), item);
        _came(IConsentRegistry.grant.selector, SUCCESS);
    }

    /// @notice L18: Garbled calls and ether change nothing, at any of the contracts.
    function testFuzz_Garbage(bytes32 head, bytes calldata rest, uint96 value) external {
        address[5] memory all = [
            address(consortium),
            address(governance),
            address(consents),
            address(commitments),
            address(advice)
        ];
        // A first byte that no function's selector and few others have; with ether anything may be behind it.
        for (uint256 i = 0; i < 5; i++) {
            _actInVain(STRANGER, all[i], value, abi.encodePacked(bytes4(0xfffffffe), head, rest));
            _actInVain(STRANGER, all[i], uint256(value) + 1, abi.encodePacked(head, rest));
            _actInVain(STRANGER, all[i], 0, "");
            _actInVain(STRANGER, all[i], uint256(value) + 1, "");
        }
    }
}
