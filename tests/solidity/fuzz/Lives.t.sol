// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAdviceLog} from "../../../interfaces/IAdviceLog.sol";
import {ICommitmentRegistry} from "../../../interfaces/ICommitmentRegistry.sol";
import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {IConsentSigned} from "../../../interfaces/IConsentSigned.sol";
import {Messages} from "../shared/Messages.sol";
import {vm} from "../shared/Vm.sol";
import {Desk} from "./Desk.sol";

/// @title Whole lives of a consent, each boundary to the second, and every signature tried again where it is not meant.
contract LivesTest is Desk {
    /// @dev Everything that only some status lets be done, tried by those who may and by those who may not.
    function _tryAll(address consent) private {
        uint256 id = vm.snapshotState();
        uint32 sequence = _life[consent].sequence;
        address desk = _desk();
        _use(STRANGER, consent, bytes32("look"));
        _use(desk, consent, 0);
        _use(desk, consent, bytes32("look"));
        _use(desk, consent, bytes32("look"));
        _commit(consent, bytes32("root"), 0);
        _commit(consent, bytes32("next"), bytes32("root"));
        IAdviceLog.Advice memory a = IAdviceLog.Advice(consent, bytes32("root"), bytes32("advice"));
        _record(STRANGER, a);
        _record(desk, a);
        _record(desk, a);
        _acknowledge(a);
        _acknowledge(a);
        _reconfirm(consent, sequence, uint40(_time) + 1 days);
        sequence = _life[consent].sequence;
        _resume(consent, sequence);
        _pause(consent, sequence);
        _pause(consent, _life[consent].sequence);
        _resume(consent, _life[consent].sequence);
        _release(STRANGER, consent);
        _withdraw(consent);
        _withdraw(consent);
        vm.revertToStateAndDelete(id);
        id = vm.snapshotState();
        _release(desk, consent);
        _withdraw(consent);
        _grant(_again(consent));
        vm.revertToStateAndDelete(id);
    }

    function _again(address consent) private returns (IConsentRegistry.Grant memory g) {
        g = _plain();
        g.consent = consent;
    }

    /// @notice L11: Every status changes at its second, and all that it allows with it.
    function test_EveryBoundary() external {
        IConsentRegistry.Grant memory g = _plain();
        (g.validFrom, g.reconfirmBy, g.validUntil) = (NOW + 10, NOW + 30 days, NOW + 60 days);
        address consent = _grant(g);
        uint40[3] memory times = [g.validFrom, g.reconfirmBy, g.validUntil];
        for (uint256 i = 0; i < 3; i++) {
            for (uint256 j = 0; j < 3; j++) {
                _at(times[i] + j - 1);
                _tryAll(consent);
            }
        }
    }

    /// @notice L11: The same, of a paused consent and of one whose uses are spent.
    function test_EveryBoundaryPausedOrExhausted() external {
        IConsentRegistry.Grant memory g = _plain();
        address paused = _grant(g);
        _pause(paused, 0);
        IConsentRegistry.Grant memory other = _plain();
        other.maxUses = 1;
        address exhausted = _grant(other);
        _use(_desk(), exhausted, bytes32("look"));
        uint40[3] memory times = [NOW + 1, g.reconfirmBy, g.validUntil];
        for (uint256 i = 0; i < 3; i++) {
            for (uint256 j = 0; j < 3; j++) {
                _at(times[i] + j - 1);
                _tryAll(paused);
                _tryAll(exhausted);
            }
        }
        _came(IConsentRegistry.use.selector, SUCCESS);
    }

    /// @notice L12: A recipient that is suspended or no adviser makes a consent not live, and live again.
    function test_RecipientStanding() external {
        address consent = _grant(_plain());
        _suspend(RECIPIENT);
        _tryAll(consent);
        _grant(_plain());
        _reinstate(RECIPIENT);
        _tryAll(consent);
    }

    /// @notice L12: Many are live or not as each is, also of recipients whose numbers end alike.
    function test_ManyLive() external {
        uint32[8] memory recipients = [uint32(2), 18, 16, type(uint32).max, 258, 65_538, 18, 2];
        address[] memory asked = new address[](10);
        for (uint256 i = 0; i < 8; i++) {
            IConsentRegistry.Grant memory g = _plain();
            g.recipient = recipients[i];
            asked[i] = _grant(g);
        }
        asked[8] = _newKey();
        for (uint256 suspended = 0; suspended < 6; suspended++) {
            _suspend(recipients[suspended]);
            bool[] memory live = consents.areLive(asked);
            for (uint256 i = 0; i < 10; i++) {
                vm.assertTrue(live[i] == _isLive(asked[i]), "L12: areLive of many");
            }
            _reinstate(recipients[suspended]);
        }
    }

    /// @notice L2: A withdrawal that comes before its grant wins.
    function test_WithdrawalOvertakes() external {
        IConsentRegistry.Grant memory g = _plain();
        _withdraw(g.consent);
        _grant(g);
        _withdraw(g.consent);
        vm.assertTrue(consents.status(g.consent) == IConsentRegistry.Status.WITHDRAWN, "withdrawn");
    }

    /// @notice L14: With every member suspended, and of a consent in any open status, a stranger carries a withdrawal.
    function test_NothingStopsWithdrawal() external {
        address[4] memory some = [_grant(_plain()), _grant(_plain()), _newKey(), _grant(_plain())];
        _pause(some[1], 0);
        for (uint256 i = 0; i < 2; i++) {
            _use(_desk(), some[3], bytes32("look"));
        }
        for (uint256 i = 0; i < _numbers.length; i++) {
            if (_isActive(_numbers[i])) _suspend(_numbers[i]);
        }
        _at(NOW + 100 days);
        // A key that was never granted ends nothing: with no member active, none takes a slot for it.
        _withdraw(some[2]);
        _cameTo(IConsentRegistry.CarrierNotActiveMember.selector);
        for (uint256 i = 0; i < 4; i++) {
            if (some[i] == some[2]) continue;
            _withdraw(some[i]);
            vm.assertTrue(consents.status(some[i]) == IConsentRegistry.Status.WITHDRAWN, "L14: stopped");
        }
    }

    /// @notice L9: Each signature counts once, in its order, and none takes the place of another.
    function test_Replay() external {
        address consent = _grant(_plain());
        address verifier = address(consents);
        IConsentSigned.Signature memory pausing = _signRightly(consent, verifier, Messages.pause(consent, 0));
        IConsentSigned.Signature memory resuming = _signRightly(consent, verifier, Messages.resume(consent, 1));
        _resumeBy(consent, 0, pausing);
        _withdrawBy(consent, pausing);
        _pauseBy(consent, 0, pausing);
        _pauseBy(consent, 0, pausing);
        _pauseBy(consent, 1, pausing);
        _resumeBy(consent, 1, resuming);
        _resumeBy(consent, 1, resuming);
        _pauseBy(consent, 0, pausing);
        uint40 by = NOW + 40 days;
        IConsentSigned.Signature memory s = _signRightly(consent, verifier, Messages.reconfirm(consent, 2, by));
        _reconfirmBy(consent, 2, by + 1, s);
        _reconfirmBy(consent, 2, by, s);
        _reconfirmBy(consent, 2, by, s);
        _reconfirmBy(consent, 3, by, s);
    }

    /// @notice L13: A head is replaced once by each signature, and by no other root than was signed.
    function test_Heads() external {
        address consent = _grant(_plain());
        ICommitmentRegistry.Commitment memory c = ICommitmentRegistry.Commitment(consent, bytes32("a"), 0);
        IConsentSigned.Signature memory s = _signRightly(consent, address(commitments), Messages.commit(c));
        _commit(consent, bytes32("a"), bytes32("b"));
        _carryCommitment(ICommitmentRegistry.Commitment(consent, bytes32("b"), 0), s);
        _carryCommitment(c, s);
        _carryCommitment(c, s);
        _commit(consent, bytes32("a"), bytes32("a"));
        _commit(consent, 0, bytes32("a"));
        _commit(consent, bytes32("b"), 0);
        _commit(consent, bytes32("b"), bytes32("a"));
        _commit(_grant(_plain()), bytes32("b"), bytes32("b"));
    }

    /// @notice L1: The zero address is no consent, as nobody has its key.
    function test_ZeroAddress() external {
        IConsentRegistry.SignedGrant memory item;
        item.grant = _plain();
        item.grant.consent = address(0);
        _carry(_desk(), item);
        _withdrawBy(address(0), item.signature);
        _came(IConsentRegistry.grant.selector, IConsentSigned.NotSignedByConsent.selector);
        _came(IConsentRegistry.withdraw.selector, IConsentSigned.NotSignedByConsent.selector);
    }
}
