"""The command that opens the adviser's pages."""

from __future__ import annotations

import typer

from jamjar.cli import options, token_options
from jamjar.cli.desk import Keystore, published_tokens, vouching
from jamjar.cli.mailbox_connection import connection
from jamjar.cli.options import Locations
from jamjar.cli.pages.doors import Port, serve_door


def open_adviser(
    context: typer.Context,
    account: Keystore,
    mailbox: options.MailboxAddress,
    password_file: options.PasswordFile = None,
    port: Port = 0,
    admitter: token_options.Admitters = None,
    tokens: token_options.Tokens = None,
) -> None:
    """Open the desk's pages in a browser on this machine: clients, looks, advice, asking, what is kept."""
    from jamjar.adviser_pages.desk import OpenAdviser
    from jamjar.adviser_pages.door import adviser_guard
    from jamjar.protocol.signing import AccountSigner

    place: Locations = context.obj
    deployment = place.read_deployment()
    place.check_vault()
    if admitter:
        published_tokens(tokens)  # what is wrong with them is said before pages open
    signer = options.local_account(account, password_file)
    desk = OpenAdviser(
        signer, place.open_vault, place.ledger, lambda: connection(deployment, mailbox, AccountSigner(signer))
    )
    desk.vouched = vouching(tokens, admitter)
    serve_door(adviser_guard(desk), port)
