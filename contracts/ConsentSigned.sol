// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ERC165} from "@openzeppelin/contracts/utils/introspection/ERC165.sol";

import {IConsentSigned} from "../interfaces/IConsentSigned.sol";

/// @title What every contract that obeys a consent key shares: its signature, and batches of such messages.
/// @notice See IConsentSigned.
/// @dev An *objection* is what stands against recording an item: an encoded custom error, empty when there is none.
/// A single call reverts with it, a batch reports it and goes on; so both refuse the same things for the same reason.
abstract contract ConsentSigned is IConsentSigned, EIP712, ERC165 {
    /// @inheritdoc IConsentSigned
    uint256 public constant MOST_ITEMS = 256;

    constructor() EIP712("Jamjar", "1") {}

    /// @notice Whether the contract has an interface (ERC-165).
    /// @param interfaceId The interface's id.
    /// @return Whether it has.
    function supportsInterface(bytes4 interfaceId) public view virtual override returns (bool) {
        return interfaceId == type(IConsentSigned).interfaceId || super.supportsInterface(interfaceId);
    }

    /// @dev Whether the consent's own key signed the typed data with this struct hash.
    function _isSignedBy(
        address consent,
        bytes32 structHash,
        Signature calldata signature
    ) internal view returns (bool) {
        (address signer, , ) = ECDSA.tryRecover(
            _hashTypedDataV4(structHash),
            signature.r,
            signature.vs
        );
        return signer == consent && signer != address(0);
    }

    /// @dev Reverts with the objection, if there is one.
    function _requireNone(bytes memory objection) internal pure {
        Address.verifyCallResult(objection.length == 0, objection);
    }

    /// @dev Reverts with BatchSizeOutOfRange unless a batch has 1 to MOST_ITEMS items.
    function _requireBatch(uint256 size) internal pure {
        require(size != 0 && size <= MOST_ITEMS, BatchSizeOutOfRange(size, MOST_ITEMS));
    }
}
