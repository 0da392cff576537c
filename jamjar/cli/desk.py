"""An adviser's desk as commands open it: its account, ledger, vault and mailbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jamjar.cli import files, options
from jamjar.cli.mailbox_connection import connection
from jamjar.cli.options import Locations

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

    from jamjar.adviser.mail import AdviserMail
    from jamjar.ledger.admissions import Vouched
    from jamjar.ledger.ledger import Ledger
    from jamjar.mailbox.client import MailboxClient
    from jamjar.protocol.token import Token
    from jamjar.vault.vault import Vault

_MOST_OF_TOKENS: Final = 1 << 30
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


def vouching(
    tokens: list[Path] | None, admitters: list[int] | None
) -> Callable[[Ledger], Callable[[str], Vouched | None]]:
    """Return what a consent on a ledger has to pass before a use: an admitter's published token, where one is named.

    Files and keys are read when the first consent of a ledger is asked about.
    """
    from jamjar.ledger.admissions import Admissions

    if not admitters:
        return lambda _: lambda __: None

    def of(ledger: Ledger) -> Callable[[str], Vouched]:
        admissions = cache(lambda: Admissions(ledger, published_tokens(tokens), admitters))
        return lambda consent: admissions().check(consent)

    return of


def published_tokens(given: list[Path] | None) -> list[Token]:
    """Return the tokens in files that were published."""
    from jamjar.ledger.admissions import read_tokens

    return [token for file in given or [] for token in read_tokens(files.text(file, "list of tokens", _MOST_OF_TOKENS))]


def desk(context: typer.Context, account: Path, password_file: Path | None, mailbox: str) -> OpenDesk:
    """Open the desk of the account in a keystore file."""
    return open_desk(context, options.local_account(account, password_file), mailbox)
