"""Commands of the claimant about ending: withdrawal, the panic card, erasure, and what never began."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import files, options, output
from jamjar.cli.mailbox_connection import claimant_connections
from jamjar.cli.output import print_signed
from jamjar.cli.wallet import relaying
from jamjar.cli.wallet.opening import ConsentName, named, opened
from jamjar.cli.wallet.send import carry_one
from jamjar.encoding.shown import short
from jamjar.errors import InvalidInput, JamjarError

if TYPE_CHECKING:
    from jamjar.protocol.signing import SignedMessage
    from jamjar.wallet.wallet import Wallet

commands = typer.Typer()

PANEL = "Ending"
_ELSEWHERE = "panic cards and their pages, exported records, messages, receipts, and backups"
"""The files that name a consent, or open it; the wallet does not remember where it wrote them."""
_TIES = "consents that end at one time are seen by everybody to be one person's."


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet card card.json --page card.html")
def card(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to write the card, a JSON file; with --each, a new folder.")],
    page: Annotated[Path | None, typer.Option(help="Write a page to print, too, in HTML.")] = None,
    each: Annotated[
        bool, typer.Option("--each", help="Write a card and a page for each consent, into a folder.")
    ] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Ask no node: for all consents, ended or not.")] = False,
) -> None:
    """Sign withdrawals of all live consents in advance: whoever holds the card can end them, and nothing else."""
    from jamjar.protocol import panic_card_page
    from jamjar.protocol.panic_card import Card
    from jamjar.wallet.erasure import ENDED

    wallet = opened(context)
    live = list(wallet.consents())
    if not offline:
        ledger = context.obj.ledger()
        live = [consent for consent in live if ledger.status(consent) not in (*ENDED, "NONE")]
    if not live:
        raise InvalidInput("There is no consent that a card could end; make one when a grant was carried.")
    at, withdrawals = wallet.deployment, wallet.withdrawals(live)
    if each:
        if page is not None:
            raise InvalidInput("With --each, every card has its page in the folder; leave out --page.")
        contents = dict[str, bytes]()
        for signed in withdrawals:
            one = Card(at.chain_id, at.consent_registry.address, (signed,), date.today())
            contents[f"{signed.message.consent[:10]}.json"] = one.to_json().encode()
            contents[f"{signed.message.consent[:10]}.html"] = panic_card_page.page(one).encode()
        files.write_folder(file, contents)
        typer.echo(f"Cards in {file}: {len(live)}, each of one consent. Carry them on different days: {_TIES}")
        return
    made = Card(at.chain_id, at.consent_registry.address, withdrawals, date.today())
    written = {file: made.to_json().encode()}
    if page is not None:
        written[page] = panic_card_page.page(made).encode()
    files.write(written)
    typer.echo(
        f"Withdrawals on the card: {len(live)}. Use it with jamjar carry {file}. Keep it as safe as a spare key."
    )
    if len(live) > 1:
        typer.echo(f"If you can, use it box by box, or make cards with --each: {_TIES}")


@commands.command(
    rich_help_panel=PANEL, epilog="Example: jamjar wallet withdraw 0x1234 --send --relayer https://relayer.example"
)
def withdraw(
    context: typer.Context,
    consent: ConsentName,
    send: Annotated[bool, typer.Option("--send", help="Send it at once, too, by --account or --relayer.")] = False,
    account: options.AccountName = "",
    password_file: options.PasswordFile = None,
    relayer: Annotated[str, typer.Option(envvar="JAMJAR_RELAYER", help="The address of an operator's relayer.")] = "",
) -> None:
    """End a consent permanently. No reason is needed."""
    wallet = opened(context)
    chosen = named(wallet, consent)
    if send and not (account or relayer):
        raise InvalidInput("No carrier is named, so nothing was signed; use --account or --relayer with --send.")
    signed, name = wallet.withdraw(chosen), wallet.stored(chosen).terms.recipient_name
    if not send:
        print_signed(signed)
        typer.echo(f"Until it is sent, {name} can still look; jamjar wallet withdraw {chosen[:10]} --send does both.")
        return
    try:
        sent = _sent(context, wallet, signed, account, password_file, relayer)
    except JamjarError as error:
        output.print_error(error)
        sent = False
    if not sent:
        output.print_error(f"The withdrawal is signed, and not sent: {name} can still look; send it again.")
        raise typer.Exit(1)


def _sent(
    context: typer.Context,
    wallet: Wallet,
    signed: SignedMessage,
    account: str,
    password_file: Path | None,
    relayer: str,
) -> bool:
    """Send one message, and nothing else that is queued; say whether it was taken."""
    from jamjar.wallet.timetable import timetable

    if account:
        sender = options.account(account, password_file)
        return carry_one(wallet, signed, context.obj.ledger(), sender)
    way = relaying.relaying(context.obj, wallet, relayer, context.obj.ledger())
    queued = timetable(wallet)[signed.message.consent]
    way.send([waiting for waiting, _ in queued if waiting.signed == signed], int(time.time()))
    typer.echo("Once it is on the ledger, nobody can look: jamjar wallet send --done says whether it is.")
    return not way.refused


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet clear")
def clear(context: typer.Context, yes: options.Yes = False) -> None:
    """Destroy what is left of consents that never began: their grants were refused, or carried by nobody in time."""
    from jamjar.wallet.erasure import erase, leftovers

    wallet, ledger = opened(context), context.obj.ledger()
    found = leftovers(wallet, ledger)
    for each in found.later:
        at = output.clock(wallet.stored(each).valid_from)
        typer.echo(f"{short(each)} was not granted, and whoever has its grant can carry it until {at}.", err=True)
    if not found.now:
        typer.echo("Nothing is left of consents that never began.")
        return
    names = "\n".join(f"{short(each)}  {wallet.stored(each).terms.recipient_name}" for each in found.now)
    typer.echo(output.clean(names))
    if not options.agreed(f"Destroy what is left of these {len(found.now)}, which never began?", yes=yes):
        output.print_error("Nothing was destroyed; run the command again to do so.")
        raise typer.Exit(1)
    done = [erase(wallet, each, ledger) for each in found.now]
    typer.echo(f"Cleared: {len(done)}. {sum(each.records for each in done)} records destroyed.")
    raise typer.Exit(0 if all(each.is_complete for each in done) else 1)


@commands.command("erase", rich_help_panel=PANEL, epilog="Example: jamjar wallet erase 0x1234")
def erase_consent(
    context: typer.Context,
    consent: ConsentName,
    mailbox: Annotated[
        str, typer.Option(envvar="JAMJAR_MAILBOX", help="The mailbox to clear first, as nobody has the key afterwards.")
    ] = "",
    yes: options.Yes = False,
) -> None:
    """Destroy the secret of a consent that has ended, so that what is on the ledger opens to nothing."""
    from jamjar.wallet.erasure import check_ended, erase
    from jamjar.wallet.mail import ClaimantMail

    wallet = opened(context)
    chosen = named(wallet, consent)
    if not options.agreed(f"Erase {chosen}, its budgets, advice and key permanently?", yes=yes):
        output.print_error("Nothing was erased; run the command again to erase it.")
        raise typer.Exit(1)
    ledger = context.obj.ledger()
    check_ended(wallet, chosen, ledger)
    if mailbox:
        ClaimantMail(wallet, ledger, claimant_connections(wallet.deployment, mailbox, context.obj)).take_back(chosen)
    done = erase(wallet, chosen, ledger)
    table = output.OutputTable("Check", "Holds")
    for sentence, holds in done.tried:
        table.add(sentence, "yes" if holds else "NO")
    table.print()
    typer.echo(f"{done.records} records destroyed. Out of reach: what the recipient was shown.")
    typer.echo(f"Files that may still name {chosen}: {_ELSEWHERE}; delete those that you made.")
    if not mailbox:
        typer.echo("A mailbox keeps packages until it deletes them; next time, name it with --mailbox.", err=True)
    raise typer.Exit(0 if done.is_complete else 1)
