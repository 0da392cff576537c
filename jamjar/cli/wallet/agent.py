"""The command that sends a wallet's messages unattended, each consent's at its own times."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jamjar.cli import options, output
from jamjar.cli.wallet import relaying
from jamjar.cli.wallet.relaying import Patient
from jamjar.errors import JamjarError

if TYPE_CHECKING:
    from jamjar.cli.options import Locations

commands = typer.Typer()

LOOK: Final = 300
"""Seconds after which it looks at the latest: what is signed meanwhile may be due earlier than what waited before."""
REST: Final = 10
"""Seconds that it rests at least between two looks."""


@commands.command(epilog="Example: jamjar wallet agent --relayer https://relayer.example")
def agent(
    context: typer.Context,
    relayer: Annotated[str, typer.Option(envvar="JAMJAR_RELAYER", help="The address of an operator's relayer.")],
    once: Annotated[
        bool, typer.Option("--once", help="Send what is due, and end: for cron, every few minutes.")
    ] = False,
    receipts: Annotated[Path | None, typer.Option(help="Write the relayer's receipts below this folder.")] = None,
    patient: Patient = False,
) -> None:
    """Send what you signed to a relayer, unattended, each consent's messages at its own times; Ctrl-C ends it.

    The vault is open only while it sends; the passphrase stays in this program's memory unless a file holds it.
    """
    place: Locations = context.obj
    address = options.web_address(relayer, "relayer")
    passphrase = "" if place.passphrase_file is not None else place.passphrase("Passphrase")
    if once:
        _, good = _act(place, passphrase, address, receipts, patient=patient)
        raise typer.Exit(0 if good else 1)
    try:
        while True:
            following, _ = _act(place, passphrase, address, receipts, patient=patient)
            now = time.time()
            time.sleep(max(REST, min(LOOK, (following or now + LOOK) - now)))
    except KeyboardInterrupt:
        typer.echo("Ended. What waits is in the vault.")


def _act(
    place: Locations, passphrase: str, relayer: str, receipts: Path | None, *, patient: bool
) -> tuple[int | None, bool]:
    """Open the vault, send what is due, close it; return when more is due, and whether all could be done."""
    from jamjar.wallet.wallet import Wallet

    try:
        deployment = place.read_deployment()
        with place.open_vault(passphrase) as vault:
            way = relaying.relaying(place, Wallet(deployment, vault), relayer, place.ledger(), patient=patient)
            now = int(time.time())
            try:
                following = relaying.send_due(way, now)
            finally:
                way.keep_receipts(receipts / str(now) if receipts else None)
    except JamjarError as error:  # one look that fails must not end those that come after it
        output.print_error(error)
        return None, False
    return following, not way.refused
