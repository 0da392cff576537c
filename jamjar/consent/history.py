"""The history of one consent from its ledger events, each with the consent's DPV status right after it.

DPV 2 has no status for a pause. A paused or stale consent has ConsentStatusInvalidForProcessing, the parent of those
that end it: there is no basis to process anything until it is resumed or reconfirmed. ConsentRevoked is an end by
someone other than the person: the recipient's release. Expiry is no event of the ledger; it is added here, at the
first second after the consent's last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from jamjar.errors import InvalidInput
from jamjar.model.state import ENDED, Consent, Stage, Status
from jamjar.protocol.events import (
    ConsentGranted,
    ConsentPaused,
    ConsentReconfirmed,
    ConsentReleased,
    ConsentResumed,
    ConsentUsed,
    ConsentWithdrawn,
    Event,
    Origin,
)

LIFE: Final = (
    ConsentGranted,
    ConsentPaused,
    ConsentResumed,
    ConsentReconfirmed,
    ConsentWithdrawn,
    ConsentReleased,
    ConsentUsed,
)
"""The events that change or use a consent; commitments, advice and rejections do not."""

EXPIRY: Final = "Expired"
"""The kind of the step that is an expiry."""

_READ_AGAIN: Final = "read the events again"
_FIND_MISSING: Final = "find the event before it that is missing"

_SAME_WORDS: Final = {
    Status.PAUSED: "dpv:ConsentStatusInvalidForProcessing",
    Status.STALE: "dpv:ConsentStatusInvalidForProcessing",
    Status.EXPIRED: "dpv:ConsentExpired",
    Status.RELEASED: "dpv:ConsentRevoked",
    Status.WITHDRAWN: "dpv:ConsentWithdrawn",
}


def dpv_status(status: Status, renewed: bool) -> str:
    """Return the DPV term, as CURIE, of a consent that was granted; `renewed` if it was resumed or reconfirmed since.

    SCHEDULED and EXHAUSTED are consents given, too: their limits are the times and the uses in the record.
    """
    return _SAME_WORDS.get(status, "dpv:RenewedConsentGiven" if renewed else "dpv:ConsentGiven")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a consent's history: `kind` is the event's name without "Consent", `time` in Unix seconds.

    `by` is the member's number for the recipient's own acts, None for the claimant's and for the expiry;
    `carrier` is the account that carried it, `origin` its place on the ledger, both None for the expiry.
    `valid` is the first and the last second it allows from then on; both are the time itself when it allows none.
    """

    kind: str
    time: int
    dpv: str
    valid: tuple[int, int]
    by: int | None = None
    carrier: str | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class ConsentHistory:
    """A consent's steps in order, and its status at `now`; `granted` is its first event.

    `states` is the consent as stored after each event, in the order of the steps, of which an expiry has none.
    """

    granted: ConsentGranted
    states: tuple[Consent, ...]
    steps: tuple[Step, ...]
    status: Status
    dpv: str
    uses: int


def history(contract: str, consent: str, events: Sequence[Event], times: Mapping[int, int], now: int) -> ConsentHistory:
    """Return the history of `consent` up to `now`, from its events in the ledger's order.

    `contract` is the ConsentRegistry's address, `times` the Unix seconds of each block by its number. A key that
    withdrew before any grant never gave a consent, and has no history.
    Raises InvalidInput, which names the event, for one of another consent, contract or kind, one out of
    order or without a time, and one that the contract would have refused: before the grant, after the end, a use
    under a consent that was not active, a sequence or count with a gap.
    """
    if not events or not isinstance(events[0], ConsentGranted):
        raise InvalidInput("The events do not begin with the grant; read the first event of the consent too.")
    state, states, steps, renewed = Consent(), list[Consent](), list[Step](), False
    before, last = (-1, -1), 0
    for number, event in enumerate(events):
        _check_place(number, event, contract, consent, before)
        before = (event.origin.block, event.origin.index)
        last = _time(number, times.get(event.origin.block), last, now)
        state = _after(number, event, state, last)
        states.append(state)
        renewed = renewed or isinstance(event, ConsentResumed | ConsentReconfirmed)
        steps.append(_step(event, state, last, renewed))
    status = state.status(now)
    if status is Status.EXPIRED:
        end = state.valid_until + 1
        steps.append(Step(EXPIRY, end, dpv_status(status, renewed), (end, end)))
    return ConsentHistory(events[0], tuple(states), tuple(steps), status, dpv_status(status, renewed), state.uses)


