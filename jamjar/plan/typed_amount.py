"""An amount as a person types it: pounds, how often, and what is special about it; kept as it was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from jamjar.errors import InvalidBudget, InvalidInput
from jamjar.plan import catalogue
from jamjar.plan.frequency import FREQUENCIES, MONTHLY, Frequency, frequency
from jamjar.plan.lines import amount
from jamjar.plan.money import format_pounds, from_pounds

UNIVERSAL_CREDIT: Final = "income.benefits.universal-credit"
EXAMPLE: Final = "'120', '£26.05 weekly', '103 four-weekly', '500, direct' or '20, carry over'"
_AMOUNT: Final = re.compile(r"(?P<pounds>[^\s/]+)\s*(?P<often>.*)")
_DIRECT: Final = re.compile(r"direct(?: from (?P<code>\S+))?")
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class TypedAmount:
    """Pence paid `often`.

    direct   the code of the income line out of which it is paid before that income reaches the account, or ""
    carries  whether what is left of it at the end of a period stays in its jar
    """

    pence: int = field(repr=False)
    often: Frequency = MONTHLY
    direct: str = ""
    carries: bool = False

    def __post_init__(self) -> None:
        amount(self.pence, "The amount of a line")
        if not isinstance(self.often, Frequency):
            raise InvalidBudget("How often an amount is paid is not a Frequency; make one with frequency.")
        if self.direct and (not isinstance(self.direct, str) or catalogue.line(self.direct).is_jar):
            raise InvalidBudget("What is paid direct is not taken off income; name an income line.")
        if not isinstance(self.carries, bool):
            raise InvalidBudget("Whether a jar carries over is neither True nor False; give one of them.")

    @property
    def month(self) -> int:
        """The month's pence, by the rule of its frequency."""
        return self.often.month(self.pence)

    @property
    def written(self) -> str:
        """The amount as `typed` reads it."""
        source = "" if self.direct == UNIVERSAL_CREDIT else f" from {self.direct}"
        direct = f", direct{source}" if self.direct else ""
        often = "" if self.often == MONTHLY else f" {self.often.name}"
        return f"{format_pounds(self.pence)}{often}{direct}{', carry over' if self.carries else ''}"

    @property
    def reckoned(self) -> str:
        """How the month's pence come about, such as "£103.00 four-weekly x 13/12"; "" for a plain month's amount."""
        if self.often == MONTHLY:
            return ""
        return f"{format_pounds(self.pence)} {self.often.name} {self.often.rule}"


def typed(text: object, what: str = "The amount") -> TypedAmount:
    """Return the amount that a text such as "£26.05 weekly, direct" says: pounds, how often, then special words.

    "direct" is paid out of Universal Credit before it arrives, "direct from CODE" out of that income; "carry over"
    keeps what is left. Raises InvalidBudget, which never repeats the text, for anything else.
    """
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise InvalidBudget(f"{what} is not text of at most {_LONGEST} characters; write it as {EXAMPLE}.")
    first, *words = (part.strip() for part in re.split(r",\s+|,(?=[^\d])", text.strip()))
    match = _AMOUNT.fullmatch(first)
    if match is None:
        raise InvalidBudget(f"{what} is empty; write it as {EXAMPLE}.")
    try:
        pounds = from_pounds(match["pounds"], what)
    except InvalidInput as error:
        raise InvalidBudget(f"{str(error).partition(';')[0]}; write it as {EXAMPLE}.") from None
    try:
        often = frequency(match["often"])
    except InvalidBudget:
        raise InvalidBudget(
            f"{what} does not say how often in known words; write one of {', '.join(FREQUENCIES)}."
        ) from None
    direct, carries = "", False
    for word in words:
        if found := _DIRECT.fullmatch(word.lower()):
            direct = found["code"] or UNIVERSAL_CREDIT
        elif word.lower() in ("carry over", "carries over", "carried over"):
            carries = True
        else:
            raise InvalidBudget(f"{what} has words that are not known; write it as {EXAMPLE}.")
    return TypedAmount(pounds, often, direct, carries)
