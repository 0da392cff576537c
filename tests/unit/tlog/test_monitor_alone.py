"""A monitor without a node, a claimant's for one, still finds what the files themselves show to be wrong.

When events are out of order, twice there, back in time or of another chain    DIFFERS
When a tile is not what the events make                                        DIFFERS
"""

import pytest

from jamjar.tlog.monitor import Kind, Monitor
from jamjar.tlog.monitor_state import State

from .world import NOW, WITNESSES, Files, event, files_of, leaves, note_of, policy

WRONG = {
    "two in each other's place": [*leaves(5), leaves(12)[6], leaves(12)[5], *leaves(12)[7:]],
    "one twice": [*leaves(6), *leaves(12)[5:]],
    "back in time": [*leaves(6), event(6, time=NOW).to_bytes()],
    "another chain": [*leaves(5), event(5, chain=1).to_bytes(), event(6, chain=1).to_bytes()],
}


def kinds(files: Files) -> list[Kind]:
    return [alarm.kind for alarm in Monitor(files, policy(), silence=60).look(State(), NOW).alarms]


def shown(made: list[bytes]) -> Files:
    files, edge = files_of(made)
    files["checkpoint"] = str(note_of(edge, cosigners=WITNESSES)).encode()
    return files


@pytest.mark.parametrize("made", WRONG.values(), ids=WRONG)
def test_what_no_ledger_could_have(made: list[bytes]) -> None:
    assert kinds(shown(made)) == [Kind.DIFFERS]


@pytest.mark.parametrize("path", ["tile/0/000", "tile/1/000.p/1", "tile/0/001.p/44", "tile/entries/000"])
def test_a_tile_that_its_events_do_not_make(path: str) -> None:
    files = shown(leaves(300))
    assert kinds(files) == []
    files[path] = files[path][:-1] + bytes([files[path][-1] ^ 1])
    assert kinds(files) == [Kind.DIFFERS]
