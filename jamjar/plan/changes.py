"""What differs between two plans, in a month's pence; and what a plan would be with other amounts and debts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from jamjar.errors import InvalidBudget
from jamjar.plan import catalogue, debt_changes
from jamjar.plan.budget import Budget
from jamjar.plan.debt_changes import DebtChange
from jamjar.plan.plan import Plan, PlannedLine
from jamjar.plan.typed_amount import TypedAmount


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One line or the offer to one creditor, in pence a month, or what is owed to one: before and after."""

    label: str
    before: int = field(repr=False)
    after: int = field(repr=False)


def changes(before: Budget, after: Budget) -> tuple[PlanChange, ...]:
    """Return what differs: lines in the catalogue's order, then offers on debts, and what is owed, by creditor."""
    sides = [{line.code: line.pence for line in each.lines} for each in (before, after)]
    found = [
        PlanChange(line.label, sides[0].get(code, 0), sides[1].get(code, 0)) for code, line in catalogue.LINES.items()
    ]
    offers = [{debt.identity: debt for debt in each.debts} for each in (before, after)]
    for identity in sorted({*offers[0], *offers[1]}):
        debts = [each.get(identity) for each in offers]
        name = next(debt.creditor for debt in reversed(debts) if debt)
        found.append(PlanChange(f"Paid to {name}", *(debt.offer if debt else 0 for debt in debts)))
        found.append(PlanChange(f"Owed to {name}", *(debt.owed if debt else 0 for debt in debts)))
    return tuple(each for each in found if each.before != each.after)


def changed(plan: Plan, amounts: Mapping[str, TypedAmount], debts: Sequence[DebtChange] = ()) -> Plan:
    """Return a plan with other amounts for these codes, and other debts; zero pence leaves a line out.

    Raises InvalidBudget for codes of debts and for codes that the catalogue does not have.
    """
    for code in amounts:
        if catalogue.line(code).is_debt:
            raise InvalidBudget(f"The line {code} is not a plain amount; write it as {debt_changes.EXAMPLE}.")
    lines = {line.code: line for line in plan.lines} | {
        code: PlannedLine(code, amount) for code, amount in amounts.items()
    }
    kept = tuple(line for line in lines.values() if line.code not in amounts or line.amount.pence)
    return replace(plan, lines=kept, debts=debt_changes.applied(plan.debts, debts))
