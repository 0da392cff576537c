"""The command that has carried what the wallet signed: by an account, or as files that somebody else carries."""

from pathlib import Path
from typing import Annotated

import typer

from jamjar import signed_json
from jamjar.carried import is_carried
from jamjar.claimant import Wallet
from jamjar.cli import files, setting, shown
from jamjar.cli.wallet import app, opened
from jamjar.errors import InvalidInput, Rejected
from jamjar.ledger import Ledger, Sender
from jamjar.signing import Signed
from jamjar.typed_data import Commit, Grant


@app.command(epilog="Examples: jamjar wallet send --account 0x...; jamjar wallet send --to messages, then --done")
def send(
    context: typer.Context,
    account: setting.AccountName = "",
    password_file: setting.PasswordFile = None,
    to: Annotated[Path | None, typer.Option(help="Write them into this new folder, for somebody to carry.")] = None,
    done: Annotated[bool, typer.Option("--done", help="Strike off those that others have carried by now.")] = False,
) -> None:
    """Have carried what you signed: by an account of yours or a member's, or as files for `jamjar carry`."""
    wallet = opened(context)
    waiting = wallet.outgoing()
    if to is not None:
        _write(wallet, waiting, to)
    elif done:
        ledger = context.obj.ledger()
        carried = [signed for signed in waiting if is_carried(signed, ledger)]
        for signed in carried:
            wallet.settle(signed)
            typer.echo(f"{_kind(signed)}: on the ledger.")
        typer.echo(f"Still waiting: {len(waiting) - len(carried)}.")
    elif account:
        sender = setting.account(account, password_file)
        ledger = context.obj.ledger()
        refused = [signed for signed in waiting if not _carry(wallet, signed, ledger, sender)]
        if not waiting:
            typer.echo("Nothing waits to be carried.")
        raise typer.Exit(1 if refused else 0)
    else:
        kinds = ", ".join(map(_kind, waiting)) or "nothing"
        raise InvalidInput(f"Say who carries it: --account, or --to FOLDER for files. What waits: {kinds}.")


def _write(wallet: Wallet, waiting: tuple[Signed, ...], to: Path) -> None:
    if not waiting:
        typer.echo("Nothing waits to be carried; no folder was made.")
        return
    contents = {
        f"{place:03d}-{_kind(signed).lower()}.json": signed_json.to_json(
            signed, wallet.deployment.domain_of(type(signed.message))
        ).encode()
        for place, signed in enumerate(waiting, 1)
    }
    files.write_folder(to, contents)
    typer.echo(f"Messages written to {to}: {len(waiting)}. They are carried, in their order, with jamjar carry {to}/*;")
    typer.echo("after that: jamjar wallet send --done.")


def _carry(wallet: Wallet, signed: Signed, ledger: Ledger, sender: Sender) -> bool:
    """Carry one message; say what became of it, and whether the ledger has it."""
    if why := _too_early(signed, ledger, sender):
        shown.fail(f"{_kind(signed)} still waits: {why}")
        return False
    try:
        receipt = wallet.carry(signed, ledger, sender)
    except Rejected as error:
        shown.fail(f"{_kind(signed)} was refused, and waits no more: {error}")
        return False
    typer.echo(
        f"{_kind(signed)}: recorded in block {receipt.block}." if receipt else f"{_kind(signed)}: on the ledger."
    )
    return True


def _too_early(signed: Signed, ledger: Ledger, sender: Sender) -> str:
    """Say why a message would be refused now and not later: what the ledger refuses has to be signed again."""
    if isinstance(signed.message, Grant):
        member = ledger.member_of(sender)
        if not member or not ledger.read("Consortium", "isActive", member):
            return "this account acts for no active member; name one that does: --account."
        return ""
    status = ledger.status(signed.message.consent)
    if status == "NONE":
        return "the grant of its consent is not carried; have that carried first, or erase the consent."
    if status == "SCHEDULED" and isinstance(signed.message, Commit):
        return "its consent has not begun; send it then."
    return ""


def _kind(signed: Signed) -> str:
    return type(signed.message).__name__
