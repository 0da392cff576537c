"""Commands about the member's encryption key: rotate it, list the older ones that the vault keeps, and drop one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import acting, options, output
from jamjar.cli.acting import Keystore
from jamjar.cli.adviser import DEFAULT_DESK
from jamjar.cli.mailbox_connection import connection
from jamjar.encoding.shown import typed_beginning
from jamjar.errors import InvalidInput
from jamjar.ledger.proposal_words import Change

if TYPE_CHECKING:
    from jamjar.vault.vault import Vault

app = typer.Typer(no_args_is_help=True, help="Your member's encryption key, to which claimants seal what they show.")


@app.command(epilog="Example: jamjar member key rotate --vault our.vault --keystore-file our.keystore")
def rotate(
    context: typer.Context,
    keystore: Keystore,
    vault: options.VaultPlace = DEFAULT_DESK,
    passphrase_file: options.PassphraseFile = None,
    password_file: options.PasswordFile = None,
    yes: options.Yes = False,
) -> None:
    """Replace your member's encryption key; the vault keeps the one before, for packages that are sealed to it.

    The new key is in the vault before it is published. Stopped at any moment, the command is run again and goes on.
    """
    from jamjar.adviser import keys

    opened = _open(context, vault, passphrase_file)
    actor = acting.enter(context, keystore, password_file)
    published = actor.governed.state.member(actor.own_member()).key_digest
    known = "" if published in keys.all_keys(opened) else ", which is not in this vault"

    def publish(public: bytes, digest: bytes) -> None:
        what, then = f"Encryption key of member {actor.member}", f"0x{digest.hex()}, in this vault"
        call = ("Consortium", "changeEncryptionKey", public)
        question = "Back up the vault first. Claimants are asked whether the new key is yours. Publish it?"
        acting.act(actor, call, [Change(what, f"0x{published.hex()}{known}", then)], question, yes=yes)

    digest = keys.digest_of(keys.rotate(opened, published, publish))
    typer.echo(f"The key is now 0x{digest.hex()}; tell claimants who ask. The vault keeps the one before.")


@app.command("list", epilog="Example: jamjar member key list --vault our.vault")
def list_(
    context: typer.Context, vault: options.VaultPlace = DEFAULT_DESK, passphrase_file: options.PassphraseFile = None
) -> None:
    """List the keys in the vault, by the Keccak-256 of their public halves."""
    from jamjar.adviser import keys

    opened = _open(context, vault, passphrase_file)
    current, old = keys.digest_of(keys.encryption_key(opened)), keys.older(opened)
    table = output.OutputTable("Key", "Is")
    for digest in keys.all_keys(opened):
        table.add(
            f"0x{digest.hex()}", "current" if digest == current else "older" if digest in old else "not published"
        )
    table.print()


@app.command(epilog="Example: jamjar member key drop 0x3fa94b --keystore-file our.keystore --mailbox https://...")
def drop(
    context: typer.Context,
    older: Annotated[str, typer.Argument(help="The older key's digest, or its beginning.")],
    keystore: Keystore,
    mailbox: options.MailboxAddress,
    vault: options.VaultPlace = DEFAULT_DESK,
    passphrase_file: options.PassphraseFile = None,
    password_file: options.PasswordFile = None,
    anyway: Annotated[bool, typer.Option(help="Also when packages wait that only this key opens.")] = False,
    yes: options.Yes = False,
) -> None:
    """Destroy an older key, once the packages that are sealed to it were read."""
    from jamjar.adviser import keys
    from jamjar.protocol.signing import AccountSigner

    opened, wanted = _open(context, vault, passphrase_file), typed_beginning(older).removeprefix("0x")
    found = [digest for digest in keys.older(opened) if wanted and digest.hex().startswith(wanted)]
    if len(found) != 1:
        raise InvalidInput(f"{len(found) or 'No'} older keys begin so; see jamjar member key list.")
    signer = options.local_account(Path(keystore), password_file)
    client = connection(context.obj.read_deployment(), mailbox, AccountSigner(signer))
    waiting = Counter(client.fetch(name).body.sealed_to for name in client.waiting())
    count = waiting[found[0]] + waiting[b""]  # packages of the first format do not name their key
    if count and not anyway:
        raise InvalidInput(
            f"{count} packages wait that this key may open; look at them first, or agree to lose them with --anyway."
        )
    acting.print_changes([Change(f"Key 0x{found[0].hex()}", f"in the vault, {count} packages wait", "destroyed")])
    acting.ask_first("Destroy it? Nothing that is sealed to it opens again.", yes=yes)
    keys.drop(opened, found[0])
    typer.echo("It is destroyed.")


def _open(context: typer.Context, vault: str, passphrase_file: Path | None) -> Vault:
    place = replace(context.obj, vault=options.place(vault), passphrase_file=passphrase_file)
    opened: Vault = context.with_resource(place.open_vault())
    return opened
