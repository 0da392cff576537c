"""The command that opens the claimant's pages."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import options
from jamjar.cli.mailbox_connection import claimant_connections
from jamjar.cli.options import Locations
from jamjar.cli.pages.doors import Port, serve_door
from jamjar.cli.wallet.relaying import to_relayer

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.wallet.sending import Way
    from jamjar.wallet.wallet import Wallet


def open_wallet(
    context: typer.Context,
    relayer: Annotated[str, typer.Option(envvar="JAMJAR_RELAYER", help="The address of an operator's relayer.")] = "",
    account: options.AccountName = "",
    password_file: options.PasswordFile = None,
    mailbox: Annotated[str, typer.Option(envvar="JAMJAR_MAILBOX", help="The mailbox's address.")] = "",
    port: Port = 0,
) -> None:
    """Open your pages in a browser on this machine: who can see what, requests, your month, your plan, the card."""
    from jamjar.wallet_pages.claimant import OpenClaimant
    from jamjar.wallet_pages.door import claimant_guard

    place: Locations = context.obj
    deployment = place.read_deployment()
    place.check_vault()

    def opened(passphrase: str) -> Wallet:
        from jamjar.wallet.wallet import Wallet

        return Wallet(deployment, place.open_vault(passphrase), clock=time.time)

    claimant = OpenClaimant(
        opened,
        place.ledger,
        way_of=_way_of(place, relayer, account, password_file),
        connect=claimant_connections(deployment, options.web_address(mailbox, "mailbox"), place) if mailbox else None,
        place=place.vault,
    )
    serve_door(claimant_guard(claimant), port)


def _way_of(place: Locations, relayer: str, account: str, password_file: Path | None) -> Callable[[Ledger], Way] | None:
    """Return the way of messages to the ledger, which an account goes before a relayer; None where neither is named."""
    from jamjar.wallet.sending import by_account, by_relayer

    if account:
        sender = options.account(account, password_file)
        return lambda _: by_account(sender)
    if not relayer:
        return None
    options.web_address(relayer, "relayer")  # what is wrong with it is said before pages open

    def way_of(ledger: Ledger) -> Way:
        return lambda wallet, signed, at: by_relayer(to_relayer(place, wallet, relayer, ledger))(wallet, signed, at)

    return way_of
