"""The claimant's command that exports what is shown, for programs of others."""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from typing import Annotated

import typer

from jamjar.cli import files
from jamjar.cli.wallet.opening import ConsentName, named, opened

commands = typer.Typer()


@commands.command(epilog="Example: jamjar wallet export 0x5A0b fixed.home.rent --out shown.sd-jwt")
def export(
    context: typer.Context,
    consent: ConsentName,
    names: Annotated[list[str], typer.Argument(help="What to show, as with disclose.")],
    out: Annotated[Path, typer.Option(help="The new file.")],
    without_ledger: Annotated[
        bool,
        typer.Option("--without-ledger", help="Leave out the consent and its terms: nothing ties it to the ledger."),
    ] = False,
) -> None:
    """Write figures as SD-JWT (RFC 9901), signed with a key of this consent, for others' programs.

    It shows no more than a disclosure would, but no look is recorded: whoever has the file can read it, and pass it on.
    """
    from jamjar.disclosure.export import export as exported
    from jamjar.wallet.consent_keys import export_key

    wallet = opened(context)
    chosen = named(wallet, consent)
    shown, key = wallet.disclose(chosen, names), export_key(wallet.secret(chosen))
    text = exported(shown, key, int(time.time()), secrets.token_bytes, whole=not without_ledger)
    files.write({out: f"{text}\n".encode()})
    typer.echo(f"Written: {out}. Anyone can read it; check it with jamjar verify export {out}")
