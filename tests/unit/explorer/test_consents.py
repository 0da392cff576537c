"""A consent by its address, as of a moment.

Given its whole life                 where it stood after each event, its looks, commitments and advice
Given a block, or a time before      as it was then: what came later is not there
Given its recipient is suspended     it is not live, whatever it says itself
Given an address without an event    None
"""

import pytest

from jamjar.errors import InvalidInput
from jamjar.explorer.asked import moment_asked
from jamjar.explorer.consents import AsOf, consent_seen
from jamjar.model.state import Status
from jamjar.protocol.settings import DAY
from tests.unit.explorer.scene import (
    ADVICE,
    CONSENT,
    NEXT_ROOT,
    OTHER,
    ROOT,
    START,
    TERMS,
    THIRD,
    raws,
    record_of,
)


@pytest.fixture(scope="module")
def record():
    return record_of(raws())


def block_of(record, name, consent=CONSENT):
    return next(entry.raw.block for entry in record.consents[consent] if entry.name == name)


def test_a_whole_life(record):
    seen = consent_seen(record, CONSENT)
    assert (seen.status, seen.live, seen.terms, seen.head) == (Status.WITHDRAWN, False, TERMS, NEXT_ROOT)
    assert [(each.entry.name, each.status and each.status.name) for each in seen.life] == [
        ("ConsentGranted", "ACTIVE"),
        ("Committed", None),
        ("ConsentUsed", "ACTIVE"),
        ("AdviceRecorded", None),
        ("AdviceAcknowledged", None),
        ("ConsentPaused", "PAUSED"),
        ("ConsentResumed", "ACTIVE"),
        ("ConsentReconfirmed", "ACTIVE"),
        ("Committed", None),
        ("GrantRejected", None),
        ("ConsentWithdrawn", "WITHDRAWN"),
    ]
    assert [entry.event.root for entry in seen.commitments] == [ROOT, NEXT_ROOT]
    assert [(entry.event.uses, entry.event.commitment) for entry in seen.uses] == [(1, ROOT)]
    (advice,) = seen.advice
    assert (advice.digest, advice.commitment) == (ADVICE, ROOT)
    assert advice.acknowledged.name == "AdviceAcknowledged"
    assert seen.looks_left == 2


def test_as_of_a_block(record):
    block = block_of(record, "ConsentPaused")
    at = {number: consent_seen(record, CONSENT, AsOf(number, START + 60 * number)) for number in (block, block - 2)}
    assert (at[block].status, at[block].live) == (Status.PAUSED, False)
    assert (at[block - 2].status, at[block - 2].live) == (Status.ACTIVE, True)
    assert at[block - 2].advice[0].acknowledged is None
    assert at[block].head == ROOT
    before = consent_seen(record, CONSENT, AsOf(block_of(record, "ConsentGranted") - 1, START))
    assert (before.status, before.life, before.terms) == (Status.NONE, (), bytes(32))


def test_as_of_a_time(record):
    last = record.last.number
    granted = START + 60 * block_of(record, "ConsentGranted")
    assert consent_seen(record, CONSENT, AsOf(last, granted)).live
    assert consent_seen(record, CONSENT, AsOf(last, granted - 1)).status is Status.NONE


def test_a_recipient_that_is_suspended(record):
    at = block_of(record, "ConsentGranted", OTHER)
    seen = consent_seen(record, OTHER, AsOf(at, START + 60 * at))
    assert (seen.status, seen.live, seen.adviser) == (Status.ACTIVE, False, False)


def test_nothing_about_it(record):
    assert consent_seen(record, THIRD) is None


def test_a_moment_that_somebody_types(record):
    last = record.last
    assert moment_asked(record, lambda block: 5 * block, "7", "") == AsOf(7, 35)
    assert moment_asked(record, lambda _: 0, f" {last.number} ", "") == AsOf(last.number, last.time)
    assert moment_asked(record, lambda _: 0, "", str(START)) == AsOf(last.number, START)
    for text in ("2027-01-15 08:00", "2027-01-15T08:00", "2027-01-15 08:00:00"):
        assert moment_asked(record, lambda _: 0, "", text) == AsOf(last.number, START)
    assert moment_asked(record, lambda _: 0, "", "2027-01-15").time == START - START % DAY
    assert moment_asked(record, lambda _: 0, " ", "") is None


@pytest.mark.parametrize(
    ("block", "time"),
    [
        ("0", ""), ("99999999999999999999999", ""), ("-1", ""), ("1e3", ""), ("٣", ""), ("<script>", ""), ("1", "1"),
        ("", "yesterday"), ("", "9999-12-31"), ("", "2027-13-01"), ("", "0000-00-00"), ("", "\0"), ("", "9" * 40),
    ],
)  # fmt: skip
def test_a_moment_that_cannot_be(record, block, time):
    with pytest.raises(InvalidInput, match=r"; type .*\.$"):
        moment_asked(record, lambda _: 0, block, time)
