"""A witness cosigns what continues what it cosigned, and keeps evidence of what does not.

When the request is not understood, of an unknown log, or not signed by it   400, 404, 403, and nothing is kept
When the old size is not its own                                             409 with its size
When the log is forked, at the same size too, or rolled back                 422 or 409, and both checkpoints are kept
Given a checkpoint that continues the last                                   200 with a cosignature
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jamjar.tlog.evidence import read_evidence
from jamjar.tlog.note import LOG, Note, read_signatures
from jamjar.tlog.tiles import TileTree
from jamjar.tlog.tree import EMPTY_ROOT, consistency_proof
from jamjar.tlog.witness import SIZE_TYPE, CosignRequest, Witness, WitnessAnswer
from jamjar.tlog.witness_store import WitnessStore

from .world import LOG_KEY, NOW, ORIGIN, WITNESSES, event, files_of, leaves, note_of, signer

KEY = WITNESSES[0]
LOGS = (LOG_KEY.verifier,)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[WitnessStore]:
    opened = WitnessStore(tmp_path / "witness.db", LOGS)
    yield opened
    opened.close()


@pytest.fixture
def witness(store: WitnessStore) -> Witness:
    return Witness(LOGS, [KEY], store, lambda: NOW)


def ask(witness: Witness, old: int, made: list[bytes], proof: tuple[bytes, ...] | None = None) -> WitnessAnswer:
    """Send the log of these leaves, with the proof from the old size."""
    files, edge = files_of(made)
    if proof is None:
        proof = consistency_proof(TileTree(files, edge.size), old, edge.size) if old <= edge.size else ()
    return witness.add_checkpoint(CosignRequest(old, proof, note_of(edge)).to_bytes())


def forked(count: int) -> list[bytes]:
    """The log with another time in its first event."""
    return [event(0, time=NOW - 9).to_bytes(), *leaves(count)[1:]]


def test_it_cosigns_a_growing_log(witness: Witness, store: WitnessStore) -> None:
    old = 0
    for size in (0, 1, 1, 7, 8, 300):
        answer = ask(witness, old, leaves(size))
        assert answer.status == 200
        (line,) = read_signatures(answer.body)
        note = note_of(files_of(leaves(size))[1])
        assert Note(note.text, (line,)).verified([KEY.verifier]) == {KEY.verifier: NOW}
        assert store.latest(ORIGIN) == note
        old = size
    assert store.against() == ()


@pytest.mark.parametrize("body", [b"", b"\xff", b"old 1\n", b"old 01\n\nx\n", b"old -1\n\n", b"new 1\n\nx\n\n"])
def test_what_is_not_understood(witness: Witness, body: bytes) -> None:
    assert witness.add_checkpoint(body).status == 400


def test_a_request_that_is_too_much(witness: Witness) -> None:
    assert ask(witness, 0, leaves(3), (EMPTY_ROOT,) * 64).status == 400
    assert ask(witness, 4, leaves(3)).status == 400


def test_unknown_and_unsigned(witness: Witness, store: WitnessStore) -> None:
    edge = files_of(leaves(3))[1]
    stranger = signer("stranger.example", LOG)
    unsigned = Note(note_of(edge).text, (stranger.sign(note_of(edge).text),))
    false = Note(note_of(edge).text, note_of(files_of(leaves(4))[1]).signatures)
    for note, status in ((unsigned, 403), (false, 403)):
        assert witness.add_checkpoint(CosignRequest(0, (), note).to_bytes()).status == status
    elsewhere = note_of(edge).text.replace(ORIGIN, "stranger.example")
    assert (
        witness.add_checkpoint(CosignRequest(0, (), Note(elsewhere, (stranger.sign(elsewhere),))).to_bytes()).status
        == 404
    )
    assert store.latest(ORIGIN) is None


def test_another_old_size(witness: Witness, store: WitnessStore) -> None:
    assert ask(witness, 2, leaves(5)) == WitnessAnswer(409, "0\n", SIZE_TYPE)
    ask(witness, 0, leaves(5))
    assert ask(witness, 0, leaves(9)) == WitnessAnswer(409, "5\n", SIZE_TYPE)
    assert ask(witness, 4, leaves(9)) == WitnessAnswer(409, "5\n", SIZE_TYPE)
    assert store.against() == ()


@pytest.mark.parametrize("size", [8, 9, 12, 13, 40])
def test_a_fork_is_refused_and_kept(witness: Witness, store: WitnessStore, size: int) -> None:
    ask(witness, 0, leaves(8))
    assert ask(witness, 8, forked(size)).status == 422
    latest = store.latest(ORIGIN)
    assert latest is not None
    (kept,) = store.against()
    assert (kept.earlier, kept.later) == (latest, note_of(files_of(forked(size))[1]))
    assert kept.proves(LOGS) == (size == 8)
    assert read_evidence(str(kept)) == kept
    assert ask(witness, 8, leaves(9)).status == 200


def test_a_rollback_is_refused_and_kept(witness: Witness, store: WitnessStore) -> None:
    ask(witness, 0, leaves(8))
    for old in (0, 5, 8):
        assert ask(witness, old, leaves(5)).status == (400 if old > 5 else 409)
    (kept,) = store.against()
    assert kept.earlier == note_of(files_of(leaves(5))[1])
    assert kept.later == store.latest(ORIGIN)


def test_what_signed_it_besides_is_not_kept(witness: Witness, store: WitnessStore) -> None:
    edge = files_of(leaves(3))[1]
    assert witness.add_checkpoint(CosignRequest(0, (), note_of(edge, cosigners=WITNESSES)).to_bytes()).status == 200
    assert store.latest(ORIGIN) == note_of(edge)


def test_it_remembers_when_it_starts_again(witness: Witness, tmp_path: Path, store: WitnessStore) -> None:
    ask(witness, 0, leaves(8))
    ask(witness, 8, forked(8))
    store.close()
    again = WitnessStore(tmp_path / "witness.db", LOGS)
    assert ask(Witness(LOGS, [KEY], again, lambda: NOW), 0, leaves(3)).status == 409
    assert [kept.proves(LOGS) for kept in again.against()] == [True, False]
    again.close()


def test_many_at_once_never_roll_back(witness: Witness, store: WitnessStore) -> None:
    """The race that the standard describes: of those that continue one tree, one is cosigned."""
    ask(witness, 0, leaves(2))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda size: ask(witness, 2, leaves(size)), range(3, 19)))
    (size,) = [size for size, answer in enumerate(answers, 3) if answer.status == 200]
    assert {answer.body for answer in answers if answer.status != 200} == {f"{size}\n"}
    assert store.latest(ORIGIN) == note_of(files_of(leaves(size))[1])
