"""A claimant's own plan of a period: every line as it was typed; the budget that can be committed is made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

from jamjar.encoding import strict_json
from jamjar.errors import InvalidBudget, InvalidInput
from jamjar.plan import budget as budgets
from jamjar.plan import catalogue
from jamjar.plan.budget import Budget, Debt, DebtKind, Line
from jamjar.plan.catalogue import CATALOGUE_VERSION
from jamjar.plan.frequency import MONTHLY, frequency
from jamjar.plan.lines import amount
from jamjar.plan.period import AssessmentPeriod
from jamjar.plan.typed_amount import UNIVERSAL_CREDIT, TypedAmount

FORMAT: Final = "jamjar.plan.1"
Nation = Literal["england-and-wales", "scotland", "northern-ireland"]
NATIONS: Final[tuple[Nation, ...]] = get_args(Nation)
"""Whose bank holidays move a payday."""

_HOUSING: Final = "income.benefits.housing"
_HOUSED: Final = ("fixed.home.rent", "fixed.home.service-charges")
_LONGEST: Final = 256 * 1024
_SPECIAL: Final = ("every", "direct", "carry")


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One line of income, or one jar that is not a debt, as it was typed."""

    code: str
    amount: TypedAmount

    @property
    def line(self) -> Line:
        """The line with its month's pence."""
        return Line(self.code, self.amount.month)


@dataclass(frozen=True, slots=True)
class PlannedDebt:
    """One debt: pence `owed` in all, and the offer as it was typed."""

    kind: DebtKind
    creditor: str
    owed: int = field(repr=False)
    offer: TypedAmount

    @property
    def debt(self) -> Debt:
        """The debt with its offer a month in pence."""
        return Debt(self.kind, self.creditor, self.owed, self.offer.month)


