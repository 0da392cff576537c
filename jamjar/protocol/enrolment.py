"""What a wallet asks an admitter for, and what it is answered: blinded messages, and their blind signatures.

    {"format": "jamjar.enrolment-request.1", "admitter": 4, "epoch": 202612, "key": "0x...", "blinded": ["...", ...]}
    {"format": "jamjar.enrolment-answer.1", "admitter": 4, "epoch": 202612, "key": "0x...", "signatures": ["...", ...]}

`key` is the Keccak-256 of the epoch's key as published. There are as many as the key's quota in each, so that every
wallet asks alike. Neither is secret: only the wallet's blindings make tokens of the answer.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from jamjar.crypto import blind_rsa
from jamjar.encoding import strict_base64, strict_json
from jamjar.errors import InvalidInput
from jamjar.protocol.signed_message import from_hex, to_hex
from jamjar.protocol.token import MOST_QUOTA, EpochKey, check_epoch

MAX_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class _Enrolment:
    """One admitter, one epoch, the digest of its key, and one number as long as its modulus for each token."""

    admitter: int
    epoch: int
    key: bytes
    items: tuple[bytes, ...] = field(repr=False)

    FORMAT: ClassVar[str]
    ITEMS: ClassVar[str]
    WHAT: ClassVar[str]

    def check(self, admitter: int, key: EpochKey) -> None:
        """Raise InvalidInput unless it is for this admitter's key, and has as many items as its quota."""
        if (self.admitter, self.epoch, self.key) != (admitter, key.epoch, key.digest):
            raise InvalidInput(f"{self.WHAT} is for another admitter's key or another month; choose the right file.")
        size = blind_rsa.size_of(key.modulus)
        in_range = (len(each) == size and 0 < int.from_bytes(each, "big") < key.modulus for each in self.items)
        if len(self.items) != key.quota or len(set(self.items)) != key.quota or not all(in_range):
            raise InvalidInput(f"{self.WHAT} does not have {key.quota} numbers of the key's size; make it again.")

    def to_json(self) -> str:
        """Return the file's text."""
        numbers = [strict_base64.encode(each) for each in self.items]
        made = {"format": self.FORMAT, "admitter": self.admitter, "epoch": self.epoch, "key": to_hex(self.key)}
        return strict_json.dumps({**made, self.ITEMS: numbers})

    @classmethod
    def from_json(cls, text: object) -> "Any":
        """Read the file's text; raises InvalidInput for anything else."""
        found = strict_json.fields(
            strict_json.loads(text, cls.WHAT, MAX_BYTES), cls.WHAT, "format", "admitter", "epoch", "key", cls.ITEMS
        )
        if found["format"] != cls.FORMAT:
            raise InvalidInput(f"{cls.WHAT} is in an unknown format; this version reads {cls.FORMAT}.")
        check_epoch(found["epoch"])
        if type(found["admitter"]) is not int:
            raise InvalidInput(f"{cls.WHAT} names no admitter by its number; make it again.")
        numbers = strict_json.items(found[cls.ITEMS], f"The {cls.ITEMS}")
        if len(numbers) > MOST_QUOTA or not all(isinstance(each, str) for each in numbers):
            raise InvalidInput(f"{cls.WHAT} has over {MOST_QUOTA} numbers, or one that is no text; make it again.")
        decoded = tuple(strict_base64.decode(each, "A number") for each in numbers)
        return cls(found["admitter"], found["epoch"], from_hex(found["key"], 32), decoded)


@dataclass(frozen=True, slots=True)
class EnrolmentRequest(_Enrolment):
    """What a wallet asks for: its blinded messages."""

    FORMAT: ClassVar[str] = "jamjar.enrolment-request.1"
    ITEMS: ClassVar[str] = "blinded"
    WHAT: ClassVar[str] = "The request for tokens"


@dataclass(frozen=True, slots=True)
class EnrolmentAnswer(_Enrolment):
    """What an admitter answers: the blind signatures, in the request's order."""

    FORMAT: ClassVar[str] = "jamjar.enrolment-answer.1"
    ITEMS: ClassVar[str] = "signatures"
    WHAT: ClassVar[str] = "The answer with tokens"
