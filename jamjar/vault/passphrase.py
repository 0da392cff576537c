"""Derivation of a key from a passphrase: Argon2id (RFC 9106), at a cost that a claimant's machine can afford."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from jamjar.encoding.unicode_text import is_stable
from jamjar.errors import InvalidInput, VaultUnavailable

KDF: Final = "argon2id"
SALT_BYTES: Final = 16
# Only Argon2id slows down guesses at a stolen file. NIST SP 800-63B requires at least eight characters; a program that
# asks for a new passphrase should offer five or more random words.
FEWEST_CHARACTERS: Final = 8
MOST_CHARACTERS: Final = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of one guess at a passphrase: memory in KiB, passes over it, and parallel lanes.

    The minimum is for tests; the maximum keeps an altered header from demanding more than 1 GiB or a minute.
    Raises InvalidInput beyond that.
    """

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        for number, least, most in ((self.lanes, 1, 16), (self.passes, 1, 10), (self.memory_kib, 8, 2**20)):
            if type(number) is not int or not least <= number <= most:
                raise InvalidInput("The cost is not 8 KiB to 1 GiB, 1 to 10 passes, 1 to 16 lanes; choose within that.")
        if self.memory_kib < 8 * self.lanes:  # RFC 9106, section 3.1
            raise InvalidInput("The cost has under 8 KiB for each lane; choose more memory or fewer lanes.")

    def is_below(self, other: "Cost") -> bool:
        """Return whether guessing at this cost takes less memory, or fewer passes over it, than at the other."""
        return self.memory_kib < other.memory_kib or self.passes < other.passes


# The second choice that RFC 9106 (section 4) recommends, with twice its memory: two thirds of a second on two shared
# cores of a server, so about one second on an old laptop, and no more memory than such a machine has to spare.
DEFAULT_COST: Final = Cost(memory_kib=128 * 1024, passes=3, lanes=4)


def new_passphrase(text: str) -> bytes:
    """Return the bytes of a newly chosen passphrase; raises InvalidInput when it is too short or long."""
    data = normalised(text)
    if not is_stable(text):  # or another version of Unicode gives another key
        raise InvalidInput(
            "The passphrase has a character that not every version of Unicode has; choose another character."
        )
    if not FEWEST_CHARACTERS <= len(data.decode()) <= MOST_CHARACTERS or not data.strip():
        raise InvalidInput(
            f"The passphrase is not {FEWEST_CHARACTERS} to {MOST_CHARACTERS} characters long;"
            " choose several random words."
        )
    return data


def normalised(text: str) -> bytes:
    """Return a passphrase as UTF-8 in Unicode's form NFKC (NIST SP 800-63B), the same from every keyboard.

    Raises InvalidInput for anything but text.
    """
    try:
        return unicodedata.normalize("NFKC", text[: MOST_CHARACTERS + 1]).encode()
    except (TypeError, UnicodeEncodeError):
        # Not `from` the error: its text shows the passphrase.
        raise InvalidInput("The passphrase is not text; type it again.") from None


def key_from(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    """Return the 32-byte key of a normalised passphrase; raises VaultUnavailable when the memory is not there."""
    try:
        kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
        return kdf.derive(passphrase)
    except MemoryError as error:
        raise VaultUnavailable(
            f"Opening the vault lacks {cost.memory_kib // 1024} MiB of memory; close other programs and try again."
        ) from error
