"""The ledger as a relayer reads it before it accepts a message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from jamjar.ledger import carried
from jamjar.model.state import NOTHING, AdviceId, AdviceStage, Consent, DeploymentRules, LedgerState, Member, Standing
from jamjar.protocol.roles import Role
from jamjar.protocol.settings import Settings
from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.typed_data import Acknowledge

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger

CARRIER: Final = 2**32
"""The number of the carrier's member in such a state: no real member has one so large."""


@dataclass(frozen=True, slots=True)
class MessageView:
    """The ledger's state about one consent in the newest block.

    time        that block's, in Unix seconds
    recipient   the number of its recipient, or of the one that its grant names, which may be that of an `is_adviser`
    may_carry   whether the relayer's account acts for an active member, as recording a grant requires, and the
                withdrawal of a consent that was never granted
    """

    time: int
    consent: Consent
    recipient: int
    is_adviser: bool
    may_carry: bool
    head: bytes = NOTHING
    stage: AdviceStage = AdviceStage.NONE

    def state(self, signed: SignedMessage, settings: Settings, carrier: str) -> LedgerState:
        """Return it as a state with nothing else in it, for `jamjar.model.consent_rules`."""
        consent = signed.message.consent
        members, adviser = dict[int, Member](), Role.ADVISER.value
        if self.is_adviser:
            members[self.recipient] = Member(Standing.ACTIVE, roles=frozenset({adviser}))
        if self.may_carry:
            members[CARRIER] = Member(Standing.ACTIVE)
        advice = advice_of(signed)
        return LedgerState(
            DeploymentRules(frozenset({adviser}), adviser, *settings.limits, most_items=1),
            members=members,
            accounts={carrier: CARRIER},
            consents={consent: self.consent} if self.consent.stage else {},
            heads={consent: self.head},
            advice={advice: self.stage} if advice else {},
        )


class RelayerLedgerView(Protocol):
    """A reader of the ledger; every method raises LedgerError when it cannot read."""

    def look(self, signed: SignedMessage, recipient: int) -> MessageView:
        """Read a message's consent; `recipient` is read where the ledger does not know the consent."""

    def is_carried(self, signed: SignedMessage) -> bool:
        """Return whether what a message asks for is on the ledger."""

    def time(self) -> int:
        """Return the newest block's time, in Unix seconds."""


class RelayerNodeView:
    """The ledger as the operator's own node shows it; `carrier` is the relayer's account.

    connect  connects to the node, which may be down until then
    """

    def __init__(self, connect: Callable[[], Ledger], carrier: str) -> None:
        self._connect = connect
        self._carrier = carrier
        self._connected: Ledger | None = None

    @property
    def _ledger(self) -> Ledger:
        if self._connected is None:
            self._connected = self._connect()
        return self._connected

    def look(self, signed: SignedMessage, recipient: int) -> MessageView:
        """Read a message's consent in the newest block, in only three calls, as this is done for every message."""
        ledger, consent, advice = self._ledger, signed.message.consent, advice_of(signed)
        views: list[tuple[Any, ...]] = [
            ("ConsentRegistry", "getConsent", consent),
            ("CommitmentRegistry", "headOf", consent),
            ("Consortium", "memberOf", self._carrier),
            *([("AdviceLog", "stageOf", advice)] if advice else []),
        ]
        found, head, carrier, *stage = ledger.read_all(*views)
        stored = Consent(*found)
        member = stored.recipient or recipient
        is_adviser, may_carry = ledger.read_all(
            ("Consortium", "isActiveAs", member, Role.ADVISER.value), ("Consortium", "isActive", carrier)
        )
        stages = AdviceStage(*stage) if stage else AdviceStage.NONE
        return MessageView(ledger.time(), stored, member, is_adviser, may_carry, head, stages)

    def is_carried(self, signed: SignedMessage) -> bool:
        """Return whether what a message asks for is on the ledger."""
        return carried.is_carried(signed, self._ledger)

    def time(self) -> int:
        """Return the newest block's time, in Unix seconds."""
        return self._ledger.time()


def is_active_as(ledger: Ledger, member: int, role: bytes) -> bool:
    """Return whether a member is active and has a role."""
    return bool(member and ledger.read("Consortium", "isActiveAs", member, role))


def is_operator(ledger: Ledger) -> Callable[[str], bool]:
    """Return a function that says whether an account acts for an active operator, for `promise.check`."""
    return lambda account: is_active_as(ledger, ledger.member_of(account), Role.OPERATOR.value)


def advice_of(signed: SignedMessage) -> AdviceId | None:
    """Return the advice that a message acknowledges, None for other messages."""
    message = signed.message
    return (message.consent, message.commitment, message.advice) if isinstance(message, Acknowledge) else None
