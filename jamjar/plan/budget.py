"""A claimant's plan for one assessment period: income, jars, debts, their totals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jamjar.encoding import strict_json
from jamjar.errors import InvalidBudget, InvalidInput
from jamjar.plan import catalogue, entries
from jamjar.plan.catalogue import CATALOGUE_VERSION
from jamjar.plan.fitting import fitting
from jamjar.plan.lines import Debt, DebtKind, Line, amount
from jamjar.plan.period import AssessmentPeriod

__all__ = ["FORMAT", "MAX_ENTRIES", "Budget", "Debt", "DebtKind", "Entry", "Line"]

FORMAT = "jamjar.budget.1"
"""The format of `Budget.to_json`."""
MAX_ENTRIES = 64
"""Figures of a budget that a commitment has leaves for."""
_ORDER = {code: place for place, code in enumerate(catalogue.LINES)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One named figure of a budget, the content of one leaf of a commitment.

    value  pence; of `period.start` and `period.end` the number YYYYMMDD, of `covers.*` 1 for yes or 0 for no
    """

    name: str
    value: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Budget:
    """A plan for one assessment period, in pence of sterling: at least one line, any debts.

    Lines and debts may be given in any order and are stored in the catalogue's, so that equal plans are equal.
    Raises InvalidBudget for any broken rule; there may be more lines and debts than a commitment has leaves.
    """

    period: AssessmentPeriod
    lines: tuple[Line, ...]
    debts: tuple[Debt, ...] = ()
    currency: str = "GBP"
    catalogue_version: int = CATALOGUE_VERSION

    def __post_init__(self) -> None:
        if not isinstance(self.period, AssessmentPeriod):
            raise InvalidBudget(
                "The budget's period is not an AssessmentPeriod; make one with AssessmentPeriod.containing."
            )
        if self.currency != "GBP":
            raise InvalidBudget("The budget is not in pounds sterling; give the currency as 'GBP'.")
        if type(self.catalogue_version) is not int or self.catalogue_version != CATALOGUE_VERSION:
            raise InvalidBudget(
                f"The version of the catalogue is unknown; this version has {CATALOGUE_VERSION}, so update Jamjar."
            )
        _require_members(self.lines, Line, "lines")
        _require_members(self.debts, Debt, "debts")
        if not self.lines:
            raise InvalidBudget("The budget has no line; give at least one of income or outgoings.")
        object.__setattr__(self, "lines", tuple(sorted(self.lines, key=lambda line: _ORDER[line.code])))
        # By the name's code points within a kind, as every language can order; case folding is Python's own.
        by_name = sorted(self.debts, key=lambda debt: (debt.identity[0], debt.creditor))
        object.__setattr__(self, "debts", tuple(by_name))
        for line, after in zip(self.lines, self.lines[1:], strict=False):
            if line.code == after.code:
                raise InvalidBudget(f"The line {line.code} is given twice; add the two amounts up.")
        if len({debt.identity for debt in self.debts}) < len(self.debts):
            raise InvalidBudget("Two debts of one kind have the same creditor; add them up, or name them apart.")
        amount(self.income, "The total of income")
        amount(self.outgoings, "The total of outgoings")

    @property
    def income(self) -> int:
        """The total income, in pence."""
        return self.total("income")

    @property
    def outgoings(self) -> int:
        """The total outgoings, in pence: fixed and flexible costs, savings, offers on debts."""
        return sum(self.total(group) for group in catalogue.GROUPS if group != "income")

    @property
    def balance(self) -> int:
        """Income less outgoings, in pence; negative is a shortfall."""
        return self.income - self.outgoings

    @property
    def surplus(self) -> int:
        """The balance, in pence, if it is positive; otherwise zero."""
        return max(self.balance, 0)

    @property
    def shortfall(self) -> int:
        """The missing amount, in pence, if the balance is negative; otherwise zero."""
        return max(-self.balance, 0)

    def total(self, code: str) -> int:
        """Return the pence planned in a group ("fixed") or section ("fixed.home"); debts count their offers.

        Raises InvalidBudget when the catalogue has no such group or section.
        """
        if code not in catalogue.GROUPS and code not in catalogue.SECTIONS:
            raise InvalidBudget("There is no group or section of that code; choose one of the catalogue's.")
        if code == "debts":
            return sum(debt.offer for debt in self.debts)
        return sum(line.pence for line in self.lines if line.code == code or line.code.startswith(f"{code}."))

    def covers(self, code: str) -> bool:
        """Return whether income is at least the total of a group, of a section or of all outgoings ("outgoings").

        Raises InvalidBudget as `total` does.
        """
        return self.income >= (self.outgoings if code == "outgoings" else self.total(code))

    def entries(self, covered: Iterable[str] = (), allows: Callable[[str], bool] = lambda _: True) -> tuple[Entry, ...]:
        """Return the figures that a commitment has leaves for: at most 64, with unique names, in a fixed order.

        Dates (YYYYMMDD), lines, debts (offer, owed), totals of groups and of outgoings, the signed balance,
        totals of the sections that have a line, and whether income covers each total of `covered` (1 or 0).
        All but dates and answers are pence; `entries` has the names.

        Where there are more, lines and debts that the terms allow to be shown come first, the largest before others;
        the rest is in the total of its section and group alone, debts that may be shown in one sum for each kind.
        """
        sections = dict.fromkeys(section for line in self.lines if (section := catalogue.line(line.code).section))
        start, end = entries.PERIOD
        dates = (
            Entry(start, entries.number_of(self.period.start)),
            Entry(end, entries.number_of(self.period.end)),
        )
        totals = (
            *(Entry(entries.total_of(group), self.total(group)) for group in catalogue.GROUPS),
            Entry(entries.OUTGOINGS, self.outgoings),
            Entry(entries.BALANCE, self.balance),
            *(Entry(entries.total_of(section), self.total(section)) for section in sections),
            *(Entry(entries.cover_of(code), int(self.covers(code))) for code in covered),
        )
        lines, debts = fitting(self.lines, self.debts, MAX_ENTRIES - len(dates) - len(totals), allows)
        shown = (
            *(Entry(line.code, line.pence) for line in lines),
            *(
                Entry(name, value)
                for debt in debts
                for name, value in ((entries.offer_on(debt), debt.offer), (entries.owed_on(debt), debt.owed))
            ),
        )
        return *dates, *shown, *totals

    def to_json(self) -> str:
        """Return the budget as canonical JSON in the format "jamjar.budget.1": equal budgets, equal text."""
        return strict_json.dumps(
            {
                "format": FORMAT,
                "catalogue": self.catalogue_version,
                "currency": self.currency,
                "period": {
                    "claim_day": self.period.claim_day,
                    "start": self.period.start.isoformat(),
                    "end": self.period.end.isoformat(),
                },
                "lines": [{"code": line.code, "pence": line.pence} for line in self.lines],
                "debts": [
                    {"kind": debt.kind, "creditor": debt.creditor, "owed": debt.owed, "offer": debt.offer}
                    for debt in self.debts
                ],
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Budget:
        """Return the budget that `text`, as `to_json` writes it, describes.

        Raises InvalidBudget for anything else: another format, fields unknown, missing or repeated, a number
        that is not an integer, more than 64 KiB.
        """
        try:
            return cls._read(strict_json.loads(text, "The budget"))
        except InvalidBudget:
            raise
        except InvalidInput as error:
            raise InvalidBudget(str(error)) from None

    @classmethod
    def _read(cls, value: Any) -> Budget:
        if isinstance(value, dict) and "format" in value and value["format"] != FORMAT:
            raise InvalidBudget(
                f"The budget's format is unknown; this version reads {FORMAT}, so update Jamjar or export it again."
            )
        found = strict_json.fields(value, "The budget", "format", "catalogue", "currency", "period", "lines", "debts")
        return cls(
            period_from(found["period"]),
            tuple(
                Line(**strict_json.fields(line, "A line", "code", "pence"))
                for line in strict_json.items(found["lines"], "The lines")
            ),
            tuple(
                Debt(**strict_json.fields(debt, "A debt", "kind", "creditor", "owed", "offer"))
                for debt in strict_json.items(found["debts"], "The debts")
            ),
            found["currency"],
            found["catalogue"],
        )


def period_from(value: Any) -> AssessmentPeriod:
    """Return the period that a record states, of a letter's dates where it has no claim day.

    Raises InvalidInput for anything else.
    """
    period = strict_json.fields(value, "The period", "start", "end", optional=("claim_day",))
    return AssessmentPeriod(period.get("claim_day"), _date(period["start"]), _date(period["end"]))


def _require_members(values: object, kind: type, field_name: str) -> None:
    if not isinstance(values, tuple) or not all(isinstance(value, kind) for value in values):
        raise InvalidBudget(f"The budget's {field_name} are not a tuple of {kind.__name__}; give one.")


def _date(text: object) -> date:
    day = strict_json.day(text)
    if day is None:
        raise InvalidBudget("A date of the period is not written as YYYY-MM-DD; correct it.")
    return day
