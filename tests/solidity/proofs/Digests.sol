// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAdviceLog} from "../../../interfaces/IAdviceLog.sol";
import {ICommitmentRegistry} from "../../../interfaces/ICommitmentRegistry.sol";
import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {IConsentSigned} from "../../../interfaces/IConsentSigned.sol";

/// @title EIP-712 from the type strings, written out once more, apart from the contracts.
abstract contract Digests {
    bytes32 private constant DOMAIN =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    uint256 private constant HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;

    function _digestOfGrant(address verifier, IConsentRegistry.Grant memory terms) internal view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "Grant(address consent,uint32 recipient,uint40 validFrom,uint40 validUntil,uint40 reconfirmBy,"
            "uint16 maxUses,bytes32 termsDigest)"
        );
        return _digest(verifier, keccak256(abi.encode(typeHash, terms)));
    }

    function _digestOfPause(address verifier, address consent, uint32 sequence) internal view returns (bytes32) {
        bytes32 typeHash = keccak256("Pause(address consent,uint32 sequence)");
        return _digest(verifier, keccak256(abi.encode(typeHash, consent, sequence)));
    }

    function _digestOfResume(address verifier, address consent, uint32 sequence) internal view returns (bytes32) {
        bytes32 typeHash = keccak256("Resume(address consent,uint32 sequence)");
        return _digest(verifier, keccak256(abi.encode(typeHash, consent, sequence)));
    }

    function _digestOfReconfirm(
        address verifier,
        address consent,
        uint32 sequence,
        uint40 reconfirmBy
    ) internal view returns (bytes32) {
        bytes32 typeHash = keccak256("Reconfirm(address consent,uint32 sequence,uint40 reconfirmBy)");
        return _digest(verifier, keccak256(abi.encode(typeHash, consent, sequence, reconfirmBy)));
    }

    function _digestOfWithdraw(address verifier, address consent) internal view returns (bytes32) {
        bytes32 typeHash = keccak256("Withdraw(address consent)");
        return _digest(verifier, keccak256(abi.encode(typeHash, consent)));
    }

    function _digestOfCommit(
        address verifier,
        ICommitmentRegistry.Commitment memory commitment
    ) internal view returns (bytes32) {
        bytes32 typeHash = keccak256("Commit(address consent,bytes32 root,bytes32 replaces)");
        return _digest(verifier, keccak256(abi.encode(typeHash, commitment)));
    }

    function _digestOfAcknowledge(address verifier, IAdviceLog.Advice memory given) internal view returns (bytes32) {
        bytes32 typeHash = keccak256("Acknowledge(address consent,bytes32 commitment,bytes32 advice)");
        return _digest(verifier, keccak256(abi.encode(typeHash, given)));
    }

    /// @dev Whether the signature over the digest gives the address: ERC-2098, the lower half of s alone (EIP-2).
    function _signs(
        address signer,
        bytes32 digest,
        IConsentSigned.Signature memory signature
    ) internal pure returns (bool) {
        uint256 s = uint256(signature.vs) & (type(uint256).max >> 1);
        uint8 v = uint8(uint256(signature.vs) >> 255) + 27;
        address recovered = ecrecover(digest, v, signature.r, bytes32(s));
        return recovered == signer && recovered != address(0) && s <= HALF_ORDER;
    }

    function _digest(address verifier, bytes32 structHash) private view returns (bytes32) {
        bytes32 domain = keccak256(abi.encode(DOMAIN, keccak256("Jamjar"), keccak256("1"), block.chainid, verifier));
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }
}
