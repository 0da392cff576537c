"""The intake of a relayer: it accepts a signed message once, if the ledger would record it when it is carried."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, TypeAlias

from jamjar.errors import InvalidInput, InvalidSignature, LedgerError
from jamjar.model.state import Stage
from jamjar.protocol import typed_data, vouched
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.signing import SignedMessage, Signer
from jamjar.protocol.token import Token
from jamjar.protocol.typed_data import Domain, Grant, Withdraw
from jamjar.relayer import promise as receipts
from jamjar.relayer.acceptance import Accepted
from jamjar.relayer.admission import Admission, Candidate
from jamjar.relayer.answers import MessageAnswer
from jamjar.relayer.conditions import Conditions
from jamjar.relayer.item import URGENT, Item, ItemState
from jamjar.relayer.ledger_view import MessageView, RelayerLedgerView
from jamjar.relayer.promise import Promise, sign_promise
from jamjar.relayer.queue import Queue
from jamjar.relayer.refusal import RelayerCode as Code
from jamjar.relayer.settings import IntakeSettings
from jamjar.relayer.vouching import CountedBy, by_address
from jamjar.service.database import DatabaseUnavailable
from jamjar.service.rates import Rates
from jamjar.service.refusal import Refusal, Refused, refused

MOST_LOOKING: Final = 20
"""Ordinary messages that may wait for the node at a time, so that a node that hangs leaves threads for urgent ones."""
MOST_URGENT_LOOKING: Final = 10
"""Urgent messages that may do so; more are accepted as if the node were down, but not into the reserve."""
MOST_OF_ONE: Final = 16
"""Most messages queued for one consent, not counting a withdrawal: each decision replays all of them."""
MOST_TURNS: Final = 8

ReplayedLook: TypeAlias = Callable[[SignedMessage, int], MessageView | None]
"""Such as `ReplayedView.look`."""
_Decision: TypeAlias = tuple[int, bool] | Refusal | ItemState


class Intake:
    """The intake of one relayer, safe to use from several threads.

    operator  signs the receipts: an account of an active member that is an operator
    carrier   the address of the account that carries grants
    clock     gives Unix seconds, such as a `SteadyClock`
    replayed  says without asking the node what is known about a message's consent, None where that is not sure; no
              message is refused by it, as the node may know better by now
    counted   by what the messages of one sender are counted, and which grants are refused for want of a token
    """

    def __init__(
        self,
        settings: IntakeSettings,
        deployment: Deployment,
        *,
        ledger_view: RelayerLedgerView,
        queue: Queue,
        operator: Signer,
        carrier: str,
        clock: Callable[[], float],
        replayed: ReplayedLook = lambda *_: None,
        counted: CountedBy = by_address,
    ) -> None:
        self.settings = settings
        self._deployment = deployment
        self._ledger_view, self._replayed, self._counted = ledger_view, replayed, counted
        self._queue = queue
        self._operator = operator
        self._conditions = Conditions(settings.timing, deployment.settings, carrier)
        self._clock = clock
        self._domain = receipts.domain_of(deployment.domain_of(Grant))
        own, hops = (settings.burst, settings.per_second), (settings.hop_burst, settings.hop_per_second)
        self._rates = {
            (urgent, hop): Rates(*(hops if hop else own)) for urgent in (False, True) for hop in (False, True)
        }
        self._admission = Admission(settings, queue, clock)
        self._looking = threading.BoundedSemaphore(MOST_LOOKING)
        self._urgent_looking = threading.BoundedSemaphore(MOST_URGENT_LOOKING)

    def take(self, text: object, sender: str, *, by_hop: bool = False) -> MessageAnswer:
        """Accept the text of a jamjar.signed.1 or .2, or of a jamjar.vouched.1, from a sender, such as an address.

        by_hop  whether the sender is a hop, which many people send through, and which has limits of its own

        Raises Refused. Sending the same message again is safe, and returns its state.
        """
        try:
            return self._take(text, sender, by_hop)
        except DatabaseUnavailable as error:
            raise refused(Code.STORE_UNAVAILABLE, str(error)) from None

    def look(self, name: bytes) -> MessageAnswer:
        """Return the outcome of a message that is carried, by its digest; raises Refused for all others.

        Some digests can be guessed. The state of a queued message is returned only to those who send it again.
        """
        try:
            item = self._queue.item(name)
        except DatabaseUnavailable as error:
            raise refused(Code.STORE_UNAVAILABLE, str(error)) from None
        if item is None or item.state is ItemState.WAITING:
            raise refused(Code.UNKNOWN_MESSAGE, "No message with this id was carried; send it again to see its state.")
        return self._answer(item)

    def _take(self, text: object, address: str, by_hop: bool) -> MessageAnswer:
        signed, domain, token = self._read(text)
        urgent = isinstance(signed.message, URGENT)
        name = typed_data.digest(domain, signed.message)
        sender, unvouched = self._count(signed, token, address, by_hop=by_hop)
        by_hop = by_hop and sender == address
        known, waiting = self._queue.find(name, signed.message.consent)
        if known is not None and known.state is not ItemState.REJECTED:
            return self._answer(known)  # a rejected one may be accepted by now, with the same signature
        if unvouched is not None:
            raise unvouched
        for _ in range(MOST_TURNS):  # a queue seldom changes, or an epoch passes, during a decision
            now = self._clock()
            if len(waiting) >= MOST_OF_ONE and not isinstance(signed.message, Withdraw):
                raise refused(Code.TOO_MANY, "Too many messages are queued for this consent; send it again later.")
            found = self._decide_alone(signed, waiting, int(now))
            if found is None:
                with self._room_to_look(urgent) as has_room:
                    if has_room:
                        found = self._decide(signed, waiting, int(now))
                    else:
                        found = self.settings.timing.due_at(signed.message, 0, waiting, int(now)), False
            if isinstance(found, Refusal):
                if known is not None:
                    return self._answer(known)
                raise Refused(found)
            if isinstance(found, ItemState):
                return MessageAnswer(name, found)
            due_at, is_known = found
            carry_by = self.settings.timing.carry_by(signed.message, due_at, waiting)
            good = token if sender != address else None  # what nobody verified is not kept, nor published
            new = Accepted(name, signed, domain, int(now), due_at, carry_by, good)
            seen = frozenset(each.number for each in waiting)
            item = self._admission.admit(Candidate(new, seen, sender, is_known, by_hop))
            if item is not None:
                return self._answer(item, is_new=True)
            _, waiting = self._queue.find(name, signed.message.consent)
        raise refused(Code.BUSY, "The relayer is busy; send it again in a minute.")

    def _count(
        self, signed: SignedMessage, token: Token | None, address: str, *, by_hop: bool
    ) -> tuple[str, Refused | None]:
        """Count a message; return by what, and why it is refused unless it is known. Raises Refused for too many."""
        urgent = isinstance(signed.message, URGENT)
        try:
            sender, unvouched = self._counted(signed, token, address), None
        except Refused as refusal:
            sender, unvouched = address, refusal
        by_hop = by_hop and sender == address  # whom a token vouches for is counted alone
        if self._rates[urgent, by_hop].allow(sender, self._clock()):
            return sender, unvouched
        raise unvouched or refused(
            Code.TOO_FAST, "Too many messages were sent at once; wait a little, and send it again."
        )

    def _read(self, text: object) -> tuple[SignedMessage, Domain, Token | None]:
        try:
            signed, domain, token = vouched.read(text)
        except InvalidSignature as error:
            raise refused(Code.BAD_SIGNATURE, str(error)) from None
        except InvalidInput as error:
            raise refused(Code.MALFORMED, str(error)) from None
        if domain != self._deployment.domain_of(type(signed.message)):
            raise refused(
                Code.WRONG_LEDGER, "The message is for another chain or contract; send it to that one's relayer."
            )
        try:
            self._deployment.check_signed(signed)
        except InvalidInput as error:
            raise refused(Code.BAD_SIGNATURE, str(error)) from None
        return signed, domain, token

    def _decide_alone(self, signed: SignedMessage, waiting: tuple[Item, ...], now: int) -> _Decision | None:
        """Decide as `_decide` does, but by what is replayed; None where that is not sure, or the message refused."""
        view = self._replayed(signed, _recipient(signed, waiting))
        if view is None:
            return None
        found = self._conditions.decide(signed, view, waiting, now)
        return None if isinstance(found, Refusal) else (found, _is_known(view, waiting))

    def _decide(self, signed: SignedMessage, waiting: tuple[Item, ...], now: int) -> _Decision:
        """Ask the node, and return when it is carried and whether its consent is known.

        Returns why it is refused instead, or that it is on record.
        """
        timing, message = self.settings.timing, signed.message
        try:
            view = self._ledger_view.look(signed, _recipient(signed, waiting))
            found = self._conditions.decide(signed, view, waiting, now)
            if isinstance(found, Refusal):
                return ItemState.RECORDED if self._ledger_view.is_carried(signed) else found
        except LedgerError:
            if isinstance(message, URGENT):  # nothing may stop a withdrawal: it is carried as soon as possible
                return timing.due_at(message, 0, waiting, now), True
            return Refusal(Code.NODE_UNAVAILABLE, "The relayer cannot reach its node; send it again later.")
        return found, _is_known(view, waiting)

    @contextmanager
    def _room_to_look(self, urgent: bool) -> Iterator[bool]:
        looking = self._urgent_looking if urgent else self._looking
        has_room = looking.acquire(blocking=False)
        if not has_room and not urgent:
            raise refused(Code.BUSY, "The relayer is waiting for its node; send it again in a minute.")
        try:
            yield has_room
        finally:
            if has_room:
                looking.release()

    def _answer(self, item: Item, *, is_new: bool = False) -> MessageAnswer:
        receipt = None
        if item.state is ItemState.WAITING:
            promised = Promise(item.id, item.accepted_at, item.carry_by)
            receipt = sign_promise(promised, self._operator, self._domain)
        return MessageAnswer(item.id, item.state, item.outcome, receipt, is_new)


def _grant(waiting: Sequence[Item]) -> Grant | None:
    return next((item.signed.message for item in waiting if isinstance(item.signed.message, Grant)), None)


def _recipient(signed: SignedMessage, waiting: Sequence[Item]) -> int:
    """Return the recipient of a consent that the ledger does not know: that of its grant."""
    asked = signed.message if isinstance(signed.message, Grant) else _grant(waiting)
    return 0 if asked is None else asked.recipient


def _is_known(view: MessageView, waiting: Sequence[Item]) -> bool:
    return view.consent.stage is not Stage.NONE or _grant(waiting) is not None
