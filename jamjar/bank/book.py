"""Merging the rows of one statement into the transactions that are held: which are the same, and what is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from jamjar.bank.keys import RowKeys
from jamjar.bank.matching import Match, Matcher
from jamjar.bank.row import BankRow
from jamjar.bank.transaction import Transaction

_FIRST, _LAST = (date.min, ""), (date.max, "")
Reach = tuple[date, str]


@dataclass(frozen=True, slots=True)
class Counts:
    """The rows of a statement counted by what became of them; every row is counted once, except where stated.

    - `new`: booked, not held before.
    - `known`: held before, the same or from a newer statement.
    - `booked`: held as pending before, booked now.
    - `changed`: held before, with other values than in this newer statement.
    - `pending`: pending, held until the next statement of the account.
    - `left_out`: pending, but booked already or superseded by a newer statement.
    - `void`: rejected, informational or future: not stored.
    - `repeated`: in the statement a second time, with the bank's own number.
    - `lapsed`: held as pending before, absent from this statement; these are not rows of it.
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
    """The transactions to store, each under its key, the keys to remove, and the counts of the rows.

    `absent` are booked transactions that are held, and that this statement of their days has not: payments that the
    bank took back, such as a hold of a petrol pump. They stay, unless the claimant hides them.
    """

    put: tuple[Transaction, ...] = field(repr=False)
    remove: tuple[str, ...]
    counts: Counts
    absent: tuple[Transaction, ...] = field(default=(), repr=False)


def merge(
    held: Iterable[Transaction],
    read: Iterable[BankRow],
    keys: RowKeys,
    accounts: Mapping[str, str] | None = None,
    *,
    continued: bool = False,
) -> Merge:
    """Return the changes that the rows `read` from one statement make to those `held`; the same again makes none.

    - Booked rows stay: in any order and number of statements none is lost or counted twice, see `jamjar.bank.matching`.
    - The pending rows of an account are those of its newest statement, as a whole, less those booked by then.
      A statement is older when its last booked row is of an earlier day, or time, than the last one held.
    - Where a newer statement has other values for a numbered row (a note was edited), the row is replaced.

    `accounts` says under which account the rows of a source are held, where it is another one. `continued` is whether
    the statement is only a later page of one. Reads all of `read` first, so that an error in the file changes nothing.
    Raises InvalidInput when a key is held twice.
    """
    matcher = Matcher(held, accounts or {})
    rows, tally = matcher.rows(read)
    reached, reaches = _held_reach(matcher.held.values()), _reach(rows, matcher)
    current = set[str]() if continued else {
        account
        for account in matcher.accounts
        if _is_after(reaches.get(account, _LAST), reached.get(account, _FIRST))
    }  # fmt: skip
    put: list[Transaction] = []
    for each in matcher.match(rows):
        what, made = _change(each, each.account in current, keys, matcher)
        tally[what] = tally.get(what, 0) + 1
        if what == "new" and each.row.transfer:
            tally["transfers"] = tally.get("transfers", 0) + 1
        if made is not None:
            put.append(made)
    lapsed = tuple(
        each.key
        for each in matcher.held.values()
        if each.pending and each.source in current and each.key not in matcher.taken
    )
    absent = () if continued else tuple(matcher.absent(rows))
    return Merge(tuple(put), lapsed, Counts(**tally, lapsed=len(lapsed)), absent)


def _change(found: Match, is_current: bool, keys: RowKeys, matcher: Matcher) -> tuple[str, Transaction | None]:
    """Return the name of the count to which a row belongs, and what to store for it, if anything."""
    row, before = found.row, found.before
    if row.status == "pending" and not (is_current and (before is None or before.pending)):
        return "left_out", None
    if before is None:
        return "pending" if row.status == "pending" else "new", _stored(row, found.account, matcher.free_key(row, keys))
    after = _stored(row, found.account, before.key)
    if row.status == "pending":
        return "pending", after if after != before else None
    if before.pending:
        return "booked", after
    if found.by_number and is_current and _says(before) != _says(after) and not found.other_file:
        return "changed", after
    # What an older version stored has no number and no time, and a day as written: it gains them.
    whole = before
    if not found.other_file:
        day = before.day if before.time or found.by_number else row.day
        whole = replace(before, number=before.number or row.number, time=before.time or row.time, day=day)
    return "known", whole if whole != before else None


def _stored(row: BankRow, account: str, key: str) -> Transaction:
    return Transaction(
        key,
        account,
        row.day,
        row.pence,
        row.payee,
        row.note,
        row.status,
        row.transfer,
        row.number,
        row.time,
        row.source if row.source != account else "",
    )


def _says(each: Transaction) -> tuple[object, ...]:
    return each.day, each.pence, each.payee, each.note, each.transfer


def _held_reach(transactions: Iterable[Transaction]) -> dict[str, Reach]:
    """Return the day and time of the last booked row by account; pending rows may be dated in the future."""
    newest: dict[str, Reach] = {}
    for each in transactions:
        if each.status == "booked":
            newest[each.source] = max(newest.get(each.source, _FIRST), (each.day, each.time))
    return newest


def _reach(rows: Iterable[BankRow], matcher: Matcher) -> dict[str, Reach]:
    newest: dict[str, Reach] = {}
    for row in rows:
        if row.status == "booked":
            account = matcher.account(row)
            newest[account] = max(newest.get(account, _FIRST), (row.day, row.time))
    return newest


def _is_after(one: Reach, other: Reach) -> bool:
    """Return whether a statement that reaches to `one` is as new as what reaches to `other`."""
    if one[0] != other[0] or not one[1] or not other[1]:
        return one[0] >= other[0]
    return one[1] >= other[1]
