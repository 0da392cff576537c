// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentSigned} from "../../../interfaces/IConsentSigned.sol";
import {vm} from "../shared/Vm.sol";
import {Calls} from "./Calls.sol";

/// @title What is assumed of signatures, wherever anything is: a key that signed one message signed no other.
/// @notice Halmos knows nothing of ecrecover but that it is a function. So it is said here which one message the key
/// of a consent signed; over the message that a call asks for, no signature gives that key unless it is this message.
/// @dev Messages are told apart by the digests of Digests.sol, and Keccak-256 is taken to be without collisions. The
/// assumption is made of the messages the calls should ask for: if the code asks for another, it is on its own.
abstract contract Unforgeable is Calls {
    /// @dev Goes on only where the signature of a call is not a forgery of `signed`'s key.
    function _assumeSignedNothingBut(address key, bytes32 signed, Call memory made) internal view {
        if (made.does == Does.RELEASE || made.does == Does.USE) return;
        _assumeNotForged(key, signed, _digestOf(made), made.signature);
    }

    function _assumeNotForged(
        address key,
        bytes32 signed,
        bytes32 digest,
        IConsentSigned.Signature memory signature
    ) internal pure {
        if (digest == signed) return;
        vm.assume(!_signs(key, digest, signature));
    }
}
