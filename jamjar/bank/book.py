"""Merging the rows of a bank's file into the transactions that are held already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from jamjar.bank.transaction import Transaction
from jamjar.errors import InvalidInput

_FIRST, _LAST = date.min, date.max


@dataclass(frozen=True, slots=True)
class Counts:
    """The rows of a file counted by what became of them; every row is counted once, except where stated.

    - `new`: booked, not held before.
    - `known`: held before, the same or from a newer file.
    - `booked`: held as pending before, booked now.
    - `changed`: held before, with other values than in this newer file.
    - `pending`: pending, held until the next file of the account.
    - `left_out`: pending, but booked already or superseded by a newer file.
    - `void`: rejected, informational or future: not stored.
    - `repeated`: in the file a second time, with the bank's own number.
    - `lapsed`: held as pending before, absent from this file; these are not rows of it.
    - `transfers`: how many of `new` are between the claimant's own pots or accounts.
    """

    new: int = 0
    known: int = 0
    booked: int = 0
    changed: int = 0
    pending: int = 0
    left_out: int = 0
    void: int = 0
    repeated: int = 0
    lapsed: int = 0
    transfers: int = 0


@dataclass(frozen=True, slots=True)
class Merge:
    """The transactions to store, each under its key, the keys to remove, and the counts of the file's rows."""

    put: tuple[Transaction, ...] = field(repr=False)
    remove: tuple[str, ...]
    counts: Counts


def merge(held: Iterable[Transaction], read: Iterable[Transaction]) -> Merge:
    """Return the changes that the rows `read` from one file make to those `held`; the same file again makes none.

    - Booked rows stay: in any order and number of files, no booked row is lost or counted twice
      (for rows without a number of the bank's, see `jamjar.bank.keys`).
    - The pending rows of an account are those of its newest file, as a whole, less those booked by then.
      A file is older when its last booked row lies on an earlier day than the last one held of that account.
    - Where a newer file has other values for a numbered row (a note was edited), the row is replaced.

    Reads all of `read` first, so that an error in the file changes nothing. Raises InvalidInput when one file has two
    versions of one numbered row, or a key is held twice.
    """
    before: dict[str, Transaction] = {}
    for each in held:
        if each.key in before:
            raise InvalidInput("Two transactions are held under one key; restore them from a copy.")
        before[each.key] = each
    found, sources, tally = _found(read)
    reached, reaches = _newest(before), _newest(found)
    current = {source for source in sources if reaches.get(source, _LAST) >= reached.get(source, _FIRST)}
    put = []
    for each in found.values():
        what = _change(before.get(each.key), each, each.source in current)
        tally[what] = tally.get(what, 0) + 1
        if what == "new" and each.transfer:
            tally["transfers"] = tally.get("transfers", 0) + 1
        if what not in ("known", "left_out") and before.get(each.key) != each:
            put.append(each)
    lapsed = tuple(
        each.key for each in before.values() if each.pending and each.source in current and each.key not in found
    )
    return Merge(tuple(put), lapsed, Counts(**tally, lapsed=len(lapsed)))


def _found(read: Iterable[Transaction]) -> tuple[dict[str, Transaction], set[str], dict[str, int]]:
    """Return the rows to store by key, the sources, and the counts of void and of repeated rows."""
    found: dict[str, Transaction] = {}
    sources: set[str] = set()
    tally = {"void": 0, "repeated": 0}
    for each in read:
        sources.add(each.source)
        other = found.get(each.key)
        if each.status == "void":
            tally["void"] += 1
        elif other is None:
            found[each.key] = each
        elif other.status == each.status and other != each:
            raise InvalidInput("The file has two different versions of one transaction; export it again.")
        else:
            tally["repeated"] += 1
            if other.pending:
                found[each.key] = each
    return found, sources, tally


def _newest(transactions: Mapping[str, Transaction]) -> dict[str, date]:
    """Return the day of the last booked row by source; pending rows may be dated in the future."""
    newest: dict[str, date] = {}
    for each in transactions.values():
        if each.status == "booked":
            newest[each.source] = max(newest.get(each.source, each.day), each.day)
    return newest


def _change(before: Transaction | None, after: Transaction, is_current: bool) -> str:
    """Return the name of the count to which a row belongs."""
    if after.pending:
        return "pending" if is_current and (before is None or before.pending) else "left_out"
    if before is None:
        return "new"
    if before.pending:
        return "booked"
    return "changed" if is_current and before != after else "known"
