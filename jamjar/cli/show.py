"""Commands of the claimant about showing and ending: disclose, letters, looks, records, the panic card, erasing."""

import time
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from jamjar import card_page, consent_record
from jamjar.claimant_mail import ClaimantMail
from jamjar.cli import setting
from jamjar.cli.connections import claimant_connections
from jamjar.cli.wallet import ConsentName, app, named, opened
from jamjar.consent_history import LIFE
from jamjar.consent_parties import Controller, Registries
from jamjar.erasure import ENDED, erase
from jamjar.errors import InvalidInput
from jamjar.looks import looks
from jamjar.panic_card import Card


@app.command(rich_help_panel="Showing")
def disclose(
    context: typer.Context,
    consent: ConsentName,
    names: Annotated[list[str], typer.Argument(help="Jars and totals, such as fixed.home.rent or total.fixed.home.")],
    mailbox: setting.MailboxAddress,
) -> None:
    """Show the recipient these figures, sealed: they open only after the look is on the record."""
    wallet = opened(context)
    mail = ClaimantMail(wallet, context.obj.ledger(), claimant_connections(wallet.deployment, mailbox))
    package = mail.show(named(wallet, consent), names)
    typer.echo(f"Sent, sealed. The package is {package.hex()}.")


@app.command(rich_help_panel="Showing")
def inbox(context: typer.Context, mailbox: setting.MailboxAddress, as_json: setting.Json = False) -> None:
    """Fetch what recipients sent you, and list all of it; send what could not be sent before."""
    wallet = opened(context)
    mail = ClaimantMail(wallet, context.obj.ledger(), claimant_connections(wallet.deployment, mailbox))
    mail.send()
    _, wrong = mail.fetch()
    letters = mail.letters()
    if as_json:
        rows = [
            {"consent": each.consent, "advice": each.digest.hex(), "text": each.text, "deleted_at": each.deleted_at}
            for each in letters
        ]
        setting.show({"letters": rows, "not_to_be_relied_on": wrong})
        return
    table = Table("No.", "Consent", "What", "Text")
    for place, each in enumerate(letters, 1):
        day = time.strftime("%Y-%m-%d", time.gmtime(each.deleted_at))
        text = each.text or f"What it was shown was deleted on {day}, it says, and signed."
        table.add_row(str(place), each.consent, "advice" if each.digest else "deletion", text)
    Console(markup=False).print(table)
    for sentence in wrong:
        typer.echo(f"Not to be relied on: {sentence}", err=True)


@app.command(rich_help_panel="Showing")
def acknowledge(
    context: typer.Context, number: Annotated[int, typer.Argument(help="The advice's number in the inbox.")]
) -> None:
    """Sign that you received a piece of advice."""
    wallet = opened(context)
    mail = ClaimantMail(wallet, context.obj.ledger(), claimant_connections(wallet.deployment, ""))
    letters = mail.letters()
    if not 1 <= number <= len(letters):
        raise InvalidInput(f"There is no letter {number}; list them with jamjar wallet inbox.")
    mail.acknowledge(letters[number - 1])
    typer.echo("Signed. It waits: jamjar wallet send.")


@app.command("looks", rich_help_panel="Showing")
def show_looks(context: typer.Context, as_json: setting.Json = False) -> None:
    """List who looked at what, and when; exit status 1 when a look is one you did not expect."""
    wallet, ledger = opened(context), context.obj.ledger()
    found = looks(wallet, ledger)
    if as_json:
        rows = [
            {"consent": e.consent, "member": e.recipient, "commitment": e.commitment.hex(), "block": e.block,
             "expected": e.is_expected} for e in found
        ]  # fmt: skip
        setting.show(rows)
    else:
        table = Table("Consent", "Member", "Budget", "Block", "Expected")
        for e in found:
            expected = "yes" if e.is_expected else "NO: you showed this budget less often"
            table.add_row(e.consent, str(e.recipient), f"{e.commitment.hex()[:10]}..", str(e.block), expected)
        Console(markup=False).print(table)
    if not all(e.is_expected for e in found):
        typer.echo(
            "Somebody looked more often than you showed: ask them, or end it with jamjar wallet withdraw.", err=True
        )
        raise typer.Exit(1)


@app.command("record", rich_help_panel="Showing")
def show_record(
    context: typer.Context,
    consent: ConsentName,
    address: Annotated[str, typer.Option(help="The recipient's postal address.")],
    contact: Annotated[str, typer.Option(help="How to reach the recipient.")],
    country: Annotated[str, typer.Option(help="Its country, ISO 3166-1, such as GB.")] = "GB",
    receipt: Annotated[bool, typer.Option("--receipt", help="The receipt, with the terms in words.")] = False,
) -> None:
    """Print a consent's record or receipt after ISO/IEC TS 27560, as JSON-LD, each step with its ledger event."""
    wallet, ledger = opened(context), context.obj.ledger()
    chosen = named(wallet, consent)
    events = [event for event in ledger.events(None, chosen) if isinstance(event, LIFE)]
    times = {event.origin.block: ledger.time(event.origin.block) for event in events}
    at = wallet.deployment
    registries = Registries(at.chain_id, at.consent_registry.address, at.consortium.address)
    made = consent_record.record(
        registries, Controller(address, contact, country), chosen, terms=wallet.held(chosen).terms,
        salt=wallet.terms_salt(chosen), events=events, times=times, now=ledger.time(),
    )  # fmt: skip
    setting.show(consent_record.receipt(made) if receipt else made)


@app.command(rich_help_panel="Ending")
def card(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to write the card, a JSON file.")],
    page: Annotated[Path | None, typer.Option(help="Write a page to print, too.")] = None,
) -> None:
    """Sign withdrawals of all live consents in advance: whoever holds the card can end them, and nothing else."""
    wallet, ledger = opened(context), context.obj.ledger()
    live = [consent for consent in wallet.consents() if ledger.status(consent) not in (*ENDED, "NONE")]
    at = wallet.deployment
    made = Card(at.chain_id, at.consent_registry.address, wallet.withdrawals(live), date.today())
    setting.write(file, made.to_json().encode())
    if page is not None:
        setting.write(page, card_page.page(made).encode())
    typer.echo(f"{len(live)} withdrawals. To use it: jamjar carry {file}. Keep it as you keep a spare key.")


@app.command("erase", rich_help_panel="Ending")
def erase_consent(
    context: typer.Context,
    consent: ConsentName,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
) -> None:
    """Destroy the secret of a consent that has ended, so that what is on the ledger opens to nothing."""
    wallet = opened(context)
    chosen = named(wallet, consent)
    if not yes and not typer.confirm(f"Erase {chosen}, its budgets, advice and key, for ever?"):
        raise typer.Exit(1)
    done = erase(wallet, chosen, context.obj.ledger())
    table = Table("Tried", "So")
    for sentence, holds in done.tried:
        table.add_row(sentence, "yes" if holds else "NO")
    Console(markup=False).print(table)
    typer.echo(f"{done.records} records destroyed. Out of reach: what the recipient was shown, and older backups.")
    raise typer.Exit(0 if done.is_complete else 1)
