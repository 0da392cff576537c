"""The claimant's command for plans: from a file, from questions, or only tried; none of it leaves the vault."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import files, options, output
from jamjar.cli.wallet.jars import PANEL, Day, day_of, jars_of, print_awards
from jamjar.errors import InvalidInput
from jamjar.plan import catalogue, debt_changes
from jamjar.plan.changes import changed, changes
from jamjar.plan.money import format_pounds
from jamjar.plan.plan import Plan
from jamjar.plan.typed_amount import TypedAmount, typed

if TYPE_CHECKING:
    from jamjar.plan.budget import Budget
    from jamjar.wallet.jars import Jars

commands = typer.Typer()


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet plan november.toml")
def plan(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="Your plan, TOML or JSON; without it you are asked, a question at a time.")
    ] = None,
    template: Annotated[
        bool, typer.Option("--template", help="Write a plan to fill in: into the file, if you name one.")
    ] = False,
    show: Annotated[bool, typer.Option("--show", help="Show the plan that is stored.")] = False,
    trial: Annotated[
        list[str] | None,
        typer.Option(
            "--try", help="Show the stored plan with this amount: fixed.home.rent=520, or 'debts.Town Council=10'."
        ),
    ] = None,
    put: Annotated[
        list[str] | None,
        typer.Option("--set", help="Change one amount of the stored plan, such as savings=10, or one debt."),
    ] = None,
    day: Day = "",
    yes: options.Yes = False,
    as_json: options.Json = False,
) -> None:
    """Plan a period in pounds, as often as each amount is paid; or show the plan, or try another amount."""
    if template:
        _write_template(file, day_of(day))
        return
    edits, when = [*(put or ()), *(trial or ())], day_of(day)
    amounts = dict(_named_amount(each) for each in edits if not _is_debt(each))
    debts = [debt_changes.read(*_halves(each)) for each in edits if _is_debt(each)]
    if file is not None and (show or put):
        raise InvalidInput("A file and the stored plan were both named; leave the file out, or --show and --set.")
    read = read_plan(file) if file else None
    jars = jars_of(context)
    if show or trial or put:
        base = read or jars.plan_of(when)
        made = changed(base, amounts, debts)
        if put and not trial:
            jars.plan(made)
        _print(made, base if edits else None, as_json=as_json, whole=show)
        if show and not as_json:
            print_awards(jars, made.period)
        if trial and not as_json:
            typer.echo("Nothing was stored.")
        return
    if read is None:
        from jamjar.cli.wallet.plan_questions import asked

        read = asked(jars, when)
        _print(read, _before(jars, read), as_json=False, whole=True)
        if not options.agreed("Store this plan?", yes=yes):
            output.print_error("Nothing was stored; your answers are kept: change them with jamjar wallet plan.")
            raise typer.Exit(1)
    _store(jars, read, is_shown=file is None, as_json=as_json)
    if file is None:
        jars.draft().forget()


def _store(jars: Jars, made: Plan, *, is_shown: bool, as_json: bool) -> None:
    """Store a plan, and print it unless it was shown before."""
    before, overlapping = _before(jars, made), _overlapping(jars, made)
    jars.plan(made)
    if as_json:
        _print(made, before, as_json=True)
        return
    period = made.period
    typer.echo(f"Planned for {period.start} to {period.end}: {format_pounds(made.budget.outgoings)}.")
    for each in overlapping:
        late = max(each, made, key=lambda either: either.period.start).period.start
        typer.echo(f"The plan for {each.period.start} to {each.period.end} overlaps; from {late} on, the later counts.")
    if not is_shown:
        _print(made, before, as_json=False)


def read_plan(file: Path) -> Plan:
    """Read a plan from a file, TOML or JSON."""
    from jamjar.plan import plan_file

    try:
        return plan_file.read(files.text(file, "plan", plan_file.MOST_BYTES))
    except InvalidInput as error:
        sentence = str(error)  # its text may hold amounts, so it is not chained
        raise InvalidInput(sentence if sentence.startswith(str(file)) else f"{file}: {sentence}") from None


def _write_template(file: Path | None, day: date) -> None:
    from jamjar.plan import plan_file
    from jamjar.plan.period import AssessmentPeriod

    text = plan_file.template(AssessmentPeriod.containing(day.replace(day=1), day))
    if file is None:
        typer.echo(text, nl=False)
        return
    files.write({file: text.encode()})
    typer.echo(f"Written: {file}. Fill it in, and store it with jamjar wallet plan {file}")


def _is_debt(text: str) -> bool:
    return text.strip().startswith(debt_changes.PREFIX)


def _halves(text: str) -> tuple[str, str]:
    name, equals, amount = text.partition("=")
    if not equals:
        raise InvalidInput(
            "What was typed is not a line and its amount; write it as fixed.home.rent=520 or debts.Town Council=10."
        )
    return name, amount


def _named_amount(text: str) -> tuple[str, TypedAmount]:
    code, amount = _halves(text)
    return catalogue.line(code.strip()).code, typed(amount, f"The amount of {code.strip()[:64]}")


def _before(jars: Jars, made: Plan) -> Plan | None:
    """Return the plan that this one replaces, or the one before it."""
    earlier = [each for each in jars.plans() if each.period.start <= made.period.start]
    return earlier[-1] if earlier else None


def _overlapping(jars: Jars, made: Plan) -> list[Plan]:
    start, end = made.period.start, made.period.end
    return [
        each
        for each in jars.plans()
        if each.period.start != start and each.period.start <= end and start <= each.period.end
    ]


def _print(made: Plan, before: Plan | None, *, as_json: bool, whole: bool = False) -> None:
    """Print a plan's totals, how its months are reckoned, and what differs from the one before."""
    budget = made.budget
    if as_json:
        import json

        differs = changes(before.budget, budget) if before else ()
        output.print_json(
            {
                "plan": json.loads(made.to_json()),
                "income": budget.income,
                "outgoings": budget.outgoings,
                "balance": budget.balance,
                "changes": [{"line": each.label, "before": each.before, "after": each.after} for each in differs],
            }
        )
        return
    if whole:
        _print_lines(made)
    sides = [budget] if before is None else [budget, before.budget]
    table = output.OutputTable("A month", *("Planned", "Before")[: len(sides)], right=("Planned", "Before"))
    for name in ("income", "outgoings", "balance"):
        table.add(name.capitalize(), *(format_pounds(getattr(each, name)) for each in sides))
    table.print()
    typer.echo(_balance(budget))
    for each in made.lines:
        if each.amount.reckoned and not whole:
            typer.echo(f"{catalogue.line(each.code).label}: {_month(each.amount)}.")
    if before is not None:
        _print_changes(before, made)


