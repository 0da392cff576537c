"""A monitor finds whatever a log does to its past, and a claimant's monitor what is recorded under their consents.

When the log rolls back, forks, omits, reorders, invents or changes an event    an alarm of that kind
When nothing is cosigned for long, or an event stays out                        SILENCE
When another view contradicts the one read here                                 evidence that anyone judges alike
Given a log that only grows                                                     no alarm, and what is new
"""

from collections.abc import Sequence

import pytest

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.tlog.errors import LogUnavailable
from jamjar.tlog.evidence import read_evidence
from jamjar.tlog.monitor import Kind, Monitor
from jamjar.tlog.monitor_state import MonitorState, read_state

from .world import CONSENT, LOG_KEY, NOW, WITNESSES, Files, Ledger, event, files_of, leaves, note_of, policy

LOGS = [LOG_KEY.verifier]
LATER = NOW + 5 * 1000


def shown(made: Sequence[bytes], *, time: int = LATER) -> Files:
    """The files of a log with these leaves, cosigned."""
    files, edge = files_of(made)
    files["checkpoint"] = str(note_of(edge, cosigners=WITNESSES, time=time)).encode()
    return files


def monitor(files: Files, ledger: Ledger | None = None, **more: object) -> Monitor:
    return Monitor(files, policy(), silence=60, source=ledger, **more)  # type: ignore[arg-type]


def changed(number: int, count: int = 12, **change: object) -> list[bytes]:
    return [*leaves(number), event(number, **change).to_bytes(), *leaves(count)[number + 1 :]]


def kinds(
    files: Files, state: MonitorState | None = None, ledger: Ledger | None = None, now: int = LATER
) -> list[Kind]:
    return [alarm.kind for alarm in monitor(files, ledger).look(state or MonitorState(), now).alarms]


def read(count: int) -> MonitorState:
    """The state after an honest log of so many events."""
    report = monitor(shown(leaves(count))).look(MonitorState(), LATER)
    assert report.alarms == ()
    return report.state


def test_an_honest_log_raises_none() -> None:
    state, ledger, seen = MonitorState(), Ledger(0), []
    for count in (0, 1, 2, 2, 9, 300):
        ledger.there = [event(number) for number in range(count)]
        report = monitor(shown(leaves(count)), ledger, consents=[CONSENT]).look(state, LATER)
        assert report.alarms == ()
        state = read_state(report.state.to_text())
        assert state == report.state
        seen += [number for number, _ in report.seen]
    assert seen == list(range(0, 300, 2))


CHANGED = {
    "omitted": [*leaves(5), *leaves(12)[6:]],
    "two in each other's place": [*leaves(5), leaves(12)[6], leaves(12)[5], *leaves(12)[7:]],
    "another time": changed(5, time=NOW),
    "other data": changed(5, data=b"other"),
    "one twice": [*leaves(6), *leaves(12)[5:]],
    "one more at the end": [*leaves(12), event(12).to_bytes()],
    "another chain": changed(5, chain=1),
}


@pytest.mark.parametrize("made", CHANGED.values(), ids=CHANGED)
@pytest.mark.parametrize("before", [0, 3])
def test_what_is_not_as_on_the_ledger(made: list[bytes], before: int) -> None:
    assert kinds(shown(made), read(before) if before else None, Ledger(12)) == [Kind.DIFFERS]


def test_an_event_that_stays_out_is_late() -> None:
    now = event(11).time
    files = shown(leaves(10), time=now)
    assert kinds(files, None, Ledger(12), now + 50) == []
    assert kinds(files, None, Ledger(12), now + 61) == [Kind.SILENCE, Kind.SILENCE]
    assert kinds(shown(leaves(10), time=now + 61), None, Ledger(12), now + 61) == [Kind.SILENCE]


def test_a_log_that_nobody_cosigned_lately() -> None:
    assert kinds(shown(leaves(4)), None, None, LATER + 61) == [Kind.SILENCE]


def test_a_checkpoint_that_does_not_count() -> None:
    files, edge = files_of(leaves(4))
    for data in (None, b"", b"\xff", str(note_of(edge, cosigners=WITNESSES[:1])).encode()):
        files.pop("checkpoint", None)
        if data is not None:
            files["checkpoint"] = data
        assert kinds(files) == [Kind.UNSIGNED]


def test_a_smaller_tree() -> None:
    report = monitor(shown(leaves(8))).look(read(12), LATER)
    (alarm,) = report.alarms
    assert (alarm.kind, report.state) == (Kind.ROLLBACK, read(12))
    assert alarm.evidence is not None
    assert not alarm.evidence.proves(LOGS)


@pytest.mark.parametrize(("before", "after"), [(12, 12), (12, 13), (8, 12), (3, 300), (7, 8)])
def test_a_fork_is_proven(before: int, after: int) -> None:
    state = read(before)
    report = monitor(shown(changed(1, after, time=NOW - 1))).look(state, LATER)
    (alarm,) = report.alarms
    assert (alarm.kind, report.state) == (Kind.SPLIT_VIEW, state)
    assert alarm.evidence is not None
    assert read_evidence(str(alarm.evidence)) == alarm.evidence
    assert alarm.evidence.proves(LOGS)


@pytest.mark.parametrize("path", ["tile/entries/000.p/12", "tile/0/000.p/12"])
def test_files_that_are_not_what_was_signed(path: str) -> None:
    files = shown(leaves(12))
    for data in (None, files[path][:-1], shown(changed(5, data=b"\1"))[path]):
        wrong = Files({name: each for name, each in files.items() if name != path})
        if data is not None:
            wrong[path] = data
        assert kinds(wrong, read(3)) == [Kind.DIFFERS]


def test_two_views_are_compared() -> None:
    here = monitor(shown(leaves(12)))
    state = read(12)
    for count in (1, 8, 11, 12):
        assert here.compare(state, str(note_of(files_of(leaves(count))[1]))) is None
        alarm = here.compare(state, str(note_of(files_of(changed(0, count, time=NOW - 1))[1])))
        assert alarm is not None
        assert alarm.evidence is not None
        assert (alarm.kind, alarm.evidence.proves(LOGS)) == (Kind.SPLIT_VIEW, True)
    with pytest.raises(LogUnavailable):
        here.compare(state, str(note_of(files_of(leaves(13))[1])))
    with pytest.raises(VerificationFailed):
        here.compare(state, str(note_of(files_of(leaves(12))[1])).replace("\n12\n", "\n11\n"))
    with pytest.raises(InvalidInput):
        here.compare(MonitorState(), str(note_of(files_of(leaves(12))[1])))
