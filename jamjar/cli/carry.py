"""The command that carries what claimants signed: messages from files, and panic cards."""

from pathlib import Path
from typing import Annotated

import typer

from jamjar import signed_json, strict_json
from jamjar.carried import is_carried
from jamjar.cli import setting
from jamjar.cli.setting import DEFAULT_NODE, Setting
from jamjar.errors import InvalidInput, Rejected
from jamjar.ledger import Ledger, Sender
from jamjar.panic_card import Card
from jamjar.signing import Signed
from jamjar.typed_data import Domain

_LARGEST = 1 << 20


def carry(
    files: Annotated[list[Path], typer.Argument(help="Signed messages, or a panic card; JSON files.")],
    account: setting.AccountName,
    password_file: setting.PasswordFile = None,
    deployment: setting.DeploymentFile = Path("deployments/1337.json"),
    node: setting.Node = DEFAULT_NODE,
) -> None:
    """Carry to the ledger what a claimant signed. Anyone may; a grant needs an account of an active member."""
    ledger = Setting("", None, deployment, node).ledger()
    # All files are read first: one that is damaged stops the work before anything is carried.
    messages = [message for file in files for message in _read(file, ledger)]
    sender = setting.account(account, password_file)
    refused = [message for message in messages if not _carried(message, ledger, sender)]
    raise typer.Exit(1 if refused else 0)


def _read(file: Path, ledger: Ledger) -> list[Signed]:
    text = setting.read(file, "signed message", _LARGEST).decode("utf-8", "replace")
    if isinstance(found := strict_json.loads(text, str(file), _LARGEST), dict) and "withdrawals" in found:
        card = Card.from_json(text)
        return [_here(signed, card.domain, ledger) for signed in card.withdrawals]
    signed, domain = signed_json.read(text)
    return [_here(signed, domain, ledger)]


def _here(signed: Signed, domain: Domain, ledger: Ledger) -> Signed:
    if domain != ledger.deployment.domain_of(type(signed.message)):
        raise InvalidInput("A message is for another ledger; use that one's deployment file and node.")
    return signed


def _carried(signed: Signed, ledger: Ledger, sender: Sender) -> bool:
    what = f"{type(signed.message).__name__} of {signed.message.consent}"
    try:
        receipt = ledger.carry(signed, sender)
    except Rejected as error:
        done = is_carried(signed, ledger)
        typer.echo(f"{what}: on the ledger already." if done else f"{what}: {error}", err=not done)
        return done
    typer.echo(f"{what}: recorded in block {receipt.block}.")
    return True
