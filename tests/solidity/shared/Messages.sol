// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAdviceLog} from "../../../interfaces/IAdviceLog.sol";
import {ICommitmentRegistry} from "../../../interfaces/ICommitmentRegistry.sol";
import {IConsentRegistry} from "../../../interfaces/IConsentRegistry.sol";
import {IConsentSigned} from "../../../interfaces/IConsentSigned.sol";

/// @title What a consent key signs: EIP-712 digests, from the type strings of the interfaces' documentation.
/// @dev Written anew from the standard, so that it can disagree with what is judged.
library Messages {
    bytes32 private constant DOMAIN =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant GRANT =
        keccak256(
            "Grant(address consent,uint32 recipient,uint40 validFrom,uint40 validUntil,uint40 reconfirmBy,"
            "uint16 maxUses,bytes32 termsDigest)"
        );
    bytes32 private constant PAUSE = keccak256("Pause(address consent,uint32 sequence)");
    bytes32 private constant RESUME = keccak256("Resume(address consent,uint32 sequence)");
    bytes32 private constant RECONFIRM = keccak256("Reconfirm(address consent,uint32 sequence,uint40 reconfirmBy)");
    bytes32 private constant WITHDRAW = keccak256("Withdraw(address consent)");
    bytes32 private constant COMMIT = keccak256("Commit(address consent,bytes32 root,bytes32 replaces)");
    bytes32 private constant ACKNOWLEDGE = keccak256("Acknowledge(address consent,bytes32 commitment,bytes32 advice)");

    function digest(address verifier, bytes32 structHash) internal view returns (bytes32) {
        return digest("Jamjar", "1", block.chainid, verifier, structHash);
    }

    function digest(
        string memory name,
        string memory version,
        uint256 chain,
        address verifier,
        bytes32 structHash
    ) internal pure returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(DOMAIN, keccak256(bytes(name)), keccak256(bytes(version)), chain, verifier)
        );
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function grant(IConsentRegistry.Grant memory g) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    GRANT,
                    g.consent,
                    g.recipient,
                    g.validFrom,
                    g.validUntil,
                    g.reconfirmBy,
                    g.maxUses,
                    g.termsDigest
                )
            );
    }

    function pause(address consent, uint32 sequence) internal pure returns (bytes32) {
        return keccak256(abi.encode(PAUSE, consent, sequence));
    }

    function resume(address consent, uint32 sequence) internal pure returns (bytes32) {
        return keccak256(abi.encode(RESUME, consent, sequence));
    }

    function reconfirm(address consent, uint32 sequence, uint40 reconfirmBy) internal pure returns (bytes32) {
        return keccak256(abi.encode(RECONFIRM, consent, sequence, reconfirmBy));
    }

    function withdraw(address consent) internal pure returns (bytes32) {
        return keccak256(abi.encode(WITHDRAW, consent));
    }

    function commit(ICommitmentRegistry.Commitment memory c) internal pure returns (bytes32) {
        return keccak256(abi.encode(COMMIT, c.consent, c.root, c.replaces));
    }

    function acknowledge(IAdviceLog.Advice memory a) internal pure returns (bytes32) {
        return keccak256(abi.encode(ACKNOWLEDGE, a.consent, a.commitment, a.advice));
    }

    /// @dev ERC-2098: the parity of y goes into the highest bit of s, which a lower s leaves free.
    function compact(uint8 v, bytes32 r, bytes32 s) internal pure returns (IConsentSigned.Signature memory) {
        return IConsentSigned.Signature(r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
    }
}
