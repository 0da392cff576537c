"""Commands of the claimant about consents: list them, commit under one, change it, end it."""

import time
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from jamjar.cli import options, output
from jamjar.cli.output import print_signed
from jamjar.cli.wallet.opening import ConsentName, Offline, named, opened
from jamjar.consent.schedule import RECONFIRM_DAYS
from jamjar.encoding.shown import short
from jamjar.errors import InvalidInput
from jamjar.model.status_words import STATUS
from jamjar.plan.entries import offer_on
from jamjar.protocol.settings import DAY

commands = typer.Typer()

BudgetFile = Annotated[
    Path | None, typer.Argument(help="Your plan, TOML or JSON; without it, the one in your vault of the agreed days.")
]
PANEL: Final = "Consents: signed here, carried with send"


@commands.command("consents", epilog="Example: jamjar wallet consents --json")
def list_consents(context: typer.Context, as_json: options.Json = False, offline: Offline = False) -> None:
    """List your consents, with their status on the ledger."""
    from jamjar.wallet.erasure import erased

    wallet = opened(context)
    ledger = None if offline else context.obj.ledger()
    rows = list[dict[str, Any]]()
    for consent in wallet.consents():
        kept, stored = wallet.stored(consent), ledger.consent(consent) if ledger else None
        row = {
            "consent": consent,
            "recipient": kept.terms.recipient_name,
            "status": ledger.status(consent) if ledger else None,
            "uses": stored.uses if stored else None,
            "max_uses": stored.max_uses if stored else None,
            "until": time.strftime("%Y-%m-%d", time.gmtime(kept.valid_until)),
            "committed": any(kept.head),
        }
        rows.append(row)
    waiting, gone = len(wallet.outgoing()), erased(wallet.vault)
    if as_json:
        output.print_json({"consents": rows, "messages_waiting": waiting, "erased": gone})
        return
    table = output.OutputTable("Consent", "Recipient", "Status", "Uses", "Until", "Budget")
    for row in rows:
        used = f"{row['uses']} of {row['max_uses']}" if row["max_uses"] else "-"
        budget = "committed" if row["committed"] else "none"
        status = STATUS[row["status"]] if row["status"] else "not asked"
        table.add(short(row["consent"]), row["recipient"], status, used, row["until"], budget)
    table.print(empty="No consents.")
    typer.echo(f"Messages queued: {waiting}. Consents erased: {gone}.")


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet commit 0x1234")
def commit(context: typer.Context, consent: ConsentName, budget: BudgetFile = None) -> None:
    """Commit to a plan under a consent, replacing the previous one."""
    from jamjar.cli.wallet.plans import read_plan
    from jamjar.disclosure.disclosure import period_problem
    from jamjar.wallet.jars import Jars

    read = read_plan(budget) if budget else None
    wallet = opened(context)
    chosen = named(wallet, consent)
    terms = wallet.stored(chosen).terms
    plan = read or Jars(wallet.vault).plan_within(terms.data_from, terms.data_until)
    entries = plan.budget.entries(terms.covered, terms.concerns)
    if problem := period_problem({entry.name: entry.value for entry in entries}, terms):
        raise InvalidInput(f"Nothing was signed. {problem}")
    print_signed(wallet.commit(chosen, plan.budget))
    own = [*(line.code for line in plan.budget.lines), *map(offer_on, plan.budget.debts)]
    if summed := len(set(own) - {entry.name for entry in entries}):
        typer.echo(f"A commitment has no more places, so {summed} lines and creditors are in the totals alone.")


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet pause 0x1234")
def pause(context: typer.Context, consent: ConsentName) -> None:
    """Suspend a consent, under which nobody can look until you resume it."""
    wallet = opened(context)
    chosen = named(wallet, consent)
    print_signed(wallet.pause(chosen))
    typer.echo(f"Until it is sent, {wallet.stored(chosen).terms.recipient_name} can still look.")


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet resume 0x1234")
def resume(context: typer.Context, consent: ConsentName) -> None:
    """End a pause."""
    wallet = opened(context)
    print_signed(wallet.resume(named(wallet, consent)))


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet reconfirm 0x1234 --days 60")
def reconfirm(
    context: typer.Context,
    consent: ConsentName,
    days: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=RECONFIRM_DAYS,
            help="It remains valid until midnight, so many days from today, or as many as you agreed to.",
            show_default=False,
        ),
    ] = None,
    offline: Offline = False,
) -> None:
    """Confirm that a consent remains valid."""
    from jamjar.wallet.requests import agreed_limits

    wallet = opened(context)
    chosen = named(wallet, consent)
    limits = agreed_limits(wallet.vault, chosen)
    most = limits.reconfirm_days if limits else RECONFIRM_DAYS
    if days is not None and days > most:
        raise InvalidInput(f"You agreed to confirm it every {most} days; take {most} or fewer.")
    days = most if days is None else days
    now = context.obj.now(offline=offline)
    print_signed(wallet.reconfirm(chosen, min(now - now % DAY + days * DAY, wallet.stored(chosen).valid_until)))
