"""Strict base 64: every value has exactly one encoding (RFC 4648, sections 3.5 and 4).

`what` is the noun that begins the sentence of an error, such as "A signature".
"""

from base64 import b64decode, b64encode

from jamjar.errors import InvalidInput

HASH_BYTES = 32


def encode(data: bytes) -> str:
    """Return bytes in base 64, padded."""
    return b64encode(data).decode("ascii")


def decode(text: str, what: str) -> bytes:
    """Return the bytes that `encode` encoded as `text`; raises InvalidInput for any other text."""
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        data = b""
    if not data or encode(data) != text:
        raise InvalidInput(f"{what} is not in base 64; copy it again.")
    return data


def read_hash(text: str) -> bytes:
    """Return the 32 bytes of a hash in base 64; raises InvalidInput for anything else."""
    data = decode(text, "A hash")
    if len(data) != HASH_BYTES:
        raise InvalidInput(f"A hash is not {HASH_BYTES} bytes long; copy it again.")
    return data


def read_number(text: str, what: str) -> int:
    """Return a number below 2**63, written in decimal without leading zeroes; raises InvalidInput for other texts."""
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or str(int(text)) != text or int(text) >= 2**63:
        raise InvalidInput(f"{what} is not a decimal number without leading zeroes; copy it again.")
    return int(text)
