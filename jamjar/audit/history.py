"""The record replayed event by event, with each event checked against the rules before it is added.

The rules are those of `consent_rules`, `member_rules` and `hand_over_rules`, which follow from the interfaces and not
from the contracts' code. A `LedgerHistory` keeps only the state, and no event. The caller recovers a message's signer.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from jamjar.errors import InvalidInput, JamjarError
from jamjar.model import consent_rules, hand_over_rules, member_rules
from jamjar.model.decision import Outcome, Revert, SignedBy, decided, first
from jamjar.model.replay import UNCHANGING, Fold, emitted
from jamjar.model.state import (
    ADMINISTRATION,
    LIVE,
    NOBODY,
    Administration,
    DeploymentRules,
    Emitted,
    LedgerState,
    Status,
)
from jamjar.protocol.events import Event
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


def beginning(rules: DeploymentRules, hand_over_delay: int) -> LedgerState:
    """Return the state before the first event of a deployment, by which its administrator takes the role."""
    return LedgerState(rules, Administration(delay=hand_over_delay))


class LedgerHistory:
    """The state of the record, to which events are added in order."""

    def __init__(self, state: LedgerState, successor: str) -> None:
        """Begin with a state, which is not modified, and with who must become administrator by the next event, if any.

        successor  the deployment's administrator before its first event, NOBODY later
        """
        self._fold = Fold(state)
        self.successor = successor

    @property
    def state(self) -> LedgerState:
        """The state after all events added so far. Warning: `add` changes it."""
        return self._fold.state

    def add(self, event: Event, now: int, signed: SignedBy[Message] | None = None) -> None:
        """Add an event that stands in a block of this time, in Unix seconds.

        signed  the message behind the event, and the key that signed it; None to assume the right message, signed by
                the right key

        Raises ImpossibleEvent when no call could have recorded it. It is added nevertheless: later events are then
        checked against what the contracts must hold now.
        """
        told = emitted(event)
        due, self.successor = self.successor, NOBODY
        try:
            outcome = self._decided(told, now, signed, due)
        except InvalidInput:  # a message that nobody can sign, such as one of the zero address
            outcome = Revert("MessageInvalid", told.arguments)
        self._fold.add(told)
        if isinstance(outcome, Revert):
            raise ImpossibleEvent(event, outcome)

    def _decided(self, told: Emitted, now: int, signed: SignedBy[Message] | None, due: str) -> Outcome:
        if told.name in UNCHANGING:
            return self._rejected(told, now, signed)
        state = self.state
        message = asked_by(state, told)
        if message is not None:
            signer = message.consent if signed is None else signed.signer if signed.message == message else ""
            item = SignedBy(message, signer)
            outcome = _SIGNED[told.name](state, now, told.arguments[_CARRIER[told.name]], item)
        elif told.name in _TAKEN_OVER and told.arguments[0] == ADMINISTRATION:
            outcome = self._taken_over(told, now, due)
        else:
            outcome = _OTHERS[told.name](state, now, *told.arguments)
        if isinstance(outcome, Revert) or outcome[-1:] == (told,):
            return outcome
        return Revert("NotWhatTheRulesRecord", outcome[-1].arguments if outcome else ())

    def _rejected(self, told: Emitted, now: int, signed: SignedBy[Message] | None) -> Outcome:
        """Decide on an item of a batch that was not recorded: valid if it had to be refused."""
        if signed is None:
            return (told,)
        consent, carrier = told.arguments[:2]
        outcome = _REJECTED[told.name](self.state, now, carrier, signed)
        other = (signed.message.consent != consent, "NotTheItem", consent)
        wrongly = (not isinstance(outcome, Revert), "NothingAgainstTheItem", consent)
        return decided(first(other, wrongly), told)

    def _taken_over(self, told: Emitted, now: int, due: str) -> Outcome:
        """Decide on the administrator's role: taken by who is due, handed over in two events, or given up."""
        _, account, sender = told.arguments
        if told.name == "RoleGranted":
            return decided(first((account != due, "AccessControlInvalidDefaultAdmin", account)), told)
        if sender == self.state.administration.next_holder != NOBODY:
            outcome = hand_over_rules.accept(self.state, now, sender)
            self.successor = sender
            return outcome if isinstance(outcome, Revert) else outcome[:1]
        return hand_over_rules.renounce(self.state, now, sender, account)


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


