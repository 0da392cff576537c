"""What a commitment costs a wallet, counted: it is the same for every budget, as every one has 64 leaves."""

import secrets

import pytest

from jamjar.disclosure.commitment import LEAVES, RANDOM_BYTES, commit
from jamjar.plan.budget import Entry
from jamjar.protocol.signing import ConsentKey, sign
from jamjar.protocol.typed_data import Commit, Domain
from tests.support.counting import counted

DOMAIN = Domain(1337, "0x" + "12" * 20)
HASHES = 2 * LEAVES + (LEAVES - 1) + 2
"""Each leaf twice, each node above them, and the two of EIP-712 that differ from message to message."""


class CountingKey(ConsentKey):
    """A key that counts what it signs."""

    signed = 0

    def sign(self, digest):
        CountingKey.signed += 1
        return super().sign(digest)


@pytest.mark.parametrize("lines", [1, 30, LEAVES])
def test_hashes_one_signature_and_one_request_for_random_bytes(lines):
    entries = tuple(Entry(f"fixed.home.line-{line}", 731 * line) for line in range(lines))
    key, asked = CountingKey.generate(secrets.token_bytes), []

    def random_bytes(count):
        asked.append(count)
        return secrets.token_bytes(count)

    def commit_and_sign():
        sign(key, DOMAIN, Commit(key.address, commit(entries, random_bytes).root, bytes(32)))

    commit_and_sign()  # the hashes of names and of the domain are at hand from here on
    asked.clear()
    before = CountingKey.signed
    with counted() as counts:
        commit_and_sign()
    assert counts["hashes"] == HASHES
    assert CountingKey.signed - before == 1
    assert asked == [RANDOM_BYTES]
    assert counts["calls"] < 2_000
    assert not counts.keys() - {"hashes", "calls"}
