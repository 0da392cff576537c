"""The fixed bytes and parties that all vectors are made of."""

from collections.abc import Callable
from typing import Final

from jamjar.crypto.hashing import keccak256
from jamjar.crypto.sealing import EncryptionKey
from jamjar.protocol.signing import ConsentKey
from jamjar.protocol.typed_data import Domain
from jamjar.vault.secret import CONSENT_KEY, ConsentSecret

CHAIN_ID: Final = 1337
REGISTRY: Final = Domain(CHAIN_ID, "0x" + "11" * 20)
"""The ConsentRegistry's domain."""
COMMITMENTS: Final = Domain(CHAIN_ID, "0x" + "22" * 20)
ADVICE_LOG: Final = Domain(CHAIN_ID, "0x" + "33" * 20)
NOW: Final = 1_800_000_000
MEMBER: Final = 2


def drawn(label: str) -> Callable[[int], bytes]:
    """Return a random source that gives the same bytes in every run, and others at each call."""
    calls = [0]

    def source(size: int) -> bytes:
        calls[0] += 1
        words = (keccak256(f"{label}/{calls[0]}/{at}".encode()) for at in range(size // 32 + 1))
        return b"".join(words)[:size]

    return source


SECRET: Final = ConsentSecret.generate(drawn("secret"))
KEY: Final = ConsentKey(SECRET.derive(CONSENT_KEY))
ADVISER: Final = ConsentKey.generate(drawn("an adviser's account"))
ADVISER_KEY: Final = EncryptionKey.generate(drawn("an adviser's encryption key"))


def taken(what: Callable[[], object]) -> str:
    """Return the refusal of what must be refused, so that no vector claims a refusal that is none."""
    try:
        what()
    except ValueError as error:  # every InvalidInput is one
        return str(error)
    raise AssertionError("A vector that must be refused was taken.")
