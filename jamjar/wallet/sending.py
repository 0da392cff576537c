"""Having one message carried, or some: by an account, or by a relayer; and what became of each.

A message stays queued until the ledger has it, or refused it for good; so whatever goes wrong, it can be sent again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias

from jamjar.errors import JamjarError, NotYet, Rejected
from jamjar.ledger.carried import is_carried
from jamjar.protocol.typed_data import Commit, Grant, Pause, Withdraw
from jamjar.service.refusal import Refused
from jamjar.wallet.by_hop import KeptByHop, RelayerByHop
from jamjar.wallet.calendar import goes_at_once
from jamjar.wallet.spare import token_of
from jamjar.wallet.timetable import put_off, timetable

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.ledger.transacting import Sender
    from jamjar.protocol.signing import SignedMessage
    from jamjar.protocol.token import Token
    from jamjar.relayer.answers import MessageAnswer
    from jamjar.relayer.client import RelayerClient
    from jamjar.wallet.calendar import Waiting
    from jamjar.wallet.wallet import Wallet

AGAIN: Final = 600
"""Seconds until what a relayer refused, or did not carry in time, may be sent again, if nothing else holds it."""


class SentState(Enum):
    """What became of a message that was sent: only the first two are on the ledger."""

    RECORDED = "recorded"
    KNOWN = "known"
    TAKEN = "taken"
    KEPT = "kept"
    TOO_EARLY = "too early"
    REFUSED = "refused"
    QUEUED = "queued"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one message.

    block     in which it was recorded just now; 0 where that is not known
    until     until when a hop keeps it, in Unix seconds
    sentence  why it is not on its way
    answer    the relayer's, of what it took
    """

    signed: SignedMessage
    state: SentState
    block: int = 0
    until: int = 0
    sentence: str = ""
    answer: MessageAnswer | None = None

    @property
    def is_on_ledger(self) -> bool:
        """Whether the ledger has it."""
        return self.state in {SentState.RECORDED, SentState.KNOWN}


ToRelayer: TypeAlias = "RelayerClient | RelayerByHop"
"""What gives messages to a relayer: itself, or through a hop."""
Way: TypeAlias = "Callable[[Wallet, SignedMessage, Ledger], Sent]"
"""A way to the ledger: an account's, or a relayer's."""


def by_account(sender: Sender) -> Way:
    """Return the way by an account of the claimant's own or of a member."""
    return lambda wallet, signed, ledger: carry(wallet, signed, ledger, sender)


def by_relayer(client: Callable[[], ToRelayer], clock: Callable[[], float] = time.time) -> Way:
    """Return the way by a relayer; `client` opens a new connection to it, or to a hop, which passes on at once."""

    def send(wallet: Wallet, signed: SignedMessage, ledger: Ledger) -> Sent:
        queued = timetable(wallet).get(signed.message.consent, ())
        waiting = [waiting for waiting, _ in queued if waiting.signed == signed]
        for each in relay(wallet, waiting, client(), ledger, int(clock()), at_once=True):
            return each
        return Sent(signed, SentState.KNOWN)  # it waits no longer

    return send


def carry(wallet: Wallet, signed: SignedMessage, ledger: Ledger, sender: Sender) -> Sent:
    """Carry one message by an account; raises the errors of the ledger after which it is still queued."""
    if why := _too_early(signed, ledger, sender):
        return Sent(signed, SentState.TOO_EARLY, sentence=why)
    try:
        receipt = wallet.carry(signed, ledger, sender)
    except NotYet as error:
        return Sent(signed, SentState.TOO_EARLY, sentence=str(error))
    except Rejected as error:
        return Sent(signed, SentState.REFUSED, sentence=str(error))
    return Sent(signed, SentState.KNOWN) if receipt is None else Sent(signed, SentState.RECORDED, receipt.block)


