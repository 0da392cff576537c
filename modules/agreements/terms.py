"""The terms of an agreement: who pays whom for which milestones, and their digests, which tell nothing.

Terms are canonical JSON in ASCII, keys sorted and without spaces, of `jamjar.agreement.1`: one text for one meaning.
A digest is SHA-256 (FIPS 180-4) behind a name of what it is of; each milestone and the terms have a salt of their own,
so that nobody finds an amount by trying amounts, and a milestone can be shown to an auditor without the others.
"""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, Final

from jamjar.errors import InvalidInput
from jamjar.plan.money import pence

FORMAT: Final = "jamjar.agreement.1"
SALT_BYTES: Final = 32
_NUMBERS: Final = {"payer": (1, 2**32 - 1), "payee": (1, 2**32 - 1), "days": (0, 366), "rate": (0, 10_000)}
_MOST_MILESTONES, _LONGEST_NAME, _LAST_YEAR, _LONGEST = 64, 80, 2200, 128 * 1024


@dataclass(frozen=True, slots=True)
class Milestone:
    """A part of the work; every instance is valid, and InvalidInput is raised for anything else.

    name    one line of 1 to 80 printable characters in Unicode Normalization Form C
    due     the first day on which its amount can be due, also where it is met before
    amount  whole pence, above zero
    salt    32 random bytes, kept as long as the milestone is the same
    """

    name: str
    due: date
    amount: int = field(repr=False)
    salt: bytes = field(repr=False)

    def __post_init__(self) -> None:
        name = self.name
        if not isinstance(name, str) or not 1 <= len(name) <= _LONGEST_NAME or not name.isprintable():
            raise InvalidInput(f"A milestone's name is not one line of 1 to {_LONGEST_NAME} characters; shorten it.")
        if name.strip() != name or unicodedata.normalize("NFC", name) != name:
            raise InvalidInput("A milestone's name has spaces around it or is not in NFC; normalise it.")
        day(self.due, "A milestone's date")
        if pence(self.amount, "A milestone's amount") == 0:
            raise InvalidInput("A milestone's amount is zero; leave the milestone out.")
        _check_salt(self.salt)

    @property
    def digest(self) -> bytes:
        """What stands for the milestone on the ledger: 32 bytes, the same in other terms only if all of it is."""
        return digest("milestone", self.salt, _canonical(self.fields()).encode("ascii"))

    def fields(self) -> Mapping[str, Any]:
        """Return the milestone as JSON has it."""
        return {"amount": self.amount, "due": self.due.isoformat(), "name": self.name, "salt": self.salt.hex()}


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms that both parties hold; every instance is valid, and InvalidInput is raised for anything else.

    payer, payee  member numbers
    days          to pay in, from the day of acceptance on: 0 to 366
    rate          simple interest on what is paid late, in hundredths of a percent a year: 1175 is 11.75 %
    milestones    1 to 64, with names and salts of their own
    salt          32 random bytes
    """

    payer: int
    payee: int
    days: int
    rate: int
    milestones: tuple[Milestone, ...]
    salt: bytes = field(repr=False)

    def __post_init__(self) -> None:
        for name, (least, most) in _NUMBERS.items():
            number = getattr(self, name)
            if type(number) is not int or not least <= number <= most:
                raise InvalidInput(f"The terms' {name} is no whole number from {least} to {most}; correct it.")
        if self.payer == self.payee:
            raise InvalidInput("The payer is the payee; name two members.")
        if not isinstance(self.milestones, tuple) or not 1 <= len(self.milestones) <= _MOST_MILESTONES:
            raise InvalidInput(f"The terms do not have 1 to {_MOST_MILESTONES} milestones; give them as a tuple.")
        _check_salt(self.salt)
        salts = {self.salt, *(each.salt for each in self.milestones)}
        if len({each.name for each in self.milestones}) < len(self.milestones) or len(salts) <= len(self.milestones):
            raise InvalidInput("Two milestones have one name, or a salt stands twice; give each its own.")

    @property
    def text(self) -> str:
        """The terms as canonical JSON, which one party hands the other."""
        numbers = {name: getattr(self, name) for name in _NUMBERS}
        milestones = [each.fields() for each in self.milestones]
        return _canonical({**numbers, "format": FORMAT, "milestones": milestones, "salt": self.salt.hex()})

    @property
    def digest(self) -> bytes:
        """What stands for the terms on the ledger: 32 bytes."""
        return digest("terms", self.salt, self.text.encode("ascii"))

    @classmethod
    def read(cls, text: str) -> "Terms":
        """Return the terms that a text is; raises InvalidInput for a text that is not exactly canonical."""
        wrong = InvalidInput(f"The text is not canonical JSON of {FORMAT}; ask the other party for the terms again.")
        if not isinstance(text, str) or len(text) > _LONGEST:
            raise wrong
        try:
            found = json.loads(text)
            milestones = tuple(
                Milestone(each["name"], date.fromisoformat(each["due"]), each["amount"], bytes.fromhex(each["salt"]))
                for each in found["milestones"]
            )
            numbers = {name: found[name] for name in _NUMBERS}
            terms = cls(**numbers, milestones=milestones, salt=bytes.fromhex(found["salt"]))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise error if isinstance(error, InvalidInput) else wrong from None
        if terms.text != text:  # a key twice or unknown, other order, spaces, another spelling of a number or date
            raise wrong
        return terms


def digest(what: str, salt: bytes, content: bytes) -> bytes:
    """Return the salted digest of a document, such as "evidence", "settlement", "grounds" or "statement"."""
    _check_salt(salt)
    return sha256(f"{FORMAT}/{what}\0".encode() + salt + content).digest()


def day(value: object, what: str) -> date:
    """Return a day; raises InvalidInput for what is none, also for a time, whose day depends on where one is."""
    if type(value) is not date or not 2000 <= value.year <= _LAST_YEAR:
        raise InvalidInput(f"{what} is no day from 2000 to {_LAST_YEAR}; give a datetime.date, without a time.")
    return value


def _check_salt(salt: object) -> None:
    if not isinstance(salt, bytes) or len(salt) != SALT_BYTES or len(set(salt)) == 1:
        raise InvalidInput(f"A salt is not {SALT_BYTES} random bytes; draw it with secrets.token_bytes.")


def _canonical(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
