"""The command that sends the queued messages: by an account, by a relayer, or as files for somebody else."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import counting, files, options, output
from jamjar.cli.wallet import relaying
from jamjar.cli.wallet.opening import named, opened
from jamjar.cli.wallet.receipts import Log, Policy, fetch_too
from jamjar.cli.wallet.relaying import Patient, Relaying, file_name, kind
from jamjar.errors import InvalidInput

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.ledger.transacting import Sender
    from jamjar.protocol.signing import SignedMessage
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
    consent: Annotated[str, typer.Option(help="With --now: the consent whose messages do not wait.")] = "",
    every: Annotated[bool, typer.Option("--all", help="With --now: no consent's messages wait.")] = False,
    now: Annotated[bool, typer.Option("--now", help="Give the relayer what is not due yet, too.")] = False,
    patient: Patient = False,
    log: Log = "",
    policy: Policy = None,
) -> None:
    """Have carried what you signed: by an account of yours or a member's, by a relayer, or as files to carry.

    A relayer is given each consent's messages over a connection of their own, when that consent's calendar says.
    """
    from jamjar.ledger.carried import is_carried

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
            typer.echo(f"{kind(signed)}: on the ledger.")
        typer.echo(f"Still queued: {len(waiting) - len(carried)}.")
    elif account:
        sender = options.account(account, password_file)
        ledger = context.obj.ledger()
        results = (carry_one(wallet, signed, ledger, sender) for signed in waiting)
        good = all(list(counting.counted(results, len(waiting))))  # each is tried
        if not waiting:
            typer.echo("Nothing is queued.")
    elif relayer:
        chosen = _chosen(wallet, consent, every=every, now=now)
        way = relaying.relaying(context.obj, wallet, relayer, context.obj.ledger(), patient=patient)
        good = _relay(way, chosen, receipts)
    else:
        kinds = ", ".join(map(kind, waiting)) or "nothing"
        raise InvalidInput(f"No carrier is named; use --account, --relayer, or --to FOLDER for files. Queued: {kinds}.")
    fetch_too(wallet, log, policy)
    raise typer.Exit(0 if good else 1)


def _write(wallet: Wallet, waiting: tuple[SignedMessage, ...], to: Path) -> None:
    if not waiting:
        typer.echo("Nothing is queued; no folder was made.")
        return
    contents = {file_name(place, signed): _text(wallet, signed).encode() for place, signed in enumerate(waiting, 1)}
    files.write_folder(to, contents)
    typer.echo(f"Messages written to {to}: {len(waiting)}. Carry them in their order with jamjar carry {to}/*,")
    typer.echo("then run jamjar wallet send --done.")


def _text(wallet: Wallet, signed: SignedMessage) -> str:
    """Return a message as a file, a grant with its token."""
    from jamjar.protocol import vouched
    from jamjar.protocol.typed_data import Grant
    from jamjar.wallet.spare import token_of

    token = token_of(wallet.vault, signed.message.consent) if isinstance(signed.message, Grant) else None
    return vouched.to_json(signed, wallet.deployment.domain_of(type(signed.message)), token)


def _relay(way: Relaying, consents: Sequence[str] | None, receipts: Path | None) -> bool:
    """Give messages to a relayer: what is due, or all of some consents; say whether it took all that it was given."""
    now = int(time.time())
    try:
        if consents is None:
            relaying.send_due(way, now)
        else:
            relaying.send_at_once(way, consents, now)
    finally:
        way.keep_receipts(receipts)
    relaying.print_waiting(way, now)
    typer.echo(f"The relayer took {way.taken}. Once they are on the ledger: jamjar wallet send --done.")
    return not way.refused


def _chosen(wallet: Wallet, consent: str, *, every: bool, now: bool) -> Sequence[str] | None:
    """Return the consents whose messages go whatever their time; None when each waits for its own."""
    if now != (every or bool(consent)) or (every and consent):
        raise InvalidInput(
            "It is unclear what does not wait; give --now with --consent or with --all, or leave all out."
        )
    if not now:
        return None
    return wallet.consents() if every else [named(wallet, consent)]


def carry_one(wallet: Wallet, signed: SignedMessage, ledger: Ledger, sender: Sender) -> bool:
    """Carry one message; print its outcome, and return whether the ledger has it."""
    from jamjar.wallet.sending import SentState, carry

    sent = carry(wallet, signed, ledger, sender)
    if sent.state is SentState.TOO_EARLY:
        output.print_error(f"{kind(signed)} is still queued. {sent.sentence}")
    elif sent.state is SentState.REFUSED:
        output.print_error(f"{kind(signed)} was refused, and is no longer queued. {sent.sentence}")
    else:
        where = f"recorded in block {sent.block}" if sent.state is SentState.RECORDED else "on the ledger"
        typer.echo(f"{kind(signed)}: {where}.")
    return sent.is_on_ledger
