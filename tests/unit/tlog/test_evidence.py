"""Evidence proves what two signatures of one log contradict, and nothing else.

When the two are of one tree, of two logs, or unsigned      they say nothing
When the larger tree is shown to begin with the smaller     they say nothing
When it begins with another, or two are of one size         proven
Given neither                                               the log owes a proof
"""

from dataclasses import replace

import pytest

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.tlog import evidence, tree
from jamjar.tlog.evidence import Evidence, read_evidence
from jamjar.tlog.note import LOG, Note
from jamjar.tlog.tiles import TileTree

from .world import LOG_KEY, NOW, ORIGIN, event, files_of, leaves, note_of, signer

LOGS = [LOG_KEY.verifier]
FORKED = [event(0, time=NOW - 1).to_bytes(), *leaves(20)[1:]]


def of(small: int, large: int, *, proven: bool = True, earlier: list[bytes] = FORKED) -> Evidence:
    """The evidence of a checkpoint of `earlier` and one of the honest log."""
    files, edge = files_of(leaves(large))
    found = evidence.of(note_of(edge), note_of(files_of(earlier[:small])[1]))
    if not proven:
        return found
    held = TileTree(files, large)
    return replace(found, contained=tree.root(held, small), proof=tree.consistency_proof(held, small, large))


@pytest.mark.parametrize(("small", "large"), [(1, 2), (4, 9), (8, 9), (7, 20), (16, 20)])
def test_what_a_larger_tree_proves(small: int, large: int) -> None:
    found = of(small, large)
    assert read_evidence(str(found)) == found
    assert found.proves(LOGS)
    assert not of(small, large, proven=False).proves(LOGS)
    assert not of(small, large, proven=False, earlier=leaves(small)).proves(LOGS)
    with pytest.raises(VerificationFailed, match="begins with the earlier"):
        of(small, large, earlier=leaves(small)).proves(LOGS)
    for wrong in (replace(found, proof=found.proof[1:]), replace(found, contained=b"\1" * 32)):
        with pytest.raises(VerificationFailed):
            wrong.proves(LOGS)


def test_two_of_one_size() -> None:
    assert of(9, 9, proven=False).proves(LOGS)
    with pytest.raises(VerificationFailed, match="one tree"):
        of(9, 9, proven=False, earlier=leaves(9)).proves(LOGS)


def test_one_log_must_have_signed_both() -> None:
    found = of(4, 9)
    stranger = signer("stranger.example", LOG)
    unsigned = replace(found, earlier=Note(found.earlier.text, (stranger.sign(found.earlier.text),)))
    renamed = found.earlier.text.replace(ORIGIN, "stranger.example")
    elsewhere = replace(found, earlier=Note(renamed, (stranger.sign(renamed),)))
    own_key = replace(found, earlier=Note(renamed, (LOG_KEY.sign(renamed),)))
    moved = replace(found, earlier=Note(found.earlier.text, found.later.signatures))
    for wrong in (unsigned, elsewhere, own_key, moved):
        with pytest.raises(VerificationFailed):
            wrong.proves([*LOGS, stranger.verifier])
    with pytest.raises(VerificationFailed):
        found.proves([])


def test_no_changed_byte_makes_it_prove_more() -> None:
    """Evidence of a debt stays that, or is no longer evidence, whichever byte is changed."""
    good = str(of(4, 9, proven=False)).encode()
    for at in range(len(good)):
        for bit in range(8):
            changed = good[:at] + bytes([good[at] ^ 1 << bit]) + good[at + 1 :]
            try:
                assert not read_evidence(changed.decode()).proves(LOGS), (at, bit)
            except (InvalidInput, UnicodeDecodeError, VerificationFailed):
                continue


@pytest.mark.parametrize("text", ["", "jamjar.log-evidence.1\n\n", str(of(4, 9)).replace(".1\n", ".2\n", 1)])
def test_what_is_no_evidence(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_evidence(text)
    with pytest.raises(InvalidInput):
        read_evidence(str(of(4, 9)).replace("\n\n", "\ncontained AAAA\n\n", 1))
