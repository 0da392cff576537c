"""One debt of a plan changed as a person types it: what is paid, what is owed, a new creditor, one that is paid off."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, get_args

from jamjar.errors import InvalidBudget
from jamjar.plan.budget import DebtKind
from jamjar.plan.money import from_pounds
from jamjar.plan.plan import PlannedDebt
from jamjar.plan.typed_amount import TypedAmount, typed

PREFIX: Final = "debts."
"""How the name of a debt begins, before its creditor."""
EXAMPLE: Final = "'debts.Town Council=10 weekly', 'debts.priority.Gas=5, owed 90' or 'debts.Gas=owed 0'"
_KINDS: Final[tuple[DebtKind, ...]] = get_args(DebtKind)
_PARTS: Final = re.compile(r",\s+|,(?=[^\d])")
_OWED: Final = re.compile(r"owed\s+(\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DebtChange:
    """What is paid to a creditor, and the pence that are owed in all; None for what stays, and for either kind."""

    kind: DebtKind | None
    creditor: str
    offer: TypedAmount | None
    owed: int | None = field(repr=False)


def read(name: str, text: str) -> DebtChange:
    """Return the change that is typed as a name, such as debts.priority.Town Council, and a text.

    The text is an amount as `typed` reads it, and beside or instead "owed" and pounds. Raises InvalidInput, which never
    repeats the text, for anything else.
    """
    creditor, kind = name.strip().removeprefix(PREFIX).strip(), None
    for each in _KINDS:
        if creditor.startswith(f"{each}."):
            kind, creditor = each, creditor.removeprefix(f"{each}.").strip()
    if not creditor or creditor in _KINDS:
        raise InvalidBudget(f"No creditor is named; write it as {EXAMPLE}.")
    owed, words = None, list[str]()
    for part in _PARTS.split(text.strip()):
        if found := _OWED.fullmatch(part.strip()):
            owed = from_pounds(found[1], f"What is owed to {creditor[:64]}")
        else:
            words.append(part)
    offer = typed(", ".join(words), f"What is paid to {creditor[:64]}") if words else None
    return DebtChange(kind, creditor, offer, owed)


def applied(debts: Iterable[PlannedDebt], changes: Iterable[DebtChange]) -> tuple[PlannedDebt, ...]:
    """Return the debts with these changes: nothing owed takes a debt out, a creditor that is not there is added.

    Raises InvalidBudget where a creditor has debts of both kinds and none is named, and where a new one lacks its
    kind or what is owed.
    """
    made = list(debts)
    for change in changes:
        named = {PlannedDebt(kind, change.creditor, 0, TypedAmount(0)).debt.identity for kind in _KINDS}
        same = [each for each in made if each.debt.identity in named and change.kind in (None, each.kind)]
        if len(same) > 1:
            raise InvalidBudget(
                f"{change.creditor} has debts of both kinds; say which: {PREFIX}{same[0].kind}.{change.creditor}."
            )
        if same:
            (old,) = same
            offer, owed = change.offer or old.offer, old.owed if change.owed is None else change.owed
            new = PlannedDebt(old.kind, old.creditor, owed, offer)
        elif change.kind is None or change.offer is None or not change.owed:
            raise InvalidBudget(
                f"There is no debt to {change.creditor}; add it with its kind and what is owed in all:"
                f" {PREFIX}priority.{change.creditor}=10, owed 450, or {PREFIX}non-priority."
            )
        else:
            new = PlannedDebt(change.kind, change.creditor, change.owed, change.offer)
        made = [each for each in made if each not in same] + [new] * bool(new.owed)
    return tuple(made)
