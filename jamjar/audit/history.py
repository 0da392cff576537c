"""The record replayed event by event, with each event checked against the rules before it is added.

A `LedgerHistory` keeps no event. The caller recovers a message's signer. What the governance does is known by the
proposal that it executes: its call's events come first, and CallExecuted after them.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from jamjar.audit import event_rules
from jamjar.audit.founding_events import founding_events, without_deployer
from jamjar.errors import InvalidInput, JamjarError
from jamjar.model import consent_rules
from jamjar.model.decision import Outcome, Revert, SignedBy, decided, first
from jamjar.model.governance_rules import is_named
from jamjar.model.replay import UNCHANGING, Fold, emitted
from jamjar.model.state import Emitted, LedgerState
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.events import CallExecuted, Event
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Message, Pause, Reconfirm, Resume, Withdraw


class ImpossibleEvent(JamjarError):
    """An event that the rules do not allow where it stands; `refused` is the error that was due."""

    def __init__(self, event: Event, refused: Revert) -> None:
        self.event = event
        self.refused = refused
        at = event.origin
        super().__init__(
            f"{type(event).__name__} in log {at.index} of block {at.block} (transaction {at.transaction}) cannot have "
            f"happened: {said(refused)}; do not rely on this record, and compare it with another member's node."
        )


def said(refused: Revert) -> str:
    """Return a refusal as text for a sentence, such as ConsentNotLive(0x..., 8)."""
    shown = ("0x" + each.hex() if isinstance(each, bytes) else str(each) for each in refused.arguments)
    return f"{refused.name}({', '.join(shown)})"


class LedgerHistory:
    """The state of the record, to which events are added in order, one transaction after another."""

    def __init__(self, deployment: Deployment, state: LedgerState, seen: int = 0) -> None:
        """Begin with a state, which is not modified.

        seen  how many of the events of the deployment's constructors have been added before
        """
        self._fold = Fold(state)
        self._names = {at.address: name for name, at in deployment.contracts().items()}
        self._founding = founding_events(deployment, LedgerState(state.rules))
        self._deployer: str | None = None
        self.seen = seen
        self.begin()

    @property
    def state(self) -> LedgerState:
        """The state after all events added so far. Warning: `add` changes it."""
        return self._fold.state

    @property
    def is_founded(self) -> bool:
        """Whether the constructors' events came, so that the contracts can be asked."""
        return self.seen == len(self._founding)

    def begin(self, events: Sequence[Event] = ()) -> None:
        """Begin with a transaction of these events, all of which are then added."""
        self._calls = deque(event for event in events if isinstance(event, CallExecuted))
        self._made: deque[Emitted] | Revert | None = None  # what is left of the events of the call that is executed
        self._rest = deque[Emitted]()  # what is left of the events of another call, the first of which was added
        self._last = Emitted("", ())
        self._proposed, self._executed = set[bytes](), dict[bytes, int]()  # proposals; how many of the calls of each

    def end(self) -> Iterator[str]:
        """End the transaction; yield, in sentences, what its events lack."""
        proposals = self.state.governance.proposals
        if self._rest:
            yield f"{self._last.name} is not followed by {self._rest[0].name}."
        for name in self._proposed & proposals.keys():
            if not is_named(name, proposals[name]):
                yield f"Proposal 0x{name.hex()} calls something else than its id says."
        for name, count in self._executed.items():
            if name in proposals and count < (calls := len(proposals[name].calls)):
                yield f"Of the {calls} calls of proposal 0x{name.hex()}, {count} were executed."
        self.begin()

    def add(self, event: Event, now: int, signed: SignedBy[Message] | None = None) -> None:
        """Add an event that stands in a block of this time, in Unix seconds.

        signed  the message behind the event, and the key that signed it; None to assume the right message, signed by
                the right key

        Raises ImpossibleEvent when no call could have recorded it. It is added nevertheless: later events are then
        checked against what the contracts must hold now.
        """
        told = emitted(event)
        try:
            outcome = self._due(event.origin.contract, told)
            if outcome is None:
                outcome = self._decided(event.origin.contract, told, now, signed)
        except InvalidInput:  # a message that nobody can sign, such as one of the zero address
            outcome = Revert("MessageInvalid", told.arguments)
        self._fold.add(told, now)
        self._last = told
        if isinstance(outcome, Revert):
            raise ImpossibleEvent(event, outcome)

    def _due(self, contract: str, told: Emitted) -> Outcome | None:
        """Decide on an event that can only be a constructor's, or the next one of a call; None for any other."""
        if self.seen < len(self._founding) and self._founding[self.seen][0] == contract:
            found, deployer = without_deployer(told)
            self._deployer = self._deployer or deployer
            if found == self._founding[self.seen][1] and deployer in {None, self._deployer}:
                self.seen += 1
                return (told,)
            self.seen = len(self._founding)  # what is left of them is then found to be nobody's
            return Revert("NotAsDeployed", told.arguments)
        if self._rest:
            if self._rest.popleft() == told:
                return (told,)
            self._rest.clear()
            return Revert("NotWhatTheRulesRecord", told.arguments)
        return None

    def _decided(self, contract: str, told: Emitted, now: int, signed: SignedBy[Message] | None) -> Outcome:
        if told.name in UNCHANGING:
            return self._rejected(told, now, signed)
        state, governance = self.state, self.state.rules.governance
        if (message := asked_by(state, told)) is not None:
            signer = message.consent if signed is None else signed.signer if signed.message == message else ""
            item = SignedBy(message, signer)
            outcome = _SIGNED[told.name](state, now, told.arguments[_CARRIER[told.name]], item)
        elif told.name in _OTHERS:
            outcome = _OTHERS[told.name](state, now, *told.arguments)
        elif told.name == "CallExecuted":
            outcome = self._call_executed(told, now)
        elif told.arguments[-1] == governance:
            outcome = self._made_by_governance(told, now)
        elif contract == governance:
            outcome = self._out_of_order(told) or event_rules.of_governance(state, now, told.name, told.arguments)
        else:
            outcome = event_rules.of_member(state, now, told.name, told.arguments)
        if isinstance(outcome, Revert):
            return outcome
        if outcome[:1] != (told,):
            return Revert("NotWhatTheRulesRecord", outcome[0].arguments if outcome else ())
        self._rest.extend(outcome[1:])
        return outcome

    # ------------------------------------------------------------------ governance

    def _made_by_governance(self, told: Emitted, now: int) -> Outcome:
        """Decide on what the governance did: the next event of the call of the proposal that it executes."""
        made = self._made_by_call(now)
        if isinstance(made, Revert):
            return made
        return (made.popleft(),) if made else Revert("NotExecuted", told.arguments)

    def _made_by_call(self, now: int) -> deque[Emitted] | Revert:
        if not self._calls:
            return Revert("NotExecuted")
        if self._made is None:
            call = self._calls[0]
            outcome = event_rules.called_by_governance(self.state, now, self._names.get(call.target), call.data)
            self._made = outcome if isinstance(outcome, Revert) else deque(outcome)
        return self._made

    def _call_executed(self, told: Emitted, now: int) -> Outcome:
        """Decide on CallExecuted: all events of its call came, and it is the next call of its proposal."""
        name, index, *_ = told.arguments
        made, self._made = self._made_by_call(now), None
        if self._calls:
            self._calls.popleft()
        expected, self._executed[name] = self._executed.get(name, 0), index + 1
        if isinstance(made, Revert):
            return made
        wrong = first(
            (made, "EventMissing", *(each.name for each in made)), (index != expected, "CallsOutOfOrder", name, index)
        )
        return wrong or event_rules.of_governance(self.state, now, told.name, told.arguments)

    def _out_of_order(self, told: Emitted) -> Revert | None:
        """Return what is against an event of a proposal that does not directly follow the one before it."""
        last = self._last.arguments[:2] if self._last.name == "CallScheduled" else ()
        if told.name == "CallScheduled":
            name, index = told.arguments[:2]
            self._proposed.add(name)
            return first((index and last != (name, index - 1), "CallsOutOfOrder", name, index))
        return first((told.name == "CallSalt" and last[:1] != told.arguments[:1], "CallsOutOfOrder"))

    # ------------------------------------------------------------------ consents

    def _rejected(self, told: Emitted, now: int, signed: SignedBy[Message] | None) -> Outcome:
        """Decide on an item of a batch that was not recorded: valid if it had to be refused."""
        if signed is None:
            return (told,)
        consent, carrier = told.arguments[:2]
        outcome = _REJECTED[told.name](self.state, now, carrier, signed)
        other = (signed.message.consent != consent, "NotTheItem", consent)
        wrongly = (not isinstance(outcome, Revert), "NothingAgainstTheItem", consent)
        return decided(first(other, wrongly), told)


