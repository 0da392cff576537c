"""The encryption keys in an adviser's vault: the current one, one that is about to be published, and older ones.

A rotation is three steps, and loses nothing wherever it is stopped: the new key is stored (`prepare`), published on the
ledger, and made the current one, with the one before kept (`adopt`). What a package names is the key that it is sealed
to, so all of them open what was sealed to them, until an older one is dropped.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Final

from jamjar.crypto.hashing import keccak256
from jamjar.crypto.sealing import EncryptionKey, SealBroken
from jamjar.disclosure.package import Opened, SealedPackage, open_package
from jamjar.errors import InvalidInput
from jamjar.protocol.typed_data import Domain
from jamjar.vault.transaction import VaultTransaction
from jamjar.vault.vault import Vault

ENCRYPTION_KEY: Final = "encryption-key"
"""The kind of the records in the vault: "current", "next", and older ones by the digest of their public keys in hex."""
_CURRENT, _NEXT = "current", "next"


def encryption_key(vault: Vault) -> EncryptionKey:
    """Return the member's private encryption key; raises InvalidInput while the vault has none."""
    with vault.reading() as transaction:
        seed = transaction.get(ENCRYPTION_KEY, _CURRENT)
    if seed is None:
        raise InvalidInput("This vault has no encryption key; create one with jamjar adviser create.")
    return EncryptionKey(seed)


def make_encryption_key(vault: Vault) -> EncryptionKey:
    """Return the member's private encryption key, making it if there is none."""
    with vault.writing() as transaction:
        transaction.add(ENCRYPTION_KEY, _CURRENT, EncryptionKey.generate(secrets.token_bytes).to_bytes())
    return encryption_key(vault)


def all_keys(vault: Vault) -> dict[bytes, EncryptionKey]:
    """Return the keys that open packages, by the Keccak-256 of their public keys; the current one is first."""
    with vault.reading() as transaction:
        seeds = dict(transaction.all(ENCRYPTION_KEY))
    found = [EncryptionKey(seeds[name]) for name in sorted(seeds, key=lambda name: (name != _CURRENT, name != _NEXT))]
    return {digest_of(key): key for key in found}


def opened_with_any(package: SealedPackage, keys: Mapping[bytes, EncryptionKey], domain: Domain) -> Opened:
    """Open a package with whichever key it is sealed to; those of the first format do not name it."""
    fitting = [key for digest, key in keys.items() if package.content.sealed_to in (b"", digest)]
    for place, key in enumerate(fitting, 1):
        try:
            return open_package(package, key, domain)
        except SealBroken:
            if place == len(fitting):
                raise
    raise SealBroken("The package is sealed to another key than this vault's; use the vault that has it.")


def digest_of(key: EncryptionKey) -> bytes:
    """Return the Keccak-256 of a public key, by which the ledger and packages name it."""
    return keccak256(key.public_bytes)


def prepare(vault: Vault) -> EncryptionKey:
    """Store a fresh key that is to be published, and return it; one that was stored and not adopted is taken again."""
    encryption_key(vault)  # a vault without a current key has nothing to rotate
    with vault.writing() as transaction:
        transaction.add(ENCRYPTION_KEY, _NEXT, EncryptionKey.generate(secrets.token_bytes).to_bytes())
        return EncryptionKey(_seed(transaction, _NEXT))


def adopt(vault: Vault) -> None:
    """Make the key that was published the current one, and keep the one before; both at once or neither."""
    with vault.writing() as transaction:
        current, new = (_seed(transaction, name) for name in (_CURRENT, _NEXT))
        transaction.put(ENCRYPTION_KEY, digest_of(EncryptionKey(current)).hex(), current)
        transaction.put(ENCRYPTION_KEY, _CURRENT, new)
        transaction.delete(ENCRYPTION_KEY, _NEXT)


def rotate(vault: Vault, published: bytes, publish: Callable[[bytes, bytes], object]) -> EncryptionKey:
    """Replace the current key by a fresh one, and return that; stopped anywhere, it is called again and goes on.

    published  the digest of the key that is on the ledger
    publish    puts the new public key there, given with its digest, or raises
    """
    new = prepare(vault)
    if digest_of(new) != published:
        publish(new.public_bytes, digest_of(new))
    adopt(vault)
    return new


def older(vault: Vault) -> list[bytes]:
    """Return the digests of the keys that were current before, oldest first."""
    with vault.reading() as transaction:
        names = [name for name, _ in transaction.all(ENCRYPTION_KEY)]
    return [bytes.fromhex(name) for name in names if name not in {_CURRENT, _NEXT}]


def drop(vault: Vault, digest: bytes) -> None:
    """Destroy an older key: nothing that is sealed to it can be opened again, by anyone."""
    with vault.writing() as transaction:
        if not transaction.delete(ENCRYPTION_KEY, digest.hex()):
            raise InvalidInput("The vault has no such older key; see jamjar member key list.")
    vault.scour()


def _seed(transaction: VaultTransaction, name: str) -> bytes:
    seed = transaction.get(ENCRYPTION_KEY, name)
    if seed is None:
        raise InvalidInput("The vault has no key to adopt; rotate again with jamjar member key rotate.")
    return seed
