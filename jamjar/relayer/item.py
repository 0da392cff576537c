"""The items of a relayer as values: a signed message, when it is carried, and its outcome."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, TypeAlias

from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.typed_data import Message, Pause, Withdraw

URGENT: Final[tuple[type[Message], ...]] = (Withdraw, Pause)
"""The messages that wait for no epoch."""


class ItemState(IntEnum):
    """The state of an item; the last two are final."""

    WAITING = 0
    CARRIED = 1
    RECORDED = 2
    REJECTED = 3


class CarriageState(IntEnum):
    """The state of a carriage: journalled and perhaps sent; mined finally; or given up, as it cannot be mined."""

    OPEN = 0
    ENDED = 1
    STRUCK = 2


@dataclass(frozen=True, slots=True)
class Place:
    """The place of the event that records an item; the transaction's hash has 32 bytes."""

    block: int
    transaction: bytes
    log_index: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item was rejected: the contract's error or this relayer's code, and a sentence that says what to do."""

    code: str
    sentence: str


Outcome: TypeAlias = Place | Reason


@dataclass(frozen=True, slots=True)
class Item:
    """One accepted message; `id` is its EIP-712 digest, times are Unix seconds.

    due_at    the time of the epoch it is carried in, or of its acceptance if it is urgent
    carry_by  the time by which its receipt promises that it is recorded or rejected
    outcome   its outcome, once it is RECORDED or REJECTED
    """

    number: int
    id: bytes
    signed: SignedMessage = field(repr=False)
    accepted_at: int
    due_at: int
    carry_by: int
    state: ItemState = ItemState.WAITING
    outcome: Outcome | None = None
    ended_at: int | None = None
