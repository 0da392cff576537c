// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {IConsentSigned} from "../../../interfaces/IConsentSigned.sol";
import {vm} from "../shared/Vm.sol";
import {Digests} from "./Digests.sol";
import {State} from "./State.sol";
import {svm} from "./Svm.sol";

/// @title Any call of any writing function of ConsentRegistry for one consent, by anyone, with any arguments.
/// @dev Batches are shown to do what these calls do, in Batches.t.sol.
abstract contract Calls is State, Digests {
    enum Does {
        GRANT,
        PAUSE,
        RESUME,
        RECONFIRM,
        WITHDRAW,
        RELEASE,
        USE
    }

    /// @dev Everything a call can say; each function takes what it needs.
    struct Call {
        Does does;
        address caller;
        address consent;
        IConsentRegistry.Grant terms;
        uint32 sequence;
        bytes32 commitment;
        IConsentSigned.Signature signature;
    }

    /// @dev A call of which nothing is known but which consent it is about.
    function _anyCall(address consent) internal pure returns (Call memory) {
        uint256 does = svm.createUint(3, "function");
        vm.assume(does <= uint256(Does.USE));
        return _anyOf(Does(does), consent);
    }

    /// @dev A call of which nothing is known but its function and which consent it is about.
    function _anyOf(Does does, address consent) internal pure returns (Call memory made) {
        made.does = does;
        made.caller = svm.createAddress("caller");
        made.consent = consent;
        made.terms.consent = made.consent;
        made.terms.recipient = uint32(svm.createUint(32, "recipient"));
        made.terms.validFrom = uint40(svm.createUint(40, "validFrom"));
        made.terms.validUntil = uint40(svm.createUint(40, "validUntil"));
        made.terms.reconfirmBy = uint40(svm.createUint(40, "reconfirmBy"));
        made.terms.maxUses = uint16(svm.createUint(16, "maxUses"));
        made.terms.termsDigest = svm.createBytes32("termsDigest");
        made.sequence = uint32(svm.createUint(32, "sequence"));
        made.commitment = svm.createBytes32("commitment");
        made.signature = _anySignature();
    }

    function _anySignature() internal pure returns (IConsentSigned.Signature memory) {
        return IConsentSigned.Signature(svm.createBytes32("r"), svm.createBytes32("vs"));
    }

    function _try(Call memory made) internal returns (bool done, bytes memory out) {
        bytes memory data = _encoded(made);
        vm.prank(made.caller);
        return address(consents).call(data);
    }

    /// @dev Goes on only where the call is not refused: a call that reverts changes nothing, as the EVM has it.
    function _perform(Call memory made) internal {
        (bool done,) = _try(made);
        vm.assume(done);
    }

    /// @dev Whether the consent's key signed what the call says, as the very message that its function asks for.
    function _isSigned(Call memory made) internal view returns (bool) {
        return _signs(made.consent, _digestOf(made), made.signature);
    }

    function _digestOf(Call memory made) internal view returns (bytes32) {
        address verifier = address(consents);
        if (made.does == Does.GRANT) return _digestOfGrant(verifier, made.terms);
        if (made.does == Does.PAUSE) return _digestOfPause(verifier, made.consent, made.sequence);
        if (made.does == Does.RESUME) return _digestOfResume(verifier, made.consent, made.sequence);
        if (made.does == Does.WITHDRAW) return _digestOfWithdraw(verifier, made.consent);
        return _digestOfReconfirm(verifier, made.consent, made.sequence, made.terms.reconfirmBy);
    }

    function _encoded(Call memory made) private pure returns (bytes memory) {
        address consent = made.consent;
        if (made.does == Does.GRANT) {
            return abi.encodeCall(
                IConsentRegistry.grant, (IConsentRegistry.SignedGrant(made.terms, made.signature))
            );
        }
        if (made.does == Does.PAUSE) {
            return abi.encodeCall(IConsentRegistry.pause, (consent, made.sequence, made.signature));
        }
        if (made.does == Does.RESUME) {
            return abi.encodeCall(IConsentRegistry.resume, (consent, made.sequence, made.signature));
        }
        if (made.does == Does.RECONFIRM) {
            return abi.encodeCall(
                IConsentRegistry.reconfirm, (consent, made.sequence, made.terms.reconfirmBy, made.signature)
            );
        }
        if (made.does == Does.WITHDRAW) {
            return abi.encodeCall(
                IConsentRegistry.withdraw, (IConsentRegistry.SignedWithdrawal(consent, made.signature))
            );
        }
        if (made.does == Does.RELEASE) return abi.encodeCall(IConsentRegistry.release, (consent));
        return abi.encodeCall(IConsentRegistry.use, (IConsentRegistry.Use(consent, made.commitment)));
    }

    /// @dev Two calls of one function as a batch; it has one caller.
    function _batchOf(Call memory one, Call memory two) internal pure returns (bytes memory) {
        if (one.does == Does.GRANT) {
            IConsentRegistry.SignedGrant[] memory grants = new IConsentRegistry.SignedGrant[](2);
            grants[0] = IConsentRegistry.SignedGrant(one.terms, one.signature);
            grants[1] = IConsentRegistry.SignedGrant(two.terms, two.signature);
            return abi.encodeCall(IConsentRegistry.grantBatch, (grants));
        }
        if (one.does == Does.WITHDRAW) {
            IConsentRegistry.SignedWithdrawal[] memory ended = new IConsentRegistry.SignedWithdrawal[](2);
            ended[0] = IConsentRegistry.SignedWithdrawal(one.consent, one.signature);
            ended[1] = IConsentRegistry.SignedWithdrawal(two.consent, two.signature);
            return abi.encodeCall(IConsentRegistry.withdrawBatch, (ended));
        }
        IConsentRegistry.Use[] memory uses = new IConsentRegistry.Use[](2);
        uses[0] = IConsentRegistry.Use(one.consent, one.commitment);
        uses[1] = IConsentRegistry.Use(two.consent, two.commitment);
        return abi.encodeCall(IConsentRegistry.useBatch, (uses));
    }
}
