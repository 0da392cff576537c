"""Commands of the claimant about award letters that a department signed: import, list, delete."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from jamjar.cli import files, options, output
from jamjar.cli.wallet.jars import PANEL
from jamjar.cli.wallet.opening import opened_vault

commands = typer.Typer()


@commands.command(
    rich_help_panel=PANEL, epilog="Example: jamjar wallet award letter.sd-jwt --issuer-key-file department.jwk"
)
def award(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The letter: an SD-JWT VC, as the department gave it to you.")],
    issuer_key_file: Annotated[
        Path, typer.Option(help="The department's public key (JWK), from itself: not from the letter.")
    ],
    name: Annotated[str, typer.Option(help="Your name, to compare with that in the letter.")] = "",
) -> None:
    """Verify an award letter that a department signed, and keep it in the vault."""
    from jamjar.disclosure.sd_jwt import MAX_BYTES
    from jamjar.encoding import strict_json
    from jamjar.wallet.awards import import_letter

    key = strict_json.loads(files.text(issuer_key_file, "issuer's key"), "The issuer's key")
    letter = import_letter(opened_vault(context), files.text(file, "letter", MAX_BYTES), key, name, int(time.time()))
    typer.echo(f"Kept: {output.clean(str(letter))}. It is shown beside {letter.line} from now on.")


@commands.command(rich_help_panel=PANEL, epilog="Example: jamjar wallet awards --forget 5f3a09c2b7d41e88")
def awards(
    context: typer.Context,
    as_json: options.Json = False,
    forget: Annotated[str, typer.Option(help="Delete this one.")] = "",
) -> None:
    """List the award letters in the vault, each verified again now."""
    from jamjar.wallet import awards as kept_awards

    vault = opened_vault(context)
    if forget:
        kept_awards.forget(vault, forget)
    found = kept_awards.awards(vault, int(time.time()))
    if as_json:
        rows = [
            {"name": each.name, "letter": str(each.letter or ""), "proves": each.letter.line if each.letter else None,
             "problem": each.problem} for each in found
        ]  # fmt: skip
        output.print_json({"awards": rows})
        return
    table = output.OutputTable("Name", "Proves", "Letter")
    for each in found:
        letter = each.letter
        table.add(each.name, letter.line if letter else "nothing", str(letter) if letter else each.problem)
    table.print(empty="No award letters.")
