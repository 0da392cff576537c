"""The books of a soak: what balances passes, and each way of not balancing is told.

Given each message accepted is recorded once or rejected     nothing is wrong
When one is lost, still waits, or has no event               that sentence comes
When two share an event, or one stands there twice           likewise
When a node or the log has another record                    likewise
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pytest

from benchmarks.network.tally import EVENTS, Books, Row, percentiles, wrong
from jamjar.protocol.event_decoding import topic_of
from jamjar.relayer.item import ItemState
from jamjar.tlog.leaf import RawEvent

TOPICS = {kind: bytes.fromhex(str(topic_of(name))[2:]) for kind, name in EVENTS.items()}
FOUNDED = bytes(31) + b"\7"
"""The topic of an event that no message makes."""


def word(number: int) -> bytes:
    return number.to_bytes(32, "big")


def event(place: int, topic: bytes, block: int = 5) -> RawEvent:
    return RawEvent(1, bytes(20), block, word(block), 9, word(place), place, (topic,), b"")


def row(place: int, kind: str, state: ItemState = ItemState.RECORDED) -> Row:
    ended = (5, word(place), place) if state is ItemState.RECORDED else (None, None, None)
    reason = "ConsentNotLive: it has ended" if state is ItemState.REJECTED else ""
    return Row(word(100 + place), kind, int(state), *ended, reason, 10, 13)


@dataclass
class Run:
    """A run of four messages that balances, at two nodes; tests change it."""

    rows: list[Row] = field(
        default_factory=lambda: [
            *(row(1, "Grant"), row(2, "Commit"), row(3, "Withdraw")),
            row(4, "Commit", ItemState.REJECTED),
        ]
    )
    events: dict[int, list[RawEvent]] = field(
        default_factory=lambda: {
            node: [event(0, FOUNDED), *(event(place, topic) for place, topic in enumerate(TOPICS.values(), 1))]
            for node in (1, 2)
        }
    )
    accepted: Mapping[bytes, str] = field(default_factory=lambda: {word(100 + n): "Grant" for n in (1, 2, 3, 4)})
    log_size: int = 4

    def books(self) -> Books:
        return Books(tuple(self.rows), {node: tuple(found) for node, found in self.events.items()})

    def wrong(self) -> list[str]:
        return wrong(self.books(), self.accepted, self.log_size)

    def everywhere(self, more: RawEvent) -> None:
        for found in self.events.values():
            found.append(more)
        self.log_size += 1


def test_what_balances() -> None:
    run = Run()
    assert run.wrong() == []
    assert (run.books().count(ItemState.RECORDED), run.books().reasons()) == (3, {"ConsentNotLive": 1})
    assert run.books().seconds() == [3, 3, 3]
    assert percentiles([1, 2, 9]) == (2, 9, 9)


def _lost(run: Run) -> None:
    run.rows.pop()


def _waits(run: Run) -> None:
    run.rows[3] = row(4, "Commit", ItemState.CARRIED)


def _claimed(run: Run) -> None:
    run.rows[3] = row(4, "Commit")


def _shared(run: Run) -> None:
    run.rows[1] = replace(run.rows[1], transaction=word(1), log_index=1)


def _twice(run: Run) -> None:
    run.everywhere(event(9, TOPICS["Withdraw"]))


def _rejected_and_there(run: Run) -> None:
    run.everywhere(event(4, TOPICS["Commit"]))


def _of_another_kind(run: Run) -> None:
    for found in run.events.values():
        found[1] = event(1, TOPICS["Withdraw"])


def _one_node_lacks_one(run: Run) -> None:
    run.events[2].pop()


def _one_node_has_another_block(run: Run) -> None:
    run.events[2][2] = replace(run.events[2][2], block_hash=word(6))


def _log(run: Run) -> None:
    run.log_size -= 1


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (_lost, ["A message that was accepted is in no database."]),
        (_waits, ["Accepted are not recorded and rejected."]),
        (_claimed, ["A message counts as recorded, and has no event.", "Events of Commit are not as many"]),
        (_shared, ["Two messages have the same event.", "An event is there that no message made, or twice."]),
        (_twice, ["An event is there that no message made, or twice.", "Events of Withdraw are not as many"]),
        (
            _rejected_and_there,
            ["An event is there that no message made, or twice.", "Events of Commit are not as many"],
        ),
        (_of_another_kind, ["Events of Grant are not as many", "Events of Withdraw are not as many"]),
        (_one_node_lacks_one, ["Nodes have different events."]),
        (_one_node_has_another_block, ["Nodes have different events."]),
        (_log, ["The log has another number of events than the nodes."]),
    ],
)
def test_what_does_not(change: Callable[[Run], None], sentences: list[str]) -> None:
    run = Run()
    change(run)
    found = run.wrong()
    assert len(found) == len(sentences)
    for sentence in sentences:
        assert any(each.startswith(sentence) for each in found)
