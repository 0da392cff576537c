"""One transaction of a bank account, as the claimant's vault stores it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, get_args

from jamjar.bank.text import MAX_TEXT
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.plan.money import pence
from jamjar.plan.period import FIRST_YEAR, LAST_YEAR

FORMAT = "jamjar.transaction.2"
FIRST_FORMAT = "jamjar.transaction.1"
"""The format of versions that did not store where a row came from; it is read, and not written."""

KEY = re.compile(r"[0-9a-f]{32}")
"""The pattern of a whole key of a transaction."""

Status = Literal["booked", "pending", "void"]
_STATUSES: tuple[str, ...] = get_args(Status)
_SOURCE = re.compile(r"[0-9a-f]{16}")
_NUMBER = re.compile(r"(?:[0-9a-f]{16})?")
_TIME = re.compile(r"(?:[0-2][0-9]:[0-5][0-9]:[0-5][0-9])?")
_NAMES = ("key", "source", "day", "pence", "payee", "note", "status", "transfer")
_LATER = ("number", "time", "origin")


@dataclass(frozen=True, slots=True)
class Transaction:
    """Money received (`pence` above zero) or paid (below), according to one row of a bank's file.

    - `key`: 32 hexadecimal digits, a keyed digest, which names it; see `jamjar.bank.keys`.
    - `source`: 16 hexadecimal digits, a keyed digest of the account; it holds no account number.
    - `status`: "booked" is final. "pending" may still change or disappear. "void" moved no money: a rejected,
      informational or future row, which is only counted.
    - `transfer`: whether the bank itself marks the money as still the claimant's, as in a pot of theirs.
    - `number`: 16 hexadecimal digits, a keyed digest of the bank's own number, or "".
    - `time`: HH:MM:SS of UK clocks, or "" where it is not known.
    - `origin`: the source as the file has it, where the account is held under another one; else "".

    Raises InvalidInput, which never repeats a payee or an amount.
    """

    key: str
    source: str
    day: date
    pence: int = field(repr=False)
    payee: str = field(repr=False)
    note: str = field(default="", repr=False)
    status: Status = "booked"
    transfer: bool = False
    number: str = ""
    time: str = ""
    origin: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.key, str) or not KEY.fullmatch(self.key):
            raise InvalidInput("The key of a transaction is not 32 hexadecimal digits; read it from a bank's file.")
        if not isinstance(self.source, str) or not _SOURCE.fullmatch(self.source):
            raise InvalidInput("The source of a transaction is not 16 hexadecimal digits; read it from a bank's file.")
        if isinstance(self.day, datetime) or not isinstance(self.day, date):
            raise InvalidInput("The day of a transaction is not a date; give a datetime.date.")
        if not FIRST_YEAR <= self.day.year <= LAST_YEAR:
            raise InvalidInput(
                f"The day of a transaction is outside the years {FIRST_YEAR} to {LAST_YEAR}; correct it."
            )
        pence(self.pence, "The amount of a transaction", negative=True)
        for text in (self.payee, self.note):
            if not isinstance(text, str) or len(text) > MAX_TEXT or not text.isprintable() or text != text.strip():
                raise InvalidInput("The payee or note of a transaction is not one clean line of text; retype it.")
        if self.status not in _STATUSES:
            raise InvalidInput(f"The status of a transaction is unknown; give one of {', '.join(_STATUSES)}.")
        if not isinstance(self.transfer, bool):
            raise InvalidInput("The field `transfer` of a transaction is neither True nor False; give one of them.")
        for found, pattern in ((self.number, _NUMBER), (self.time, _TIME), (self.origin, _NUMBER)):
            if not isinstance(found, str) or not pattern.fullmatch(found):
                raise InvalidInput("The number, time or origin of a transaction is malformed; read it from a file.")

    @property
    def pending(self) -> bool:
        """Whether the row may still change or disappear."""
        return self.status == "pending"

    @property
    def counts(self) -> bool:
        """Whether the transaction is spending or income: booked, and no transfer."""
        return self.status == "booked" and not self.transfer

    def to_json(self) -> bytes:
        """Return the transaction as canonical JSON in the format "jamjar.transaction.2"; equal ones are equal bytes."""
        return self._json(FORMAT, *_NAMES, *_LATER)

    @classmethod
    def from_json(cls, data: bytes) -> Transaction:
        """Return the transaction that `data`, in either format, describes; raises InvalidInput otherwise."""
        try:
            text = data.decode("ascii")
        except (AttributeError, UnicodeDecodeError):
            raise InvalidInput("A stored transaction is not ASCII bytes; restore it from a copy.") from None
        value = strict_json.loads(text, "A stored transaction")
        format_ = str(value.get("format")) if isinstance(value, dict) else ""
        names = _NAMES if format_ == FIRST_FORMAT else (*_NAMES, *_LATER)
        found = strict_json.fields(value, "A stored transaction", "format", *names)
        if found.pop("format") not in (FORMAT, FIRST_FORMAT):
            raise InvalidInput(
                f"The format of a stored transaction is unknown; this version reads {FORMAT}, so update Jamjar."
            )
        transaction = cls(**found | {"day": _day(found["day"])})
        if transaction._json(format_, *names) != data:
            raise InvalidInput("A stored transaction is not in its canonical form; restore it from a copy.")
        return transaction

    def _json(self, format_: str, *names: str) -> bytes:
        values = {name: getattr(self, name) for name in names}
        return strict_json.dumps(values | {"format": format_, "day": self.day.isoformat()}).encode("ascii")


def _day(text: object) -> date:
    try:
        return date.fromisoformat(text)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise InvalidInput(
            "The day of a stored transaction is not written as YYYY-MM-DD; restore it from a copy."
        ) from None
