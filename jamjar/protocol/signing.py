"""Consent keys and their signatures: secp256k1 ECDSA, compact as in ERC-2098.

The contracts take a signature as two words, r and vs, so one of another length cannot exist on chain. One
with a high s, a second valid form of the same signature, is refused here as it is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NoReturn, Protocol

from coincurve import PrivateKey, PublicKey

from jamjar.crypto.hashing import keccak256
from jamjar.crypto.ml_dsa import MlDsaKey
from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.protocol import post_quantum, typed_data
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.post_quantum import PostQuantumSignature
from jamjar.protocol.typed_data import Domain, Message

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

# The order of the group (SEC 2, section 2.4.1). Big-endian bytes of equal length compare as their numbers do.
_ORDER: Final = bytes.fromhex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")
_HALF_ORDER: Final = (int.from_bytes(_ORDER, "big") // 2).to_bytes(32, "big")
_ZERO: Final = bytes(32)


def _is_scalar(value: bytes) -> bool:
    return _ZERO < value < _ORDER


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature in ERC-2098 form: `r`, and `vs` whose highest bit is the parity of y and the rest s.

    Raises InvalidSignature for other lengths, r or s of zero, r beyond the group order, s beyond half of it.
    """

    r: bytes
    # Whoever reads a withdrawal that is not yet carried can use it: keep it out of logs.
    vs: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not (isinstance(self.r, bytes) and isinstance(self.vs, bytes) and len(self.r) == len(self.vs) == 32):
            raise InvalidSignature("The signature is not two words of 32 bytes, r and vs; pass both in full.")
        if not _is_scalar(self.r):
            raise InvalidSignature("The signature's r is out of range; ask for the message to be signed again.")
        if not _ZERO < self.s <= _HALF_ORDER:
            raise InvalidSignature("The signature's s is zero or high; ask for the message to be signed again.")

    @classmethod
    def from_bytes(cls, data: bytes) -> Signature:
        """Read 64 bytes (r, vs) or 65 (r, s, v with v of 27 or 28, or 0 or 1).

        Raises InvalidSignature for everything else.
        """
        if not isinstance(data, bytes) or len(data) not in (64, 65):
            raise InvalidSignature("The signature is not 64 or 65 bytes long; copy it again in full.")
        if len(data) == 64:
            return cls(bytes(data[:32]), bytes(data[32:]))
        if data[64] not in (0, 1, 27, 28):
            raise InvalidSignature("The signature's last byte is not 27, 28, 0 or 1; copy it again.")
        if data[32] & 0x80:  # the parity would overwrite this bit, and a high s would pass for a low one
            raise InvalidSignature("The signature's s is zero or high; ask for the message to be signed again.")
        parity = (data[64] - 27 if data[64] >= 27 else data[64]) << 7
        return cls(bytes(data[:32]), bytes([data[32] | parity]) + data[33:64])

    @property
    def s(self) -> bytes:
        """The 32 bytes of s."""
        return bytes([self.vs[0] & 0x7F]) + self.vs[1:]

    @property
    def parity(self) -> int:
        """The parity of y of the point whose x is r: 0 or 1 (v is this plus 27)."""
        return self.vs[0] >> 7

    def to_bytes(self) -> bytes:
        """Return the 64 bytes r, vs."""
        return self.r + self.vs

    def to_bytes65(self) -> bytes:
        """Return the 65 bytes r, s, v with v of 27 or 28."""
        return self.r + self.s + bytes([27 + self.parity])


class Signer(Protocol):
    """A signer of requests, such as a `ConsentKey`."""

    @property
    def address(self) -> str:
        """The address of its key."""

    def sign(self, digest: bytes) -> Signature:
        """Sign 32 bytes."""


class AccountSigner:
    """A member's account, as a signer of requests."""

    def __init__(self, account: LocalAccount) -> None:
        """Take the key of an account that signs here."""
        self._key = PrivateKey(bytes(account.key))
        self.address = str(account.address)

    def sign(self, digest: bytes) -> Signature:
        """Sign 32 bytes as the account itself does (RFC 6979, with a low s), in a sixth of its time."""
        return _sign(self._key, digest)

    def __repr__(self) -> str:
        return f"AccountSigner({self.address})"


class ConsentKey:
    """The key of one consent: its address is the consent, its signatures are the claimant's only authority."""

    __slots__ = ("_key", "address")

    address: str

    def __init__(self, secret: bytes) -> None:
        """Make the key from its 32-byte secret; raises InvalidInput for zero or beyond the group order."""
        if not isinstance(secret, bytes) or len(secret) != 32 or not _is_scalar(secret):
            raise InvalidInput("The secret of a consent key is not 32 bytes in range; generate a fresh one.")
        self._key = PrivateKey(secret)
        self.address = _address(self._key.public_key)

    @classmethod
    def generate(cls, random_bytes: Callable[[int], bytes]) -> ConsentKey:
        """Make a fresh key from `random_bytes`, such as `secrets.token_bytes`.

        Raises InvalidInput when the source returns no valid key; a sound one does so once in 2**128.
        """
        return cls(random_bytes(32))

    def sign(self, digest: bytes) -> Signature:
        """Sign 32 bytes with a deterministic nonce (RFC 6979) and a low s."""
        return _sign(self._key, digest)

    def __repr__(self) -> str:
        return f"ConsentKey({self.address})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A consent key cannot be copied or pickled; keep its secret in the vault.")


def _sign(key: PrivateKey, digest: bytes) -> Signature:
    return Signature.from_bytes(key.sign_recoverable(_checked(digest), hasher=None))


def _checked(digest: bytes) -> bytes:
    if not isinstance(digest, bytes) or len(digest) != 32:
        raise InvalidInput("The digest to sign is not 32 bytes long; make it with typed_data.digest.")
    return bytes(digest)


def _address(key: PublicKey) -> str:
    return checksum_address(keccak256(key.format(compressed=False)[1:])[12:])


def recover(digest: bytes, signature: Signature) -> str:
    """Return the address whose key made `signature` over the 32-byte `digest` (SEC 1, section 4.1.6).

    Warning: any digest recovers to some address; compare it with the one expected, or use `verify`.
    Raises InvalidSignature when no key could have made it.
    """
    recoverable = signature.r + signature.s + bytes([signature.parity])
    checked = _checked(digest)
    try:
        return _address(PublicKey.from_signature_and_message(recoverable, checked, hasher=None))
    except Exception as error:  # coincurve raises a bare Exception
        raise InvalidSignature("No key made this signature; ask for the message to be signed again.") from error


def verify(digest: bytes, signature: Signature, address: str) -> None:
    """Check that `address` made `signature` over `digest`; raises InvalidSignature when it did not."""
    expected = checksum_address(parse_address(address))
    if recover(digest, signature) != expected:
        raise InvalidSignature(f"{expected} did not sign this; check the message, the chain and the contract.")


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A message with its consent key's signature: all that a carrier needs.

    post_quantum  the signature that the consent's terms promise beside it; None where they promise none
    """

    message: Message
    signature: Signature
    post_quantum: PostQuantumSignature | None = field(default=None, compare=False, repr=False)


def sign(key: ConsentKey, domain: Domain, message: Message, beside: MlDsaKey | None = None) -> SignedMessage:
    """Sign a message for the contract that `domain` names, with a second key `beside` the first where there is one.

    What is signed is `typed_data.digest(domain, message)`, 32 bytes (EIP-712).
    """
    digest = typed_data.digest(domain, message)
    return SignedMessage(message, key.sign(digest), None if beside is None else post_quantum.sign(beside, digest))
