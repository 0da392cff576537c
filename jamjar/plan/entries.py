"""The grammar of a budget's entries: their names, their values, and the parts of each total.

| name | value |
|---|---|
| `period.start`, `period.end` | a date as the number YYYYMMDD |
| a line's code, such as `fixed.home.rent` | pence, zero or more |
| `debts.<kind>.offer/<creditor>`, `debts.<kind>.owed/<creditor>` | pence, zero or more |
| `total.<group>`, `total.<section>`, `total.outgoings` | pence, zero or more |
| `balance` | pence, of either sign |
| `covers.<group>`, `covers.<section>`, `covers.outgoings` | 1 if the total income is at least this total, 0 if not |
"""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, get_args

from jamjar.errors import InvalidBudget
from jamjar.plan.catalogue import GROUPS, LINES, SECTIONS, lines_of
from jamjar.plan.lines import MAX_CREDITOR, Debt, DebtKind
from jamjar.plan.money import format_pounds, pence
from jamjar.plan.period import AssessmentPeriod

PERIOD: Final = ("period.start", "period.end")
OUTGOINGS: Final = "total.outgoings"
BALANCE: Final = "balance"
OFFERS: Final = "debts"
"""Stands in `PARTS` for all offers on debts, which have no names of their own until there is a creditor."""


def total_of(code: str) -> str:
    """Return the name of the total of a group or section, given its code."""
    return f"total.{code}"


def cover_of(code: str) -> str:
    """Return the name of the answer whether the total income covers a total, given that total's code."""
    return f"covers.{code}"


def offer_on(debt: Debt) -> str:
    """Return the name of the offer on a debt."""
    return f"debts.{debt.kind}.offer/{debt.creditor}"


def owed_on(debt: Debt) -> str:
    """Return the name of the amount owed on a debt."""
    return f"debts.{debt.kind}.owed/{debt.creditor}"


def _parts() -> dict[str, tuple[str, ...]]:
    sections = {total_of(section): tuple(line.code for line in lines_of(section)) for section in SECTIONS}
    groups = {
        total_of(group): tuple(total_of(section) for section in SECTIONS if section.startswith(f"{group}."))
        # Savings and debts have no sections: savings is one line, debts are all offers.
        or (group,)
        for group in GROUPS
    }
    outgoings = tuple(total_of(group) for group in GROUPS if group != "income")
    return sections | groups | {OUTGOINGS: outgoings}


PARTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(_parts())
"""The parts of each total, totals of sections first and of outgoings last; no entry is part of two totals."""

COVERED: Final = tuple(
    total.removeprefix("total.") for total in PARTS if total.removeprefix("total.").partition(".")[0] != "income"
)
"""The codes of all totals that income can cover."""

_COVERS: Final = frozenset(map(cover_of, COVERED))
_LINES: Final = frozenset(code for code, line in LINES.items() if not line.is_debt)
_DEBTS: Final[Mapping[str, DebtKind]] = MappingProxyType(
    {f"debts.{kind}.{figure}": kind for kind in get_args(DebtKind) for figure in ("offer", "owed")}
)


def debt_of(name: str) -> Debt | None:
    """Return the debt, without its amounts, that an entry of this name is about, or None.

    Raises InvalidBudget for a creditor that no debt may have.
    """
    head, _, creditor = name.partition("/")
    if head not in _DEBTS:
        return None
    try:
        return Debt(_DEBTS[head], creditor, 0, 0)
    except InvalidBudget:
        raise InvalidBudget(
            f"A budget can have no entry {name!r}; write the creditor in 1 to {MAX_CREDITOR} printable characters"
            " of NFC, without spaces around it."
        ) from None


def is_amount(name: str) -> bool:
    """Return whether an entry of this name is an amount and names no creditor: a line, a total or the balance."""
    return name in _LINES or name in PARTS or name == BALANCE


def check_entry(name: str, value: int) -> None:
    """Check that a budget may have an entry of this name and value, regardless of its other entries.

    Raises InvalidInput, which never repeats the value.
    """
    if name in PERIOD:
        day_of(value)
    elif name in _COVERS:
        if type(value) is not int or value not in (0, 1):
            raise InvalidBudget(f"The value of {name!r} is neither 1 for yes nor 0 for no; ask how it was made.")
    elif is_amount(name) or debt_of(name):
        pence(value, f"The value of {name!r}", negative=name == BALANCE)
    else:
        raise InvalidBudget(f"A budget can have no entry {name!r}; choose a name listed in jamjar.plan.entries.")


def written(name: str, value: int) -> str:
    """Return the value of an entry as text for people: a date, an amount in pounds, or yes or no."""
    if name in PERIOD:
        return day_of(value).isoformat()
    return ("no", "yes")[value] if name in _COVERS else format_pounds(value)


def check_creditors(names: Iterable[str]) -> None:
    """Raise InvalidBudget when two of these names spell the creditor of one debt differently."""
    written: dict[tuple[int, str], str] = {}
    for name in names:
        debt = debt_of(name)
        if debt and written.setdefault(debt.identity, debt.creditor) != debt.creditor:
            raise InvalidBudget(
                f"The entry {name!r} has the same creditor as another debt of its kind; write both alike."
            )


def number_of(day: date) -> int:
    """Return a day as the number YYYYMMDD."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_of(number: int) -> date:
    """Return the day of a number YYYYMMDD; raises InvalidBudget if there is none."""
    try:
        return date(number // 10_000, number // 100 % 100, number % 100)
    except (ValueError, OverflowError):
        raise InvalidBudget("The budget's period is not two dates YYYYMMDD; commit to it again.") from None


def period_of(values: Mapping[str, int]) -> AssessmentPeriod:
    """Return the assessment period of the two entries `PERIOD` in `values`.

    Of several possible claim days it has the earliest, and None for dates that only a letter can have.
    Raises InvalidBudget for dates that are no period.
    """
    start, end = (day_of(values[name]) for name in PERIOD)
    # A claim day later than the start's is possible where the month is shorter.
    for claim_day in (*range(start.day, 32), None):
        try:
            return AssessmentPeriod(claim_day, start, end)
        except InvalidBudget:
            continue
    raise InvalidBudget("The budget's period is not an assessment period; commit to it again.")
