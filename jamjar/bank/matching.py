"""Which rows of a statement are transactions that are held already.

Two booked rows of one account are the same when they are of the same day and amount, and their texts are alike. Each
held transaction is matched by one row at most, so equal rows are counted: of two equal bus fares in a file, two are
held. Further:

- A number that both have from the same kind of file keeps rows with different numbers apart. A row that has another
  day, amount or text under a number that is held is another row, as some banks use numbers again; only where the bank
  never does (Monzo), and for a row that was pending, it is the same row with new values.
- A time that both have from the same kind of file keeps rows of different times apart.
- Between two kinds of file of one account (CSV and Open Banking), texts may differ.
- What an older version stored has no number, but a key that was made of it.
- Neither a running balance nor a bank's label takes part: one late row changes all balances after it.
- Warning: equal rows without a number that occur only in different statements are taken for one, since they cannot be
  distinguished from an overlap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from jamjar.bank.keys import RowKeys
from jamjar.bank.row import BankRow
from jamjar.bank.text import alike, folded
from jamjar.bank.transaction import Transaction
from jamjar.errors import InvalidInput

MOST_ACCOUNTS = 100
"""Of how many accounts a statement may be."""
MOST_COMPARED = 100
"""How many transactions of one day and amount a row is compared with at most, which no account has."""

_EXACT, _ALIKE, _OTHER_FILE = range(3)


class Match(NamedTuple):
    """A row, the account it belongs to, and the transaction that it is, None if it is a new one.

    `by_number` is whether the bank's number says so; `other_file` whether that came from another kind of file.
    """

    row: BankRow
    account: str
    before: Transaction | None = None
    by_number: bool = False
    other_file: bool = False


class Matcher:
    """Matches rows with what is held; `accounts` names the account of a source, where it is another one."""

    def __init__(self, held: Iterable[Transaction], accounts: Mapping[str, str]) -> None:
        self.held: dict[str, Transaction] = {}
        self.accounts: set[str] = set()
        self._same_as = accounts
        self.taken: set[str] = set()
        """The keys of what was matched."""
        for each in held:
            if each.key in self.held:
                raise InvalidInput("Two transactions are held under one key; restore them from a copy.")
            self.held[each.key] = each
        self._keys = set(self.held)
        self._counts = Counter[tuple[object, ...]]()

    def account(self, row: BankRow) -> str:
        """Return the account to which a row belongs."""
        return self._same_as.get(row.source, row.source)

    def rows(self, read: Iterable[BankRow]) -> tuple[list[BankRow], dict[str, int]]:
        """Return the rows to store, and the counts of void and of repeated ones.

        Raises InvalidInput when a statement has two versions of a row whose number the bank uses once, or is of more
        than a hundred accounts.
        """
        kept: list[BankRow] = []
        places: dict[tuple[str, str], list[int]] = {}
        said: dict[tuple[object, ...], int] = {}
        tally = {"void": 0, "repeated": 0}
        for row in read:
            self.accounts.add(self.account(row))
            if len(self.accounts) > MOST_ACCOUNTS:
                raise InvalidInput(
                    f"The file is of more than {MOST_ACCOUNTS} accounts; check that this is a bank's file."
                )
            if row.status == "void":
                tally["void"] += 1
                continue
            if row.number:
                content = row.source, row.number, row.day, row.time, row.pence, row.payee, row.note
                same = places.setdefault(content[:2], [])
                if (place := said.get(content, _same_place(row, kept, same))) is not None:
                    tally["repeated"] += 1
                    if kept[place].status == "pending":
                        kept[place] = row
                    continue
                same.append(len(kept))
                said[content] = len(kept)
            kept.append(row)
        return kept, tally

    def match(self, rows: Sequence[BankRow]) -> Iterator[Match]:
        """Yield what each row is, in their order; the surest matches are made first."""
        found: dict[int, Match] = {}
        numbered: dict[tuple[str, str], list[Transaction]] = {}
        for each in self.held.values():
            if each.number:
                numbered.setdefault((each.source, each.number), []).append(each)
        for place, row in enumerate(rows) if self.held else ():
            if row.number and (match := self._by_number(row, self._of_number(row, numbered))):
                found[place] = match
        for looseness in (_EXACT, _ALIKE, _OTHER_FILE):
            self._by_content(rows, found, looseness)
        for place, row in enumerate(rows):
            yield found.get(place) or Match(row, self.account(row))

    def absent(self, rows: Iterable[BankRow]) -> Iterator[Transaction]:
        """Yield what is held, booked, and in the days between the first and last row of its kind of file, unmatched."""
        ends: dict[tuple[str, str], tuple[date, date]] = {}
        for row in rows if self.held else ():
            if row.status == "booked":
                key = self.account(row), row.source
                first, last = ends.get(key, (row.day, row.day))
                ends[key] = min(first, row.day), max(last, row.day)
        for each in self.held.values():
            first, last = ends.get((each.source, each.origin or each.source), (date.max, date.min))
            if first < each.day < last and each.status == "booked" and each.key not in self.taken:
                yield each

    def free_key(self, row: BankRow, keys: RowKeys) -> str:
        """Return the key for a new row, the next among those of rows that say the same."""
        says = self.account(row), row.number, row.day, row.pence, folded(row.payee), row.status
        while (key := keys.key(row, self.account(row), self._counts[says])) in self._keys:
            self._counts[says] += 1
        self._keys.add(key)
        return key

    def _of_number(self, row: BankRow, numbered: Mapping[tuple[str, str], list[Transaction]]) -> list[Transaction]:
        """Return what is held under a row's number, now or by an older version, which stored none."""
        former = self.held.get(row.former)
        if former is not None and not former.number and former.key not in self.taken:
            return [former]
        return numbered.get((self.account(row), row.number), [])

    def _by_number(self, row: BankRow, held: list[Transaction]) -> Match | None:
        for may in (_is_same, _may_become):
            for place, each in enumerate(islice(held, MOST_COMPARED)):
                other_file = (each.origin or each.source) != row.source
                if may(each, row, other_file):
                    del held[place]
                    self.taken.add(each.key)
                    return Match(row, self.account(row), each, by_number=True, other_file=other_file)
        return None

    def _by_content(self, rows: Sequence[BankRow], found: dict[int, Match], looseness: int) -> None:
        """Match what is left with transactions of the same text, one alike, or from another kind of file."""
        if len(found) == len(rows) or len(self.taken) == len(self.held):
            return
        held: dict[tuple[object, ...], list[Transaction]] = {}
        for each in self.held.values():
            if each.key not in self.taken:
                text = folded(each.payee) if looseness == _EXACT else ""
                held.setdefault((each.source, each.day, each.pence, each.status, text), []).append(each)
        for place, row in enumerate(rows):
            if place in found:
                continue
            account, text = self.account(row), folded(row.payee) if looseness == _EXACT else ""
            for day in dict.fromkeys((row.day, row.written or row.day)):
                candidates = held.get((account, day, row.pence, row.status, text), [])
                if (match := self._best(row, candidates, looseness)) is not None:
                    found[place] = match
                    break

    def _best(self, row: BankRow, candidates: list[Transaction], looseness: int) -> Match | None:
        for place, each in enumerate(islice(candidates, MOST_COMPARED)):
            other_file = (each.origin or each.source) != row.source
            if (each.day != row.day and each.time) or not (other_file or self._agree(each, row)):
                continue
            if looseness == _OTHER_FILE:
                fits = other_file
            else:
                fits = self._alike(each, row, exact=looseness == _EXACT, other_file=other_file)
            if fits:
                del candidates[place]
                self.taken.add(each.key)
                return Match(row, self.account(row), each, other_file=other_file)
        return None

    @staticmethod
    def _agree(each: Transaction, row: BankRow) -> bool:
        """Return whether number and time do not keep apart what came from one kind of file."""
        numbers = not each.number or not row.number or each.number == row.number
        return numbers and (not each.time or not row.time or each.time == row.time)

    @staticmethod
    def _alike(each: Transaction, row: BankRow, *, exact: bool, other_file: bool) -> bool:
        skips_note = row.labelled or other_file
        if exact:
            return folded(each.payee) == folded(row.payee) and (skips_note or folded(each.note) == folded(row.note))
        notes = skips_note or not each.note or not row.note or alike(each.note, row.note)
        return notes and alike(each.payee, row.payee)


def _is_same(each: Transaction, row: BankRow, other_file: bool) -> bool:
    """Return whether a transaction of the same number says what a row says."""
    same = (each.day, each.pence, each.status) == (row.day, row.pence, row.status)
    return same and (other_file or alike(each.payee, row.payee))


def _may_become(each: Transaction, row: BankRow, _: bool) -> bool:
    """Return whether a transaction of the same number may have become a row that says something else."""
    if row.unique or each.pending:
        return True
    return row.status == "pending" and each.pence == row.pence and alike(each.payee, row.payee)


def _same_place(row: BankRow, kept: list[BankRow], places: list[int]) -> int | None:
    """Return the place of the row with this number that `row` repeats, if there is one."""
    for place in islice(places, MOST_COMPARED):
        other = kept[place]
        if other.status != row.status and (row.unique or other.pence == row.pence or alike(other.payee, row.payee)):
            return place
        if row.unique and other.status == row.status:
            raise InvalidInput("The file has two different versions of one transaction; export it again.")
    return None
