// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentSigned} from "../../../interfaces/IConsentSigned.sol";
import {Messages} from "../shared/Messages.sol";
import {vm} from "../shared/Vm.sol";
import {Dice, Dices} from "./Dice.sol";
import {GovernanceModel} from "./model/GovernanceModel.sol";
import {Record} from "./Record.sol";

/// @title Consent keys, and what they signed, rightly and wrongly.
abstract contract Papers is GovernanceModel, Record {
    using Dices for Dice;

    uint256 internal constant WINDOW = 6;
    uint256 private constant ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
    uint256 private constant FLAWS = 10;

    address[] internal _keys;
    address[] private _stock;
    mapping(address consent => uint256) private _secret;
    /// @dev The withdrawal that each key signed when it was made.
    mapping(address consent => IConsentSigned.Signature) internal _card;

    IConsentSigned.Signature[] private _past;

    /// @dev Makes keys, so that a campaign need not: making one takes longer than a call.
    function _makeKeys(uint256 count) internal {
        for (uint256 i = 0; i < count; i++) {
            uint256 secret = uint256(keccak256(abi.encode("consent key", _stock.length))) >> 1;
            address consent = vm.addr(secret);
            _secret[consent] = secret;
            _stock.push(consent);
            _card[consent] = _signRightly(consent, address(consents), Messages.withdraw(consent));
        }
    }

    function _newKey() internal returns (address consent) {
        if (_keys.length == _stock.length) _makeKeys(1);
        consent = _stock[_keys.length];
        _keys.push(consent);
    }

    /// @dev One of the newest keys mostly, granted or not; rarely an older, a fresh or the zero address.
    function _someKey(Dice memory dice) internal returns (address) {
        uint256 number = dice.roll(40);
        if (number == 0) return address(0);
        if (number == 1 || _keys.length == 0) return _newKey();
        if (number < 5) return _keys[dice.roll(_keys.length)];
        return _newest(dice.roll(WINDOW));
    }

    /// @dev A key whose consent is live, if one is found soon; some key otherwise.
    function _liveKey(Dice memory dice) internal returns (address consent) {
        if (dice.chance(5)) return _someKey(dice);
        for (uint256 i = 0; i < WINDOW; i++) {
            consent = _newest(dice.roll(WINDOW));
            if (_isLive(consent)) return consent;
        }
    }

    /// @dev A key whose consent is open, if one is found soon; some key otherwise.
    function _openKey(Dice memory dice) internal returns (address consent) {
        if (dice.chance(6)) return _someKey(dice);
        for (uint256 i = 0; i < WINDOW; i++) {
            consent = _newest(dice.roll(WINDOW));
            if (_isOpen(consent)) return consent;
        }
    }

    function _newest(uint256 place) internal view returns (address) {
        uint256 length = _keys.length;
        return place < length ? _keys[length - 1 - place] : _keys[0];
    }

    function _signDigest(
        address signer,
        bytes32 digest
    ) private returns (IConsentSigned.Signature memory signature) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_secret[signer], digest);
        signature = Messages.compact(v, r, s);
        _made[keccak256(abi.encode(signature))] = Made(signer, digest);
        _signed[signer][digest] = true;
    }

    function _signRightly(
        address consent,
        address verifier,
        bytes32 structHash
    ) internal returns (IConsentSigned.Signature memory) {
        return _signDigest(consent, Messages.digest(verifier, structHash));
    }

    /// @dev Signed by the consent's key mostly.
    function _sign(
        Dice memory dice,
        address consent,
        address verifier,
        bytes32 structHash
    ) internal returns (IConsentSigned.Signature memory signature) {
        uint256 flaw = dice.roll(FLAWS * 5);
        if (flaw < FLAWS) signature = _signWrongly(dice, flaw, consent, verifier, structHash);
        else if (_secret[consent] != 0) signature = _signRightly(consent, verifier, structHash);
        else if (dice.chance(2)) signature = _signRightly(_newest(0), verifier, structHash);
        if (_past.length < 16) _past.push(signature);
        else _past[dice.roll(16)] = signature;
    }

    function _signWrongly(
        Dice memory dice,
        uint256 flaw,
        address consent,
        address verifier,
        bytes32 structHash
    ) private returns (IConsentSigned.Signature memory signature) {
        if (flaw == 0) return _signRightly(_newest(dice.roll(WINDOW)), verifier, structHash);
        address signer = _secret[consent] == 0 ? _newest(0) : consent;
        uint256 chain = block.chainid;
        if (flaw == 1) return _signDigest(signer, Messages.digest(_otherVerifier(dice, verifier), structHash));
        if (flaw == 2) return _signDigest(signer, Messages.digest("Jamjar", "1", chain + 1, verifier, structHash));
        if (flaw == 3) return _signDigest(signer, Messages.digest("Jamjar", "2", chain, verifier, structHash));
        if (flaw == 4) return _signDigest(signer, Messages.digest("jamjar", "1", chain, verifier, structHash));
        if (flaw == 5 && _past.length != 0) return _past[dice.roll(_past.length)];
        if (flaw == 6) return signature; // all zero
        signature = _signRightly(signer, verifier, structHash);
        uint256 vs = uint256(signature.vs);
        uint256 s = (vs << 1) >> 1;
        if (flaw == 7) signature.vs = bytes32(vs ^ (1 << 255));
        else if (flaw == 8) signature.vs = bytes32(ORDER - s);
        else if (flaw == 9) signature.r = signature.vs;
        else signature.r = bytes32(uint256(signature.r) ^ 1);
    }

    /// @dev Another of the three contracts that obey consent keys, or none.
    function _otherVerifier(Dice memory dice, address verifier) private view returns (address) {
        address[4] memory all = [address(consents), address(commitments), address(advice), address(consortium)];
        address other = all[dice.roll(4)];
        return other == verifier ? address(0) : other;
    }
}
