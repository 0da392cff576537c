"""The one way to make an old commitment signature good again, and what it takes: the key signs its way back.

When a stranger carries the signature over "B replaces A" once more
├── given the head is B                                    it reverts with HeadMismatch
├── given the head is C, which replaced B                  it reverts with HeadMismatch
├── given the stranger holds every signature ever made     the head stays
└── given the key signed that A, the very same root, replaces B   it is recorded: the head is B again
"""

import itertools

import pytest

NONE, A, B, C = bytes(32), b"\xaa" * 32, b"\xbb" * 32, b"\xcc" * 32


@pytest.fixture
def key(system, claimants, people):
    """A consent whose head is B, which replaced A."""
    key = claimants.live()
    for root, replaces in ((A, NONE), (B, A)):
        system.commitments.commit(claimants.commit(key, root, replaces), {"from": people.operator})
    return key


def test_the_same_head(key, system, claimants, people, refused):
    """P6: the order of commitments is the order in which they were signed."""
    with refused("HeadMismatch", key.address, A, B):
        system.commitments.commit(claimants.commit(key, B, A), {"from": people.stranger})


def test_a_later_head(key, system, claimants, people, refused):
    """P6: a root that was replaced by another does not come back by an old signature."""
    system.commitments.commit(claimants.commit(key, C, B), {"from": people.operator})
    with refused("HeadMismatch", key.address, A, C):
        system.commitments.commit(claimants.commit(key, B, A), {"from": people.stranger})


def test_every_old_signature(key, system, claimants, people):
    """P6: whoever kept all signatures of a straight history can change nothing with them, in any order."""
    system.commitments.commit(claimants.commit(key, C, B), {"from": people.operator})
    kept = [claimants.commit(key, *pair) for pair in ((A, NONE), (B, A), (C, B))]
    for order in itertools.permutations(kept):
        tx = system.commitments.commitBatch(list(order), {"from": people.stranger})
        assert [event.name for event in tx.events] == ["CommitmentRejected"] * 3
    assert system.commitments.headOf(key.address) == "0x" + C.hex()


def test_the_key_signed_its_way_back(key, system, claimants, people, events):
    """P6, its limit: a claimant's own "A replaces B" makes the old "B replaces A" good; fresh salts never sign it."""
    kept = claimants.commit(key, B, A)
    system.commitments.commit(claimants.commit(key, A, B), {"from": people.operator})
    tx = system.commitments.commit(kept, {"from": people.stranger})
    assert events(tx) == [
        (
            "Committed",
            {
                "consent": key.address,
                "carrier": people.stranger,
                "root": "0x" + B.hex(),
            },
        )
    ]
    assert system.commitments.headOf(key.address) == "0x" + B.hex()
