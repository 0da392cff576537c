"""No log, no key, over all possible records: a key is handed over only under all of the conditions.

When any one of them is missing      refused, with the code that says which
When all hold                        the oldest use that gave no key yet
"""

from hypothesis import given, settings
from hypothesis import strategies as st

from jamjar.disclosure.package import BODY_BYTES, Body
from jamjar.mailbox import conditions
from jamjar.mailbox.ledger_view import ConsentView, UseRecord, Uses
from jamjar.mailbox.refusal import CODES, status_of
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.model.state import LIVE, Status
from jamjar.service.refusal import Refusal

CONSENT, ROOT, OTHER = f"0x{21:040x}", b"\1" * 32, b"\2" * 32
PACKAGE = Body(CONSENT, ROOT, 2, bytes(BODY_BYTES[0]), b"\3" * 32)
MEMBERS, DEPTH = st.sampled_from([*[2] * 9, 3]), 3
SPENT, TIPS = st.sets(st.integers(1, 5), max_size=3), st.integers(2, 14)


@st.composite
def records(draw):
    """Up to five uses, mostly of this commitment by this member, in rising blocks up to 10."""
    blocks = sorted(draw(st.lists(st.integers(1, 10), max_size=5)))
    commitments = st.sampled_from([ROOT, ROOT, OTHER])
    return tuple(
        UseRecord(CONSENT, number, draw(MEMBERS), draw(commitments), block, "0x", 0)
        for number, block in enumerate(blocks, 1)
    )


SIGHTS = st.builds(
    lambda status, recipient: ConsentView(status, status in LIVE, recipient, ROOT),
    st.sampled_from([*[Status.ACTIVE, Status.EXHAUSTED] * 6, *Status]),
    MEMBERS,
)


@settings(max_examples=400)
@given(records(), SIGHTS, MEMBERS, SPENT, TIPS)
def test_a_key_is_given_exactly_when_all_holds(uses, view, member, spent, tip):
    decided = conditions.hand_over(PACKAGE, member, view, Uses(tip, uses), spent=spent, depth=DEPTH)
    good = [
        use
        for use in uses
        if use.recipient == member == 2 == view.recipient
        and use.commitment == ROOT
        and use.number not in spent
        and tip - use.block >= DEPTH
        and view.live
    ]
    assert decided == good[0] if good else isinstance(decided, Refusal)


@settings(max_examples=200)
@given(records(), SIGHTS, MEMBERS, SPENT, TIPS)
def test_the_refusal_says_what_is_missing(uses, view, member, spent, tip):
    decided = conditions.hand_over(PACKAGE, member, view, Uses(tip, uses), spent=spent, depth=DEPTH)
    matching = [use for use in uses if use.recipient == member and use.commitment == ROOT]
    unspent = [use for use in matching if use.number not in spent]
    expected = (
        (member != 2, Code.NOT_THE_RECIPIENT),
        (view.status is Status.NONE, Code.UNKNOWN_CONSENT),
        (view.recipient != 2, Code.NOT_THE_RECIPIENT),
        (not view.live, Code.CONSENT_NOT_LIVE),
        (not matching, Code.NO_USE_ON_RECORD),
        (not unspent, Code.USE_ALREADY_CONSUMED),
        (unspent and tip - unspent[0].block < DEPTH, Code.NOT_DEEP_ENOUGH),
    )
    found = next((code for holds, code in expected if holds), None)
    assert (decided.code if isinstance(decided, Refusal) else None) == found
    if found is Code.NOT_DEEP_ENOUGH:
        assert decided.details["blocks"] == unspent[0].block + DEPTH - tip


def test_depth_is_exact_to_the_block():
    view, use = ConsentView(Status.ACTIVE, True, 2, ROOT), UseRecord(CONSENT, 1, 2, ROOT, 5, "0x", 0)
    decided = [
        conditions.hand_over(PACKAGE, 2, view, Uses(tip, (use,)), spent=set(), depth=DEPTH)
        for tip in (5 + DEPTH - 1, 5 + DEPTH)
    ]
    assert [each if each == use else each.details for each in decided] == [{"blocks": 1}, use]


def test_time_is_exact_to_the_second():
    window = 60
    outcomes = [conditions.timely(sent, 1000, window) for sent in (939, 940, 1060, 1061)]
    assert [each and each.code for each in outcomes] == [Code.TOO_OLD, None, None, Code.TOO_NEW]


def test_every_code_has_a_status_and_text():
    assert Code.NO_USE_ON_RECORD in CODES
    for code in CODES:
        assert 400 <= status_of(code) < 600