@dataclass(frozen=True, slots=True)
class DirectPayment:
    """A month's pence that go from an income line to a jar without reaching the account, and what they pay for."""

    jar: str
    name: str
    pence: int = field(repr=False)
    income: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan for one assessment period; `budget` has its month's pence, and `nation` whose bank holidays count.

    Lines and debts may be given in any order and are stored in the catalogue's. Raises InvalidBudget for any broken
    rule; there is no limit to the number of debts but the size of the record, 256 KiB.
    """

    period: AssessmentPeriod
    lines: tuple[PlannedLine, ...]
    debts: tuple[PlannedDebt, ...] = ()
    nation: Nation = "england-and-wales"
    budget: Budget = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.nation not in NATIONS:
            raise InvalidBudget(f"The nation is unknown; give one of {', '.join(NATIONS)}.")
        made = Budget(self.period, tuple(each.line for each in self.lines), tuple(each.debt for each in self.debts))
        object.__setattr__(self, "budget", made)
        lines, debts = ({each.line: each for each in self.lines}, {each.debt: each for each in self.debts})
        object.__setattr__(self, "lines", tuple(lines[line] for line in made.lines))
        object.__setattr__(self, "debts", tuple(debts[debt] for debt in made.debts))
        for line in self.lines:
            if line.amount.direct and not catalogue.line(line.code).is_jar:
                raise InvalidBudget(f"The income {line.code} is paid direct; say so of what is paid out of it.")
        months = {line.code: line.pence for line in made.lines}
        for code, taken in self.direct.items():
            if not catalogue.line(code).is_jar and taken > months.get(code, 0):
                raise InvalidBudget(
                    f"More is paid direct out of {code} than is planned of it; plan the whole award, before anything"
                    " is taken off."
                )
        if len(self.to_json().encode()) > _LONGEST:
            raise InvalidBudget("The plan is larger than 256 KiB; merge some debts.")

    @property
    def paid_direct(self) -> tuple[DirectPayment, ...]:
        """What is paid before the money reaches the account: lines first, then debts."""
        planned = {each.code: each.amount.month for each in self.lines}
        lines = ((each.code, catalogue.line(each.code).label, each.amount) for each in self.lines)
        debts = ((f"debts.{each.kind}", each.creditor, each.offer) for each in self.debts)
        found = []
        for code, name, typed in (*lines, *debts):
            # The award may be planned in two lines: then rent is taken off its part for housing.
            is_housed = code in _HOUSED and typed.direct == UNIVERSAL_CREDIT
            fits = is_housed and planned.get(_HOUSING, 0) >= typed.month
            if typed.direct:
                found.append(DirectPayment(code, name, typed.month, _HOUSING if fits else typed.direct))
        return tuple(found)

    @property
    def direct(self) -> Mapping[str, int]:
        """The month's pence that never reach the account, by jar and by the income that they are taken off."""
        found = Counter[str]()
        for each in self.paid_direct:
            found[each.jar] += each.pence
            found[each.income] += each.pence
        return found

    @property
    def carrying(self) -> frozenset[str]:
        """The codes of the jars that keep what is left of them."""
        kept = {each.code for each in self.lines if each.amount.carries}
        return frozenset(kept | {f"debts.{each.kind}" for each in self.debts if each.offer.carries})

    @classmethod
    def of(cls, budget: Budget) -> Plan:
        """Return a budget as a plan: each line is a month's amount."""
        return cls(
            budget.period,
            tuple(PlannedLine(line.code, TypedAmount(line.pence)) for line in budget.lines),
            tuple(PlannedDebt(debt.kind, debt.creditor, debt.owed, TypedAmount(debt.offer)) for debt in budget.debts),
        )

    def to_json(self) -> str:
        """Return the plan as canonical JSON in the format "jamjar.plan.1": equal plans, equal text."""
        period = self.period
        return strict_json.dumps(
            {
                "format": FORMAT,
                "catalogue": CATALOGUE_VERSION,
                "currency": "GBP",
                "nation": self.nation,
                "period": {
                    "claim_day": period.claim_day,
                    "start": period.start.isoformat(),
                    "end": period.end.isoformat(),
                },
                "lines": [
                    {"code": each.code, "pence": each.amount.pence, **_special(each.amount)} for each in self.lines
                ],
                "debts": [
                    {"kind": each.kind, "creditor": each.creditor, "owed": each.owed, "offer": each.offer.pence}
                    | _special(each.offer)
                    for each in self.debts
                ],
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """Return the plan that `text` describes: as `to_json` writes it, or a budget, "jamjar.budget.1".

        A line or debt of either may have "every" (how often, in words), "direct" and "carry". Raises InvalidBudget for
        anything else.
        """
        try:
            return cls._read(strict_json.loads(text, "The plan", _LONGEST))
        except InvalidBudget:
            raise
        except InvalidInput as error:
            raise InvalidBudget(str(error)) from None

    @classmethod
    def _read(cls, value: Any) -> Plan:
        names = ("format", "catalogue", "currency", "period", "lines", "debts")
        found = strict_json.fields(value, "The plan", *names, optional=("nation",))
        if found["format"] not in (FORMAT, budgets.FORMAT):
            raise InvalidBudget(f"The plan's format is unknown; this version reads {FORMAT}, so update Jamjar.")
        if found["currency"] != "GBP":
            raise InvalidBudget("The plan is not in pounds sterling; give the currency as 'GBP'.")
        if type(found["catalogue"]) is not int or found["catalogue"] != CATALOGUE_VERSION:
            raise InvalidBudget(
                f"The version of the catalogue is unknown; this version has {CATALOGUE_VERSION}, so update Jamjar."
            )
        lines = [
            strict_json.fields(line, "A line", "code", "pence", optional=_SPECIAL)
            for line in strict_json.items(found["lines"], "The lines")
        ]
        debts = [
            strict_json.fields(debt, "A debt", "kind", "creditor", "owed", "offer", optional=_SPECIAL)
            for debt in strict_json.items(found["debts"], "The debts")
        ]
        for each in lines:  # before its pence are reckoned, so that the error names it
            Line(each["code"], 0)
            if isinstance(each["pence"], str):
                raise InvalidBudget(
                    f"The amount of {each['code']} is text; give whole pence in JSON, or write pounds in a plan as"
                    " jamjar wallet plan --template has it."
                )
            amount(each["pence"], f"The amount of {each['code']}")
        return cls(
            budgets.period_from(found["period"]),
            tuple(PlannedLine(each["code"], _typed(each, "pence")) for each in lines),
            tuple(PlannedDebt(each["kind"], each["creditor"], each["owed"], _typed(each, "offer")) for each in debts),
            found.get("nation", "england-and-wales"),
        )


def _special(typed: TypedAmount) -> dict[str, Any]:
    """Return what is special about an amount, as JSON has it."""
    said = {"every": typed.often.name if typed.often != MONTHLY else "", "direct": typed.direct, "carry": typed.carries}
    return {name: value for name, value in said.items() if value}


def _typed(each: Mapping[str, Any], name: str) -> TypedAmount:
    return TypedAmount(each[name], frequency(each.get("every", "")), each.get("direct", ""), each.get("carry", False))
