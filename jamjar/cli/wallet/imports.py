"""Commands of the claimant that import a bank's files, and take imports back; nothing of them leaves the vault."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from jamjar.cli import files, options, output
from jamjar.cli.counting import CountedFile, CountingLine
from jamjar.cli.wallet.jars import PANEL, jars_of
from jamjar.cli.wallet.opening import opened_vault
from jamjar.encoding.shown import short
from jamjar.plan.money import format_pounds

if TYPE_CHECKING:
    from jamjar.bank.layout import Layout
    from jamjar.wallet.imports import Imported

commands = typer.Typer()

_COUNTS = {
    "New": "new", "Known": "known", "Booked since": "booked", "Changed": "changed", "Pending": "pending",
    "Lapsed": "lapsed", "Own transfers": "transfers",
}  # fmt: skip
_LEFT_OUT = {"already booked or superseded": "left_out", "void": "void", "repeated": "repeated"}
_MOST_SHOWN = 3
_AT_ONCE = 64 * 1024
_LARGEST_LAYOUT = 64 * 1024


@commands.command("import", rich_help_panel=PANEL, epilog="Example: jamjar wallet import monzo.csv --account joint")
def import_files(
    context: typer.Context,
    bank_files: Annotated[
        list[Path],
        typer.Argument(metavar="FILES...", help="CSV, XLSX, OFX, QIF, CAMT, MT940 or JSON; see jamjar wallet banks."),
    ],
    account: Annotated[str, typer.Option(help="Your own name for the account, if you have several.")] = "",
    layout: Annotated[Path | None, typer.Option(help="Read tables as this layout file says.")] = None,
    same_account_as: Annotated[str, typer.Option(help="The account that these rows are held under already.")] = "",
    another_account: Annotated[
        bool, typer.Option("--another-account", help="Say that it is another account, although it looks like one held.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would happen.")] = False,
    as_json: options.Json = False,
) -> None:
    """Import a bank's files, each whole or not at all; importing one again changes nothing."""
    from jamjar.wallet.imports import Given, How, Imported, Imports, NotImported

    how = How(account, read_layout(layout), same_account_as, another_account)
    vault = opened_vault(context)
    with CountingLine() as line:
        given = [Given(file.name if file.is_file() else str(file), _opener(file, line)) for file in bank_files]
        found = Imports(vault, _ask).take(given, how, trial=dry_run)
    taken = [each for each in found if isinstance(each, Imported)]
    refused = [f"{each.name} {each.reason}" for each in found if isinstance(each, NotImported)]
    if as_json:
        output.print_json({"taken_in": [_row(each) for each in taken], "refused": refused, "dry_run": dry_run})
    else:
        for each in taken:
            _print(each)
        if dry_run:
            typer.echo("Nothing was stored, as this was a dry run.")
    for sentence in refused:
        output.print_error(sentence)
    raise typer.Exit(1 if refused else 0)


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet undo")
def undo(context: typer.Context) -> None:
    """Take back the last import as a whole, also what it changed; again, the one before it."""
    done = jars_of(context).undo()
    names = ", ".join(done.files)
    typer.echo(f"Taken back: the import of {names}; {done.removed} removed, {done.restored} restored.")


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet banks")
def banks(as_json: options.Json = False) -> None:
    """List where each bank has its statements for download."""
    from jamjar.bank.layouts import layouts

    ways = {layout.name: layout.way for layout in layouts() if layout.way}
    if as_json:
        output.print_json(ways)
        return
    table = output.OutputTable("Bank", "Where")
    for name, way in ways.items():
        table.add(name, way)
    table.print()


def read_layout(file: Path | None) -> Layout | None:
    """Read a layout file, if one is given."""
    from jamjar.bank.layouts import parsed

    return None if file is None else parsed(files.text(file, "layout file", _LARGEST_LAYOUT))


def _opener(file: Path, line: CountingLine) -> Any:
    def opened() -> BinaryIO:
        return io.BufferedReader(CountedFile(file, line), _AT_ONCE)

    return opened


def _ask(question: str) -> bool | None:
    """Ask on the terminal, if there is one."""
    return typer.confirm(question) if sys.stdin.isatty() else None


def _counts(each: Imported) -> dict[str, int]:
    found = {name: getattr(each.counts, field) for name, field in _COUNTS.items()}
    return found | {"Left out": sum(getattr(each.counts, field) for field in _LEFT_OUT.values())}


def _why(each: Imported) -> dict[str, int]:
    """Return how many rows were left out or skipped, by the reason."""
    counted = {reason: getattr(each.counts, field) for reason, field in _LEFT_OUT.items()}
    return {reason: number for reason, number in {**counted, **each.skipped}.items() if number}


def _row(each: Imported) -> dict[str, object]:
    counts = {name.lower().replace(" ", "_"): number for name, number in _counts(each).items()}
    return {
        "file": ", ".join(each.names),
        **counts,
        "skipped": sum(each.skipped.values()),
        "why": _why(each),
        "absent": [transaction.key for transaction in each.absent],
        "remarks": list(each.remarks),
    }


def _print(each: Imported) -> None:
    said = [f"{name.lower()} {number}" for name, number in _counts(each).items() if number]
    if each.skipped:
        said.append(f"skipped {sum(each.skipped.values())}")
    why = ", ".join(f"{reason} {number}" for reason, number in _why(each).items())
    typer.echo(f"{output.clean(', '.join(each.names))}: {', '.join(said) or 'no rows'}{f' ({why})' if why else ''}.")
    for remark in each.remarks:
        typer.echo(f"  {remark}")
    for transaction in each.absent[:_MOST_SHOWN]:
        name, amount = short(transaction.key), format_pounds(transaction.pence)
        typer.echo(
            f"  Held, but not in this file of those days: {transaction.day} {amount} {output.clean(transaction.payee)}."
            f" If the bank took it back, hide it with jamjar wallet transactions --hide {name}"
        )
    if len(each.absent) > _MOST_SHOWN:
        typer.echo(f"  And {len(each.absent) - _MOST_SHOWN} more like that; --json lists them.")