def asked_by(state: LedgerState, told: Emitted) -> Message | None:
    """Return the message that a consent's key must have signed for an event after `state`; None for other events."""
    a = told.arguments
    if told.name == "ConsentGranted":
        return Grant(a[0], a[1], *a[3:])
    if told.name == "Committed":
        return Commit(a[0], a[2], state.head(a[0]))
    if told.name == "AdviceAcknowledged":
        return Acknowledge(a[0], a[2], a[3])
    kind = _KINDS.get(told.name)
    return None if kind is None else kind(a[0], *a[2:])


_KINDS: Final[Mapping[str, type[Any]]] = {
    "ConsentPaused": Pause,
    "ConsentResumed": Resume,
    "ConsentReconfirmed": Reconfirm,
    "ConsentWithdrawn": Withdraw,
}
_SIGNED: Final[Mapping[str, Callable[..., Outcome]]] = {
    "ConsentGranted": consent_rules.grant,
    "ConsentPaused": consent_rules.pause,
    "ConsentResumed": consent_rules.resume,
    "ConsentReconfirmed": consent_rules.reconfirm,
    "ConsentWithdrawn": consent_rules.withdraw,
    "Committed": consent_rules.commit,
    "AdviceAcknowledged": consent_rules.acknowledge,
}
_REJECTED: Final[Mapping[str, Callable[..., Outcome]]] = {
    "GrantRejected": consent_rules.grant,
    "WithdrawalRejected": consent_rules.withdraw,
    "CommitmentRejected": consent_rules.commit,
    "AcknowledgementRejected": consent_rules.acknowledge,
}
_CARRIER: Final[Mapping[str, int]] = {name: 2 if name == "ConsentGranted" else 1 for name in _SIGNED}
"""The place of the carrier among an event's arguments."""
_OTHERS: Final[Mapping[str, Callable[..., Outcome]]] = {
    "ConsentReleased": lambda state, now, consent, _, account: consent_rules.release(state, now, account, consent),
    "ConsentUsed": lambda state, now, consent, _, account, root, __: consent_rules.use(
        state, now, account, (consent, root)
    ),
    "AdviceRecorded": lambda state, now, consent, _, account, *advice: consent_rules.record(
        state, now, account, (consent, *advice)
    ),
}
