"""Commands of the claimant about money: plans and pictures; none of these leave the vault."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jamjar.cli import files, options, output
from jamjar.cli.wallet.opening import opened_vault
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.plan import catalogue
from jamjar.plan.money import format_pounds
from jamjar.plan.period import AssessmentPeriod

if TYPE_CHECKING:
    from jamjar.wallet.awards import AwardLetter
    from jamjar.wallet.jars import Jars

commands = typer.Typer()

PANEL = "Money: stays in your vault"


Day = Annotated[str, typer.Option("--day", help="Any day of the planned period, YYYY-MM-DD (today).")]


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
    from jamjar.bank.explaining import explained
    from jamjar.bank.svg import svg
    from jamjar.wallet.awards import beside
    from jamjar.wallet.jars import Jars

    vault = opened_vault(context)
    month = Jars(vault).month(day_of(day))
    found, notes = month.spending, explained(month)
    proven = beside(vault, found.period, int(time.time()))
    if picture is not None:
        files.write({picture: svg(found).encode()})
    if as_json:
        rows = {jar.code: {"planned": jar.planned, "spent": jar.spent} for jar in found.jars}
        for jar in found.jars:
            if jar.carried:
                rows[jar.code]["carried"] = jar.carried
        income: dict[str, dict[str, Any]] = {
            line.code: {"planned": line.planned, "received": line.received} for line in found.receipts
        }
        for code, letters in proven.items():
            income.setdefault(code, {})["award_letters"] = [str(letter) for letter in letters]
        output.print_json(
            {
                "jars": rows,
                "income": income,
                "unassigned_out": found.unassigned_out,
                "spent": found.spent,
                "notes": list(notes),
            }
        )
        return
    Console().print(bars(found, ascii_only=plain, width=12))
    if found.receipts:
        table = output.OutputTable("Income", "Planned", "Received", right=("Planned", "Received"))
        for line in found.receipts:
            table.add(line.label, format_pounds(line.planned), format_pounds(line.received))
        table.print()
    _print_awards(proven)
    for sentence in notes:
        typer.echo(output.clean(sentence))


def print_awards(jars: Jars, period: AssessmentPeriod) -> None:
    """Print the award letters beside the income lines of a period that they prove."""
    from jamjar.wallet.awards import beside

    _print_awards(beside(jars.vault, period, int(time.time())))


def _print_awards(proven: Mapping[str, Sequence[AwardLetter]]) -> None:
    for code, letters in proven.items():
        for letter in letters:
            typer.echo(output.clean(f"{catalogue.line(code).label}, proven by a letter of {letter}."))


def jars_of(context: typer.Context) -> Jars:
    """Return the bookkeeping in the vault, open until the command ends."""
    from jamjar.wallet.jars import Jars

    return Jars(opened_vault(context))


def day_of(text: str) -> date:
    """Read a day, today unless one is given."""
    day = strict_json.day(text) if text else date.today()
    if day is None:
        raise InvalidInput(f"{text[:20]!r} is not a day; write it as YYYY-MM-DD.")
    return day
