"""Commands of an admitter: a member that vouches for real claimants, and cannot tell later for which."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jamjar.cli import acting, databases, files, options, output
from jamjar.cli.acting import Keystore
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, Locations
from jamjar.errors import InvalidInput

app = typer.Typer(
    no_args_is_help=True,
    help="Vouch for real claimants, at most so often a month each, without learning which consents are theirs.",
)

_Passphrase = Annotated[
    Path | None,
    typer.Option("--key-passphrase-file", help="Read the key's passphrase from this file's first line."),
]
_KeyFile = Annotated[Path, typer.Argument(help="The key's file, encrypted.")]
_DEFAULT_BOOK = "sqlite:///admitted.db"
_Book = Annotated[str, typer.Option(envvar="JAMJAR_ADMIT_BOOK", help="sqlite:///FILE or postgresql://...")]
_MOST = 64 * 1024


@app.callback()
def admit(
    context: typer.Context,
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = DEFAULT_NODE,
) -> None:
    """Vouch for real claimants, at most so often a month each, without learning which consents are theirs."""
    context.obj = Locations("", None, deployment, node)


@app.command(epilog="Example: jamjar admit key 202612.pem")
def key(
    file: _KeyFile,
    key_passphrase_file: _Passphrase = None,
    bits: Annotated[int, typer.Option(min=2048, max=4096, help="Its size.")] = 2048,
) -> None:
    """Make a new key for one month."""
    from jamjar.admitter.key_file import new_key

    if file.exists():
        raise InvalidInput(f"{file} exists already; name another file.")
    if bits % 256:
        raise InvalidInput("The size is no multiple of 256 bits; take 2048, 3072 or 4096.")
    passphrase = options.secret("New passphrase of the key", key_passphrase_file, "--key-passphrase-file", twice=True)
    files.write({file: new_key(passphrase, bits)})
    typer.echo(f"Written: {file}. Publish it before its month begins: jamjar admit publish.")


@app.command(epilog="Example: jamjar admit publish 202612.pem --epoch 202612 --quota 4 --keystore-file our.keystore")
def publish(
    context: typer.Context,
    file: _KeyFile,
    epoch: Annotated[int, typer.Option(help="The month, such as 202612; it begins and ends in UTC.")],
    keystore: Keystore,
    quota: Annotated[int, typer.Option(min=1, max=64, help="How many tokens each person gets in it.")] = 4,
    key_passphrase_file: _Passphrase = None,
    password_file: options.PasswordFile = None,
    yes: options.Yes = False,
) -> None:
    """Publish a month's key on the ledger; it stands for ever, and nobody takes a second one."""
    from jamjar.admitter.key_file import KeyFile
    from jamjar.ledger.epoch_keys import may_admit, published
    from jamjar.ledger.proposal_words import Change
    from jamjar.protocol.roles import Role
    from jamjar.protocol.token import EpochKey

    passphrase = options.secret("Passphrase of the key", key_passphrase_file, "--key-passphrase-file")
    made = EpochKey(epoch, quota, KeyFile(file, passphrase).modulus)
    actor = acting.enter(context, keystore, password_file)
    member = actor.own_member()
    if not may_admit(actor.ledger, member):
        raise InvalidInput(f"Member {member} is no active sponsor, so no wallet asks it; have it made one first.")
    if actor.ledger.read("Consortium", "isActiveAs", member, Role.ADVISER.value):
        raise InvalidInput(
            f"Member {member} advises, and claimants seal to its encryption key, whose place this takes; "
            "have a member of its own admitted for this."
        )
    if (known := published(actor.ledger).find(member, epoch)) is not None:
        raise InvalidInput(
            "This key is published for that month already; issue with it."
            if known == made
            else f"Another key of member {member} is published for {epoch}, and nobody takes a second; use that one."
        )
    then = f"0x{made.digest.hex()}, {made.modulus.bit_length()} bits, {quota} tokens each"
    changes = [Change(f"Key for tokens of {epoch} of member {member}", "none", then)]
    question = "It can never be changed. Publish it?"
    acting.act(actor, ("Consortium", "changeEncryptionKey", made.to_bytes()), changes, question, yes=yes)


@app.command(
    epilog="Example: jamjar admit issue request.json --key-file 202612.pem --person 'case 1234' --to answer.json"
)
def issue(
    context: typer.Context,
    request: Annotated[Path, typer.Argument(help="What the person's wallet asks for.")],
    key_file: Annotated[Path, typer.Option(help="The month's key file.")],
    person: Annotated[str, typer.Option(help="Your own label for the person, whom you know to be real.")],
    to: Annotated[Path, typer.Option(help="Write the answer into this new file.")],
    key_passphrase_file: _Passphrase = None,
    book: _Book = _DEFAULT_BOOK,
) -> None:
    """Sign what a person's wallet asks for, at most the quota a month; the same request is answered alike."""
    from jamjar.admitter import issuing
    from jamjar.admitter.book import Book
    from jamjar.admitter.key_file import KeyFile
    from jamjar.ledger.epoch_keys import published
    from jamjar.protocol.enrolment import EnrolmentRequest

    asked = EnrolmentRequest.from_json(files.text(request, "request for tokens", _MOST))
    if to.exists():
        raise InvalidInput(f"{to} exists already; name another file.")
    opened = KeyFile(key_file, options.secret("Passphrase of the key", key_passphrase_file, "--key-passphrase-file"))
    place: Locations = context.obj
    there = published(place.ledger()).find(asked.admitter, asked.epoch)
    kept = Book(databases.place(book, "--book", "book"))
    try:
        answer = issuing.issue(asked, there, opened, kept, person=person, now=place.now(offline=False))
    finally:
        kept.close()
    files.write({to: answer.to_json().encode()})
    typer.echo(f"Signed {len(answer.items)}: {to}. Which consents they become is not to be seen in it.")


@app.command(epilog="Example: jamjar admit status")
def status(book: _Book = _DEFAULT_BOOK, as_json: options.Json = False) -> None:
    """Say how many tokens were signed each month: publish that, as few tokens hide few people."""
    from jamjar.admitter.book import Book

    if book.startswith("sqlite:///") and not Path(book.removeprefix("sqlite:///")).exists():
        raise InvalidInput("There is no such book; name yours with --book.")
    kept = Book(databases.place(book, "--book", "book"))
    found = kept.counts()
    kept.close()
    if as_json:
        names = ("admitter", "epoch", "persons", "tokens")
        output.print_json([dict(zip(names, row, strict=True)) for row in found])
        return
    table = output.OutputTable("Member", "Month", "Persons", "Tokens", right=("Persons", "Tokens"))
    for row in found:
        table.add(*row)
    table.print()
