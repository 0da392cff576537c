"""How often an amount is paid, and the month's pence that it comes to by the rule that is named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from jamjar.errors import InvalidBudget


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often: `payments` a year; `days` from one to the next, 0 where they follow the calendar's months."""

    name: str
    payments: int
    days: int = 0

    @property
    def rule(self) -> str:
        """The rule that makes a month's amount of one payment, such as "x 52/12"; "" for a month's own."""
        return "" if self == MONTHLY else f"x {self.payments}/12"

    def month(self, pence: int) -> int:
        """Return the pence of a month, half a penny rounded up."""
        return int(Fraction(pence * self.payments, 12) + Fraction(1, 2))


MONTHLY: Final = Frequency("monthly", 12)
FREQUENCIES: Final[Mapping[str, Frequency]] = MappingProxyType(
    {
        each.name: each
        for each in (
            Frequency("weekly", 52, 7),
            Frequency("fortnightly", 26, 14),
            Frequency("four-weekly", 13, 28),
            Frequency("twice a month", 24),
            MONTHLY,
            Frequency("quarterly", 4),
            Frequency("half-yearly", 2),
            Frequency("yearly", 1),
            Frequency("ten months a year", 10),
            Frequency("48 weeks a year", 48, 7),
        )
    }
)
"""By name; beside them stands any number of weeks a year from 40 to 52, such as "50 weeks a year"."""

_WORDS: Final = {
    "": "monthly", "month": "monthly", "monthly": "monthly", "1 month": "monthly", "calendar month": "monthly",
    "pcm": "monthly", "week": "weekly", "weekly": "weekly", "1 week": "weekly", "pw": "weekly",
    "fortnight": "fortnightly", "fortnightly": "fortnightly", "2 weeks": "fortnightly", "2 weekly": "fortnightly",
    "4 weeks": "four-weekly", "4 weekly": "four-weekly", "quarter": "quarterly", "quarterly": "quarterly",
    "3 months": "quarterly", "6 months": "half-yearly", "half yearly": "half-yearly", "half year": "half-yearly",
    "twice": "half-yearly", "twice a month": "twice a month", "twice monthly": "twice a month",
    "year": "yearly", "yearly": "yearly", "annual": "yearly", "annually": "yearly",
    "annum": "yearly", "12 months": "yearly", "10 months": "ten months a year",
}  # fmt: skip
_NUMBERS: Final = {"one": "1", "two": "2", "three": "3", "four": "4", "ten": "10", "twelve": "12"}
_WEEKS: Final = re.compile(r"(4[0-9]|5[0-2]) weeks")
_LONGEST: Final = 40


def frequency(text: object) -> Frequency:
    """Return the frequency of words such as "weekly", "a week", "every 4 weeks", "10 months a year" or "48 weeks".

    Without a word it is monthly. Raises InvalidBudget for other words.
    """
    if isinstance(text, str) and len(text) <= _LONGEST:
        words = [_NUMBERS.get(word, word) for word in re.split(r"[\s/-]+", text.strip().lower()) if word]
        while words and words[0] in ("a", "an", "per", "each", "every"):
            words = words[1:]
        said = " ".join(words).removesuffix(" a year").removesuffix(" per year")
        if match := _WEEKS.fullmatch(said):
            weeks = int(match[1])
            return FREQUENCIES["weekly"] if weeks == 52 else Frequency(f"{weeks} weeks a year", weeks, 7)
        if said in _WORDS:
            return FREQUENCIES[_WORDS[said]]
    raise InvalidBudget(f"How often an amount is paid is not known; write one of {', '.join(FREQUENCIES)}.")