def _check_place(number: int, event: Event, contract: str, consent: str, before: tuple[int, int]) -> None:
    if not isinstance(event, LIFE):
        raise _wrong(number, "is of no kind in LIFE", "pass only events of those kinds")
    if event.consent != consent:
        raise _wrong(number, "is about another consent", "pass the events of one")
    if event.origin.contract != contract:
        raise _wrong(number, "is of another contract", "pass the events of this ConsentRegistry")
    if (event.origin.block, event.origin.index) <= before:
        raise _wrong(number, "stands on the ledger before the one it follows here", "pass each once, in order")


def _time(number: int, time: int | None, last: int, now: int) -> int:
    if type(time) is not int:
        raise _wrong(number, "is of a block whose time is not given", "read that block's timestamp")
    if not last <= time <= now:
        raise _wrong(number, "is dated before the one it follows or after now", "check the blocks' times")
    return time


def _after(number: int, event: Event, state: Consent, time: int) -> Consent:
    """Return the consent as stored after an event that the contract can have recorded."""
    if isinstance(event, ConsentGranted):
        if number:
            raise _wrong(number, "is a second grant, and a consent has one", _READ_AGAIN)
        uses = (event.max_uses, 0, Stage.GRANTED)
        return Consent(event.recipient, event.valid_from, event.valid_until, event.reconfirm_by, 0, *uses)
    status = state.status(time)
    if status in ENDED:
        raise _wrong(number, f"comes after the end of the consent ({status.name})", _READ_AGAIN)
    if isinstance(event, ConsentUsed):
        counted = status is Status.ACTIVE and event.uses == state.uses + 1
        if not counted or event.recipient != state.recipient:
            raise _wrong(number, "is no use that this consent allowed", _READ_AGAIN)
        return replace(state, uses=event.uses)
    if isinstance(event, ConsentReleased):
        if event.recipient != state.recipient:
            raise _wrong(number, "is a release by another than the recipient", _READ_AGAIN)
        return replace(state, stage=Stage.RELEASED)
    if isinstance(event, ConsentWithdrawn):
        return replace(state, stage=Stage.WITHDRAWN)
    return _in_sequence(number, event, state)


def _in_sequence(number: int, event: Event, state: Consent) -> Consent:
    if not isinstance(event, ConsentPaused | ConsentResumed | ConsentReconfirmed) or event.sequence != state.sequence:
        raise _wrong(number, "is not the next in its sequence", _FIND_MISSING)
    if isinstance(event, ConsentResumed) and state.stage is not Stage.PAUSED:
        raise _wrong(number, "resumes a consent that was not paused", _FIND_MISSING)
    state = replace(state, sequence=state.sequence + 1)
    if isinstance(event, ConsentReconfirmed):
        return replace(state, reconfirm_by=event.reconfirm_by)
    return replace(state, stage=Stage.PAUSED if isinstance(event, ConsentPaused) else Stage.GRANTED)


def _step(event: Event, state: Consent, time: int, renewed: bool) -> Step:
    status = state.status(time)
    by = event.recipient if isinstance(event, ConsentUsed | ConsentReleased) else None
    carrier = getattr(event, "carrier", None) or getattr(event, "account", None)
    valid = (max(time, state.valid_from), min(state.valid_until, state.reconfirm_by))
    if status in _SAME_WORDS:
        valid = (time, time)
    kind = type(event).__name__.removeprefix("Consent")
    return Step(kind, time, dpv_status(status, renewed), valid, by, carrier, event.origin)


def _wrong(number: int, problem: str, remedy: str) -> InvalidInput:
    return InvalidInput(f"Event {number + 1} {problem}; {remedy}.")
