"""An adviser's desk as commands open it: its account, ledger, vault and mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import options
from jamjar.cli.mailbox_connection import connection
from jamjar.cli.options import Locations

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

    from jamjar.adviser.mail import AdviserMail
    from jamjar.ledger.ledger import Ledger
    from jamjar.mailbox.client import MailboxClient
    from jamjar.vault.vault import Vault

Keystore = Annotated[
    Path, typer.Option("--account", envvar="JAMJAR_ACCOUNT", help="The keystore file of your member's account.")
]


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """A desk that is open until its command ends."""

    ledger: Ledger
    vault: Vault
    mailbox: MailboxClient
    mail: AdviserMail


def open_desk(context: typer.Context, signer: LocalAccount, mailbox: str) -> OpenDesk:
    """Open the desk of an account at a mailbox."""
    from jamjar.adviser.mail import AdviserMail
    from jamjar.protocol.signing import AccountSigner

    place: Locations = context.obj
    ledger = place.ledger()
    reached = connection(ledger.deployment, mailbox, AccountSigner(signer))
    vault = context.with_resource(place.open_vault())
    return OpenDesk(ledger, vault, reached, AdviserMail(ledger, signer, vault, reached))


def desk(context: typer.Context, account: Path, password_file: Path | None, mailbox: str) -> OpenDesk:
    """Open the desk of the account in a keystore file."""
    return open_desk(context, options.local_account(account, password_file), mailbox)
