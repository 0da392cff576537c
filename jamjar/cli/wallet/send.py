"""The command that sends the queued messages: by an account, by a relayer, or as files for somebody else."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import files, options, output
from jamjar.cli.wallet.opening import opened
from jamjar.cli.wallet.receipts import Log, Policy, fetch_too
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput, Rejected
from jamjar.protocol.typed_data import Commit, Grant

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger, Sender
    from jamjar.protocol.signing import SignedMessage
    from jamjar.relayer.answers import MessageAnswer
    from jamjar.relayer.client import RelayerClient
    from jamjar.wallet.wallet import Wallet

commands = typer.Typer()


@commands.command(epilog="Examples: jamjar wallet send --account 0x...; jamjar wallet send --to messages, then --done")
def send(
    context: typer.Context,
    account: options.AccountName = "",
    password_file: options.PasswordFile = None,
    to: Annotated[Path | None, typer.Option(help="Write them into this new folder, for somebody to carry.")] = None,
    done: Annotated[bool, typer.Option("--done", help="Remove those from the queue that others have carried.")] = False,
    relayer: Annotated[str, typer.Option(envvar="JAMJAR_RELAYER", help="The address of an operator's relayer.")] = "",
    receipts: Annotated[Path | None, typer.Option(help="Write the relayer's receipts into this new folder.")] = None,
    log: Log = "",
    policy: Policy = None,
) -> None:
    """Send the queued messages: by an account of yours or a member's, by a relayer, or as files to carry."""
    from jamjar.ledger.carried import is_carried
    from jamjar.relayer.client import RelayerClient
    from jamjar.relayer.ledger_view import is_operator

    wallet = opened(context)
    waiting = wallet.outgoing()
    if to is not None:
        _write(wallet, waiting, to)
        return
    good = True
    if done:
        ledger = context.obj.ledger()
        carried = [signed for signed in waiting if is_carried(signed, ledger)]
        height = ledger.height()
        for signed in carried:
            wallet.settle(signed, height)
            typer.echo(f"{_kind(signed)}: on the ledger.")
        typer.echo(f"Still queued: {len(waiting) - len(carried)}.")
    elif account:
        sender = options.account(account, password_file)
        ledger = context.obj.ledger()
        good = not [signed for signed in waiting if not _carry(wallet, signed, ledger, sender)]
        if not waiting:
            typer.echo("Nothing is queued.")
    elif relayer:
        client = RelayerClient(
            options.web_address(relayer, "relayer"),
            wallet.deployment,
            is_operator(context.obj.ledger()),
        )
        good = _relay(client, waiting, receipts)
    else:
        kinds = ", ".join(map(_kind, waiting)) or "nothing"
        raise InvalidInput(f"No carrier is named; use --account, --relayer, or --to FOLDER for files. Queued: {kinds}.")
    fetch_too(wallet, log, policy)
    raise typer.Exit(0 if good else 1)


def _write(wallet: Wallet, waiting: tuple[SignedMessage, ...], to: Path) -> None:
    from jamjar.protocol import signed_message

    if not waiting:
        typer.echo("Nothing is queued; no folder was made.")
        return
    contents = {
        f"{place:03d}-{_kind(signed).lower()}.json": signed_message.to_json(
            signed, wallet.deployment.domain_of(type(signed.message))
        ).encode()
        for place, signed in enumerate(waiting, 1)
    }
    files.write_folder(to, contents)
    typer.echo(f"Messages written to {to}: {len(waiting)}. Carry them in their order with jamjar carry {to}/*,")
    typer.echo("then run jamjar wallet send --done.")


def _relay(client: RelayerClient, waiting: tuple[SignedMessage, ...], receipts: Path | None) -> bool:
    """Send messages to a relayer; print its answers, and return whether it has all messages."""
    from jamjar.service.refusal import Refused

    refused, kept = 0, dict[str, bytes]()
    try:
        for place, signed in enumerate(waiting, 1):
            try:
                answer = client.send(signed)
            except Refused as error:
                refused += 1
                output.print_error(f"{_kind(signed)} is still queued. {error}")
                continue
            if answer.receipt is not None:
                name = f"{place:03d}-{_kind(signed).lower()}.json"
                kept[name] = strict_json.dumps(answer.receipt.to_json()).encode()
            typer.echo(f"{_kind(signed)}: {_told(answer)}")
    finally:  # a relayer gives a receipt only until the message is carried
        if receipts is not None and kept:
            files.write_folder(receipts, kept)
    typer.echo(f"The relayer has {len(waiting) - refused}. Once they are on the ledger, run jamjar wallet send --done.")
    return not refused


def _told(answer: MessageAnswer) -> str:
    from jamjar.relayer.item import Reason

    if answer.receipt is not None:
        until = time.localtime(answer.receipt.receipt.carry_by)
        return f"accepted, to be carried by {time.strftime('%Y-%m-%d %H:%M:%S', until)}."
    if isinstance(answer.outcome, Reason):
        return f"rejected, according to the relayer: {answer.outcome.sentence}"
    return f"{answer.state.name.lower()}, according to the relayer."


def _carry(wallet: Wallet, signed: SignedMessage, ledger: Ledger, sender: Sender) -> bool:
    """Carry one message; print its outcome, and return whether the ledger has it."""
    if why := _too_early(signed, ledger, sender):
        output.print_error(f"{_kind(signed)} is still queued. {why}")
        return False
    try:
        receipt = wallet.carry(signed, ledger, sender)
    except Rejected as error:
        output.print_error(f"{_kind(signed)} was refused, and is no longer queued. {error}")
        return False
    typer.echo(
        f"{_kind(signed)}: recorded in block {receipt.block}." if receipt else f"{_kind(signed)}: on the ledger."
    )
    return True


def _too_early(signed: SignedMessage, ledger: Ledger, sender: Sender) -> str:
    """Return why a message would be refused now but not later: a refused message must be signed again."""
    if isinstance(signed.message, Grant):
        member = ledger.member_of(sender)
        if not member or not ledger.read("Consortium", "isActive", member):
            return "This account acts for no active member; name one that does with --account."
        return ""
    status = ledger.status(signed.message.consent)
    if status == "NONE":
        return "The grant of its consent is not carried; send that first, or erase the consent."
    if status == "SCHEDULED" and isinstance(signed.message, Commit):
        return "Its consent has not begun; send it then."
    return ""


def _kind(signed: SignedMessage) -> str:
    return type(signed.message).__name__