def why_not_live(state: LedgerState, consent: str, now: int) -> str | None:
    """Return why nothing could be recorded under a consent in a block of this time, in a sentence; None if it could."""
    held, status = state.consent(consent), state.status(consent, now)
    if status is not Status.NONE and status in LIVE:
        if state.is_adviser(held.recipient):
            return None
        active = state.is_active(held.recipient)
        return f"Its recipient, member {held.recipient}, {'is no adviser' if active else 'is suspended'}."
    return {
        Status.NONE: "It was not granted.",
        Status.SCHEDULED: f"It begins at {held.valid_from}.",
        Status.PAUSED: "Its claimant paused it.",
        Status.STALE: f"It was not reconfirmed by {held.reconfirm_by}.",
        Status.EXPIRED: f"It ended at {held.valid_until}.",
        Status.RELEASED: "Its recipient released it.",
        Status.WITHDRAWN: "Its claimant withdrew it.",
    }[status]


def _admitted(state: LedgerState, _now: int, number: int, name: str, administrator: str) -> Outcome:
    """Decide on the first event of `admit`; its other effects follow in events of their own."""
    length, bounds = len(name.encode()), state.rules.name_bytes
    decodes = "\N{REPLACEMENT CHARACTER}" not in name  # otherwise its length on the ledger differs
    refused = first(
        member_rules.unauthorised(state, administrator),
        (number == 0 or number in state.members, "MemberNumberTaken", number),
        (decodes and not bounds[0] <= length <= bounds[1], "NameLengthOutOfRange", length, *bounds),
    )
    return decided(refused, Emitted("MemberAdmitted", (number, name, administrator)))


def _by_holder(rule: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """Decide on an event that does not name its caller, who can only be the administrator."""

    def decide(state: LedgerState, now: int, *arguments: Any) -> Outcome:
        holder = state.administration.holder
        nobody = first((holder == NOBODY, "AccessControlUnauthorizedAccount", holder, ADMINISTRATION))
        return nobody or rule(state, now, holder, *arguments[:1])

    return decide


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
_TAKEN_OVER: Final = ("RoleGranted", "RoleRevoked")
_OTHERS: Final[Mapping[str, Callable[..., Outcome]]] = {
    "ConsentReleased": lambda state, now, consent, _, account: consent_rules.release(state, now, account, consent),
    "ConsentUsed": lambda state, now, consent, _, account, root, __: consent_rules.use(
        state, now, account, (consent, root)
    ),
    "AdviceRecorded": lambda state, now, consent, _, account, *advice: consent_rules.record(
        state, now, account, (consent, *advice)
    ),
    "MemberAdmitted": _admitted,
    "MemberSuspended": lambda state, now, number, by: member_rules.suspend(state, now, by, number),
    "MemberReinstated": lambda state, now, number, by: member_rules.reinstate(state, now, by, number),
    "AccountAdded": lambda state, now, number, account, by: member_rules.add_account(state, now, by, number, account),
    "AccountRemoved": lambda state, now, number, account, by: member_rules.remove_account(
        state, now, by, number, account
    ),
    "EncryptionKeyChanged": lambda state, now, number, _, key, by: member_rules.change_encryption_key(
        state, now, by, number, key
    ),
    "RoleGranted": lambda state, now, role, seat, by: member_rules.grant_role(state, now, by, role, seat),
    "RoleRevoked": lambda state, now, role, seat, by: member_rules.revoke_role(state, now, by, role, seat),
    "DefaultAdminTransferScheduled": _by_holder(hand_over_rules.begin),
    "DefaultAdminTransferCanceled": _by_holder(hand_over_rules.cancel),
    "DefaultAdminDelayChangeScheduled": _by_holder(hand_over_rules.change_delay),
    "DefaultAdminDelayChangeCanceled": _by_holder(hand_over_rules.roll_back_delay),
}
