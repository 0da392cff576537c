"""Ethereum addresses: 20 bytes, written with the EIP-55 checksum."""

import string
from functools import lru_cache

from jamjar.crypto.hashing import keccak256
from jamjar.errors import InvalidInput

_HEX = frozenset(string.hexdigits)
_ZERO = bytes(20)


@lru_cache(1 << 14)  # reading a ledger formats the same few addresses repeatedly
def checksum_address(raw: bytes) -> str:
    """Return the EIP-55 text of a 20-byte address."""
    if len(raw) != 20:
        raise InvalidInput("The address is not 20 bytes long; pass exactly 20.")
    text = raw.hex()
    nibbles = keccak256(text.encode("ascii")).hex()
    return "0x" + "".join(c.upper() if n >= "8" else c for c, n in zip(text, nibbles, strict=False))


def parse_address(text: str) -> bytes:
    """Return the 20 bytes of a 0x address in one case, or in mixed case with a right EIP-55 checksum.

    Raises InvalidInput for any other form, a wrong checksum and the zero address.
    """
    if not isinstance(text, str) or len(text) != 42 or text[:2] != "0x" or not _HEX.issuperset(text[2:]):
        raise InvalidInput("The address is not 0x and 40 hexadecimal digits; copy it again in full.")
    digits = text[2:]
    raw = bytes.fromhex(digits)
    if raw == _ZERO:
        raise InvalidInput("The zero address belongs to nobody; name a real one.")
    if digits not in (digits.lower(), digits.upper()) and text != checksum_address(raw):
        raise InvalidInput("The address fails its EIP-55 checksum; copy it again, as a digit is wrong.")
    return raw


def created_address(creator: str, nonce: int) -> str:
    """Return the address of the contract that an account creates with its transaction number `nonce`, from 0.

    It is the end of the Keccak-256 of the RLP of both (Ethereum Yellow Paper, section 7 and appendix B).
    """
    digits = nonce.to_bytes((nonce.bit_length() + 7) // 8, "big")
    number = digits if 0 < nonce < 0x80 else bytes([0x80 + len(digits)]) + digits
    listed = b"\x94" + parse_address(creator) + number
    return checksum_address(keccak256(bytes([0xC0 + len(listed)]) + listed)[12:])
