"""The secret of one consent, from which its key and salts derive: without it, nothing on the ledger can be opened.

Every label in use is a constant here, so that no two uses share one.
"""

from collections.abc import Callable
from typing import Final, NoReturn

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from jamjar.errors import InvalidInput

CONSENT_KEY: Final = "jamjar/1/key"
"""The label of the consent key's 32 bytes."""
TERMS_SALT: Final = "jamjar/1/terms-salt"
"""The label of the 32 bytes of salt in the digest of the terms."""
REPLY_KEY: Final = "jamjar/1/reply-key"
"""The label of the 32 bytes of the encryption key that replies are sealed to."""
CALENDAR: Final = "jamjar/1/calendar"
"""The label of the 32 bytes from which the times derive at which the consent's messages are sent."""
POST_QUANTUM_KEY: Final = "jamjar/1/mldsa44"
"""The label of the 32 bytes of the consent's ML-DSA-44 key."""
ES256_KEY: Final = "jamjar/1/es256"
"""The label of the 48 bytes of the P-256 key that signs what is exported."""
_COMMITMENT: Final = "jamjar/1/commitment/"
SECRET_BYTES: Final = 32
MOST_BYTES: Final = 255 * 32  # the limit of HKDF with SHA-256 (RFC 5869, section 2.3)


class ConsentSecret:
    """32 random bytes that never appear in a repr, a copy or a pickle; `to_bytes` is only for the vault."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        """Take the 32 bytes; raises InvalidInput for another length or type."""
        if not isinstance(secret, bytes) or len(secret) != SECRET_BYTES:
            raise InvalidInput("The secret of the consent is not 32 bytes; generate a new one.")
        self._secret = secret

    @classmethod
    def generate(cls, random_bytes: Callable[[int], bytes]) -> "ConsentSecret":
        """Return a new secret from `random_bytes`, such as `secrets.token_bytes`."""
        return cls(random_bytes(SECRET_BYTES))

    def derive(self, label: str, length: int = 32) -> bytes:
        """Return `length` bytes (1 to 8,160) that derive from this secret and this label.

        HKDF-SHA256 (RFC 5869) without a salt, the label's UTF-8 as its info. Bytes of one label and two lengths begin
        alike: give each use its own label. Raises InvalidInput for an empty label or another length.
        """
        if not isinstance(label, str) or not label or not label.isascii():
            raise InvalidInput("The label is empty or not ASCII text; choose one such as jamjar/1/key.")
        if type(length) is not int or not 1 <= length <= MOST_BYTES:
            raise InvalidInput(f"The length is not 1 to {MOST_BYTES} bytes; choose within that.")
        return HKDF(algorithm=SHA256(), length=length, salt=None, info=label.encode()).derive(self._secret)

    def to_bytes(self) -> bytes:
        """Return the 32 bytes, to be stored only in the vault."""
        return self._secret

    def __repr__(self) -> str:
        return "ConsentSecret(...)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("The secret of a consent cannot be copied or pickled; keep it in the vault.")


def commitment_label(nonce: bytes) -> str:
    """Return the label of the salts and decoys of the commitment with this nonce."""
    return f"{_COMMITMENT}{nonce.hex()}"
