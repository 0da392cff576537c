"""Advice, and its salted digest for the ledger."""

from dataclasses import dataclass, field
from typing import Final

from jamjar.crypto.hashing import keccak256
from jamjar.errors import InvalidInput

FORMAT: Final = "jamjar.advice.1"
"""What the digest's tag is the hash of."""
MAX_CHARACTERS: Final = 20_000
"""Of the text of advice."""
_TAG: Final = keccak256(FORMAT.encode("ascii"))


@dataclass(frozen=True, slots=True)
class Advice:
    """A recipient's advice: 1 to 20,000 characters, and a salt of 32 random bytes that hides them on the ledger.

    Raises InvalidInput for another text or salt.
    """

    text: str = field(repr=False)
    salt: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not isinstance(self.text, str) or not 1 <= len(self.text.strip()) <= len(self.text) <= MAX_CHARACTERS:
            raise InvalidInput(
                f"The advice is not a text of 1 to {MAX_CHARACTERS} characters; write one, or shorten it."
            )
        if not isinstance(self.salt, bytes) or len(self.salt) != 32 or not any(self.salt):
            raise InvalidInput("The salt of advice is not 32 random bytes; draw a fresh one.")
        try:
            self.text.encode("utf-8")
        except UnicodeEncodeError:
            raise InvalidInput("The advice holds half a character; copy the text again.") from None

    @property
    def digest(self) -> bytes:
        """The 32 bytes keccak256(keccak256("jamjar.advice.1") || salt || keccak256(UTF-8 of the text))."""
        return keccak256(_TAG + self.salt + keccak256(self.text.encode("utf-8")))
