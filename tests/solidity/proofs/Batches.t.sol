// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {vm} from "../shared/Vm.sol";
import {Conditions} from "./Conditions.sol";
import {svm} from "./Svm.sol";
import {Valid} from "./Valid.sol";

/// @title An item of a batch of two does what it would do alone, whatever the other is and in whichever place.
/// @dev Each item's conditions are those that Grants.t.sol and Withdrawal.t.sol show of the single calls. Where an item
/// is to be recorded, the other is any at all; where it is anything, the other is one that is recorded, or one that is
/// refused: with any reason against each of two, the paths would be several hundred.
contract Batches is Conditions, Valid {
    /// @notice L17, L1, P2.9: a batch records a grant only when it would be recorded alone, and as it would be.
    function check_grantsOnlySo(address consent, bool first, bool fine) external {
        IConsentRegistry.Consent memory before = consents.getConsent(consent);
        _assumeEmptyUntilGranted(before);
        Call memory made = _inBatch(Does.GRANT, consent, first, fine);
        IConsentRegistry.Consent memory later = _read(consent);
        vm.assume(!_same(later, before));
        assert(before.stage == IConsentRegistry.Stage.NONE);
        assert(_same(later, _granted(made.terms)));
        _mayGrant(made, _assert);
    }

    /// @notice L17, P2.9: a batch records each grant that would be recorded alone, whatever the other is.
    function check_grantsThen(address consent, bool first) external {
        vm.assume(_packed(consents.getConsent(consent)) == 0);
        vm.assume(block.timestamp <= type(uint40).max - LONGEST_VALIDITY);
        Call memory made = _anyOf(Does.GRANT, consent);
        _mayGrant(made, _assume);
        assert(_tryBatch(made, _another(made), first));
        assert(_same(_read(consent), _granted(made.terms)));
    }

    /// @notice L17, L1, P5.2: of two grants by one key in a batch, only the first is recorded.
    function check_keyGrantsOnceInABatch(address consent) external {
        vm.assume(_packed(consents.getConsent(consent)) == 0);
        vm.assume(block.timestamp <= type(uint40).max - LONGEST_VALIDITY);
        Call memory made = _anyOf(Does.GRANT, consent);
        _mayGrant(made, _assume);
        assert(_tryBatch(made, _anyOf(Does.GRANT, consent), true));
        assert(_same(_read(consent), _granted(made.terms)));
    }

    /// @notice L17, L5, P2.9: a batch withdraws only when it would be withdrawn alone.
    function check_withdrawsOnlySo(address consent, bool first, bool fine) external {
        IConsentRegistry.Consent memory before = consents.getConsent(consent);
        Call memory made = _inBatch(Does.WITHDRAW, consent, first, fine);
        IConsentRegistry.Consent memory later = _read(consent);
        vm.assume(!_same(later, before));
        _mayWithdraw(made, before, _assert);
        before.stage = IConsentRegistry.Stage.WITHDRAWN;
        assert(_same(later, before));
    }

    /// @notice L17, L14, P2.9, P3.1: a batch ends each consent that would be ended alone, whatever the other item is.
    function check_withdrawsThen(address consent, bool first) external {
        Call memory made = _anyOf(Does.WITHDRAW, consent);
        IConsentRegistry.Consent memory expected = consents.getConsent(consent);
        _mayWithdraw(made, expected, _assume);
        assert(_tryBatch(made, _another(made), first));
        expected.stage = IConsentRegistry.Stage.WITHDRAWN;
        assert(_same(_read(consent), expected));
    }

    /// @notice L17, L7, P2.3, P2.9: a batch records a use only when it would be recorded alone, and counts it once.
    function check_usesOnlySo(address consent, bool first, bool fine) external {
        IConsentRegistry.Consent memory before = consents.getConsent(consent);
        vm.assume(before.uses <= before.maxUses);
        Call memory made = _inBatch(Does.USE, consent, first, fine);
        IConsentRegistry.Consent memory later = _read(consent);
        vm.assume(!_same(later, before));
        _mayUse(made, before, _assert);
        before.uses++;
        assert(_same(later, before));
    }

    /// @notice L17, P2.9: a batch records each use that would be recorded alone, whatever the other is.
    function check_usesThen(address consent, bool first) external {
        IConsentRegistry.Consent memory expected = consents.getConsent(consent);
        vm.assume(expected.uses < expected.maxUses);
        Call memory made = _anyOf(Does.USE, consent);
        _mayUse(made, expected, _assume);
        Call memory other = _another(made);
        IConsentRegistry.Consent memory theirs = consents.getConsent(other.consent);
        vm.assume(theirs.uses <= theirs.maxUses);
        assert(_tryBatch(made, other, first));
        expected.uses++;
        assert(_same(_read(consent), expected));
    }

    /// @notice L17, L7: two uses of one consent in a batch count as two, and as one when one was left.
    function check_usesOfOneAreCounted(address consent) external {
        IConsentRegistry.Consent memory expected = consents.getConsent(consent);
        vm.assume(expected.uses < expected.maxUses);
        Call memory made = _anyOf(Does.USE, consent);
        _mayUse(made, expected, _assume);
        assert(_tryBatch(made, made, true));
        expected.uses += expected.maxUses - expected.uses == 1 ? 1 : 2;
        assert(_same(_read(consent), expected));
    }

    /// @notice L15: a batch of two that are recorded changes no consent that it does not name.
    function check_othersAreLeftAlone(address consent, uint8 does) external {
        vm.assume(does < 3);
        IConsentRegistry.Consent memory before = consents.getConsent(consent);
        Call memory one = _anyOf(does == 0 ? Does.GRANT : does == 1 ? Does.WITHDRAW : Does.USE, consent);
        Call memory two = _anotherThat(one, true);
        one = _anotherThat(two, true);
        vm.assume(one.consent != consent);
        vm.assume(_tryBatch(one, two, true));
        assert(_same(_read(consent), before));
    }

    /// @dev The same function of another consent, with any arguments; its record and its recipient's can be read.
    function _another(Call memory made) private view returns (Call memory other) {
        other = _anyOf(made.does, svm.createAddress("other"));
        vm.assume(other.consent != made.consent);
        consents.getConsent(other.consent);
        _assumeStandingIsKnown(other.terms.recipient);
    }

    /// @dev One that is recorded, or one that is refused, whichever else it is; it has the same caller.
    function _anotherThat(Call memory made, bool fine) private view returns (Call memory other) {
        other = _another(made);
        other.caller = made.caller;
        IConsentRegistry.Consent memory record = consents.getConsent(other.consent);
        if (!fine) {
            if (other.does == Does.GRANT) vm.assume(record.stage != IConsentRegistry.Stage.NONE);
            else if (other.does == Does.USE) vm.assume(other.commitment == 0);
            else vm.assume(record.stage == IConsentRegistry.Stage.WITHDRAWN);
        } else if (other.does == Does.GRANT) {
            vm.assume(record.stage == IConsentRegistry.Stage.NONE);
            _mayGrant(other, _assume);
        } else if (other.does == Does.USE) {
            vm.assume(record.uses < record.maxUses);
            _mayUse(other, record, _assume);
        } else {
            _mayWithdraw(other, record, _assume);
        }
    }

    function _inBatch(Does does, address consent, bool first, bool fine) private returns (Call memory made) {
        made = _anyOf(does, consent);
        vm.assume(_tryBatch(made, _anotherThat(made, fine), first));
    }

    function _tryBatch(Call memory made, Call memory other, bool first) private returns (bool done) {
        bytes memory data = first ? _batchOf(made, other) : _batchOf(other, made);
        vm.prank(made.caller);
        (done,) = address(consents).call(data);
    }
}
