"""Importing a bank's files: what each brings, which files are one answer, and taking an import back.

One command is one import: its files are stored together, or none is if the vault fails, and `Imports.undo` takes all
of it back. A file that is refused changes nothing, and the others are imported.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from jamjar.bank import pages
from jamjar.bank.book import Counts, Merge, merge
from jamjar.bank.keys import RowKeys
from jamjar.bank.layout import Layout
from jamjar.bank.pages import AnswerPage
from jamjar.bank.reader import read
from jamjar.bank.row import BankRow
from jamjar.bank.same_account import Likeness, likenesses
from jamjar.bank.statement import Statement
from jamjar.bank.transaction import Transaction
from jamjar.errors import InvalidInput
from jamjar.vault.transaction import VaultTransaction
from jamjar.vault.vault import Vault
from jamjar.wallet.accounts import ACCOUNT, KnownAccounts
from jamjar.wallet.undoing import ImportLog

TRANSACTION: Final = "transaction"
FILE_SECRET: Final = "file-secret"  # noqa: S105
_CURRENT: Final = "current"

Ask = Callable[[str], bool | None]
"""Asks the claimant a question; None when nobody can answer."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file to import: its name, and how to open it as binary."""

    name: str
    open: Callable[[], BinaryIO] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of files that are one statement: of most, that is one file.

    `skipped` counts rows that were left out, by the reason; `remarks` are sentences for the claimant; `absent` are held
    transactions that the statement of their days has not.
    """

    names: tuple[str, ...]
    counts: Counts
    skipped: dict[str, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    absent: tuple[Transaction, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class NotImported:
    """A file that was refused, and the sentence that says why."""

    name: str
    reason: str


Outcomes = list[Imported | NotImported]


@dataclass(frozen=True, slots=True)
class How:
    """How to import: the claimant's name for the account, a layout, and what is said of the account's sameness."""

    account: str = ""
    layout: Layout | None = None
    same_as: str = ""
    another: bool = False


class _Undone(Exception):
    """Ends a trial, so that the vault takes everything back."""


class Imports:
    """The imports into one vault."""

    def __init__(self, vault: Vault, ask: Ask = lambda _: None) -> None:
        self._vault = vault
        self._ask = ask

    def take(self, files: Sequence[Given], how: How | None = None, *, trial: bool = False) -> Outcomes:
        """Import files; in a `trial` only say what would happen. JSON answers given together may be pages of one."""
        found: Outcomes = []
        try:
            with self._vault.writing() as transaction:
                importing = _Importing(transaction, how or How(), self._ask)
                found = importing.all(files)
                if trial:
                    raise _Undone
                importing.log(files)
        except _Undone:
            pass
        return found


class _Importing:
    """One import, within a transaction of the vault."""

    def __init__(self, transaction: VaultTransaction, how: How, ask: Ask) -> None:
        self._transaction, self._how, self._ask = transaction, how, ask
        self._secret = transaction.get(FILE_SECRET, _CURRENT) or secrets.token_bytes(32)
        self._held = {each.key: each for each in transactions(transaction)}
        looks_back = any(not each.number for each in self._held.values())
        self._keys = RowKeys(self._secret, looks_back=looks_back)
        self._accounts = KnownAccounts(transaction)
        self._same_as = how.same_as and self._accounts.named(how.same_as, {each.source for each in self._held.values()})
        self._added: dict[str, None] = {}
        self._before: dict[tuple[str, str], bytes | None] = {}
        self._joined = False

    def all(self, files: Sequence[Given]) -> Outcomes:
        """Import each file, and answers that are pages of one together."""
        found: Outcomes = []
        answers: list[AnswerPage] = []
        for given in files:
            try:
                with given.open() as file:
                    statement = read(file, self._keys, self._how.account, self._how.layout, given.name)
                    if not statement.is_answer:
                        found.append(self._one([given.name], statement.rows, [statement], continued=False))
                        continue
                    answers.append(AnswerPage(given.name, list(statement.rows), statement))
            except OSError as error:
                found.append(NotImported(given.name, f"cannot be read ({error.strerror}); name a bank's file."))
            except InvalidInput as error:
                found.append(NotImported(given.name, f"was not imported. {error}"))
        for group in pages.grouped(answers):
            found += self._group(group)
        places = {given.name: place for place, given in enumerate(files)}
        return sorted(found, key=lambda each: places[each.names[0] if isinstance(each, Imported) else each.name])

    def _group(self, group: list[AnswerPage]) -> Outcomes:
        """Import the pages of one answer."""
        names = [each.name for each in group]
        rows = group[0].rows if len(group) == 1 else [row for each in group for row in each.rows]
        statements = [each.statement for each in group]
        try:
            continued, more = pages.is_continued(group), pages.missing(group)
            return [self._one(names, rows, statements, continued=continued, more=more)]
        except InvalidInput as error:
            return [NotImported(name, f"was not imported. {error}") for name in names]

    def _one(
        self, names: list[str], rows: Iterable[BankRow], statements: list[Statement], *, continued: bool, more: str = ""
    ) -> Imported:
        # All rows come first, as an error in the file is to change nothing.
        read_rows = rows if isinstance(rows, list) else list(rows)
        merged = self._merged(read_rows, continued=continued)
        read_rows.clear()  # what is stored is in `merged`
        self._store(merged)
        skipped = sum((each.skipped for each in statements), Counter[str]())
        remarks = dict.fromkeys(remark for each in statements for remark in each.remarks)
        absent = () if more else merged.absent
        return Imported(tuple(names), merged.counts, dict(skipped), (*remarks, *filter(None, [more])), absent)

    def _merged(self, rows: list[BankRow], *, continued: bool) -> Merge:
        """Return the merge of rows, once it is known under which account each source is held."""
        same_as, apart = dict(self._accounts.same_as), set[frozenset[str]]()
        if self._same_as:
            same_as |= {row.source: self._same_as for row in rows if row.source != self._same_as}
            own = {each.source for each in self._held.values()} & {row.source for row in rows} - {self._same_as}
            if own:
                raise InvalidInput(
                    f"Account {self._accounts.name(min(own))} has transactions of its own; take back their import"
                    " first, with jamjar wallet undo."
                )
        while True:
            merged = merge(self._held.values(), rows, self._keys, same_as, continued=continued)
            new = [each for each in merged.put if each.key not in self._held]
            like = [] if self._same_as else likenesses(self._held.values(), new, self._accounts.apart | apart)
            if not like:
                break
            if self._is_same(like[0]):
                same_as[like[0].account] = like[0].other
            else:
                apart.add(frozenset((like[0].account, like[0].other)))
        used = {row.source for row in rows}
        labels = {source: label for source, label in self._keys.labels().items() if source in used}
        self._learn(labels, {source: same_as[source] for source in used if source in same_as}, apart)
        return merged

    def _is_same(self, like: Likeness) -> bool:
        """Return whether the claimant says that two accounts are one; raises InvalidInput when nobody can say."""
        if self._how.another:
            return False
        name = self._accounts.name(like.other)
        what = f"{like.matching} of {like.compared} of its payments are held already, under account {name}"
        answer = self._ask(f"{what}. Is this the same account?")
        if answer is None:
            raise InvalidInput(
                f"{what}; if it is the same account, import it again with --same-account-as {like.other[:8]}, and with"
                " --another-account if it is not."
            )
        return answer

    def _learn(self, labels: dict[str, str], same_as: dict[str, str], apart: set[frozenset[str]]) -> None:
        self._joined |= any(self._accounts.same_as.get(source) != other for source, other in same_as.items())
        for source in sorted(self._accounts.learn(labels, same_as, apart)):
            self._before.setdefault((ACCOUNT, source), self._transaction.get(ACCOUNT, source))
            self._transaction.put(ACCOUNT, source, self._accounts.record(source))

    def _store(self, merged: Merge) -> None:
        if merged.put:
            self._transaction.add(FILE_SECRET, _CURRENT, self._secret)
        for gone in merged.remove:
            self._keep(self._held.pop(gone))
            self._transaction.delete(TRANSACTION, gone)
        new = []
        for each in merged.put:
            if each.key in self._held:
                self._keep(self._held[each.key])
                self._transaction.put(TRANSACTION, each.key, each.to_json())
            else:
                self._added[each.key] = None
                new.append(each)
            self._held[each.key] = each
        self._transaction.add_all(TRANSACTION, ((each.key, each.to_json()) for each in new))

    def _keep(self, each: Transaction) -> None:
        """Keep what a transaction was before this import."""
        if each.key in self._added:
            return
        self._before.setdefault((TRANSACTION, each.key), each.to_json())

    def log(self, files: Sequence[Given]) -> None:
        """Write down what this import did, unless it did nothing."""
        added = [(TRANSACTION, key) for key in self._added if key in self._held]
        if added or self._joined or any(kind == TRANSACTION for kind, _ in self._before):
            ImportLog(self._transaction).write([given.name for given in files], added, self._before)


def transactions(transaction: VaultTransaction) -> Iterator[Transaction]:
    """Yield every transaction that is stored, hidden ones too."""
    return (Transaction.from_json(value) for _, value in transaction.all(TRANSACTION))