def _print_lines(made: Plan) -> None:
    table = output.OutputTable("Line", "As typed", "A month", right=("A month",))
    for each in made.lines:
        table.add(catalogue.line(each.code).label, each.amount.written, format_pounds(each.amount.month))
    for debt in made.debts:
        name = f"{debt.creditor} ({debt.kind}, {format_pounds(debt.owed)} owed)"
        table.add(name, debt.offer.written, format_pounds(debt.offer.month))
    table.print()


def _print_changes(before: Plan, made: Plan) -> None:
    found = changes(before.budget, made.budget)
    since = f"the plan from {before.period.start}"
    if not found:
        typer.echo(f"Nothing differs from {since}.")
        return
    table = output.OutputTable("Changed", "Before", "Now", "", title=f"Against {since}", right=("Before", "Now", ""))
    for each in found:
        more = each.after - each.before
        table.add(
            each.label,
            format_pounds(each.before),
            format_pounds(each.after),
            f"{'+' * (more > 0)}{format_pounds(more)}",
        )
    table.print()


def _month(amount: TypedAmount) -> str:
    return f"{amount.reckoned} = {format_pounds(amount.month)} a month"


def _balance(budget: Budget) -> str:
    if budget.balance < 0:
        return f"Planned outgoings are {format_pounds(budget.shortfall)} more than planned income."
    if budget.balance > 0:
        return f"{format_pounds(budget.surplus)} of the income is not planned yet."
    return "Every pound of the income is planned."
