"""What is compared in the end finds what is lost, there twice, carried twice, or not where it is said to be."""

import pytest

from jamjar.protocol.events import CommitmentRejected, Committed, Event, Origin
from jamjar.protocol.signing import Signature, SignedMessage
from jamjar.protocol.typed_data import Commit
from jamjar.relayer.answers import MessageAnswer
from jamjar.relayer.item import ItemState, Place, Rejection
from tests.faults.messages import Reply, differences

CONSENT, OTHER = (f"0x{number * 40}" for number in "12")
ROOT, ID = b"\1" * 32, b"\2" * 32
SIGNED = SignedMessage(Commit(CONSENT, ROOT, bytes(32)), Signature(b"\3" * 32, b"\4" * 32))


def committed(block: int = 7, root: bytes = ROOT) -> Event:
    return Committed(Origin(block, "0x" + "05" * 32, 0, OTHER), CONSENT, OTHER, root)


def rejection() -> Event:
    return CommitmentRejected(Origin(9, "0x" + "06" * 32, 0, OTHER), CONSENT, OTHER, 0, b"")


RECORDED = MessageAnswer(ID, ItemState.RECORDED, Place(7, b"\5" * 32, 0))
REJECTED = MessageAnswer(ID, ItemState.REJECTED, Rejection("ConsentNotLive", "Wait."))


@pytest.mark.parametrize(
    ("reply", "events"),
    [
        (RECORDED, []),
        (RECORDED, [committed(block=8)]),
        (RECORDED, [committed(root=ID)]),
        (RECORDED, [committed(), committed(block=8)]),
        (RECORDED, [committed(), rejection()]),
        (REJECTED, [committed()]),
        (REJECTED, [rejection(), rejection()]),
        (REJECTED, []),
        (MessageAnswer(ID, ItemState.CARRIED), []),
        ("FULL", [committed()]),
        (None, [committed()]),
    ],
)
def test_finds_a_difference(reply: Reply, events: list[Event]) -> None:
    assert list(differences({SIGNED: reply}, events)) != []


@pytest.mark.parametrize(
    ("reply", "events"), [(RECORDED, [committed()]), (REJECTED, [rejection()]), ("FULL", []), (None, [])]
)
def test_finds_none(reply: Reply, events: list[Event]) -> None:
    assert list(differences({SIGNED: reply}, events)) == []
