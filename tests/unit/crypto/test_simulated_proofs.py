"""Zero knowledge: a simulator without any figure makes what a verifier accepts, if it chooses the challenge first."""

import random

import pytest

from jamjar.crypto import pedersen, range_proof
from jamjar.errors import VerificationFailed
from tests.unit.crypto.cheating import forged

CONTEXT, BITS = b"consent, root, use, question", 8


@pytest.mark.parametrize("value", [0, 255, 256, -1, pedersen.ORDER // 2])
def test_who_chooses_the_challenge_needs_no_figure(monkeypatch, value):
    chance = random.Random(BITS)  # noqa: S311
    commitment, c = pedersen.commit(value, 7), chance.randrange(1, pedersen.ORDER)
    made = forged(CONTEXT, commitment, [0] * BITS, chance, c)
    with pytest.raises(VerificationFailed):
        range_proof.verify(CONTEXT, commitment, made, BITS)
    monkeypatch.setattr(range_proof, "challenge", lambda tag, parts: list(parts) and c)
    range_proof.verify(CONTEXT, commitment, made, BITS)
