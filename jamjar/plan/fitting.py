"""Which lines and debts of a budget have leaves of their own in a commitment, where there are more than leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, get_args

from jamjar.plan import entries
from jamjar.plan.lines import Debt, DebtKind, Line

OTHERS: Final = "Other creditors"
"""Names the sum of the debts of a kind that have no leaves of their own."""


def fitting(
    lines: Sequence[Line], debts: Sequence[Debt], leaves: int, allows: Callable[[str], bool]
) -> tuple[tuple[Line, ...], tuple[Debt, ...]]:
    """Return the lines and debts that `leaves` leaves hold, in the order that they are given; a debt takes two.

    All, if they fit. Otherwise those of which a figure may be shown come first, larger amounts before smaller; what is
    left of the debts of a kind that may be shown is summed as one, which comes last of its kind.
    """
    if len(lines) + 2 * len(debts) <= leaves:
        return tuple(lines), tuple(debts)
    wanted = {debt for debt in debts if allows(entries.offer_on(debt)) or allows(entries.owed_on(debt))}
    ranked: list[Line | Debt] = [*lines, *debts]
    ranked.sort(
        key=lambda each: (
            (not allows(each.code), -each.pence, 0)
            if isinstance(each, Line)
            else (each not in wanted, -each.offer, -each.owed)
        )
    )
    summed = set[DebtKind]()
    while True:
        free, kept = leaves - 2 * len(summed), set[Line | Debt]()
        for each in ranked:
            if (size := 2 if isinstance(each, Debt) else 1) <= free:
                free -= size
                kept.add(each)
        rest = [debt for debt in debts if debt in wanted and debt not in kept]
        if summed >= {debt.kind for debt in rest}:
            break
        summed |= {debt.kind for debt in rest}
    found = list[Debt]()
    for kind in get_args(DebtKind):
        own = [debt for debt in debts if debt.kind == kind and debt in kept]
        found += own
        if others := [debt for debt in rest if debt.kind == kind]:
            found.append(_sum(kind, others, own))
    return tuple(line for line in lines if line in kept), tuple(found)


def _sum(kind: DebtKind, others: Sequence[Debt], own: Sequence[Debt]) -> Debt:
    """Return the sum of these debts, under a name that no debt with leaves of its own has."""
    taken, name, number = {debt.identity for debt in own}, OTHERS, 1
    owed, offer = sum(debt.owed for debt in others), sum(debt.offer for debt in others)
    while (found := Debt(kind, name, owed, offer)).identity in taken:
        number += 1
        name = f"{OTHERS} {number}"
    return found
