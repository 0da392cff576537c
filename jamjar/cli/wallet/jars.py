"""Commands of the claimant about money: plans, bank files, pictures; none of these leave the vault."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import files, options, output
from jamjar.cli.wallet.consents import BudgetFile, read_budget
from jamjar.cli.wallet.opening import opened_vault
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.plan.money import format_pounds

if TYPE_CHECKING:
    from jamjar.bank.book import Counts
    from jamjar.wallet.jars import Jars

commands = typer.Typer()

PANEL = "Money: stays in your vault"
_COUNTS = ("New", "Known", "Booked since", "Changed", "Pending", "Own transfers", "Left out")


Day = Annotated[str, typer.Option("--day", help="Any day of the planned period, YYYY-MM-DD (today).")]


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet plan november.json")
def plan(context: typer.Context, budget: BudgetFile) -> None:
    """Store a plan for an assessment period, to compare spending with."""
    made = read_budget(budget)
    jars_of(context).plan(made)
    typer.echo(f"Planned for {made.period.start} to {made.period.end}: {format_pounds(made.outgoings)}.")


@commands.command("import", rich_help_panel=PANEL, epilog="Example: jamjar wallet import monzo.csv --account joint")
def import_files(
    context: typer.Context,
    bank_files: Annotated[
        list[Path], typer.Argument(metavar="FILES...", help="Open Banking JSON, or CSV of Monzo, Starling or Barclays.")
    ],
    account: Annotated[str, typer.Option(help="Your own name for the account, if you have several.")] = "",
    as_json: options.Json = False,
) -> None:
    """Import a bank's files, each whole or not at all; importing one again changes nothing."""
    from rich.console import Console
    from rich.progress import Progress

    from jamjar.bank.book import Counts

    jars = jars_of(context)
    taken, refused = list[tuple[Path, Counts]](), list[str]()
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        for file in progress.track(bank_files, description="Reading"):
            try:
                with file.open("rb") as opened_file:
                    taken.append((file, jars.read(opened_file, account)))
            except OSError as error:
                refused.append(f"{file} cannot be read ({error.strerror}); name a bank's file.")
            except InvalidInput as error:
                refused.append(f"{file} was not imported. {error}")
    rows = [(file.name, *_counted(counts)) for file, counts in taken]
    if as_json:
        names = ("file", *(name.lower().replace(" ", "_") for name in _COUNTS))
        output.print_json({"taken_in": [dict(zip(names, row, strict=True)) for row in rows], "refused": refused})
    else:
        for name, *numbers in rows:
            said = [f"{what.lower()} {number}" for what, number in zip(_COUNTS, numbers, strict=True) if number]
            typer.echo(f"{name}: {', '.join(said) or 'no rows'}.")
    for sentence in refused:
        output.print_error(sentence)
    raise typer.Exit(1 if refused else 0)


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet jars --day 2026-11-05 --picture jars.svg")
def jars(
    context: typer.Context,
    day: Day = "",
    picture: Annotated[Path | None, typer.Option(help="Write the picture as SVG, too.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Draw with plain characters.")] = False,
    as_json: options.Json = False,
) -> None:
    """Show the planned and spent money of a period's jars; overspending has no other effect."""
    from rich.console import Console

    from jamjar.bank.bars import bars
    from jamjar.bank.svg import svg

    found = jars_of(context).spending(day_of(day))
    if picture is not None:
        files.write({picture: svg(found).encode()})
    if as_json:
        rows = {jar.code: {"planned": jar.planned, "spent": jar.spent} for jar in found.jars}
        income = {line.code: {"planned": line.planned, "received": line.received} for line in found.receipts}
        output.print_json(
            {"jars": rows, "income": income, "unassigned_out": found.unassigned_out, "spent": found.spent}
        )
        return
    Console().print(bars(found, ascii_only=plain, width=12))
    if found.receipts:
        table = output.OutputTable("Income", "Planned", "Received", right=("Planned", "Received"))
        for line in found.receipts:
            table.add(line.label, format_pounds(line.planned), format_pounds(line.received))
        table.print()


def jars_of(context: typer.Context) -> Jars:
    """Return the bookkeeping in the vault, open until the command ends."""
    from jamjar.wallet.jars import Jars

    return Jars(opened_vault(context))


def _counted(counts: Counts) -> tuple[int, ...]:
    left_out = counts.left_out + counts.void + counts.repeated
    return counts.new, counts.known, counts.booked, counts.changed, counts.pending, counts.transfers, left_out


def day_of(text: str) -> date:
    """Read a day, today unless one is given."""
    day = strict_json.day(text) if text else date.today()
    if day is None:
        raise InvalidInput(f"{text[:20]!r} is not a day; write it as YYYY-MM-DD.")
    return day
