"""Commands of the claimant about money: plans, bank files, rules, pictures; nothing of it leaves the vault."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from jamjar.bank.bars import bars
from jamjar.bank.rules import Rule
from jamjar.bank.svg import svg
from jamjar.budget import Budget
from jamjar.cli import setting
from jamjar.cli.wallet import app, opened
from jamjar.errors import InvalidInput
from jamjar.jars import Jars
from jamjar.money import format_pounds

Day = Annotated[str, typer.Option("--day", help="Any day of the assessment period, YYYY-MM-DD (today).")]


@app.command(rich_help_panel="Money")
def plan(context: typer.Context, budget: Annotated[Path, typer.Argument(help="Your plan, a JSON file.")]) -> None:
    """Keep a plan for an assessment period, to compare spending with."""
    made = Budget.from_json(setting.read(budget, "budget").decode("utf-8", "replace"))
    Jars(opened(context).vault).plan(made)
    typer.echo(f"Planned for {made.period.start} to {made.period.end}: {format_pounds(made.outgoings)}.")


@app.command("import", rich_help_panel="Money")
def import_files(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Open Banking JSON, or CSV of Monzo, Starling or Barclays.")],
    account: Annotated[str, typer.Option(help="Your own name for the account, if you have several.")] = "",
) -> None:
    """Take in what a bank exported; the same file again changes nothing. It stays in your vault."""
    jars = Jars(opened(context).vault)
    table = Table("File", "New", "Known", "Booked since", "Changed", "Pending", "Own transfers", "Left out")
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading", total=len(files))
        for file in files:
            with file.open("rb") as opened_file:
                found = jars.read(opened_file, account)
            progress.advance(task)
            left_out = found.left_out + found.void + found.repeated
            counts = (found.new, found.known, found.booked, found.changed, found.pending, found.transfers, left_out)
            table.add_row(file.name, *map(str, counts))
    Console().print(table)


@app.command(rich_help_panel="Money")
def jars(
    context: typer.Context,
    day: Day = "",
    picture: Annotated[Path | None, typer.Option(help="Write the picture as SVG, too.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Draw with plain characters.")] = False,
    as_json: setting.Json = False,
) -> None:
    """Show the jars of a period, planned against spent; overspending is shown, and has no other effect."""
    found = Jars(opened(context).vault).spending(_day(day))
    if picture is not None:
        setting.write(picture, svg(found).encode())
    if as_json:
        rows = {jar.code: {"planned": jar.planned, "spent": jar.spent} for jar in found.jars}
        income = {line.code: {"planned": line.planned, "received": line.received} for line in found.receipts}
        setting.show({"jars": rows, "income": income, "unassigned_out": found.unassigned_out, "spent": found.spent})
        return
    Console().print(bars(found, ascii_only=plain))
    table = Table("Income", "Planned", "Received")
    for line in found.receipts:
        table.add_row(line.label, format_pounds(line.planned), format_pounds(line.received))
    Console().print(table)


@app.command(rich_help_panel="Money")
def unassigned(context: typer.Context) -> None:
    """List the payees that have no jar yet, the largest sum first."""
    table = Table("Payee", "How often", "In all")
    for each in Jars(opened(context).vault).without_jar():
        table.add_row(each.payee, str(each.count), format_pounds(each.pence))
    Console(markup=False).print(table)


@app.command(rich_help_panel="Money")
def rule(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What the payee's name holds.")] = "",
    jar: Annotated[str, typer.Argument(help="The jar's code, such as flexible.food.groceries, or transfer.")] = "",
    whole: Annotated[bool, typer.Option("--whole", help="Only if it is the payee's whole name.")] = False,
    remove: Annotated[int | None, typer.Option(help="Remove the rule of this number.")] = None,
) -> None:
    """Say which jar a payee belongs to, before the rules there are; or list the rules."""
    jars = Jars(opened(context).vault)
    rules = jars.rules()
    if remove is not None:
        jars.follow(rules := rules.removing(remove - 1))
    elif text:
        jars.follow(rules := rules.adding(Rule(text, jar, whole)))
    table = Table("No.", "Payee holds", "Jar")
    for place, each in enumerate(rules.rules, 1):
        table.add_row(str(place), each.text + (" (all of it)" if each.whole else ""), each.code)
    Console(markup=False).print(table)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        raise InvalidInput("A day is written YYYY-MM-DD; correct it.") from None
