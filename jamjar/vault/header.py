"""The unencrypted header of a vault: what is needed to try a passphrase, and nothing about the content.

It is canonical JSON: format, vault id, key derivation, its cost and salt, and the data key wrapped with
ChaCha20Poly1305 (RFC 8439) under the passphrase's key. The rest of the header is the wrapping's associated data, so an
altered header opens with no passphrase. The SHA-256 stored with it distinguishes damage from a wrong passphrase. Every
later format keeps the header, its `format` field and the SHA-256 in their places.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from jamjar.errors import InvalidInput, VaultDamaged, VaultTooNew, WrongPassphrase
from jamjar.vault.passphrase import KDF, SALT_BYTES, Cost, key_from

FORMAT: Final = "jamjar.vault.1"
ID_BYTES: Final = 16
KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_WRAPPED_BYTES: Final = _NONCE_BYTES + KEY_BYTES + 16  # nonce, key, tag


@dataclass(frozen=True, slots=True)
class VaultHeader:
    """The vault's id (16 bytes), the cost of a guess, the salt (16 bytes), and the wrapped data key (60 bytes)."""

    vault_id: bytes
    cost: Cost
    salt: bytes
    wrapped: bytes = field(repr=False)

    @classmethod
    def wrap(
        cls, vault_id: bytes, cost: Cost, passphrase: bytes, data_key: bytes, random_bytes: Callable[[int], bytes]
    ) -> "VaultHeader":
        """Wrap a data key (32 bytes) under a normalised passphrase, with a fresh salt."""
        salt, nonce = random_bytes(SALT_BYTES), random_bytes(_NONCE_BYTES)
        key = key_from(passphrase, salt, cost)
        bound = _json(_fields(vault_id, cost, salt))
        return cls(vault_id, cost, salt, nonce + ChaCha20Poly1305(key).encrypt(nonce, data_key, bound))

    def unwrap(self, passphrase: bytes) -> bytes:
        """Return the data key; raises WrongPassphrase, also when the header was altered deliberately."""
        key = key_from(passphrase, self.salt, self.cost)
        nonce, sealed = self.wrapped[:_NONCE_BYTES], self.wrapped[_NONCE_BYTES:]
        try:
            return ChaCha20Poly1305(key).decrypt(nonce, sealed, _json(_fields(self.vault_id, self.cost, self.salt)))
        except InvalidTag:
            raise WrongPassphrase(
                "This passphrase does not open the vault; type it again, or restore a backup if it is certainly right."
            ) from None

    def to_bytes(self) -> bytes:
        """Return the header as canonical JSON."""
        return _json({**_fields(self.vault_id, self.cost, self.salt), "wrapped": self.wrapped.hex()})

    @classmethod
    def from_bytes(cls, data: bytes, checksum: bytes) -> "VaultHeader":
        """Read a header; raises VaultDamaged, or VaultTooNew for a later format."""
        damaged = VaultDamaged("The vault's header is damaged; restore a backup.")
        if checksum != checksum_of(data):
            raise damaged
        try:
            found = json.loads(data)
            written = found["format"]
            if written != FORMAT and re.fullmatch(r"jamjar\.vault\.[1-9][0-9]{0,8}", written):
                raise VaultTooNew(f"The vault has the format {written}; open it with a newer version of Jamjar.")
            vault_id, salt, wrapped = (bytes.fromhex(found[name]) for name in ("vault", "salt", "wrapped"))
            header = cls(vault_id, Cost(**found["cost"]), salt, wrapped)
        except (ValueError, TypeError, KeyError, RecursionError, InvalidInput):
            raise damaged from None
        sizes = (len(header.vault_id), len(header.salt), len(header.wrapped))
        if sizes != (ID_BYTES, SALT_BYTES, _WRAPPED_BYTES) or header.to_bytes() != data:
            raise damaged
        return header


def checksum_of(header: bytes) -> bytes:
    """Return the SHA-256 that is stored with a header to detect damage."""
    return sha256(header).digest()


def _fields(vault_id: bytes, cost: Cost, salt: bytes) -> dict[str, object]:
    costs = {"memory_kib": cost.memory_kib, "passes": cost.passes, "lanes": cost.lanes}
    return {"format": FORMAT, "vault": vault_id.hex(), "kdf": KDF, "cost": costs, "salt": salt.hex()}


def _json(fields: dict[str, object]) -> bytes:
    return json.dumps(fields, separators=(",", ":"), sort_keys=True).encode()
