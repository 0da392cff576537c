"""Tables, from CSV and from spreadsheets: finding the header, and reading what is below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from jamjar.bank.converting import RowConverter
from jamjar.bank.keys import RowKeys
from jamjar.bank.layout import Layout
from jamjar.bank.layouts import layout_of, unknown_columns
from jamjar.bank.row import BankRow
from jamjar.bank.text import folded
from jamjar.errors import InvalidInput

SEARCHED = 40
"""The rows from the top among which the header is."""

Table = Iterator[list[str]]
HEADER_AGAIN = "the header again"
"""The reason for which a row is skipped in files that were joined."""
_FEW = 5
"""So many payments that came in, beside twice as many as went out, are no wonder in a bank's own file."""
_MOSTLY_IN = (
    "Most of its money came in. If it is a card's statement, on which spending has no minus sign, take it back with"
    " jamjar wallet undo, and describe it with jamjar wallet layout learn."
)
_GENERIC = "No bank's own layout fits, so a general one was used; compare some rows with jamjar wallet transactions."


def header_of(rows: Sequence[Sequence[str]], known: Sequence[Layout]) -> tuple[int, Layout] | None:
    """Return the place of the header among the first rows of a table, and its layout, if there is one.

    A file without a header has one before its first row that a layout with an order fits, which is its place less 1.
    """
    for place, cells in enumerate(rows):
        if any(cells) and (layout := layout_of(cells, known)):
            return place, layout
    for place, cells in enumerate(rows):
        if any(cell.strip() for cell in cells):
            fitting = [layout for layout in known if layout.order and place >= layout.above and _fits(layout, cells)]
            if fitting:
                return place - 1, fitting[0]
    return None


def table(
    rows: Table, known: Sequence[Layout], keys: RowKeys, account: str, remarks: list[str], *, ragged: bool = False
) -> Iterator[BankRow | str]:
    """Iterate over the rows of a table, or the reasons for which they are skipped.

    In a `ragged` table, a row may end before its last cells, as those of spreadsheets do where these are empty.
    Rows are numbered as in a spreadsheet, from 1. Raises InvalidInput, which names the row, possibly after some rows.
    """
    first = list(islice(rows, SEARCHED))
    if not any(cell.strip() for cells in first for cell in cells):
        raise InvalidInput("The file is empty; export it again.")
    found = header_of(first, known)
    if found is None:
        raise unknown_columns(first, known)
    place, layout = found
    if layout.generic:
        remarks.append(_GENERIC)
    header = [folded(name) for name in layout.order or first[place]]
    convert = RowConverter(layout, keys, account, header).row
    width, first_name = len(header), "" if layout.order else first[place][0]
    ins = outs = 0
    for number, cells in enumerate(chain(first[place + 1 :], rows), place + 2):
        if not any(cells) or not any(cell.strip() for cell in cells):
            continue
        if cells[0] == first_name and cells == first[place]:
            yield HEADER_AGAIN
            continue
        if ragged and len(cells) < width:
            cells.extend([""] * (width - len(cells)))
        if len(cells) != width and _is_wrong(cells, width, number, layout):
            continue
        row = convert(dict(zip(header, cells, strict=False)), number)
        if isinstance(row, BankRow):
            ins, outs = ins + (row.pence > 0), outs + (row.pence < 0)
        yield row
    if ins > (outs if layout.generic else 2 * outs + _FEW) and layout.sign == "in" and "out" not in layout.columns:
        remarks.append(_MOSTLY_IN)


def _is_wrong(cells: list[str], width: int, number: int, layout: Layout) -> bool:
    """Return whether a row of another width is a line below the table; raises InvalidInput when it is cut off."""
    text = folded(" ".join(cells))
    if any(text.startswith(folded(footer)) for footer in layout.footers):
        return True
    if len(cells) < width:
        raise InvalidInput(
            f"Row {number} has fewer cells than the header; take it out if it is a line of text below the table,"
            " else export the file again in full."
        )
    if len(cells) > width + 1 or any(cells[width:]):
        raise InvalidInput(f"Row {number} has more cells than the header; export the file again, unaltered.")
    return False


def _fits(layout: Layout, cells: Sequence[str]) -> bool:
    """Return whether a row can be one of a file without a header."""
    width = len(layout.order)
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        return False
    header = [folded(name) for name in layout.order]
    keys = RowKeys(bytes(32))
    try:
        found = RowConverter(layout, keys, "", header).row(dict(zip(header, cells, strict=False)), 1)
    except InvalidInput:
        return False
    return isinstance(found, BankRow) and bool(found.payee)
