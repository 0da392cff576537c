// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title What every contract that obeys a consent key has in common.
/// @notice A consent is its key: an EIP-712 signature by that key is the only claimant authority there is.
/// A signature may be carried by anyone, unless a function says otherwise: carrying adds no authority.
/// @dev The EIP-712 domain has the name "Jamjar", the version "1", the chain's id and the contract's address;
/// ERC-5267's `eip712Domain` tells it. The items of a batch are taken in their order, each as if it were called alone
/// after those before it, and logged so. ERC-165's `supportsInterface` knows ERC-165, this interface and the contract's
/// own.
interface IConsentSigned {
    /// @notice An ECDSA signature on secp256k1 in the compact form of ERC-2098.
    /// @dev 64 bytes: it has no length to get wrong. Upper s values (EIP-2) are refused.
    /// @param r The signature's r.
    /// @param vs The signature's s, with the parity of y in the highest bit.
    struct Signature {
        bytes32 r;
        bytes32 vs;
    }

    /// @notice The signature over this message was not made by the consent's own key; the zero address has none.
    /// @param consent The consent the message names.
    error NotSignedByConsent(address consent);

    /// @notice A batch has no item, or more than the contract takes at once.
    /// @param size How many items were sent.
    /// @param most How many are taken at once.
    error BatchSizeOutOfRange(uint256 size, uint256 most);

    /// @notice How many items a batch may have: 256.
    /// @return The bound.
    function MOST_ITEMS() external view returns (uint256);
}
