"""Sealing to a public key: HPKE (RFC 9180, base mode, single shot) with a hybrid KEM, secure while one half is.

KEM        MLKEM768-X25519, which is X-Wing, KEM id 0x647A (draft-ietf-hpke-pq; draft-connolly-cfrg-xwing-kem)
KDF, AEAD  HKDF-SHA256 and ChaCha20-Poly1305

Base mode authenticates the sealed data, and not its sender.
"""

import hashlib
from collections.abc import Callable
from typing import Final, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from jamjar.crypto.hashing import keccak256
from jamjar.errors import InvalidInput, JamjarError

SEED_BYTES: Final = 32
"""Of the seed that a private key is stored as."""
PUBLIC_BYTES: Final = 1216
"""A public key: ML-KEM-768 (1,184 bytes), then X25519 (32)."""
OVERHEAD: Final = 1136
"""The bytes that sealing adds: encapsulated key (1,120) and tag (16)."""

_LATTICE_BYTES: Final = 1184
_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class SealBroken(JamjarError):
    """Sealed data does not open: another key, another purpose, or changed in transit. No part of it is returned."""


class EncryptionKey:
    """A private key, which opens what was sealed to its `public_bytes`; its repr reveals no secret.

    It is stored as a seed of 32 bytes (draft-connolly-cfrg-xwing-kem, section 5.2): SHAKE256 expands the seed to the
    64 bytes of the ML-KEM-768 seed (FIPS 203, section 7.1) and the 32 bytes of the X25519 key.
    """

    __slots__ = ("_key", "_seed", "public_bytes")

    public_bytes: bytes

    def __init__(self, seed: bytes) -> None:
        """Make the key from its 32-byte seed; raises InvalidInput for another length and for zeros."""
        if not isinstance(seed, bytes) or len(seed) != SEED_BYTES or not any(seed):
            raise InvalidInput("The seed of an encryption key is not 32 random bytes; generate a fresh one.")
        expanded = hashlib.shake_256(seed).digest(96)
        lattice = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
        curve = X25519PrivateKey.from_private_bytes(expanded[64:])
        self._seed = bytes(seed)
        self._key = MLKEM768X25519PrivateKey(lattice, curve)
        self.public_bytes = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()

    @classmethod
    def generate(cls, random_bytes: Callable[[int], bytes]) -> "EncryptionKey":
        """Make a fresh key from `random_bytes`, such as `secrets.token_bytes`."""
        return cls(random_bytes(SEED_BYTES))

    def to_bytes(self) -> bytes:
        """Return the 32-byte seed. Warning: it is the private key; keep it in a vault, and nowhere else."""
        return self._seed

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """Return the plaintext that `seal` sealed to this key with the same `info` (RFC 9180, section 6.1).

        Raises SealBroken for another key, another info, and any change to the sealed data.
        """
        try:
            return _SUITE.decrypt(sealed, self._key, info)
        except (InvalidTag, ValueError, TypeError):
            raise SealBroken(
                "The sealed data does not open with this key for this purpose; fetch it again, or ask its sender."
            ) from None

    def __repr__(self) -> str:
        return f"EncryptionKey({keccak256(self.public_bytes)[:4].hex()})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("An encryption key cannot be copied or pickled; keep its seed in the vault.")


def seal(plaintext: bytes, public_bytes: bytes, info: bytes) -> bytes:
    """Return `plaintext` sealed to a public key: encapsulated key, ciphertext and tag, `OVERHEAD` bytes longer.

    info  its purpose: it opens for no other (RFC 9180, section 8.1)

    Raises InvalidInput for a public key of another suite, and for an invalid one.
    """
    if not isinstance(public_bytes, bytes) or len(public_bytes) != PUBLIC_BYTES:
        raise InvalidInput(f"The public encryption key is not {PUBLIC_BYTES} bytes long; take it from the Consortium.")
    try:
        lattice = MLKEM768PublicKey.from_public_bytes(public_bytes[:_LATTICE_BYTES])
        curve = X25519PublicKey.from_public_bytes(public_bytes[_LATTICE_BYTES:])
        return _SUITE.encrypt(plaintext, MLKEM768X25519PublicKey(lattice, curve), info)
    except ValueError:
        raise InvalidInput("The public encryption key is not of this suite; ask its owner for the right one.") from None
