"""Planned money beside spent and received money in one assessment period; it informs, and prevents nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from jamjar.bank.rules import HELD_AT_MOST, TRANSFER, Rules, reversed_holds
from jamjar.bank.transaction import Transaction
from jamjar.errors import InvalidInput
from jamjar.plan import catalogue
from jamjar.plan.money import pence
from jamjar.plan.period import AssessmentPeriod
from jamjar.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class JarSpending:
    """One jar, in pence: `planned`, and `spent` less refunds, which is negative when refunds exceed payments.

    `carried` is what was left in it before and is there beside the plan.
    """

    code: str
    planned: int = field(repr=False)
    spent: int = field(repr=False)
    carried: int = field(default=0, repr=False)

    def __post_init__(self) -> None:
        if not catalogue.line(self.code).is_jar:
            raise InvalidInput(f"The line {self.code} is not a jar; give it as an Income.")
        pence(self.planned, f"The amount planned for {self.code}")
        pence(self.spent, f"The amount spent on {self.code}", negative=True)
        pence(self.carried, f"The amount carried over in {self.code}")

    @property
    def label(self) -> str:
        """The jar's name for people."""
        return catalogue.line(self.code).label

    @property
    def held(self) -> int:
        """What there is to spend in the period: the plan, and what was carried over."""
        return self.planned + self.carried

    @property
    def left(self) -> int:
        """The unspent part of what it holds, in pence; zero when nothing is left."""
        return max(self.held - self.spent, 0)

    @property
    def over(self) -> int:
        """The amount spent beyond what it holds, in pence; zero when there is none."""
        return max(self.spent - self.held, 0)


@dataclass(frozen=True, slots=True)
class Income:
    """One income line, in pence: `planned`, and `received` less repayments."""

    code: str
    planned: int = field(repr=False)
    received: int = field(repr=False)

    def __post_init__(self) -> None:
        if catalogue.line(self.code).is_jar:
            raise InvalidInput(f"The line {self.code} is not income; give it as a JarSpending.")
        pence(self.planned, f"The amount planned for {self.code}")
        pence(self.received, f"The amount received as {self.code}", negative=True)

    @property
    def label(self) -> str:
        """The income line's name for people."""
        return catalogue.line(self.code).label


@dataclass(frozen=True, slots=True)
class Spending:
    """One assessment period, every amount in pence.

    `jars` and `receipts` are those that are planned or have transactions, in the catalogue's order; all offers on
    debts of one kind are one jar. `unassigned_out` and `unassigned_in` have no jar or income line yet;
    `pending_out` and `pending_in` are not booked yet. Neither pair counts elsewhere. All four are zero or more.
    """

    period: AssessmentPeriod
    jars: tuple[JarSpending, ...]
    receipts: tuple[Income, ...]
    unassigned_out: int = field(default=0, repr=False)
    unassigned_in: int = field(default=0, repr=False)
    pending_out: int = field(default=0, repr=False)
    pending_in: int = field(default=0, repr=False)

    def __post_init__(self) -> None:
        for amount in (self.unassigned_out, self.unassigned_in, self.pending_out, self.pending_in):
            pence(amount, "An unassigned or pending amount")
        for total in (self.planned, self.spent, self.received, self.expected, self.over):
            pence(total, "A total of the period", negative=True)

    @property
    def planned(self) -> int:
        """The amount planned for all jars."""
        return sum(jar.planned for jar in self.jars)

    @property
    def carried(self) -> int:
        """The amount carried over in all jars."""
        return sum(jar.carried for jar in self.jars)

    @property
    def spent(self) -> int:
        """The amount spent in all, less refunds, with spending that has no jar yet."""
        return sum(jar.spent for jar in self.jars) + self.unassigned_out

    @property
    def left(self) -> int:
        """What all jars hold less the spent amount; negative when more was spent."""
        return self.planned + self.carried - self.spent

    @property
    def over(self) -> int:
        """The sum of the amounts spent beyond the plan of a jar, regardless of what is left in others."""
        return sum(jar.over for jar in self.jars)

    @property
    def expected(self) -> int:
        """The planned income."""
        return sum(receipt.planned for receipt in self.receipts)

    @property
    def received(self) -> int:
        """The amount received, with money that has no income line yet."""
        return sum(receipt.received for receipt in self.receipts) + self.unassigned_in


def spending(
    plan: Plan,
    transactions: Iterable[Transaction],
    rules: Rules,
    *,
    carried: Mapping[str, int] | None = None,
    until: date | None = None,
) -> Spending:
    """Return the spending in the period of `plan`, both its days included; other transactions are ignored.

    Transfers, so marked by the bank or the claimant, do not count. A refund reduces the spending of its jar, and a
    payment without a jar that was given back whole within ten days is nothing. What is paid direct counts as spent, and
    as received where it is taken off. `carried` has what jars keep from before; a plan may be followed by another
    before its end: then `until` is its last day.
    Raises InvalidInput when a sum is beyond a billion pounds.
    """
    plans = Counter({line.code: line.pence for line in plan.budget.lines})
    for debt in plan.budget.debts:
        plans[f"debts.{debt.kind}"] += debt.offer
    sums: Counter[str] = Counter()
    apart: Counter[str] = Counter()
    start, end = plan.period.start, until or plan.period.end
    found = list(transactions)
    near = (each for each in found if start - HELD_AT_MOST <= each.day <= end + HELD_AT_MOST)
    nothing = reversed_holds(near, rules)
    for each in found:
        code = rules.code_of(each) if start <= each.day <= end else TRANSFER
        if code == TRANSFER or each.status == "void" or each.key in nothing:
            continue
        if each.pending or code is None:
            kind = "pending" if each.pending else "unassigned"
            apart[f"{kind}_{'out' if each.pence < 0 else 'in'}"] += abs(each.pence)
        else:
            sums[code] += each.pence
    for code, taken in plan.direct.items():
        sums[code] += -taken if catalogue.line(code).is_jar else taken
    kept = Counter(carried or {})
    shown = [line for code, line in catalogue.LINES.items() if code in plans or code in sums or kept[code]]
    return Spending(
        plan.period,
        tuple(JarSpending(jar.code, plans[jar.code], -sums[jar.code], kept[jar.code]) for jar in shown if jar.is_jar),
        tuple(Income(line.code, plans[line.code], sums[line.code]) for line in shown if not line.is_jar),
        **apart,
    )
