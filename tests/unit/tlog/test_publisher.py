"""What is final on the ledger is published once, in order, however often the publisher is killed.

When the ledger no longer shows what the log has             nothing is signed
When the folder is damaged, or another log's                 nothing is signed
When too few witnesses cosign                                what is published stays
"""

from pathlib import Path
from typing import Any

import pytest

from jamjar.tlog.checkpoint import read_checkpoint
from jamjar.tlog.errors import LogDiffers, LogUnavailable, WitnessesMissing
from jamjar.tlog.folder import Folder
from jamjar.tlog.note import LOG, Note, NoteSignature, read_note
from jamjar.tlog.publisher import CHECKPOINT, SIGNED, Publisher
from jamjar.tlog.reading import size_at
from jamjar.tlog.tiles import TileTree
from jamjar.tlog.tree import Subtrees, root

from .world import LOG_KEY, NOW, WITNESSES, Direct, Ledger, content, event, files_of, leaves, policy, publisher, signer


def test_it_publishes_what_is_final(tmp_path: Path) -> None:
    ledger, at = Ledger(0), tmp_path / "log"
    running = publisher(at, ledger)
    for count in (0, 0, 4, 4, 6, 600):
        ledger.there = [event(number) for number in range(count)]
        before = len(list(TileTree(Folder(at), 0).leaves(0, 0)))
        done = running.publish()
        assert (done.checkpoint.size, done.failed, before) == (count, (), 0)
        files, edge = files_of(leaves(count))
        assert files.items() <= content(at).items()
        note = read_note((at / CHECKPOINT).read_text())
        assert list(note.verified([LOG_KEY.verifier])) == [LOG_KEY.verifier]
        assert read_checkpoint(note.text).root == edge.frontier().root


def test_every_block_has_its_size_and_root(tmp_path: Path) -> None:
    publisher(tmp_path, Ledger(41)).publish()
    tree = TileTree(Folder(tmp_path), 41)
    for block in range(-1, 23):
        size = min(41, 2 * (block + 1))
        assert size_at(tree, block) == size
        assert root(tree, size) == files_of(leaves(size))[1].frontier().root


def test_witnesses_cosign_and_cosign_anew(tmp_path: Path) -> None:
    now = [NOW]
    witnesses, ledger = Direct(tmp_path, lambda: now[0]), Ledger(6)
    running = publisher(tmp_path / "log", ledger, witnesses)
    for time in (NOW, NOW + 60):
        now[0] = time
        assert running.publish().failed == ()
        signed = policy(3).check((tmp_path / "log" / CHECKPOINT).read_text())
        assert set(signed.cosigned.values()) == {time}
        assert len(signed.note.signatures) == 4


def test_too_few_witnesses(tmp_path: Path) -> None:
    witnesses, ledger, at = Direct(tmp_path), Ledger(6), tmp_path / "log"
    publisher(at, ledger, witnesses).publish()
    published = (at / CHECKPOINT).read_bytes()
    witnesses.down = {0, 1}
    ledger.there.append(event(6))
    with pytest.raises(WitnessesMissing, match="bank did not answer"):
        publisher(at, ledger, witnesses).publish()
    assert (at / CHECKPOINT).read_bytes() == published
    witnesses.down = {2}
    assert publisher(at, ledger, witnesses).publish().failed == ("university did not answer; ask again.",)
    assert policy(2).check((at / CHECKPOINT).read_text()).checkpoint.size == 7


@pytest.mark.parametrize("change", [{"time": NOW}, {"block_hash": bytes(32)}, None], ids=str)
def test_the_ledger_took_it_back(tmp_path: Path, change: dict[str, Any] | None) -> None:
    ledger = Ledger(6)
    publisher(tmp_path, ledger).publish()
    before = content(tmp_path)
    ledger.there[5:6] = [event(5, **change)] if change else []
    ledger.there.append(event(6))
    with pytest.raises(LogDiffers, match="Block 2"):
        publisher(tmp_path, ledger).publish()
    assert content(tmp_path) == before


def test_a_node_that_is_behind_changes_nothing(tmp_path: Path) -> None:
    publisher(tmp_path, Ledger(9)).publish()
    assert publisher(tmp_path, Ledger(4)).publish().new == 0


def test_events_in_a_wrong_order(tmp_path: Path) -> None:
    ledger = Ledger(6)
    ledger.there[2:4] = reversed(ledger.there[2:4])
    with pytest.raises(LogDiffers, match="ask another node"):
        publisher(tmp_path, ledger).publish()
    assert not (tmp_path / SIGNED).exists()


def test_a_damaged_folder_or_another_key(tmp_path: Path) -> None:
    publisher(tmp_path, Ledger(6)).publish()
    other = Publisher(Folder(tmp_path), signer("other.example", LOG), Ledger(6))
    with pytest.raises(LogDiffers):
        other.publish()
    good = content(tmp_path)
    for name, data in good.items():
        for wrong in (b"", data[:-1], bytes([data[0] ^ 1]) + data[1:]):
            if name != CHECKPOINT:
                (tmp_path / name).write_bytes(wrong)
                with pytest.raises(LogDiffers):
                    publisher(tmp_path, Ledger(8)).publish()
        (tmp_path / name).write_bytes(data)


def test_two_publishers(tmp_path: Path) -> None:
    with Folder(tmp_path).alone(), pytest.raises(LogUnavailable, match="Another publisher"):
        publisher(tmp_path, Ledger(2)).publish()
    assert publisher(tmp_path, Ledger(2)).publish().new == 2


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "tile").write_text("a file where the folder should be")
    with pytest.raises(LogUnavailable):
        publisher(tmp_path, Ledger(2)).publish()


class Dies:
    """A witness during whose answer the publisher ends."""

    verifier = WITNESSES[0].verifier

    def cosign(self, note: Note, tree: Subtrees) -> NoteSignature:
        raise SystemExit


def test_what_a_witness_may_have_seen_is_never_contradicted(tmp_path: Path) -> None:
    ledger = Ledger(6)
    with pytest.raises(SystemExit):
        Publisher(Folder(tmp_path), LOG_KEY, ledger, [Dies()]).publish()
    ledger.there[5] = event(5, time=NOW)
    with pytest.raises(LogDiffers, match="Block 2"):
        publisher(tmp_path, ledger).publish()
