"""A verified disclosure as an adviser has it, and as it is kept until its retention ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from jamjar.consent.named import NamedValue
from jamjar.disclosure.disclosure import Disclosure
from jamjar.disclosure.named_set import values_of
from jamjar.disclosure.package import Opened
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput

_LONGEST: Final = 1 << 20


class LookedAlready(InvalidInput):
    """The package was looked at already, and nothing of it is kept: another look is another use."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A verified disclosure or answer: its figures in pence, or its values of a set, and what is needed to reply."""

    opened: Opened = field(repr=False)
    figures: Mapping[str, int] = field(repr=False)
    keep_until: int
    """Unix seconds until which it may be kept; 0 when it may only be viewed."""

    @property
    def disclosure(self) -> Disclosure:
        """The disclosure that the figures are from."""
        return self.opened.disclosure

    @property
    def values(self) -> Mapping[str, NamedValue]:
        """The values of a set that are shown, by their names in the set; none of a budget, nor of an answer."""
        return values_of(self.disclosure) if self.disclosure.terms.set_id else {}

    @property
    def address(self) -> dict[str, str]:
        """Where a reply goes: consent, commitment and the claimant's key."""
        shown = self.disclosure
        return {
            "consent": shown.consent,
            "commitment": shown.root.hex(),
            "reply_key": self.opened.reply_key.hex(),
        }

    @property
    def is_proven(self) -> bool | None:
        """Whether a question's statement was proven: False where it was refused, None where figures were shown."""
        return None if self.opened.answer is None else self.opened.answer.proof is not None

    def to_json(self) -> bytes:
        """Return the record of it in the vault."""
        record = {
            "disclosure": self.opened.content.to_json().decode(),
            "reply_key": self.opened.reply_key.hex(),
            "figures": dict(self.figures),
            "keep_until": self.keep_until,
        }
        return strict_json.dumps(record).encode()

    @classmethod
    def from_json(cls, value: bytes) -> Seen:
        """Read what `to_json` wrote."""
        record = strict_json.loads(value.decode(), "A kept record", _LONGEST)
        opened = Opened.of(record["disclosure"], bytes.fromhex(record["reply_key"]))
        return cls(opened, record["figures"], record["keep_until"])
