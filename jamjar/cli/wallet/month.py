"""The claimant's command about the days ahead: reckoned from what is in the vault, and sent to nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jamjar.cli import files, options, output
from jamjar.cli.wallet.jars import PANEL, Day, day_of, jars_of

commands = typer.Typer()


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet month --picture month.svg")
def month(
    context: typer.Context,
    day: Day = "",
    picture: Annotated[Path | None, typer.Option(help="Write the picture as SVG, too.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Draw with plain characters.")] = False,
    as_json: options.Json = False,
) -> None:
    """Show what is left a day until payday, what runs out when, what is still to come, and the month's balance."""
    from jamjar.bank.balance import drawn, in_words, svg
    from jamjar.bank.outlook import sentences

    ahead, running = jars_of(context).ahead(day_of(day))
    if picture is not None:
        files.write({picture: svg(running).encode()})
    said = sentences(ahead)
    if as_json:
        runs_out = {"jar": ahead.runs_out[0], "day": ahead.runs_out[1].isoformat()} if ahead.runs_out else None
        output.print_json(
            {
                "payday": ahead.everyday.payday.isoformat(),
                "left": ahead.everyday.left,
                "left_a_day": ahead.everyday.a_day,
                "runs_out_first": runs_out,
                "still_to_come": {bill.label: bill.pence for bill in ahead.bills if not bill.set_aside},
                "to_set_aside": {bill.label: bill.pence for bill in ahead.bills if bill.set_aside},
                "balance": running.days[-1],
                "sentences": [*said, in_words(running)],
            }
        )
        return
    typer.echo(drawn(running, ascii_only=plain))
    for sentence in (in_words(running), *said):
        typer.echo(output.clean(sentence))
