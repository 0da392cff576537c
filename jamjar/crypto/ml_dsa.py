"""ML-DSA-44 (FIPS 204): signatures that a quantum computer is not known to forge, by the package `cryptography`."""

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

SEED_BYTES: Final = 32
PUBLIC_BYTES: Final = 1312
SIGNATURE_BYTES: Final = 2420


class MlDsaKey:
    """A private key, made from its seed of 32 random bytes (FIPS 204, algorithm 1)."""

    def __init__(self, seed: bytes) -> None:
        self._key = MLDSA44PrivateKey.from_seed_bytes(seed)

    def __repr__(self) -> str:
        return "MlDsaKey()"

    @property
    def public_bytes(self) -> bytes:
        """The public key, 1,312 bytes."""
        return self._key.public_key().public_bytes_raw()

    def private_bytes_raw(self) -> bytes:
        """Return the seed, only for its owner's file."""
        return self._key.private_bytes_raw()

    def sign(self, message: bytes, context: bytes = b"") -> bytes:
        """Sign a message, hedged with randomness; `context`, of at most 255 bytes, says what for."""
        return self._key.sign(message, context)


def is_signed(public: bytes, message: bytes, signature: bytes, context: bytes = b"") -> bool:
    """Return whether this is a signature by the key with these public bytes, of exactly these bytes and context."""
    try:
        MLDSA44PublicKey.from_public_bytes(public).verify(signature, message, context)
    except (InvalidSignature, ValueError):
        return False
    return True
