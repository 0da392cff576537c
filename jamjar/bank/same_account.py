"""Recognising an account that is held under another source: by CSV and Open Banking, or by a new AccountId."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jamjar.bank.matching import MOST_COMPARED
from jamjar.bank.text import alike
from jamjar.bank.transaction import Transaction

_FEW = 5
"""Below so many matching rows, their texts or numbers must match, too."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """New rows of one account of which `matching`, of `compared`, are held already under the account `other`."""

    account: str
    other: str
    matching: int
    compared: int


def likenesses(
    held: Iterable[Transaction], new: Iterable[Transaction], apart: Iterable[frozenset[str]]
) -> list[Likeness]:
    """Return the accounts of which (nearly) all new rows, in the days that both have, are held under another one.

    `apart` are pairs of accounts that the claimant said are two. Accounts within one statement are two, too.
    """
    before, after = _by_account(held), _by_account(new)
    known_apart = set(apart)
    found = []
    for account, rows in after.items():
        others = (other for other in before if other not in after and frozenset((account, other)) not in known_apart)
        alike_ones = (_compared(account, rows, other, before[other]) for other in others)
        best = max((each for each in alike_ones if each), key=lambda each: each.matching, default=None)
        if best is not None:
            found.append(best)
    return found


def _by_account(transactions: Iterable[Transaction]) -> dict[str, list[Transaction]]:
    found: dict[str, list[Transaction]] = {}
    for each in transactions:
        if each.status == "booked":
            found.setdefault(each.source, []).append(each)
    return found


def _compared(account: str, new: list[Transaction], other: str, held: list[Transaction]) -> Likeness | None:
    first = max(min(each.day for each in new), min(each.day for each in held))
    last = min(max(each.day for each in new), max(each.day for each in held))
    ours = [each for each in new if first <= each.day <= last]
    ends = {min(each.day for each in held), max(each.day for each in held)}
    theirs: dict[tuple[date, int], list[Transaction]] = {}
    for each in held:
        if first <= each.day <= last:
            theirs.setdefault((each.day, each.pence), []).append(each)
    matching = surely = missing = 0
    for each in ours:
        candidates = theirs.get((each.day, each.pence), [])
        if candidates:
            best = max(range(min(len(candidates), MOST_COMPARED)), key=lambda place: _is_alike(candidates[place], each))
            surely += _is_alike(candidates.pop(best), each)
            matching += 1
        else:
            missing += each.day not in ends  # of which a statement may have only a part
    missing = max(missing, sum(first < day < last for (day, _), left in theirs.items() for _ in left))
    allowed = max(1 if matching > 1 else 0, matching // 10)
    if not matching or missing > allowed or (matching < _FEW and surely < matching):
        return None
    return Likeness(account, other, matching, matching + missing)


def _is_alike(one: Transaction, other: Transaction) -> bool:
    return bool(one.number and one.number == other.number) or alike(one.payee, other.payee)
