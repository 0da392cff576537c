"""What every command that changes the consortium does: show what will change, ask, sign, say what the ledger says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from jamjar.cli import options, output
from jamjar.cli.options import Locations
from jamjar.encoding.shown import minute
from jamjar.errors import InvalidInput
from jamjar.model.status_words import reason_words
from jamjar.protocol.roles import role_word
from jamjar.protocol.settings import DAY

if TYPE_CHECKING:
    from pathlib import Path

    from jamjar.ledger.governed import Governed
    from jamjar.ledger.ledger import Ledger, TransactionReceipt
    from jamjar.ledger.proposal_words import Change
    from jamjar.ledger.transacting import Sender
    from jamjar.protocol.events import Event

Keystore = Annotated[
    str,
    typer.Option(
        "--keystore-file", envvar="JAMJAR_ACCOUNT", help="A keystore file, or an address whose key the node holds."
    ),
]
_LONGEST = 66


@dataclass(frozen=True, slots=True)
class Actor:
    """An account that acts on a ledger, and what was decided on it so far."""

    ledger: Ledger
    sender: Sender
    governed: Governed

    @property
    def account(self) -> str:
        """The account's address."""
        from jamjar.ledger.transacting import address_of

        return address_of(self.sender)

    @property
    def member(self) -> int:
        """The number of the member that the account acts for, 0 if none."""
        return self.governed.state.member_of(self.account)

    def own_member(self) -> int:
        """Return the number of the member that the account acts for; raises InvalidInput if it acts for none."""
        if not self.member:
            raise InvalidInput(f"{self.account} acts for no member; name the keystore of an account that does.")
        return self.member


def registry_file(place: Locations) -> Path:
    """Return the place of the file of the registry of modules, which lies beside the deployment's."""
    from jamjar.ledger.module_registry import FILE

    return place.deployment.with_name(FILE)


def others(place: Locations) -> dict[str, str]:
    """Return the contracts beside the deployment's that proposals may call, by their addresses."""
    from jamjar.ledger.module_registry import CONTRACT, read_place

    file = registry_file(place)
    return {read_place(file).address: CONTRACT} if file.exists() else {}


def enter(context: typer.Context, keystore: str, password_file: Path | None) -> Actor:
    """Connect, open the account, and read what was decided."""
    from jamjar.ledger import governed

    place: Locations = context.obj
    ledger = place.ledger()
    return Actor(ledger, options.account(keystore, password_file), governed.read(ledger))


def act(
    actor: Actor, call: tuple[Any, ...], changes: Sequence[Change], question: str, *, yes: bool
) -> TransactionReceipt:
    """Try a call, given as contract, function and arguments; show what it changes, ask, send it, say what is recorded.

    Raises Rejected before anything is shown when the ledger would refuse it.
    """
    actor.ledger.attempt(actor.sender, *call)
    print_changes(changes)
    ask_first(question, yes=yes)
    receipt = actor.ledger.send(actor.sender, *call)
    print_recorded(receipt)
    return receipt


def ask_first(question: str, *, yes: bool) -> None:
    """Ask, and end the command with exit status 1 unless the answer is yes."""
    if not options.agreed(question, yes=yes):
        output.print_error("Nothing was sent.")
        raise typer.Exit(1)


def print_changes(changes: Sequence[Change]) -> None:
    """Print what changes: beside what is now, what would be then."""
    table = output.OutputTable("What", "Now", "Then")
    for change in changes:
        table.add(change.what, change.now, change.then)
    table.print()


def print_recorded(receipt: TransactionReceipt) -> None:
    """Print what the ledger recorded."""
    typer.echo(f"Recorded in block {receipt.block}, transaction {receipt.transaction}:")
    for event in receipt.events:
        typer.echo(f"  {said(event)}")


def said(event: Event) -> str:
    """Return an event in one line: its name and its arguments, times and roles in words, long bytes cut short."""
    values = ((each.name, getattr(event, each.name)) for each in fields(event) if each.name != "origin")
    shown = ", ".join(_TOLD[name](value) if name in _TOLD else f"{name} {_shown(value)}" for name, value in values)
    return output.clean(f"{type(event).__name__} ({shown})".replace("\n", " "))


def _shown(value: object) -> str:
    text = f"0x{value.hex()}" if isinstance(value, bytes) else str(value)
    return text if len(text) <= _LONGEST or not isinstance(value, bytes) else f"{text[:_LONGEST]}.."


_TOLD: Final[Mapping[str, Callable[[Any], str]]] = {
    "role": lambda value: f"role {role_word(value)}",
    # A rejected message has a reason, too, which is the name of an error and its arguments, in bytes.
    "reason": lambda value: f"reason {_shown(value)}" if isinstance(value, bytes) else reason_words(value),
    "lapses_at": lambda value: f"lapses at {minute(value)} UTC" if value else "does not lapse",
    "ready_at": lambda value: f"can be completed from {minute(value)} UTC",
    "delay": lambda value: f"delay {value // DAY} days",
}