def relay(
    wallet: Wallet,
    waiting: Sequence[Waiting],
    client: ToRelayer,
    ledger: Ledger,
    now: int,
    *,
    at_once: bool = False,
) -> Iterator[Sent]:
    """Give messages of one consent to a relayer over one connection, and yield what it says of each.

    What it has had before, and was to have carried by now, is looked up on the ledger first. A hop keeps what can wait,
    unless `at_once`; what it keeps is overtaken by what is urgent only, and goes along with a pause.

    Raises the error that ended it, after a withdrawal among them was tried, whatever the error.
    """
    is_kept, failed = False, None
    for place, each in enumerate(waiting):
        hurries = at_once or goes_at_once(each.signed.message)
        hurries |= any(isinstance(later.signed.message, Pause) for later in waiting[place:])
        if (is_kept and not hurries) or (failed is not None and not isinstance(each.signed.message, Withdraw)):
            continue
        try:
            sent = _relayed(wallet, each, client, ledger, now, urgent=hurries)
        except JamjarError as error:
            failed = failed or error
            continue
        is_kept |= sent.state is SentState.KEPT
        yield sent
    if failed is not None:
        raise failed


def _relayed(wallet: Wallet, waiting: Waiting, client: ToRelayer, ledger: Ledger, now: int, *, urgent: bool) -> Sent:
    """Give one message to a relayer, unless the ledger has it, and return what it says."""
    signed = waiting.signed
    if waiting.is_given and is_carried(signed, ledger):
        wallet.settle(signed, ledger.height())
        return Sent(signed, SentState.KNOWN)
    try:
        answer = _given(client, signed, token_of(wallet.vault, signed.message.consent), urgent=urgent)
    except KeptByHop as kept:
        put_off(wallet, signed, max(now, kept.until), is_given=False)
        return Sent(signed, SentState.KEPT, until=kept.until, sentence=str(kept))
    except Refused as error:
        put_off(wallet, signed, now + AGAIN, is_given=False)
        return Sent(signed, SentState.QUEUED, sentence=str(error))
    until = answer.receipt.receipt.carry_by if answer.receipt else now
    put_off(wallet, signed, max(until, now + AGAIN), is_given=True)
    return Sent(signed, SentState.TAKEN, answer=answer)


def _given(client: ToRelayer, signed: SignedMessage, token: Token | None, *, urgent: bool) -> MessageAnswer:
    """Give a message to a relayer, which knows by itself what is urgent, or to a hop, which does not."""
    if isinstance(client, RelayerByHop):
        return client.send(signed, token, urgent=urgent)
    return client.send(signed, token)


def try_to_send(wallet: Wallet, signed: SignedMessage, ledger: Callable[[], Ledger], way: Way | None) -> Sent:
    """Send a message that is signed; whatever goes wrong, it is queued still, and the sentence says what it was."""
    if way is None:
        sentence = "No carrier is named; name an account or a relayer, or hand the message to somebody who has one."
        return Sent(signed, SentState.QUEUED, sentence=sentence)
    try:
        return way(wallet, signed, ledger())
    except JamjarError as error:
        return Sent(signed, SentState.QUEUED, sentence=str(error))


def settle_carried(wallet: Wallet, ledger: Ledger) -> int:
    """Take out of the queue what the ledger has, and return how many are left."""
    waiting = wallet.outgoing()
    carried = [signed for signed in waiting if is_carried(signed, ledger)]
    height = ledger.height()
    for signed in carried:
        wallet.settle(signed, height)
    return len(waiting) - len(carried)


def _too_early(signed: SignedMessage, ledger: Ledger, sender: Sender) -> str:
    """Return why a message would be refused now but not later: a refused message must be signed again."""
    if isinstance(signed.message, Grant):
        member = ledger.member_of(sender)
        if not member or not ledger.read("Consortium", "isActive", member):
            return "This account acts for no active member; name one that does with --account."
        return ""
    status = ledger.status(signed.message.consent)
    if status == "NONE":
        return "The grant of its consent is not carried; send that first, or erase the consent."
    if status == "SCHEDULED" and isinstance(signed.message, Commit):
        return "Its consent has not begun; send it then."
    return ""
