"""The decision to accept a message: when it would be carried, and whether the ledger would then record it.

Messages that are queued for the same consent are assumed to be carried first, in their order. So a grant and its first
commitment, or a pause, a resumption and a withdrawal, can be sent at once. A message that the ledger would reject is
refused while its claimant can still correct it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jamjar.model import consent_rules
from jamjar.model.decision import Outcome, Revert, SignedBy
from jamjar.model.replay import replay
from jamjar.model.state import LedgerState
from jamjar.protocol.settings import DAY, HOUR, Settings
from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Message, Pause, Reconfirm, Resume, Withdraw
from jamjar.relayer.epochs import BEFORE_HOURS, Epochs
from jamjar.relayer.item import URGENT, Item
from jamjar.relayer.ledger_view import MessageView
from jamjar.relayer.refusal import RelayerCode as Code
from jamjar.relayer.refusal import of_rejection
from jamjar.service.refusal import Refusal

_RULES: Final[Mapping[type[Message], Callable[[LedgerState, int, str, SignedBy[Any]], Outcome]]] = {
    Grant: consent_rules.grant,
    Pause: consent_rules.pause,
    Resume: consent_rules.resume,
    Reconfirm: consent_rules.reconfirm,
    Withdraw: consent_rules.withdraw,
    Commit: consent_rules.commit,
    Acknowledge: consent_rules.acknowledge,
}
_ORDERED: Final = (Grant, Pause, Resume, Reconfirm)
"""The messages that precede a pause, a resumption and a reconfirmation: the grant, and those with a sequence."""


@dataclass(frozen=True, slots=True)
class Timing:
    """When a relayer carries; times in seconds.

    margin   how long carrying may take, and how far the ledger's clock may be from this one
    promise  how long after its epoch, or after what comes before it, a message is in a block
    horizon  how far ahead of its epoch a message may come, so that none takes room for months
    grants   the epochs of grants, which have to be in time for their beginning
    rounded  grants begin at multiples of so many seconds; others are for a meeting that takes place
    """

    epochs: Epochs
    margin: int = 30
    promise: int = 600
    horizon: int = 7 * DAY
    grants: Epochs = BEFORE_HOURS
    rounded: int = HOUR

    def goes_at_once(self, message: Message) -> bool:
        """Say whether a message waits for no epoch: what is urgent, and a grant for a meeting that takes place."""
        return isinstance(message, URGENT) or (isinstance(message, Grant) and message.valid_from % self.rounded != 0)

    def due_at(self, message: Message, begins: int, waiting: Sequence[Item], now: int) -> int:
        """Return when a message is carried.

        begins   when its consent begins, 0 if that is unknown
        waiting  the messages queued for its consent
        """
        before = [
            item.due_at
            for item in waiting
            if _is_before(item.signed.message, message) and not _goes_with(item.signed.message, message)
        ]
        if self.goes_at_once(message):
            return max((now, *before))
        if isinstance(message, Grant):
            return max((self.grants.next_after(now), *before))
        from_then = begins + self.margin if isinstance(message, Commit) and begins > now else now + 1
        return max((self.epochs.first_from(from_then), *before))

    def carry_by(self, message: Message, due_at: int, waiting: Sequence[Item]) -> int:
        """Return by when it is in a block: the messages of one consent in sequence, a grant before it begins."""
        before = [item.carry_by for item in waiting if _is_before(item.signed.message, message)]
        by = max((due_at, *before)) + self.promise
        return min(by, message.valid_from) if isinstance(message, Grant) else by


@dataclass(frozen=True, slots=True)
class Conditions:
    """The basis of one relayer's decisions: its timing, the deployment's settings, and its account."""

    timing: Timing
    settings: Settings
    carrier: str

    def decide(self, signed: SignedMessage, view: MessageView, waiting: Sequence[Item], now: int) -> int | Refusal:
        """Return when a message is carried, or why it is refused.

        view     the ledger's state about its consent
        waiting  the messages queued for its consent, in the order in which they are carried
        """
        message, before, timing = signed.message, view.state(signed, self.settings, self.carrier), self.timing
        expected = self._after(before, waiting, view)
        due_at = timing.due_at(message, expected.consent(message.consent).valid_from, waiting, now)
        # An urgent one is tried at the ledger's time: this machine's may be wrong, and must stop no withdrawal.
        then = view.time if isinstance(message, URGENT) else max(due_at, view.time)
        sooner = [item for item in waiting if item.due_at <= due_at or _goes_with(item.signed.message, message)]
        outcome = self._outcome(self._after(before, sooner, view), then, message)
        if isinstance(message, Grant) and now <= message.valid_from < then + timing.margin:
            earliest = then + timing.margin
            return Refusal(
                Code.GRANT_TOO_LATE,
                f"It is carried at {due_at} and must begin at {earliest} or later; sign it with a later beginning.",
                {"due_at": due_at, "earliest": earliest},
            )
        if isinstance(outcome, Revert):
            return of_rejection(outcome, view.time)
        if due_at > now + timing.horizon:
            days = timing.horizon // DAY
            sentence = f"It is carried at {due_at}, over {days} days from now; send it later."
            return Refusal(Code.TOO_EARLY, sentence, {"due_at": due_at})
        return due_at

    def _after(self, state: LedgerState, waiting: Sequence[Item], view: MessageView) -> LedgerState:
        """Return the state once these are carried; those on the ledger already, or rejected, change nothing."""
        for item in waiting:
            outcome = self._outcome(state, max(item.due_at, view.time), item.signed.message)
            if not isinstance(outcome, Revert):
                state = replay(state, outcome)
        return state

    def _outcome(self, state: LedgerState, then: int, message: Message) -> Outcome:
        return _RULES[type(message)](state, then, self.carrier, SignedBy(message, message.consent))


def _is_before(waiting: Message, message: Message) -> bool:
    """Return whether a message is carried only after a queued one."""
    if isinstance(message, Withdraw):
        return False
    return isinstance(waiting, _ORDERED) or isinstance(message, Commit | Acknowledge)


def _goes_with(waiting: Message, message: Message) -> bool:
    """Return whether a queued message is carried together with a later one: a pause waits for no epoch."""
    return isinstance(waiting, Reconfirm) and isinstance(message, Pause)
