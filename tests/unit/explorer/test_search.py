"""A search.

Given an address, whole or in part, in whichever case     the consent, the member it acts or acted for, a founder
Given a transaction or proposal, whole or in part         that
Given a number                                            the member, the block and the event of it
Given a part of a name, a former one too                  the member
Given anything else                                       one sentence, or nothing
"""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.errors import InvalidInput
from jamjar.explorer.search import MOST_CHARACTERS, MOST_FOUND, find
from tests.unit.audit.made import DESK, FOUNDER
from tests.unit.explorer.scene import CONSENT, HOSTILE, OTHER, PROPOSAL, THIRD, explored

SEEN = explored()


def search(text):
    return [(each.kind, each.name) for each in find(SEEN.record, SEEN.governing, text)]


def test_addresses():
    assert search(CONSENT) == [("consent", CONSENT)]
    assert search(f"  {CONSENT.lower()} ") == [("consent", CONSENT)]
    assert search("0X" + CONSENT[2:].upper()) == [("consent", CONSENT)]
    assert search(CONSENT[:10]) == [("consent", CONSENT)]
    assert search(DESK) == [("member", "2")]
    assert search(FOUNDER) == [("founder", FOUNDER)]
    assert search(OTHER) == [("member", "3"), ("consent", OTHER)]  # an account that acted once, and a consent
    assert search(THIRD) == [("member", "3")]
    assert search("0x" + "99" * 20) == []


def test_transactions_and_proposals():
    hash_ = next(iter(SEEN.record.transactions))
    assert search(hash_) == [("transaction", hash_)]
    assert search(hash_[:12].upper().replace("X", "x")) == [("transaction", hash_)]
    assert search(f"0x{PROPOSAL.hex()}") == [("proposal", f"0x{PROPOSAL.hex()}")]


def test_numbers():
    assert search("3") == [("member", "3"), ("block", "3"), ("entry", "3")]
    assert search("0") == [("entry", "0")]
    assert search(str(SEEN.record.last.number)) == [("block", str(SEEN.record.last.number))]
    assert search("9" * 200) == search("999999") == []


def test_names():
    assert search("dESK") == [("member", "2")]
    assert search("New <script>") == search("<script>alert(1)</script>") == [("member", "3")]
    assert search("' OR 1=1 --") == search("../../etc/passwd") == search("{{ 7*8 }}") == []


@pytest.mark.parametrize(
    "text",
    ["", "  ", "0x", "0x12", "0xzzzz", "0x" + "1" * 65, "x" * (MOST_CHARACTERS + 1), "a\0b", HOSTILE, "\u202eevil",
     "0x" + "0" * 40, "0x" + CONSENT[2:].swapcase()],
)  # fmt: skip
def test_what_names_nothing(text):
    with pytest.raises(InvalidInput, match=r"^[A-Z].*; .*\.$"):
        search(text)


@given(st.text(max_size=MOST_CHARACTERS))
def test_whatever_is_typed(text):
    with suppress(InvalidInput):
        assert len(search(text)) <= MOST_FOUND
