"""From the cells of one row to what the row says, as a layout tells; the same for every family of files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jamjar.bank.amounts import amount, is_marked
from jamjar.bank.days import moment
from jamjar.bank.keys import RowKeys
from jamjar.bank.layout import Layout
from jamjar.bank.row import BankRow
from jamjar.bank.text import clean, folded, without_numbers
from jamjar.bank.transaction import Status
from jamjar.errors import InvalidInput

NOT_POUNDS = "not in pounds"
NO_MONEY = "neither a day nor an amount"
"""The reasons for which a row is skipped."""

OTHER = "@other"
"""Stands among the columns of the payee for the one of `payee_out` or `payee_in`, as the money went."""

_SOME_MARKED = (
    "Some amounts are marked CR and others have no sign, as of row {}, so nothing says which way these went;"
    " describe the file with jamjar wallet layout learn."
)
_DASHES = ("-", "\u2013", "\u2014")
"""Stand where no money went out, or came in."""
_STATES: tuple[Status, ...] = ("booked", "pending", "void")


class RowConverter:
    """Converts rows of one file: `present` are the file's columns, None where each row may have others.

    `name` is the claimant's own name for the account. A row is a mapping from folded names of columns to cells.
    """

    def __init__(self, layout: Layout, keys: RowKeys, name: str = "", present: Iterable[str] | None = None) -> None:
        self._layout, self._keys, self._name = layout, keys, name
        self._credits = self._bare = False
        there = None if present is None else {*present, OTHER}
        self._columns = {
            role: tuple(found for found in map(folded, names) if there is None or found in there)
            for role, names in layout.columns.items()
        }
        self._written = {folded(name): name for names in (*layout.columns.values(), layout.needs) for name in names}
        self._fold = (lambda text: text) if layout.texts else folded
        self._values = {name: {self._fold(text) for text in texts} for name, texts in layout.values.items()}
        self._required = [tuple(map(folded, group)) for group in layout.required] if there is None else []

    def row(self, cells: Mapping[str, str], number: int) -> BankRow | str:
        """Return what a row says, or the reason for which it is skipped.

        Raises InvalidInput, which names the row by `number`.
        """
        texts = self._layout.texts
        for group in self._required:
            for name in group:
                if cells.get(name) if texts else name in cells:
                    break
            else:
                raise InvalidInput(f"Row {number} lacks {self._written[group[0]]}; ask the bank for the file again.")
        get = self._get
        if (currency := get(cells, "currency")) and folded(currency) != "gbp":
            return NOT_POUNDS
        written, pence = get(cells, "day"), self._pence(cells, number)
        if not written and pence is None:
            return NO_MONEY
        if pence is None:
            raise InvalidInput(f"The amount in row {number} is missing; export the file again, unaltered.")
        if not isinstance(pence, int):
            raise pence
        when = moment(written, f"The date in row {number}", self._layout.days)
        payee, note = self._payee_and_note(cells, number, pence)
        given = clean(get(cells, "number"), f"The number of row {number}")
        if self._layout.unique and not given:
            raise InvalidInput(f"Row {number} has no number of the bank's; export the file again, unaltered.")
        account = self._account(clean(get(cells, "account"), f"The account in row {number}"))
        return BankRow(
            self._keys.source(self._layout.name, self._name, account),
            self._keys.number(given),
            when.day,
            when.time,
            pence,
            payee,
            note,
            self._status(cells, number),
            self._fold(get(cells, "type").strip()) in self._values.get("transfer", ()),
            self._layout.unique,
            self._layout.labelled,
            when.written,
            self._keys.former(self._layout.name, account, given),
        )

    def _get(self, cells: Mapping[str, str], role: str) -> str:
        return self._cell(cells, self._columns.get(role, ()))

    @staticmethod
    def _cell(cells: Mapping[str, str], names: Iterable[str]) -> str:
        for name in names:
            found = cells.get(name)
            if found and not found.isspace():
                return found
        return ""

    def _pence(self, cells: Mapping[str, str], number: int) -> int | InvalidInput | None:
        """Return the money that came in, None if no amount is there, or what is wrong with the amount."""
        what = f"The amount in row {number}"
        try:
            if text := self._get(cells, "amount"):
                found = self._signed(text, cells, number, what)
            else:
                out, in_ = (self._or_nothing(self._get(cells, role)) for role in ("out", "in"))
                if not out and not in_:
                    return None
                found = (amount(in_, what) if in_ else 0) - (abs(amount(out, what)) if out else 0)
            return found - (abs(amount(fee, what)) if (fee := self._get(cells, "fee")) else 0)
        except InvalidInput as error:
            return error

    @staticmethod
    def _or_nothing(text: str) -> str:
        return "" if text.strip() in _DASHES else text

    def _signed(self, text: str, cells: Mapping[str, str], number: int, what: str) -> int:
        layout = self._layout
        if layout.unit == "pence":
            if not text.lstrip("-").isdecimal() or not text.isascii() or len(text) > 12:
                raise InvalidInput(f"{what} is not whole pence; ask for the file again.")
            found = int(text)
        else:
            found = amount(text, what, signed="direction" not in self._columns or layout.sign == "direction")
        if "direction" in self._columns:
            direction = self._fold(self._get(cells, "direction").strip())
            for name, sign in (("in", 1), ("out", -1)):
                if direction in self._values.get(name, ()):
                    return sign * abs(found)
            raise InvalidInput(f"Row {number} says neither that money came in nor out; ask the bank for it again.")
        if is_marked(text):
            self._credits |= found > 0
            if self._bare and self._credits:
                raise InvalidInput(_SOME_MARKED.format(number))
            return found
        if layout.sign == "in" and found > 0 and text.lstrip()[:1] != "+":
            self._bare = True
            if self._credits:
                raise InvalidInput(_SOME_MARKED.format(number))
        return -found if layout.sign == "out" else found

    def _payee_and_note(self, cells: Mapping[str, str], number: int, pence: int) -> tuple[str, str]:
        payee = ""
        for name in self._columns.get("payee", ()):
            if name == OTHER:
                payee = self._clean(cells, self._columns.get("payee_out" if pence < 0 else "payee_in", ()), number)
            elif name in cells:
                payee = self._clean(cells, (name,), number)
            if payee:
                break
        note = self._clean(cells, self._columns.get("note", ()), number)
        return without_numbers(payee or note), without_numbers(note) if payee and note != payee else ""

    def _clean(self, cells: Mapping[str, str], names: tuple[str, ...], number: int) -> str:
        for name in names:
            # A spreadsheet's apostrophe for text is no part of it.
            found = cells.get(name, "").removeprefix("'")
            if found and (text := clean(found, f"The cell {self._written[name]} in row {number}")):
                return text
        return ""

    def _status(self, cells: Mapping[str, str], number: int) -> Status:
        declined, marks = self._fold(self._get(cells, "declined").strip()), self._values.get("declined")
        if declined and (marks is None or declined in marks):
            return "void"
        if not self._columns.get("status"):
            return "booked"
        text = self._fold(self._get(cells, "status").strip())
        for state in _STATES:
            if text in self._values.get(state, ()):
                return state
        if text and "*" not in self._values.get("booked", ()):
            raise InvalidInput(f"The status of row {number} is not a known one; ask the bank what it means.")
        return "booked"

    def _account(self, account: str) -> str:
        # Only the digits of a table: a bank may change the spaces and hyphens between them.
        digits = "" if self._layout.family == "json" else "".join(filter(str.isdigit, account))
        return digits or account
