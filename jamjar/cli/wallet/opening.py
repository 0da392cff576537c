"""The common beginning of the claimant's commands: the vault, its wallet, and a consent by its address."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.encoding.shown import typed_beginning
from jamjar.errors import InvalidInput

if TYPE_CHECKING:
    from jamjar.cli.options import Locations
    from jamjar.vault.vault import Vault
    from jamjar.wallet.wallet import Wallet

ConsentName = Annotated[str, typer.Argument(help="The consent's address, or its beginning.")]
Offline = Annotated[bool, typer.Option("--offline", help="Use no node, and rely on this machine's clock.")]

NewKey = Annotated[
    bool, typer.Option("--new-key", help="Agree that the recipient's encryption key is another; ask them first.")
]


def opened_vault(context: typer.Context) -> Vault:
    """Return the vault, open until the command ends; work that was interrupted is finished first."""
    from jamjar.wallet.erasure import finish

    place: Locations = context.obj
    vault: Vault = context.with_resource(place.open_vault())
    finish(vault)
    return vault


def opened(context: typer.Context) -> Wallet:
    """Return the wallet in the vault, open until the command ends."""
    from jamjar.wallet.wallet import Wallet

    deployment = context.obj.read_deployment()  # first: what is wrong with it is said before a passphrase is asked for
    return Wallet(deployment, opened_vault(context), clock=time.time)


def named(wallet: Wallet, beginning: str) -> str:
    """Return the one consent whose address begins this way; raises InvalidInput for none and for several."""
    wanted = typed_beginning(beginning)
    found = [consent for consent in wallet.consents() if wanted and consent.lower().startswith(wanted)]
    if len(found) != 1:
        what = f"{len(found)} consents begin" if found else "No consent of this wallet begins"
        how = "type more of it" if found else "list them with jamjar wallet consents"
        raise InvalidInput(f"{what} with {beginning[:42]!r}; {how}.")
    return found[0]
