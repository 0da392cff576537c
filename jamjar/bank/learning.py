"""A layout for a table that no layout fits, made of what its owner says of its columns."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from jamjar.bank import archives, csv_files, html_tables, spreadsheets
from jamjar.bank.days import ISO, is_day
from jamjar.bank.kinds import kind_of
from jamjar.bank.layouts import parsed
from jamjar.bank.source import BankFile
from jamjar.errors import InvalidInput

SHOWN = 5
_FORMS = (
    "dd/mm/yyyy", ISO, "dd mmm yyyy", "dd-mmm-yyyy", "dd mmm yy", "dd-mmm-yy", "dd-mm-yyyy", "dd.mm.yyyy", "dd/mm/yy",
    "d/m/yyyy", "d/m/yy", "yyyymmdd",
)  # fmt: skip


def sample(file: BinaryIO) -> list[list[str]]:
    """Return the first five rows of a table that are not blank; raises InvalidInput for a file that is no table."""
    source = BankFile(file)
    kind = kind_of(source, ())
    if kind == "zip":
        archive = archives.opened(file)
        if not archives.is_spreadsheet(archive):
            raise InvalidInput("The file is an archive; unpack it, and name the table in it.")
        rows = spreadsheets.cells(archive)
    elif kind in ("table", "html"):
        rows = csv_files.cells(source, ()) if kind == "table" else html_tables.cells(source)
    else:
        raise InvalidInput("The file is not a table; import it without a layout.")
    found = []
    for cells in rows:
        if any(cell.strip() for cell in cells):
            found.append(cells)
        if len(found) == SHOWN:
            break
    if not found:
        raise InvalidInput("The file is empty; export it again.")
    return found


def described(name: str, rows: Sequence[Sequence[str]], header: int, columns: Mapping[str, int], sign: str) -> str:
    """Return a layout file, in TOML: `header` is the row of the header, `columns` the place of each role, 0 for none.

    The form of the days is the first that fits all of them. Raises InvalidInput when none does.
    """
    width = max(map(len, rows))
    names = (
        [" ".join(cell.split()) for cell in rows[header - 1]] if header else [f"Column {n + 1}" for n in range(width)]
    )
    below = [cells for cells in rows[header:] if len(cells) >= columns["day"]]
    written = [cells[columns["day"] - 1] for cells in below if cells[columns["day"] - 1].strip()]
    forms = [form for form in _FORMS if written and all(is_day(text, form) for text in written)]
    if not forms:
        raise InvalidInput("The days in that column are in no known form; see docs/banks.md for the forms.")
    chosen = {role: names[place - 1] for role, place in columns.items() if place}
    lines = [
        f"name = {json.dumps(name)}",
        'family = "table"',
        'source = "described with jamjar wallet layout learn"',
        f"days = {json.dumps(forms[:1])}",
        f"sign = {json.dumps(sign)}",
        *([] if header else [f"order = {json.dumps(names)}"]),
        "",
        "[columns]",
        *(f"{role} = {json.dumps(column)}" for role, column in chosen.items()),
        "",
    ]
    text = "\n".join(lines)
    parsed(text)
    return text
