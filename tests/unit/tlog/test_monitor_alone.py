"""A monitor without a node, a claimant's for one, still finds what the files themselves show to be wrong.

When events are out of order, twice there, back in time or of another chain    DIFFERS
When a tile is not what the events make                                        DIFFERS
When another log of the policy is shown in its place                           DIFFERS
When its own file is damaged                                                   it is refused
When files are not of the tree that another was shown                          nothing is said of it
"""

import pytest

from jamjar.errors import InvalidInput
from jamjar.tlog.errors import LogUnavailable
from jamjar.tlog.monitor import Kind, Monitor
from jamjar.tlog.monitor_state import MonitorState, read_state
from jamjar.tlog.note import LOG, Note
from jamjar.tlog.policy import read_policy

from .world import NOW, ORIGIN, WITNESSES, Files, event, files_of, leaves, note_of, policy, policy_text, signer

WRONG = {
    "two in each other's place": [*leaves(5), leaves(12)[6], leaves(12)[5], *leaves(12)[7:]],
    "one twice": [*leaves(6), *leaves(12)[5:]],
    "back in time": [*leaves(6), event(6, time=NOW).to_bytes()],
    "another chain": [*leaves(5), event(5, chain=1).to_bytes(), event(6, chain=1).to_bytes()],
}


def kinds(files: Files) -> list[Kind]:
    return [alarm.kind for alarm in Monitor(files, policy(), silence=60).look(MonitorState(), NOW).alarms]


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


def read(count: int) -> MonitorState:
    """The state after an honest log of so many events."""
    return Monitor(shown(leaves(count)), policy(), silence=60).look(MonitorState(), NOW).state


def test_another_log_in_its_place() -> None:
    """Of the same events, signed and cosigned: whether it continues the first, nobody has promised."""
    other = signer("other.example", LOG)
    text = note_of(files_of(leaves(12))[1]).text.replace(ORIGIN, "other.example")
    cosigned = [each.cosign(text, NOW) for each in WITNESSES]
    files = shown(leaves(12)) | {"checkpoint": str(Note(text, (other.sign(text), *cosigned))).encode()}
    both = read_policy(f"log {other.verifier}\n{policy_text()}")
    (alarm,) = Monitor(Files(files), both, silence=60).look(read(9), NOW).alarms
    assert (alarm.kind, "is now other.example" in alarm.sentence) == (Kind.DIFFERS, True)


def test_its_own_file() -> None:
    kept = read(12).to_text()
    assert read_state(kept) == read(12)
    at = kept.index('"hashes":["') + len('"hashes":["')
    with pytest.raises(InvalidInput, match="damaged"):
        read_state(kept[:at] + ("A" if kept[at] != "A" else "B") + kept[at + 1 :])


def test_another_view_and_files_of_neither() -> None:
    forked = [event(0, time=NOW - 1).to_bytes(), *leaves(13)[1:]]
    with pytest.raises(LogUnavailable):
        Monitor(shown(forked), policy(), silence=60).compare(read(12), str(note_of(files_of(leaves(13))[1])))
