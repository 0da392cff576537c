"""Giving a relayer what waits: each consent's messages over a connection of its own, when their time has come."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jamjar.cli import files, output
from jamjar.cli.counting import counted
from jamjar.cli.hop_connection import hop_connections
from jamjar.encoding import strict_json
from jamjar.encoding.shown import short
from jamjar.errors import JamjarError

if TYPE_CHECKING:
    from jamjar.cli.options import Locations
    from jamjar.ledger.ledger import Ledger
    from jamjar.protocol.signing import SignedMessage
    from jamjar.relayer.answers import MessageAnswer
    from jamjar.wallet.calendar import Waiting
    from jamjar.wallet.sending import ToRelayer
    from jamjar.wallet.wallet import Wallet

Patient = Annotated[
    bool,
    typer.Option("--patient", help="A new budget waits for its consent's own day of the month, which hides far more."),
]
TOGETHER: Final = (
    "What different consents send in one minute, a relayer that looks into its database takes for one person's; "
    "without --now each goes at a time of its own."
)


@dataclass(slots=True)
class Relaying:
    """A wallet's messages on their way to one relayer.

    client   opens a new connection to it, or to a hop
    hop      whether it does so to a hop
    patient  whether a commitment that replaces another waits for its consent's own day of the month
    """

    wallet: Wallet
    client: Callable[[], ToRelayer]
    ledger: Ledger
    patient: bool = False
    hop: bool = False
    kept: dict[str, bytes] = field(default_factory=dict)
    refused: int = 0
    taken: int = 0

    def send(self, waiting: Sequence[Waiting], now: int, *, at_once: bool = False) -> None:
        """Send messages of one consent over one connection, and say what the relayer says of each.

        What it has had before, and was to have carried by now, is looked up on the ledger first. A hop keeps what can
        wait, unless `at_once`.
        """
        from jamjar.wallet.sending import SentState, relay

        results = relay(self.wallet, waiting, self.client(), self.ledger, now, at_once=at_once)
        for sent in counted(results, len(waiting)):
            if sent.state is SentState.KNOWN:
                typer.echo(f"{kind(sent.signed)}: on the ledger.")
            elif sent.state is SentState.KEPT:
                typer.echo(f"{kind(sent.signed)}: the hop passes it on by {output.clock(sent.until)}; send again then.")
            elif sent.answer is None:
                self.refused += 1
                output.print_error(f"{kind(sent.signed)} is still queued. {sent.sentence}")
            else:
                self.taken += 1
                if sent.answer.receipt is not None:
                    self.kept[file_name(len(self.kept) + 1, sent.signed)] = strict_json.dumps(
                        sent.answer.receipt.to_json()
                    ).encode()
                typer.echo(f"{kind(sent.signed)}: {told(sent.answer)}")

    def keep_receipts(self, folder: Path | None) -> None:
        """Write the relayer's receipts into a new folder: they are there for the asking until messages are carried."""
        if folder is not None and self.kept:
            files.write_folder(folder, self.kept)


def to_relayer(place: Locations, wallet: Wallet, relayer: str, ledger: Ledger) -> Callable[[], ToRelayer]:
    """Return what connects to the relayer at an address, through the hop if one is named."""
    from jamjar.cli import options
    from jamjar.relayer.client import RelayerClient
    from jamjar.relayer.ledger_view import is_operator

    address, known = options.web_address(relayer, "relayer"), is_operator(ledger)
    if not place.hop:
        return lambda: RelayerClient(address, wallet.deployment, known)
    from jamjar.hop.message import GatewayKind
    from jamjar.wallet.by_hop import RelayerByHop

    hop = hop_connections(place, lambda: ledger, address, GatewayKind.RELAYER)
    return lambda: RelayerByHop(wallet, RelayerClient(address, wallet.deployment, known), hop(), time.time)


def relaying(place: Locations, wallet: Wallet, relayer: str, ledger: Ledger, *, patient: bool = False) -> Relaying:
    """Return the way to the relayer at an address, through the hop if one is named."""
    return Relaying(wallet, to_relayer(place, wallet, relayer, ledger), ledger, patient, bool(place.hop))


