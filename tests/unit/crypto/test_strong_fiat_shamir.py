"""Weak Fiat-Shamir is broken by an attack that is made here, and strong Fiat-Shamir is not."""

import hashlib

import pytest

from jamjar.crypto import pedersen, range_proof, transcript, zero_proof
from jamjar.crypto.pedersen import ORDER
from jamjar.errors import VerificationFailed

CONTEXT = b"consent, root, use, question"


def test_who_chooses_the_statement_after_the_challenge_fools_the_weak_hash_alone():
    first, s = pedersen.commit(31337, 77), 99
    weak = int.from_bytes(hashlib.sha512(first.format()).digest(), "big") % ORDER
    # D = (s*G - A) / c holds no zero, and satisfies A = s*G - c*D for a challenge that does not depend on D.
    opposite = pedersen.negated(first)
    chosen = pedersen.times(pedersen.total((pedersen.of_generator(s), opposite)), pow(weak, -1, ORDER))
    again = pedersen.total((pedersen.of_generator(s), pedersen.times(chosen, -weak)))
    assert again.format() == first.format()
    with pytest.raises(VerificationFailed, match="does not prove"):
        zero_proof.verify(CONTEXT, chosen, pedersen.scalar_bytes(weak) + pedersen.scalar_bytes(s))


def test_everything_stated_and_sent_is_hashed(monkeypatch):
    seen = []

    def recording(tag, parts):
        parts = list(parts)
        seen.append((tag, *parts))
        return transcript.challenge(tag, parts)

    monkeypatch.setattr(range_proof, "challenge", recording)
    proof = range_proof.prove(CONTEXT, 2, 7, 2, lambda size: b"\7" * size)
    commitment = pedersen.commit(2, 7)
    range_proof.verify(CONTEXT, commitment, proof, 2)
    hashed, again = seen
    assert hashed == again
    assert hashed[:4] == ("jamjar.range.1", CONTEXT, b"\2", commitment.format())
    high = proof[32:65]
    low = pedersen.total((commitment, pedersen.negated(pedersen.times(pedersen.point_of(high), 2)))).format()
    assert hashed[4:6] == (low, high)
    assert len(set(hashed[6:])) == 4


def test_the_parts_of_a_hash_do_not_run_into_one_another():
    split = [(b"ab", b"c"), (b"a", b"bc"), (b"abc",), (b"abc", b""), (b"", b"abc")]
    assert len({transcript.challenge("tag", parts) for parts in split}) == len(split)
    assert transcript.challenge("tag", (b"x",)) != transcript.challenge("ta", (b"gx",))


def test_the_challenge_is_sha_512_modulo_the_order():
    data = b"\0\0\0\3tag" + b"\0\0\0\1x"
    assert transcript.challenge("tag", [b"x"]) == int.from_bytes(hashlib.sha512(data).digest(), "big") % ORDER
