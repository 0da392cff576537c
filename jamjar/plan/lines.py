"""The validated parts of a budget: lines and debts."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Literal, get_args

from jamjar.encoding.unicode_text import is_stable
from jamjar.errors import InvalidBudget, InvalidInput
from jamjar.plan import catalogue
from jamjar.plan.money import pence

MAX_CREDITOR = 80
"""Characters of a creditor's name."""

DebtKind = Literal["priority", "non-priority"]
"""Whether not paying a debt can cost a home, freedom or an essential service."""
_KINDS: tuple[str, ...] = get_args(DebtKind)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of income, or one jar that is not a debt: a code of the catalogue, and pence, of which zero are allowed.

    Raises InvalidBudget for an unknown code, the code of a debt, and what is no amount in pence.
    """

    code: str
    pence: int = field(repr=False)

    def __post_init__(self) -> None:
        if catalogue.line(self.code).is_debt:
            raise InvalidBudget(
                f"The line {self.code} is not a plain amount; give a Debt with creditor, owed and offer."
            )
        amount(self.pence, f"The amount of {self.code}")


@dataclass(frozen=True, slots=True)
class Debt:
    """One debt: pence `owed` in all, pence of `offer` a month.

    `creditor` is 1 to 80 printable characters in Unicode's NFC form, without space at either end.
    Raises InvalidBudget for any other name or kind, and for what is no amount in pence.
    """

    kind: DebtKind
    creditor: str
    owed: int = field(repr=False)
    offer: int = field(repr=False)

    def __post_init__(self) -> None:
        if self.kind not in _KINDS:
            raise InvalidBudget(f"The kind of a debt is unknown; give one of {', '.join(_KINDS)}.")
        name = self.creditor
        if not isinstance(name, str) or not 1 <= len(name) <= MAX_CREDITOR:
            raise InvalidBudget(f"A creditor's name is not text of 1 to {MAX_CREDITOR} characters; correct it.")
        if name != name.strip() or not name.isprintable() or not unicodedata.is_normalized("NFC", name):
            raise InvalidBudget("A creditor's name has outer spaces, hidden or decomposed characters; retype it.")
        if not is_stable(name):  # or another version of Unicode has another identity, or refuses the name
            raise InvalidBudget("A creditor's name has a character that not every version of Unicode has; replace it.")
        amount(self.owed, f"The amount owed on a {self.kind} debt")
        amount(self.offer, f"The offer on a {self.kind} debt")

    @property
    def identity(self) -> tuple[int, str]:
        """The identity of a debt: its kind, and the creditor's name in NFKC without case."""
        return _KINDS.index(self.kind), unicodedata.normalize("NFKC", self.creditor).casefold()


def amount(value: object, what: str) -> None:
    """Raise InvalidBudget unless `value` is an amount in pence, zero or more."""
    try:
        pence(value, what)
    except InvalidInput as error:
        raise InvalidBudget(str(error)) from None