def send_due(way: Relaying, now: int) -> int | None:
    """Send what is due, one consent after the other in the order of their times; return when the next is due.

    What is urgent goes first, and is tried whatever became of the rest: one consent's failure ends the look, and must
    not hold another's withdrawal.
    A dummy is due like a message, or a hop could tell them by the second at which they come.
    """
    from jamjar.wallet.calendar import Calendar
    from jamjar.wallet.timetable import timetable

    table = timetable(way.wallet, patient=way.patient)
    found = [[waiting for waiting, at in messages if at <= now] for messages in sorted(table.values(), key=_first)]
    _send_each(way, found, now)
    if way.hop:
        _cover(way)
    later = [at for messages in timetable(way.wallet, patient=way.patient).values() for _, at in messages]
    if way.hop:
        later += [Calendar(way.wallet.secret(consent)).after(now) for consent in way.wallet.consents()]
    return min(later) if later else None


def _send_each(way: Relaying, found: Sequence[Sequence[Waiting]], now: int, *, at_once: bool = False) -> None:
    """Send each consent's messages, those with urgent ones first; an error is raised once all of these were tried."""
    failed = None
    for ready in sorted(found, key=lambda each: not any(map(_is_urgent, each))):
        if not ready or (failed is not None and not any(map(_is_urgent, ready))):
            continue
        try:
            way.send(ready, now, at_once=at_once)
        except JamjarError as error:
            failed = failed or error
    if failed is not None:
        raise failed


def _first(messages: Sequence[tuple[Waiting, int]]) -> int:
    return min(at for _, at in messages)


def _is_urgent(waiting: Waiting) -> bool:
    from jamjar.protocol.typed_data import Pause, Withdraw

    return isinstance(waiting.signed.message, Pause | Withdraw)


def _cover(way: Relaying) -> None:
    """Send the dummies of consents that have nothing else to send today, so that a hop sees the same of each."""
    from jamjar.wallet.by_hop import RelayerByHop

    for consent in way.wallet.consents():
        client = way.client()
        if isinstance(client, RelayerByHop):
            client.cover(consent)


def send_at_once(way: Relaying, consents: Sequence[str], now: int) -> None:
    """Send all that waits for some consents, whatever its time, each over its own connection."""
    from jamjar.wallet.timetable import timetable

    if len(consents) > 1:
        typer.echo(TOGETHER, err=True)
    table = timetable(way.wallet)
    found = [[waiting for waiting, _ in messages] for consent, messages in table.items() if consent in consents]
    _send_each(way, found, now, at_once=True)


def print_waiting(way: Relaying, now: int) -> None:
    """List what is not due yet, with when it is."""
    from jamjar.wallet.timetable import timetable

    table = output.OutputTable("Consent", "Message", "Is sent", "The relayer has it")
    rows = [
        (at, waiting)
        for messages in timetable(way.wallet, patient=way.patient).values()
        for waiting, at in messages
        if at > now
    ]
    for at, waiting in sorted(rows, key=lambda row: row[0]):
        when = "looked up " + output.clock(at) if waiting.is_given else output.clock(at)
        table.add(short(waiting.signed.message.consent), kind(waiting.signed), when, _yes(waiting.is_given))
    if rows:
        table.print()


def told(answer: MessageAnswer) -> str:
    """Return what a relayer says of a message, in words."""
    from jamjar.relayer.item import Rejection

    if answer.receipt is not None:
        return f"accepted, to be carried by {output.clock(answer.receipt.receipt.carry_by)}."
    if isinstance(answer.outcome, Rejection):
        return f"rejected, as the relayer says: {answer.outcome.sentence}"
    return f"{answer.state.name.lower()}, as the relayer says."


def kind(signed: SignedMessage) -> str:
    """Return the name of a message's type."""
    return type(signed.message).__name__


def file_name(place: int, signed: SignedMessage) -> str:
    """Return the name of a file about one of several messages, from 1, so that they are listed in order."""
    return f"{place:03d}-{kind(signed).lower()}.json"


def _yes(value: bool) -> str:
    return "yes" if value else "no"
