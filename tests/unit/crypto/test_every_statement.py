"""Every "v is at least T" of a small width: a proof exists exactly when it is true, and no wrong one is accepted.

The width is 4 bits here, and 8 (65,536 statements) with `make statements`.
"""

import os
import random
import secrets

import pytest

from jamjar.crypto import pedersen, range_proof
from jamjar.errors import InvalidInput, VerificationFailed
from tests.unit.crypto.cheating import forged

BITS = int(os.environ.get("JAMJAR_STATEMENT_BITS", "4"))
NUMBERS = range(1 << BITS)
CONTEXT = b"every statement of a width"


def accepts(commitment, proof):
    try:
        range_proof.verify(CONTEXT, commitment, proof, BITS)
    except VerificationFailed:
        return False
    return True


@pytest.fixture(scope="module")
def counts():
    """How many statements were proven, refused, and accepted although they are false."""
    chance = random.Random(BITS)  # noqa: S311
    found = {"proven": 0, "without a proof": 0, "false and accepted": 0}
    for value in NUMBERS:
        blinding = 1 + secrets.randbelow(pedersen.ORDER - 1)
        committed, last = pedersen.commit(value, blinding), b""
        for threshold in NUMBERS:
            stated, over = pedersen.shifted(committed, threshold), value - threshold
            try:
                last = range_proof.prove(CONTEXT, over, blinding, BITS, secrets.token_bytes)
            except InvalidInput:
                found["without a proof"] += 1
                wrapped = [over >> i & 1 for i in range(BITS)]
                found["false and accepted"] += accepts(stated, last)
                found["false and accepted"] += accepts(stated, forged(CONTEXT, stated, wrapped, chance))
            else:
                found["proven"] += accepts(stated, last)
    return found


def test_each_true_statement_is_proven(counts):
    assert counts["proven"] == sum(value >= threshold for value in NUMBERS for threshold in NUMBERS)


def test_no_false_one_has_a_proof_and_neither_the_last_true_one_s_nor_a_cheat_s_is_accepted(counts):
    assert counts["without a proof"] == sum(value < threshold for value in NUMBERS for threshold in NUMBERS)
    assert counts["false and accepted"] == 0
