"""Openings of figures and of texts as values for JSON, their words as 0x and 64 hex digits in lower case."""

import re
from typing import Any, Final

from jamjar.disclosure.commitment import Opening
from jamjar.disclosure.text_leaf import TextOpening
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput

_HEX_WORD: Final = re.compile(r"0x[0-9a-f]{64}")


def opening_fields(opening: Opening | TextOpening) -> dict[str, Any]:
    """Return an opening as values for JSON."""
    value = {"text": opening.text} if isinstance(opening, TextOpening) else {"value": opening.value}
    proof = [hex_word(node) for node in opening.proof]
    return {"name": opening.name, **value, "salt": hex_word(opening.salt), "proof": proof}


def read_opening(item: object, leaf_format: int) -> Opening:
    """Read the opening of a figure in a leaf of a format; raises InvalidInput for anything else."""
    found = strict_json.fields(item, "An opening", "name", "value", "salt", "proof")
    return Opening(found["name"], found["value"], read_word(found["salt"]), _proof(found["proof"]), leaf_format)


def read_text(item: object) -> TextOpening:
    """Read the opening of a text; raises InvalidInput for anything else."""
    found = strict_json.fields(item, "A text", "name", "text", "salt", "proof")
    return TextOpening(found["name"], found["text"], read_word(found["salt"]), _proof(found["proof"]))


def hex_word(word: bytes) -> str:
    """Return 32 bytes as text."""
    return "0x" + word.hex()


def read_word(text: object) -> bytes:
    """Read what `hex_word` wrote; raises InvalidInput for anything else."""
    if not isinstance(text, str) or not _HEX_WORD.fullmatch(text):
        raise InvalidInput("A root, salt or hash is not 0x and 64 lower-case hex digits; ask for the disclosure again.")
    return bytes.fromhex(text[2:])


def _proof(value: object) -> tuple[bytes, ...]:
    return tuple(read_word(node) for node in strict_json.items(value, "The hashes of a proof"))
