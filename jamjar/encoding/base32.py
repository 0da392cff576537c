"""Bytes as lines to type from paper: Crockford's base 32, with check characters on each line.

85 bytes are written as 8 lines. A line has 17 characters of five bits each, most significant first, and 3 check
characters: the remainder, modulo the prime 32749, of the number whose base-32 digits are the line's number (from 1) and
its 17 characters. One wrong character changes that number by less than 32 times a power of 32, and a swap of two
neighbours changes it by a multiple of 31 or 1025 times one: no such change is a multiple of the prime. So the check
detects both errors, in the check characters too, and every line out of its place; of all other errors it misses one in
32749.
"""

import re
from typing import Final

from jamjar.errors import InvalidInput

BYTES: Final = 85
LINES: Final = 8
_DATA: Final = 17
_CHECK: Final = 3
_PRIME: Final = 32749  # the largest below 32**3
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O that look like digits, no U
_READ_AS: Final = str.maketrans("ILO", "110", " -\t\r\u00a0")
_NUMBERED: Final = re.compile(r"\s*[1-8]\s*[.:)]")


def write(data: bytes) -> str:
    """Return 85 bytes as 8 lines of four groups of five characters; raises InvalidInput for another length."""
    if not isinstance(data, bytes) or len(data) != BYTES:
        raise InvalidInput(f"The data is not {BYTES} bytes long; pass exactly that many.")
    text = _base32(int.from_bytes(data, "big"), LINES * _DATA)
    pieces = [text[at : at + _DATA] for at in range(0, len(text), _DATA)]
    lines = [piece + _check(number, piece) for number, piece in enumerate(pieces, 1)]
    return "\n".join(" ".join(line[at : at + 5] for at in range(0, len(line), 5)) for line in lines)


def read(text: str) -> bytes:
    """Return the bytes that `write` wrote, from lines in any case, with any spaces and hyphens, O for 0, I or L for 1.

    Empty lines are ignored, and the number in front of a line (as in "3: ") is optional.
    Raises InvalidInput, which names the first wrong line.
    """
    if not isinstance(text, str) or len(text) > 1000:
        raise InvalidInput(f"The input is not a text of {LINES} lines; type them as they are printed.")
    typed = [_NUMBERED.sub("", line.upper(), 1).translate(_READ_AS) for line in text.split("\n")]
    lines = [line for line in typed if line]
    for number, line in enumerate(lines[:LINES], 1):
        _check_line(number, line)
    if len(lines) != LINES:
        raise InvalidInput(f"The text has {len(lines)} lines, not {LINES}; type each line once.")
    value = 0
    for character in "".join(line[:_DATA] for line in lines):
        value = value * 32 + _ALPHABET.index(character)
    return value.to_bytes(BYTES, "big")


def _check_line(number: int, line: str) -> None:
    if len(line) != _DATA + _CHECK:
        raise InvalidInput(f"Line {number} has {len(line)} characters, not {_DATA + _CHECK}; type it again.")
    if not set(line) <= set(_ALPHABET):
        raise InvalidInput(f"Line {number} has a character that is never used; type it again.")
    if line[_DATA:] != _check(number, line[:_DATA]):
        raise InvalidInput(f"Line {number} is mistyped or out of its place; type it again.")


def _check(number: int, piece: str) -> str:
    value = number
    for character in piece:
        value = value * 32 + _ALPHABET.index(character)
    return _base32(value % _PRIME, _CHECK)


def _base32(value: int, length: int) -> str:
    return "".join(_ALPHABET[value >> 5 * place & 31] for place in reversed(range(length)))
