"""Commands of an adviser: look on the record, answer, delete when the time is over."""

import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from jamjar.adviser_mail import AdviserMail, Seen, encryption_key, make_encryption_key
from jamjar.cli import setting
from jamjar.cli.connections import connection
from jamjar.cli.setting import DEFAULT_NODE, Setting
from jamjar.errors import InvalidInput
from jamjar.mailbox.signed_request import AccountSigner
from jamjar.money import format_pounds

app = typer.Typer(no_args_is_help=True, help="The adviser's desk: every look is on the record first.")
DEFAULT_DESK = "~/.jamjar/desk.vault"
_DATES = "period."
WAITING = "The look is recorded"
"""How a line begins that says what is waited for."""


@app.callback()
def adviser(
    context: typer.Context,
    vault: setting.VaultPlace = DEFAULT_DESK,
    passphrase_file: setting.PassphraseFile = None,
    deployment: setting.DeploymentFile = Path("deployments/1337.json"),
    node: setting.Node = DEFAULT_NODE,
) -> None:
    """The adviser's desk: every look is on the record first."""
    context.obj = Setting(vault, passphrase_file, deployment, node)


Keystore = Annotated[
    Path, typer.Option("--account", envvar="JAMJAR_ACCOUNT", help="The keystore file of your member's account.")
]
Patience = Annotated[int, typer.Option(help="Seconds to wait for the look to be deep enough in the chain.")]


@app.command()
def create(context: typer.Context) -> None:
    """Make a vault with your member's encryption key, and print its public half for the administrator."""
    with context.obj.create_vault() as vault:
        typer.echo(make_encryption_key(vault).public_bytes.hex())


@app.command()
def key(context: typer.Context) -> None:
    """Print your member's public encryption key."""
    typer.echo(encryption_key(context.with_resource(context.obj.open_vault())).public_bytes.hex())


@app.command()
def waiting(
    context: typer.Context,
    account: Keystore,
    mailbox: setting.MailboxAddress,
    password_file: setting.PasswordFile = None,
) -> None:
    """List the packages that wait for your member."""
    for name in _mail(context, account, password_file, mailbox).waiting():
        typer.echo(name)


@app.command()
def look(
    context: typer.Context,
    package: Annotated[str, typer.Argument(help="The package's id.")],
    account: Keystore,
    mailbox: setting.MailboxAddress,
    password_file: setting.PasswordFile = None,
    patience: Patience = 120,
    advice: Annotated[Path | None, typer.Option(help="Answer at once with the advice in this text file.")] = None,
    as_json: setting.Json = False,
) -> None:
    """Record that you look, then look. What may only be viewed is not written anywhere."""
    mail = _mail(context, account, password_file, mailbox)
    until = time.monotonic() + patience

    def wait(blocks: int) -> bool:
        typer.echo(f"{WAITING}; {blocks or 'some'} more blocks must stand on it.", err=True)
        time.sleep(1)
        return time.monotonic() < until

    seen = mail.look(package, wait)
    _print(seen, as_json)
    if advice is not None:
        _advise(mail, seen, advice)


@app.command()
def kept(
    context: typer.Context,
    account: Keystore,
    mailbox: setting.MailboxAddress,
    password_file: setting.PasswordFile = None,
) -> None:
    """List what you may keep, and until when."""
    table = Table("Package", "Consent", "Until")
    for name, seen in _mail(context, account, password_file, mailbox).kept().items():
        table.add_row(name, seen.disclosure.consent, time.strftime("%Y-%m-%d %H:%M", time.gmtime(seen.keep_until)))
    Console().print(table)


@app.command()
def advise(
    context: typer.Context,
    package: Annotated[str, typer.Argument(help="The package's id, of one that is kept.")],
    advice: Annotated[Path, typer.Argument(help="The advice, a text file.")],
    account: Keystore,
    mailbox: setting.MailboxAddress,
    password_file: setting.PasswordFile = None,
) -> None:
    """Record advice on the ledger, and send it sealed to the claimant."""
    mail = _mail(context, account, password_file, mailbox)
    try:
        seen = mail.kept()[package]
    except KeyError:
        raise InvalidInput("That package is not kept here; answer while you look, with look --advice.") from None
    _advise(mail, seen, advice)


@app.command()
def expire(
    context: typer.Context,
    account: Keystore,
    mailbox: setting.MailboxAddress,
    password_file: setting.PasswordFile = None,
) -> None:
    """Delete what was kept long enough, tell the claimants, and send what could not be sent before."""
    gone = _mail(context, account, password_file, mailbox).expire(context.obj.ledger().time())
    typer.echo(f"{len(gone)} deleted; the claimants have your signed word.")


def _mail(context: typer.Context, account: Path, password_file: Path | None, mailbox: str) -> AdviserMail:
    place: Setting = context.obj
    vault = context.with_resource(place.open_vault())
    signer = setting.local_account(account, password_file)
    ledger = place.ledger()
    return AdviserMail(ledger, signer, vault, connection(ledger.deployment, mailbox, AccountSigner(signer)))


def _advise(mail: AdviserMail, seen: Seen, file: Path) -> None:
    mail.advise(seen, setting.read(file, "advice", 1 << 17).decode("utf-8", "strict"))
    typer.echo("The advice is on the ledger, as a digest, and sent.", file=sys.stderr)


def _print(seen: Seen, as_json: bool) -> None:
    if as_json:
        setting.show({"consent": seen.disclosure.consent, "figures": dict(seen.figures), "keep_until": seen.keep_until})
        return
    table = Table("Entry", "Figure")
    for name, value in seen.figures.items():
        table.add_row(name, str(value) if name.startswith(_DATES) else format_pounds(value))
    Console().print(table)
    typer.echo("You may look, and keep nothing." if not seen.keep_until else "It is kept, encrypted, until its time.")
