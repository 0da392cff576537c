"""relayer.replayed_state: what events leave, within its bound, and how it was before them.

Given any events                 what `model.replay` says, whatever their number
Given blocks are taken back      what it was before them
Given more consents than it may  those that ended are forgotten; of what is not remembered, nothing is said
Given the largest values         kept as they are
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamjar.errors import LedgerError
from jamjar.model.replay import emitted, replay
from jamjar.model.state import NOTHING, Consent, LedgerState, Stage
from jamjar.protocol import events
from jamjar.relayer.replayed_state import KEPT_BLOCKS, OF_CONSENTS, OF_MEMBERS, RULES, ReplayedState
from tests.unit.relayer.replayed_ledger import AT, SOMEBODY, block, events_of

CONSENTS = [f"0x{n}{'0' * 39}" for n in range(1, 6)]
LIVE = Consent(2, 10, 90, 50, max_uses=3, stage=Stage.GRANTED)
UINT32, UINT40, UINT16 = 2**32 - 1, 2**40 - 1, 2**16 - 1


def event() -> st.SearchStrategy[events.Event]:
    consent, number, word = st.sampled_from(CONSENTS), st.integers(0, 9), st.binary(min_size=32, max_size=32)
    made = st.builds
    return st.one_of(
        made(lambda c, n: events.ConsentGranted(AT, c, n, SOMEBODY, n, 90, 50, 3, NOTHING), consent, number),
        made(lambda c, n: events.ConsentPaused(AT, c, SOMEBODY, n), consent, number),
        made(lambda c, n: events.ConsentResumed(AT, c, SOMEBODY, n), consent, number),
        made(lambda c, n: events.ConsentReconfirmed(AT, c, SOMEBODY, n, n), consent, number),
        made(lambda c: events.ConsentWithdrawn(AT, c, SOMEBODY), consent),
        made(lambda c, n: events.ConsentReleased(AT, c, n, SOMEBODY), consent, number),
        made(lambda c, n: events.ConsentUsed(AT, c, n, SOMEBODY, NOTHING, n), consent, number),
        made(lambda c, w: events.Committed(AT, c, SOMEBODY, w), consent, word),
        made(lambda n: events.MemberAdmitted(AT, n, "", SOMEBODY), number),
        made(lambda n: events.MemberSuspended(AT, n, 1, n, SOMEBODY), number),
        made(lambda n, c: events.AccountAdded(AT, n, c, SOMEBODY), number, consent),
    )


def shown(state: ReplayedState):
    return [state.consent(each) for each in CONSENTS], state.members


@settings(deadline=None)
@given(st.lists(st.lists(event(), max_size=8), min_size=1, max_size=6), st.integers(0, 5))
def test_it_is_as_a_replay_says_and_can_be_taken_back(blocks, back):
    state, histories = ReplayedState(100), []
    for number, some in enumerate(blocks):
        state.add(block(number), some)
        histories.append(shown(state))
    whole = replay(LedgerState(RULES), (emitted(each) for some in blocks for each in some))
    assert [state.consent(each) for each in CONSENTS] == [(whole.consent(each), whole.head(each)) for each in CONSENTS]
    assert (state.members.members, state.members.accounts) == (whole.members, whole.accounts)
    for count in range(min(back, len(blocks) - 1)):
        state.take_back()
        assert shown(state) == histories[-2 - count]
        assert state.top == block(len(blocks) - 2 - count)


def test_it_cannot_be_taken_back_further_than_it_is_kept():
    state = ReplayedState(100)
    for number in range(3 * KEPT_BLOCKS):
        state.add(block(number), [])
    assert len(state.kept) == KEPT_BLOCKS
    for _ in range(KEPT_BLOCKS - 1):
        state.take_back()
    with pytest.raises(LedgerError, match="cannot be taken back"):
        state.take_back()
    assert state.top == block(2 * KEPT_BLOCKS)
    state.add(block(2 * KEPT_BLOCKS + 1), [])
    state.settle()
    with pytest.raises(LedgerError):
        state.take_back()


def test_what_goes_beyond_its_bound():
    state = ReplayedState(2)
    ended = Consent(2, 10, 20, 15, max_uses=3, stage=Stage.GRANTED)
    state.add(block(1, 30), [*events_of(CONSENTS[0], ended), *events_of(CONSENTS[1], LIVE)])
    assert state.consent(CONSENTS[4]) == (Consent(), NOTHING)
    state.add(block(2, 30), [*events_of(CONSENTS[2], LIVE), *events_of(CONSENTS[3], LIVE)])
    found = [state.consent(each) for each in CONSENTS]
    assert found == [None, (LIVE, NOTHING), (LIVE, NOTHING), None, None]
    assert (len(state), state.is_complete) == (2, False)
    state.add(block(3, 31), [events.Committed(AT, each, SOMEBODY, b"\1" * 32) for each in CONSENTS])
    found = [state.consent(each) for each in CONSENTS]
    assert found == [None, (LIVE, b"\1" * 32), (LIVE, b"\1" * 32), None, None]
    state.take_back()
    state.take_back()
    found = [state.consent(each) for each in CONSENTS]
    assert found == [None, (LIVE, NOTHING), None, None, None]
    assert not state.is_complete


def test_with_no_room_at_all_nothing_is_said():
    state = ReplayedState(0)
    assert state.consent(CONSENTS[0]) == (Consent(), NOTHING)
    state.add(block(1), events_of(CONSENTS[0], LIVE))
    assert [state.consent(each) for each in CONSENTS] == [None] * 5


def test_the_largest_values():
    most = Consent(UINT32, UINT40, UINT40, UINT40, UINT32, UINT16, UINT16, Stage.WITHDRAWN)
    state = ReplayedState(2)
    state.add(block(1), [*events_of(CONSENTS[0], most), events.Committed(AT, CONSENTS[0], SOMEBODY, b"\xff" * 32)])
    assert state.consent(CONSENTS[0]) == (most, b"\xff" * 32)


def test_the_events_that_are_read_are_those_that_change_it():
    """All that `model.replay` knows, but for what nothing here depends on: advice, names, keys, proposals."""
    from jamjar.model.replay import _CHANGES

    read, begins = {*OF_CONSENTS, *OF_MEMBERS}, ("Advice", "Recovery", "Call")
    others = {"MemberRenamed", "EncryptionKeyChanged", "AccountOffered", "Cancelled", "MinDelayChange"}
    assert {each for each in _CHANGES.keys() - read if not each.startswith(begins)} == others
    assert read < _CHANGES.keys()
