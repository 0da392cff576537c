"""Commands of the claimant about ending: the panic card, and erasure."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from jamjar.cli import files, options, output
from jamjar.cli.mailbox_connection import claimant_connections
from jamjar.cli.wallet.opening import ConsentName, named, opened
from jamjar.errors import InvalidInput

commands = typer.Typer()

_PANEL = "Ending"
_ELSEWHERE = "panic cards and their pages, exported records, messages, receipts, and backups"
"""The files that name a consent, or open it; the wallet does not remember where it wrote them."""
_TIES = "consents that end at one time are seen by everybody to be one person's."


@commands.command(rich_help_panel=_PANEL, epilog="Example: jamjar wallet card card.json --page card.html")
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


@commands.command("erase", rich_help_panel=_PANEL, epilog="Example: jamjar wallet erase 0x1234")
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
        ClaimantMail(wallet, ledger, claimant_connections(wallet.deployment, mailbox)).take_back(chosen)
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
