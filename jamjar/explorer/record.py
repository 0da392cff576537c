"""The events of a deployment up to one block, as one's own node tells them, found by what they are about."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jamjar.audit.auditor import rules_of
from jamjar.errors import LedgerError
from jamjar.model.replay import Fold, emitted
from jamjar.model.state import LedgerState
from jamjar.protocol import event_decoding
from jamjar.protocol.abi import EVENT, abi_of
from jamjar.protocol.address import checksum_address
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.events import Event, Origin
from jamjar.tlog.leaf import RawEvent


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """One event: its number in the record, as the node reports it, and decoded; None if no contract of ours emits it.

    The number is also that of its leaf in a log of the same deployment.
    """

    number: int
    raw: RawEvent
    event: Event | None

    @property
    def name(self) -> str:
        """Its Solidity name; empty for an unknown event."""
        return "" if self.event is None else type(self.event).__name__

    @property
    def transaction(self) -> str:
        """Its transaction's hash, as 0x hex."""
        return f"0x{self.raw.transaction.hex()}"

    @property
    def consent(self) -> str:
        """The consent that it is about; empty where it is about none."""
        return str(getattr(self.event, "consent", ""))


@dataclass(frozen=True, slots=True)
class LastBlock:
    """The block that the record is shown up to: its number, its hash as 0x hex, its time in Unix seconds."""

    number: int
    hash: str
    time: int


class EventRecord:
    """The events up to a block, in their order."""

    def __init__(self, deployment: Deployment, last: LastBlock, entries: Iterable[RecordedEvent]) -> None:
        """Index the events, which come in the order of the ledger."""
        self.deployment, self.last, self.entries = deployment, last, tuple(entries)
        self.contracts = {at.address: name for name, at in deployment.contracts().items()}
        consents, members, transactions, blocks = (dict[Any, list[RecordedEvent]]() for _ in range(4))
        roles = rules_of(deployment).roles
        for entry in self.entries:
            transactions.setdefault(entry.transaction, []).append(entry)
            blocks.setdefault(entry.raw.block, []).append(entry)
            if entry.consent:
                consents.setdefault(entry.consent, []).append(entry)
            for member in _members_in(entry.event, roles):
                members.setdefault(member, []).append(entry)
        self.consents: Mapping[str, list[RecordedEvent]] = consents
        self.members: Mapping[int, list[RecordedEvent]] = members
        self.transactions: Mapping[str, list[RecordedEvent]] = transactions
        self.blocks: Mapping[int, list[RecordedEvent]] = blocks
        self._governing = [each for each in self.entries if each.event is not None and not each.consent]
        self.state = self.replayed(self.entries)

    def replayed(self, entries: Iterable[RecordedEvent]) -> LedgerState:
        """Return the state after events."""
        fold = Fold(LedgerState(rules_of(self.deployment)))
        for entry in entries:
            if entry.event is not None:
                fold.add(emitted(entry.event), entry.raw.time)
        return fold.state

    def state_about(self, consent: str, is_before: Callable[[RecordedEvent], bool]) -> LedgerState:
        """Return the state as far as it decides on one consent, after those events that are before a moment."""
        about = sorted([*self._governing, *self.consents.get(consent, ())], key=lambda entry: entry.number)
        return self.replayed(entry for entry in about if is_before(entry))


def read_entries(events: Iterable[RawEvent], deployment: Deployment, first: int = 0) -> Iterator[RecordedEvent]:
    """Yield a ledger's events with their numbers, from the first one's on, decoded."""
    for number, raw in enumerate(events, first):
        yield RecordedEvent(number, raw, decoded(raw, deployment))


def decoded(raw: RawEvent, deployment: Deployment) -> Event | None:
    """Return an event as its contract emitted it; None for one that is not of the interface of that contract."""
    address = checksum_address(raw.contract)
    contract = next((name for name, at in deployment.contracts().items() if at.address == address), None)
    try:
        event = event_decoding.decode(
            Origin(raw.block, f"0x{raw.transaction.hex()}", raw.index, address), raw.topics, raw.data
        )
    except LedgerError:
        return None
    return event if contract is not None and type(event).__name__ in _events_of(contract) else None


@cache
def _events_of(contract: str) -> frozenset[str]:
    return frozenset(entry["name"] for entry in abi_of(contract) if entry["type"] == EVENT)


def _members_in(event: Event | None, roles: frozenset[bytes]) -> set[int]:
    """Return the members that an event of the consortium is about: by number, or by the seat that holds a role."""
    if event is None or hasattr(event, "consent"):
        return set()
    if getattr(event, "role", b"") in roles:
        return {int(event.account, 16)}  # type: ignore[attr-defined]
    return {event.member} if hasattr(event, "member") else set()
