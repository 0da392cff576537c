"""The CSV files of the known banks, as data: their columns, and the use of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jamjar.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Layout:
    """One bank's CSV file.

    `headers` are the sets of columns that the file has had over the years. Of the columns in `payee`, the first that
    is not empty is used. `unchanging` are the columns that identify a row where there is no `number`:
    none that the claimant can edit at the bank, and none that only some of the bank's files have.
    """

    name: str
    headers: tuple[frozenset[str], ...]
    amount: str
    payee: tuple[str, ...]
    note: str
    number: str | None = None
    account: str | None = None
    currency: str | None = None
    balance: str | None = None
    unchanging: tuple[str, ...] = ()
    transfers: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        used = (*self.payee, *self.unchanging, self.amount, self.note, self.number, self.account, self.currency)
        needed = {name for name in (*used, self.balance, *(self.transfers or ())[:1], DAY) if name}
        if not self.headers or any(not needed <= header for header in self.headers):
            raise InvalidInput(f"The layout of {self.name} uses a column that one of its headers lacks; correct it.")


DAY = "Date"
"""The column of the day, written dd/mm/yyyy, in every layout."""


def _growing(columns: str, *more: str) -> tuple[frozenset[str], ...]:
    """Return the sets of columns of a file that began with `columns` and gained `more`, one after the other."""
    return tuple(frozenset(",".join((columns, *more[:count])).split(",")) for count in range(len(more) + 1))


LAYOUTS = (
    Layout(
        name="Monzo",
        headers=_growing(
            "Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,"
            "Notes and #tags,Address,Receipt,Description,Category split",
            "Money Out,Money In",
            "Balance,Balance currency",
        ),
        amount="Amount",
        payee=("Name", "Description"),
        note="Notes and #tags",
        number="Transaction ID",
        currency="Currency",
        transfers=("Type", "pot transfer"),
    ),
    Layout(
        name="Starling",
        headers=_growing(
            "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)",
            "Spending Category",
            "Notes",
        ),
        amount="Amount (GBP)",
        payee=("Counter Party", "Reference"),
        note="Reference",
        balance="Balance (GBP)",
        unchanging=("Counter Party", "Reference", "Type"),
        transfers=("Type", "internal transfer"),
    ),
    Layout(
        name="Barclays",
        headers=_growing("Number,Date,Account,Amount,Subcategory,Memo"),
        amount="Amount",
        payee=("Memo",),
        note="Subcategory",
        account="Account",
        unchanging=("Number", "Subcategory", "Memo"),
    ),
)


def layout_of(header: Sequence[str]) -> Layout:
    """Return the layout whose columns are those of `header`, in any order, with or without one more at the end.

    Raises InvalidInput for any other set of columns, or a column named twice.
    """
    columns = [name.strip() for name in header]
    for names in (columns, columns[:-1]):
        for layout in LAYOUTS:
            if frozenset(names) in layout.headers and len(set(names)) == len(names):
                return _with_last(layout, columns)
    known = ", ".join(layout.name for layout in LAYOUTS)
    raise InvalidInput(
        f"The columns are not those of a known bank's file ({known}, Open Banking JSON);"
        " export it again as CSV from one of these, unaltered."
    )


def _with_last(layout: Layout, columns: list[str]) -> Layout:
    if len(set(columns)) < len(columns):
        raise InvalidInput(f"A column of the {layout.name} file is there twice; export it again, unaltered.")
    return layout
