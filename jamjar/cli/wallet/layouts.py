"""Commands that describe a bank's table which no layout fits yet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jamjar.cli import files, output
from jamjar.cli.wallet.jars import PANEL
from jamjar.errors import InvalidInput

commands = typer.Typer()
layout = typer.Typer(no_args_is_help=True, help="Describe a bank's table that is not known yet.")
commands.add_typer(layout, name="layout", rich_help_panel=PANEL)

_QUESTIONS = {
    "day": "Which column has the day",
    "payee": "Which has the payee or description",
    "amount": "Which has the amount, if one column has it (0 for two columns)",
    "out": "Which has the money out",
    "in": "Which has the money in",
    "note": "Which has a reference or note (0 for none)",
    "number": "Which has the bank's number of the payment (0 for none)",
    "account": "Which has the account's number (0 for none)",
}
_OPTIONAL = ("amount", "note", "number", "account")


@layout.command("learn", epilog="Example: jamjar wallet layout learn statement.csv --out mine.toml")
def learn(
    file: Annotated[Path, typer.Argument(help="A table of the bank, as CSV or XLSX.")],
    out: Annotated[Path, typer.Option(help="Write the layout into this new file.")] = Path("layout.toml"),
) -> None:
    """Show five rows of a table, ask what its columns are, and write a layout file for jamjar wallet import."""
    from jamjar.bank.learning import described, sample

    try:
        with file.open("rb") as opened:
            rows = sample(opened)
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read ({error.strerror}); name a bank's file.") from None
    for number, cells in enumerate(rows, 1):
        typer.echo(f"Row {number}: " + " | ".join(f"{place} {output.clean(c)}" for place, c in enumerate(cells, 1)))
    header = _number("Which row has the names of the columns (0 for none)", len(rows))
    width = len(rows[header - 1]) if header else max(map(len, rows))
    columns = dict[str, int]()
    for role, question in _QUESTIONS.items():
        if role in ("out", "in") and columns.get("amount"):
            continue
        columns[role] = _number(question, width, least=0 if role in _OPTIONAL else 1)
    is_card = bool(columns["amount"]) and typer.confirm("Has spending no minus sign, as on a card's statement?")
    name = typer.prompt("What is the bank called")
    text = described(name, rows, header, columns, sign="out" if is_card else "in")
    files.write({out: text.encode()})
    typer.echo(f"Written: {out}. Try it with jamjar wallet import {file} --layout {out} --dry-run")


def _number(question: str, most: int, least: int = 0) -> int:
    """Ask until the answer is a number in this range."""
    while not least <= (answer := int(typer.prompt(question, type=int))) <= most:
        typer.echo(f"Give a number from {least} to {most}.")
    return answer
