"""What claimants send in these tests, and what the ledger has of it, read without the relayer."""

import secrets
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import TypeAlias

from jamjar.protocol.events import Event
from jamjar.protocol.settings import DAY, HOUR
from jamjar.protocol.signing import ConsentKey, SignedMessage, sign
from jamjar.protocol.typed_data import Commit, Grant, Message, Pause, Resume, Withdraw
from jamjar.relayer.answers import MessageAnswer
from jamjar.relayer.item import ItemState, Place
from jamjar.sandbox.local_chain import ADVISER
from tests.faults.anvil import Snapshot

Reply: TypeAlias = MessageAnswer | str | None
"""What a door answered: an answer, the code of a refusal, or nothing."""
FINAL = (ItemState.RECORDED, ItemState.REJECTED)
EVENTS = {
    "Grant": ("ConsentGranted", "GrantRejected"),
    "Pause": ("ConsentPaused", ""),
    "Resume": ("ConsentResumed", ""),
    "Withdraw": ("ConsentWithdrawn", "WithdrawalRejected"),
    "Commit": ("Committed", "CommitmentRejected"),
}
"""Which event says that a message is recorded, and which that it was rejected in a batch."""


class Claimants:
    """Signs for consents of the snapshot, and for new ones."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def grant(self) -> SignedMessage:
        """Return a new consent's grant, which begins in a quarter of an hour, on no full hour: it waits for none."""
        key, begins = ConsentKey.generate(secrets.token_bytes), int(time.time()) + 900
        begins += begins % HOUR == 0
        times = begins, begins + 90 * DAY, begins + 30 * DAY
        return self._sign(key, Grant(key.address, ADVISER, *times, 3, secrets.token_bytes(32)))

    def commit(self, key: ConsentKey, replaces: bytes = bytes(32)) -> SignedMessage:
        """Return a commitment of a consent that lives."""
        return self._sign(key, Commit(key.address, secrets.token_bytes(32), replaces))

    def pause(self, key: ConsentKey) -> SignedMessage:
        """Return the first pause of a consent."""
        return self._sign(key, Pause(key.address, 0))

    def resume(self, key: ConsentKey) -> SignedMessage:
        """Return what ends it."""
        return self._sign(key, Resume(key.address, 1))

    def withdraw(self, key: ConsentKey) -> SignedMessage:
        """Return the end of a consent."""
        return self._sign(key, Withdraw(key.address))

    def _sign(self, key: ConsentKey, message: Message) -> SignedMessage:
        return sign(key, self._snapshot.deployment.domain_of(type(message)), message)


def differences(answers: Mapping[SignedMessage, Reply], events: Iterable[Event]) -> Iterator[str]:
    """Yield where what a relayer says of messages is not what the ledger has.

    What is recorded stands where the relayer says, and nowhere else; what is rejected, or was never accepted, stands
    nowhere. As many were rejected in batches as are said to be, so that nothing was carried a second time.
    """
    about, rejected = dict[str, list[Event]](), Counter[tuple[str, str]]()
    for event in events:
        consent = getattr(event, "consent", "")
        about.setdefault(consent, []).append(event)
        rejected[type(event).__name__, consent] += 1
    for signed, reply in answers.items():
        message = signed.message
        recorded, rejection = EVENTS[type(message).__name__]
        found = [
            _place(e) for e in about.get(message.consent, []) if type(e).__name__ == recorded and _says(e, message)
        ]
        rejected[rejection, message.consent] -= state_of(reply) is ItemState.REJECTED
        if found != ([reply.outcome] if isinstance(reply, MessageAnswer) and reply.state is ItemState.RECORDED else []):
            yield f"{type(message).__name__}: {reply}, but on the ledger {found}"
        if isinstance(reply, MessageAnswer) and not is_final(reply):
            yield f"{type(message).__name__} has not ended: {reply}"
    for (name, consent), surplus in rejected.items():
        if surplus and name.endswith("Rejected"):
            yield f"{name} of {consent}: {surplus} more on the ledger than reported"


def took(reply: Reply) -> bool:
    """Whether a message was accepted."""
    return isinstance(reply, MessageAnswer)


def state_of(reply: Reply) -> ItemState | None:
    """How far a message has come, None if it is not known."""
    return reply.state if isinstance(reply, MessageAnswer) else None


def is_final(reply: Reply) -> bool:
    """Whether a message is recorded or rejected."""
    return state_of(reply) in FINAL


def _place(event: Event) -> Place:
    at = event.origin
    return Place(at.block, bytes.fromhex(at.transaction.removeprefix("0x")), at.index)


def _says(event: Event, message: Message) -> bool:
    common = {field.name for field in fields(event)} & {field.name for field in fields(message)}
    return all(getattr(event, name) == getattr(message, name) for name in common)
