"""A witness that is killed (-9) at any statement: what it answered is kept, and it never goes back."""

from pathlib import Path

from jamjar.tlog.tiles import TileTree
from jamjar.tlog.tree import consistency_proof
from jamjar.tlog.witness import CosignRequest, Witness
from jamjar.tlog.witness_store import WitnessStore
from tests.support import killing

from .world import LOG_KEY, NOW, ORIGIN, WITNESSES, files_of, leaves, note_of

LOGS = (LOG_KEY.verifier,)


def ask(at: Path, old: int, new: int, answered: Path | None = None) -> int:
    """Ask the witness with this file once; a good answer is written down as the network would carry it away."""
    store = WitnessStore(at, LOGS)
    files, edge = files_of(leaves(new))
    proof = consistency_proof(TileTree(files, new), old, new)
    answer = Witness(LOGS, WITNESSES[:1], store, lambda: NOW).add_checkpoint(
        CosignRequest(old, proof, note_of(edge)).to_bytes()
    )
    if answered is not None and answer.status == 200:
        answered.write_text(answer.body)
    store.close()
    return answer.status


def test_killed_at_any_statement(tmp_path: Path) -> None:
    statement, kept = 1, []
    while True:
        at, answered = tmp_path / f"{statement}.db", tmp_path / f"{statement}.answer"
        assert ask(at, 0, 3) == 200
        was_killed = killing.dies(statement, lambda at=at, answered=answered: ask(at, 3, 8, answered))
        store = WitnessStore(at, LOGS)
        latest = store.latest(ORIGIN)
        store.close()
        assert latest in (note_of(files_of(leaves(3))[1]), note_of(files_of(leaves(8))[1]))
        kept.append(latest == note_of(files_of(leaves(8))[1]))
        assert kept[-1] or not answered.exists()
        assert ask(at, 8 if kept[-1] else 3, 9) == 200
        if not was_killed:
            break
        statement += 1
    assert kept.count(False) > 3
    assert kept[-1]
