"""A consent by its address, as of a moment: where it stands, its life, looks, commitments and advice."""

from dataclasses import dataclass
from typing import Any, Final

from jamjar.explorer.record import EventRecord, RecordedEvent
from jamjar.model.replay import Fold, emitted
from jamjar.model.state import LIVE, NOTHING, Consent, LedgerState, Status
from jamjar.protocol.events import ConsentGranted

_CHANGES: Final = frozenset({
    "ConsentGranted", "ConsentPaused", "ConsentResumed", "ConsentReconfirmed", "ConsentWithdrawn", "ConsentReleased",
    "ConsentUsed",
})  # fmt: skip
"""The events after which a consent may stand elsewhere than before."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """A moment: after the events of blocks up to `block`, at `time` in Unix seconds."""

    block: int
    time: int

    def is_after(self, entry: RecordedEvent) -> bool:
        """Return whether an event was recorded by then."""
        return entry.raw.block <= self.block and entry.raw.time <= self.time


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """An event of a consent's life, and where the consent stood just after it; None where that did not change."""

    entry: RecordedEvent
    status: Status | None


@dataclass(frozen=True, slots=True)
class AdviceSeen:
    """A piece of advice, by its digest: what it is about, when it was recorded, and when acknowledged, if it was."""

    digest: bytes
    commitment: bytes
    recorded: RecordedEvent
    acknowledged: RecordedEvent | None = None


@dataclass(frozen=True, slots=True)
class ConsentSeen:
    """A consent as of a moment.

    stored    as the contract stores it
    live      whether anything could be recorded under it in a block of that moment
    adviser   whether its recipient is an active adviser then
    terms     the digest of its terms; NOTHING where it was not granted
    head      the newest commitment; NOTHING where there is none
    """

    address: str
    at: AsOf
    stored: Consent
    status: Status
    live: bool
    adviser: bool
    terms: bytes
    head: bytes
    life: tuple[LifeEvent, ...]
    uses: tuple[RecordedEvent, ...]
    commitments: tuple[RecordedEvent, ...]
    advice: tuple[AdviceSeen, ...]

    @property
    def looks_left(self) -> int:
        """How many looks are left by its terms, whether or not they can still be taken."""
        return max(0, self.stored.max_uses - self.stored.uses)


def consent_seen(record: EventRecord, address: str, at: AsOf | None = None) -> ConsentSeen | None:
    """Return a consent as of a moment, by default the record's last block; None for one that no event is about."""
    if address not in record.consents:
        return None
    now = at or AsOf(record.last.number, record.last.time)
    state = record.state_about(address, now.is_after)
    entries = [entry for entry in record.consents[address] if now.is_after(entry)]
    stored, status = state.consent(address), state.status(address, now.time)
    granted: list[Any] = [entry.event for entry in entries if isinstance(entry.event, ConsentGranted)]
    return ConsentSeen(
        address=address,
        at=now,
        stored=stored,
        status=status,
        live=status in LIVE and state.is_adviser(stored.recipient),
        adviser=state.is_adviser(stored.recipient),
        terms=granted[0].terms_digest if granted else NOTHING,
        head=state.head(address),
        life=_life(record, address, entries),
        uses=_named("ConsentUsed", entries),
        commitments=_named("Committed", entries),
        advice=_advice(entries),
    )


def _life(record: EventRecord, address: str, entries: list[RecordedEvent]) -> tuple[LifeEvent, ...]:
    fold, made = Fold(LedgerState(record.state.rules)), []
    for entry in entries:
        status = None
        if entry.event is not None:
            fold.add(emitted(entry.event), entry.raw.time)
        if entry.name in _CHANGES:
            status = fold.state.status(address, entry.raw.time)
        made.append(LifeEvent(entry, status))
    return tuple(made)


def _named(name: str, entries: list[RecordedEvent]) -> tuple[RecordedEvent, ...]:
    return tuple(entry for entry in entries if entry.name == name)


def _advice(entries: list[RecordedEvent]) -> tuple[AdviceSeen, ...]:
    found = dict[tuple[bytes, bytes], AdviceSeen]()
    for entry in entries:
        event: Any = entry.event
        if entry.name == "AdviceRecorded":
            found[event.commitment, event.advice] = AdviceSeen(event.advice, event.commitment, entry)
        elif entry.name == "AdviceAcknowledged" and (event.commitment, event.advice) in found:
            before = found[event.commitment, event.advice]
            found[event.commitment, event.advice] = AdviceSeen(before.digest, before.commitment, before.recorded, entry)
    return tuple(found.values())
