"""Keccak-256 as Ethereum uses it, from the fastest implementation installed (pysha3)."""

from sha3 import keccak_256

from jamjar.errors import InvalidInput


def keccak256(data: bytes) -> bytes:
    """Return the 32-byte Keccak-256 digest of `data` (Ethereum Yellow Paper, section 2)."""
    digest: bytes = keccak_256(data).digest()
    return digest


def require_word(item: bytes, what: str) -> None:
    """Check that `item` is 32 bytes; raises InvalidInput, whose sentence begins with `what`, otherwise."""
    if type(item) is not bytes or len(item) != 32:
        raise InvalidInput(f"{what} is not 32 bytes; decode it from hex and check its length.")
