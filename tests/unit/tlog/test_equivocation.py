"""A log that shows its witnesses two trees gets cosignatures for one of them only, and leaves evidence.

When it shows each witness another tree                   no tree has enough cosignatures
When it wins a witness for each, and a third for one      the other has too few, and the two prove the fork
"""

from pathlib import Path

import pytest

from jamjar.errors import VerificationFailed
from jamjar.tlog.errors import LogError
from jamjar.tlog.monitor import Kind, Monitor
from jamjar.tlog.monitor_state import MonitorState
from jamjar.tlog.note import Note
from jamjar.tlog.tiles import TileTree

from .world import LOG_KEY, NOW, Direct, Files, event, files_of, leaves, note_of, policy

LOGS = (LOG_KEY.verifier,)
ONE = leaves(9)
OTHER = [*leaves(4), event(4, data=b"forged").to_bytes(), *leaves(12)[5:]]


def shown_to(witnesses: Direct, made: list[bytes], *who: int) -> Note:
    """The checkpoint of these leaves, with the cosignatures of those who give one."""
    files, edge = files_of(made)
    note = note_of(edge)
    for number in who:
        note = note.with_signatures([witnesses.clients[number].cosign(note, TileTree(files, edge.size))])
    return note


def test_each_witness_sees_another_tree(tmp_path: Path) -> None:
    witnesses = Direct(tmp_path)
    third = [*leaves(2), event(2, time=NOW).to_bytes()]
    for number, made in enumerate((ONE, OTHER, third)):
        with pytest.raises(VerificationFailed, match="Too few"):
            policy(2).check(str(shown_to(witnesses, made, number)))


def test_two_trees_with_a_witness_each(tmp_path: Path) -> None:
    witnesses = Direct(tmp_path)
    won, lost = shown_to(witnesses, ONE, 0, 2), shown_to(witnesses, OTHER, 1)
    policy(2).check(str(won))
    for number in (0, 2):
        with pytest.raises(LogError, match="compare the log with its last"):
            shown_to(witnesses, OTHER, number)
        (kept,) = witnesses.stores[number].against()
        assert (kept.later.text, kept.proves(LOGS)) == (lost.text, False)
    with pytest.raises(VerificationFailed, match="Too few"):
        policy(2).check(str(lost))

    files = Files(files_of(OTHER)[0] | {"checkpoint": str(won).encode()})
    honest = Files(files_of(ONE)[0] | {"checkpoint": str(won).encode()})
    state = Monitor(honest, policy(), silence=60).look(MonitorState(), NOW).state
    found = Monitor(files, policy(), silence=60).compare(state, str(lost))
    assert found is not None
    assert found.evidence is not None
    assert (found.kind, found.evidence.proves(LOGS)) == (Kind.SPLIT_VIEW, True)
