"""A consent's events on the ledger, as its record and its picture need them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jamjar.errors import InvalidInput

if TYPE_CHECKING:
    from jamjar.consent.history import ConsentHistory
    from jamjar.ledger.ledger import Ledger
    from jamjar.protocol.events import Event


def events_of(ledger: Ledger, consent: str) -> tuple[list[Event], dict[int, int]]:
    """Return the events that change or use a consent, and the time of each block that has one."""
    from jamjar.consent.history import LIFE

    events: list[Event] = [event for event in ledger.events(None, consent) if isinstance(event, LIFE)]
    return events, {event.origin.block: ledger.time(event.origin.block) for event in events}


def history_of(ledger: Ledger, consent: str, now: int) -> ConsentHistory:
    """Return the history of a consent; raises InvalidInput for one that is not on the ledger."""
    from jamjar.consent.history import history

    events, times = events_of(ledger, consent)
    if not events:
        raise InvalidInput(f"{consent} is not on the ledger; have its grant carried with jamjar wallet send.")
    return history(ledger.deployment.consent_registry.address, consent, events, times, now)
