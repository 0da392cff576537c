"""Receipts are made from a log's files, and given only if they are true.

When there is no log, or its checkpoint does not count    none is given
When a tile or a leaf is not what was signed              none is given for what depends on it
"""

import pytest

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.tlog import receipt
from jamjar.tlog.errors import LogUnavailable
from jamjar.tlog.receipt_maker import receipts
from jamjar.tlog.tiles import bundle

from .world import CONSENT, NOW, WITNESSES, Files, event, files_of, leaves, note_of, policy


def shown(count: int, cosigners: int = 3) -> Files:
    files, edge = files_of(leaves(count))
    files["checkpoint"] = str(note_of(edge, cosigners=WITNESSES[:cosigners])).encode()
    return files


def numbers(files: Files) -> list[int]:
    return [number for number, _, _ in receipts(files, policy(), {CONSENT})]


def test_they_are_true() -> None:
    found = list(receipts(shown(300), policy(), {CONSENT}))
    assert [number for number, _, _ in found] == list(range(0, 300, 2))
    for number, told, text in found[::50]:
        true = receipt.verify(text.encode(), policy())
        assert (true.index, true.event, told) == (number, event(number), event(number))


def test_no_log() -> None:
    with pytest.raises(LogUnavailable):
        numbers(Files())
    with pytest.raises(VerificationFailed, match="Too few"):
        numbers(shown(4, cosigners=1))
    with pytest.raises(InvalidInput):
        numbers(Files(shown(4) | {"checkpoint": b"\xff"}))


def test_a_leaf_that_was_not_signed() -> None:
    forged = [*leaves(3), event(3, topics=event(0).topics, time=NOW + 1).to_bytes(), *leaves(12)[4:]]
    files = Files(shown(12) | {"tile/entries/000.p/12": bundle(forged)})
    with pytest.raises(VerificationFailed):
        numbers(files)


def test_a_tile_that_was_not_signed() -> None:
    files = shown(12)
    tile = files["tile/0/000.p/12"]
    files["tile/0/000.p/12"] = tile[:-1] + bytes([tile[-1] ^ 1])
    with pytest.raises(VerificationFailed):
        numbers(files)
