"""The claimant's command that says when Universal Credit is paid; it asks nobody."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from jamjar.cli import options, output
from jamjar.cli.wallet.jars import PANEL, Day, day_of, jars_of
from jamjar.errors import InvalidInput
from jamjar.plan.payday import said
from jamjar.plan.period import AssessmentPeriod
from jamjar.plan.plan import NATIONS, Nation

commands = typer.Typer()

_SHOWN = 3


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet payday --claim-day 19 --nation scotland")
def payday(
    context: typer.Context,
    claim_day: Annotated[
        int | None, typer.Option(min=1, max=31, help="The day of the month of your claim, instead of the stored plan.")
    ] = None,
    nation: Annotated[str, typer.Option(help=f"Whose bank holidays count: {', '.join(NATIONS)}.")] = "",
    second: Annotated[
        int, typer.Option(min=0, max=30, help="If you are paid twice a month: how many days after the first.")
    ] = 0,
    day: Day = "",
    as_json: options.Json = False,
) -> None:
    """Show when Universal Credit is paid next, moved by weekends and bank holidays."""
    from jamjar.plan.payday import payday as paid
    from jamjar.wallet.bank_holidays import bank_holidays

    today = day_of(day)
    period, planned = _period(context, claim_day, today)
    holidays = bank_holidays(_nation(nation) if nation else planned)
    found = [paid(period.preceding(), holidays, second)]
    while len(found) <= _SHOWN:
        found.append(paid(found[-1].period.following(), holidays, second))
    found = [each for each in found if max(each.day, each.second or each.day) >= today][:_SHOWN]
    unknown = [each for each in found if each.due > max(holidays)]
    if as_json:
        rows = [
            {
                "from": each.period.start.isoformat(),
                "to": each.period.end.isoformat(),
                "payday": each.day.isoformat(),
                "second": each.second.isoformat() if each.second else None,
                "moved": list(each.reasons),
            }
            for each in found
        ]
        output.print_json({"paydays": rows, "holidays_known_until": max(holidays).isoformat()})
        return
    for each in found:
        twice = f", and the second part on {_said(each.second)}" if each.second else ""
        why = f" ({', and '.join(each.reasons)})" if each.reasons else ""
        period_ = f"{each.period.start} to {each.period.end}"
        typer.echo(f"For {period_}, you are paid on {_said(each.day)}{why}{twice}.")
    if unknown:
        typer.echo(f"Bank holidays after {_said(max(holidays))} are not published yet; there, only weekends count.")


def _period(context: typer.Context, claim_day: int | None, today: date) -> tuple[AssessmentPeriod, Nation]:
    """Return the period of today: of a claim day, or the stored plan's, or one that follows it."""
    if claim_day is not None:
        return AssessmentPeriod.containing(date(today.year - 1, 1, claim_day), today), NATIONS[0]
    plans = [each for each in jars_of(context).plans() if each.period.start <= today]
    if not plans:
        raise InvalidInput("There is no plan to take the days from; add --claim-day, the day of the month you claimed.")
    period = plans[-1].period
    while period.end < today:
        period = period.following()
    return period, plans[-1].nation


def _said(day: date) -> str:
    return f"{day:%A} {said(day)} {day.year}"


def _nation(text: str) -> Nation:
    wanted = text.strip().lower().replace(" ", "-")
    for nation in NATIONS:
        if any(part.startswith(wanted) for part in (nation, *nation.split("-"))):
            return nation
    raise InvalidInput(f"{text[:20]!r} is no nation here; give one of {', '.join(NATIONS)}.")
