"""Commands about the vault itself: backup, restore, another passphrase, an integrity check."""

from pathlib import Path
from typing import Annotated

import typer

from jamjar.cli import setting
from jamjar.cli.setting import Setting
from jamjar.cli.wallet import app
from jamjar.vault.vault import Vault

NewFile = Annotated[Path | None, typer.Option("--new-passphrase-file", help="Read the other passphrase here.")]


@app.command(rich_help_panel="The vault")
def backup(context: typer.Context, file: Path, new_passphrase_file: NewFile = None) -> None:
    """Write all of the vault into one encrypted file, under a passphrase of its own."""
    place: Setting = context.obj
    with place.open_vault() as vault:
        vault.backup(file, setting.secret("Passphrase of the backup", new_passphrase_file, twice=True))
    typer.echo(f"Written, and read back: {file}. What you erase later is still in it: delete it then.")


@app.command(rich_help_panel="The vault")
def restore(context: typer.Context, file: Path, new_passphrase_file: NewFile = None) -> None:
    """Make a vault from a backup, where there is none."""
    place: Setting = context.obj
    old = setting.secret("Passphrase of the backup", new_passphrase_file)
    new = setting.secret("Passphrase of the vault", place.passphrase_file, twice=True)
    Vault.restore(file, old, place.vault, new).close()
    typer.echo("Restored.")


@app.command(rich_help_panel="The vault")
def passphrase(context: typer.Context, new_passphrase_file: NewFile = None) -> None:
    """Change the passphrase; everything is encrypted anew."""
    place: Setting = context.obj
    with place.open_vault() as vault:
        vault.change_passphrase(setting.secret("New passphrase", new_passphrase_file, twice=True))
    typer.echo("Changed. Older copies of the vault still open with the old one.")


@app.command(rich_help_panel="The vault")
def check(context: typer.Context) -> None:
    """Check that every record is there, whole, and in its place."""
    place: Setting = context.obj
    with place.open_vault() as vault:
        count = vault.check()
        dated = vault.has_outdated_cost
    typer.echo(f"All {count} records are whole.")
    if dated:
        typer.echo("Guessing the passphrase has become cheaper: change it with jamjar wallet passphrase.")
