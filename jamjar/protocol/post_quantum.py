"""The ML-DSA-44 signature beside a consent's ECDSA signature, over the same EIP-712 digest.

The contracts know nothing of it. Whoever knows the consent's terms knows the key, as the terms name its SHA-256;
whoever does not, such as a relayer, sees only that the key that came along signed.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from jamjar.crypto import ml_dsa
from jamjar.crypto.ml_dsa import MlDsaKey
from jamjar.encoding.strict_base64 import decode
from jamjar.errors import InvalidInput, InvalidSignature

CONTEXT: Final = b"jamjar.signed.2"


@dataclass(frozen=True, slots=True)
class PostQuantumSignature:
    """A public key of 1,312 bytes and a signature of 2,420; raises InvalidInput for other lengths."""

    key: bytes = field(repr=False)
    signature: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if (len(self.key), len(self.signature)) != (ml_dsa.PUBLIC_BYTES, ml_dsa.SIGNATURE_BYTES):
            raise InvalidInput(
                "The ML-DSA-44 key or signature has another length than all have; copy it again in full."
            )

    @classmethod
    def from_text(cls, key: object, signature: object) -> "PostQuantumSignature":
        """Read both from base 64."""
        if not isinstance(key, str) or not isinstance(signature, str):
            raise InvalidInput("The ML-DSA-44 key or signature is not a text; copy it again.")
        return cls(decode(key, "The ML-DSA-44 key"), decode(signature, "The ML-DSA-44 signature"))

    @property
    def key_digest(self) -> str:
        """The key's SHA-256 in hex digits, as terms name it."""
        return key_digest(self.key)

    def check(self, digest: bytes) -> None:
        """Raise InvalidSignature unless the key signed this EIP-712 digest."""
        if not ml_dsa.is_signed(self.key, digest, self.signature, CONTEXT):
            raise InvalidSignature("The ML-DSA-44 signature is not of this message; have it signed again.")


def sign(key: MlDsaKey, digest: bytes) -> PostQuantumSignature:
    """Sign an EIP-712 digest of 32 bytes."""
    return PostQuantumSignature(key.public_bytes, key.sign(digest, CONTEXT))


def key_digest(public: bytes) -> str:
    """Return the SHA-256 of a public key in hex digits, as terms name it."""
    return sha256(public).hexdigest()
