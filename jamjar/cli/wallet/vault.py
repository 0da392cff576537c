"""Commands about the vault itself: backup, restore, another passphrase, an integrity check."""

from pathlib import Path
from typing import Annotated

import typer

from jamjar.cli import options
from jamjar.cli.options import Locations
from jamjar.errors import InvalidInput

commands = typer.Typer()

_PANEL = "The vault"
BackupFile = Annotated[Path, typer.Argument(help="The backup, one file.")]
BackupPassphrase = Annotated[
    Path | None,
    typer.Option(
        "--backup-passphrase-file", help="Read the backup's passphrase from this file's first line, instead of asking."
    ),
]
NewPassphrase = Annotated[
    Path | None,
    typer.Option(
        "--new-passphrase-file", help="Read the new passphrase from this file's first line, instead of asking."
    ),
]
ForPhone = Annotated[bool, typer.Option("--phone", help="Write it as the text that the wallet on a phone imports.")]


@commands.command(epilog="Example: jamjar wallet --vault my.vault create")
def create(context: typer.Context) -> None:
    """Create an empty vault, under a new passphrase: five random words are good, eight characters the minimum."""
    context.obj.create_vault().close()
    typer.echo("The vault is created. Nobody can open it without the passphrase; back it up with jamjar wallet backup.")


@commands.command(rich_help_panel=_PANEL, epilog="Example: jamjar wallet backup /media/stick/jamjar.backup")
def backup(
    context: typer.Context, file: BackupFile, backup_passphrase_file: BackupPassphrase = None, phone: ForPhone = False
) -> None:
    """Write the whole vault into one encrypted file, under its own passphrase."""
    from jamjar.vault import portable

    place: Locations = context.obj
    if file.exists():
        raise InvalidInput(f"{file} exists already; name another file.")
    with place.open_vault() as vault:
        chosen = _of_backup(backup_passphrase_file, twice=True)
        portable.write(vault, file, chosen) if phone else vault.backup(file, chosen)
    typer.echo(f"Written and verified: {file}. It keeps what you erase later; delete it then.")


@commands.command(rich_help_panel=_PANEL, epilog="Example: jamjar wallet --vault new.vault restore jamjar.backup")
def restore(context: typer.Context, file: BackupFile, backup_passphrase_file: BackupPassphrase = None) -> None:
    """Create a vault from a backup, or from what the wallet on a phone exported, where there is none."""
    from jamjar.vault import portable
    from jamjar.vault.vault import Vault

    place: Locations = context.obj
    if not file.is_file():
        raise InvalidInput(f"There is no backup at {file}; name the right file.")
    place.make_folder()
    old = _of_backup(backup_passphrase_file)
    made = portable.restore if portable.is_text(file) else Vault.restore
    made(file, old, place.vault, place.passphrase("New passphrase of the vault", twice=True)).close()
    typer.echo("Restored. Messages signed after the backup are not in it; see jamjar wallet consents.")


@commands.command(rich_help_panel=_PANEL, epilog="Example: jamjar wallet passphrase")
def passphrase(context: typer.Context, new_passphrase_file: NewPassphrase = None) -> None:
    """Change the passphrase; everything is encrypted again."""
    place: Locations = context.obj
    with place.open_vault() as vault:
        vault.change_passphrase(
            options.secret("New passphrase", new_passphrase_file, "--new-passphrase-file", twice=True)
        )
    typer.echo("Changed. Older copies of the vault still open with the old one.")


@commands.command(rich_help_panel=_PANEL, epilog="Example: jamjar wallet check")
def check(context: typer.Context) -> None:
    """Check that every record is present, intact, and in its place."""
    place: Locations = context.obj
    with place.open_vault() as vault:
        count = vault.check()
        dated = vault.has_outdated_cost
    typer.echo(f"All {count} records are intact.")
    if dated:
        typer.echo("Guessing the passphrase has become cheaper; change it with jamjar wallet passphrase.")


def _of_backup(file: Path | None, *, twice: bool = False) -> str:
    return options.secret("Passphrase of the backup", file, "--backup-passphrase-file", twice=twice)
