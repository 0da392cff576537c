"""Keccak-256 as Ethereum uses it, from the fastest implementation installed (pysha3)."""

from sha3 import keccak_256


def keccak256(data: bytes) -> bytes:
    """Return the 32-byte Keccak-256 digest of `data` (Ethereum Yellow Paper, section 2)."""
    digest: bytes = keccak_256(data).digest()
    return digest
