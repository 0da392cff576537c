"""A log beside one's own record.

Given the same events                  all are proven, and RFC 9162's check takes each proof
Given another event, or one more       where it differs first, and nothing is proven from there on
Given later events, or fewer           how many
Given a log that its policy refuses    refused
"""

from itertools import pairwise

import pytest

from jamjar.errors import VerificationFailed
from jamjar.explorer.checking import EvidenceChecked, ReceiptChecked, check
from jamjar.explorer.log_seen import LogSeen
from jamjar.explorer.proof_picture import WIDTH, drawing
from jamjar.tlog import evidence
from jamjar.tlog.receipt import verify
from jamjar.tlog.tree import verify_inclusion
from tests.unit.explorer.scene import log_files, raws, record_of
from tests.unit.tlog import world

RAWS = raws()
LEAVES = [each.to_bytes() for each in RAWS]
RECORD = record_of(RAWS)


def seen(leaves=LEAVES, record=RECORD, least=3):
    return LogSeen(log_files(leaves, least), world.policy(2), record)


def test_the_same():
    log = seen()
    assert (log.same, log.differs, log.ahead, log.missing) == (len(RAWS), None, 0, 0)
    for number in range(len(RAWS)):
        assert log.proves(number)
        proof = log.proof(number)
        hashes = [step.digest for step in proof.steps]
        verify_inclusion(proof.leaf, number, proof.size, hashes, proof.root)
        covered = sorted([(number, number + 1), *((step.first, step.end) for step in proof.steps)])
        assert covered[0][0] == 0
        assert covered[-1][1] == len(RAWS)
        assert all(one[1] == other[0] for one, other in pairwise(covered))
        assert verify(log.receipt(number).encode(), world.policy(2)).event == RAWS[number]


@pytest.mark.parametrize("place", [0, 7, len(LEAVES) - 1])
def test_another_event(place):
    log = seen([*LEAVES[:place], world.event(1).to_bytes(), *LEAVES[place + 1 :]])
    assert (log.differs, log.proves(place), log.proves(len(LEAVES) - 1)) == (place, False, False)
    assert not place or log.proves(place - 1)


def test_an_event_that_the_node_does_not_have():
    log = seen([*LEAVES, LEAVES[-1]])
    assert (log.differs, log.proves(0)) == (len(LEAVES), True)


def test_behind_and_ahead():
    assert (seen(LEAVES[:5]).missing, seen(LEAVES[:5]).differs) == (len(LEAVES) - 5, None)
    assert not seen(LEAVES[:5]).proves(5)
    ahead = seen(record=record_of(RAWS[:-4]))
    assert (ahead.ahead, ahead.differs, ahead.missing) == (4, None, 0)


def test_too_few_witnesses():
    with pytest.raises(VerificationFailed, match="Too few witnesses"):
        seen(least=1)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, len(LEAVES)])
def test_a_drawing(size):
    log = seen(LEAVES[:size])
    for number in range(size):
        proof = log.proof(number)
        drawn = drawing(proof)
        assert len(drawn.boxes) == 2 * len(proof.steps) + 1
        assert len(drawn.lines) == 2 * len(proof.steps)
        assert [box.kind for box in drawn.boxes].count("root") == 1
        for box in drawn.boxes:
            assert 0 <= box.left < box.left + box.width <= WIDTH
            assert 0 <= box.top < box.top + box.height <= drawn.height
        steps = [box.events for box in drawn.boxes if box.kind == "beside"]
        assert steps == [(step.first, step.end) for step in proof.steps]


def test_a_receipt_that_is_brought():
    log = seen()
    found = check(log.receipt(4).encode(), world.policy(2), RECORD)
    assert isinstance(found, ReceiptChecked)
    assert (found.ours.number, found.is_same, found.is_later) == (4, True, False)
    later = check(log.receipt(30).encode(), world.policy(2), record_of(RAWS[:20]))
    assert (later.ours, later.is_same, later.is_later) == (None, False, True)
    other = check(world.receipt_of(0, 4), world.policy(2), RECORD)
    assert (other.ours, other.is_same, other.is_later, other.entry.event) == (None, False, False, None)


def test_evidence_that_is_brought():
    one, other = (world.note_of(world.files_of(world.leaves(count))[1]) for count in (3, 4))
    assert check(str(evidence.of(one, other)).encode(), world.policy(2), RECORD) == EvidenceChecked(is_proven=False)
    leaves = [*world.leaves(2), world.event(9).to_bytes()]
    twin = world.note_of(world.files_of(leaves)[1])
    assert check(str(evidence.of(one, twin)).encode(), world.policy(2), RECORD) == EvidenceChecked(is_proven=True)
