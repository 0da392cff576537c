"""relayer.replayed_view: where anything is in doubt, it says nothing, until it is in order.

Given the node is down, lags or lacks blocks     nothing
Given the node's blocks do not fit together      nothing
Given an event that makes no sense               nothing, and all is read again
Given the node contradicts its own events        nothing, and all is read again
"""

from dataclasses import replace

import pytest

from jamjar.errors import LedgerError, NodeUnavailable
from jamjar.model.state import Consent
from jamjar.protocol import events
from jamjar.protocol.roles import Role
from jamjar.relayer.replayed_state import KEPT_BLOCKS, ReplayedBlock
from jamjar.relayer.replayed_view import BLOCKS_AT_ONCE
from tests.unit.relayer.fake_record import HELD, ROOTS, Following
from tests.unit.relayer.replayed_ledger import AT, SOMEBODY, block


@pytest.fixture
def at() -> Following:
    return Following()


def test_a_node_that_is_down(at):
    at.record.mine(*at.granted())
    at.follow()
    at.record.is_down = True
    with pytest.raises(NodeUnavailable):
        at.view.follow()
    assert at.held() is None
    at.record.is_down = False
    assert at.follow()


def test_a_node_that_falls_behind(at):
    at.record.mine(*at.granted(), blocks=3 * KEPT_BLOCKS)
    at.record.mine(at.commits(1))
    assert at.follow()[1] == ROOTS[1]
    at.record.lags = 1
    assert at.follow()[1] == ROOTS[0]  # as the node itself would say
    at.record.lags = 2 * KEPT_BLOCKS
    with pytest.raises(LedgerError, match="behind"):
        at.view.follow()
    assert at.held() is None
    at.record.lags = 0
    assert at.follow()[1] == ROOTS[1]


def test_a_node_that_lacks_a_block(at):
    at.record.mine(*at.granted())
    at.follow()
    at.record.mine(at.commits(1), blocks=5)
    at.record.lacks = {4}
    with pytest.raises(LedgerError, match="lacks"):
        at.view.follow()
    assert at.held() is None
    at.record.lacks = set()
    assert at.follow()[1] == ROOTS[1]


def test_blocks_that_do_not_follow_one_another(at):
    at.record.mine(*at.granted())
    at.follow()
    at.record.mine(at.commits(1), blocks=3)
    true, events_there = at.record.chain[3]
    at.record.chain[3] = (ReplayedBlock(3, true.hash, block(77).hash, true.time), events_there)
    with pytest.raises(LedgerError, match="follow one another"):
        at.view.follow()
    assert at.held() is None
    at.record.chain[3] = (true, events_there)
    assert at.follow()[1] == ROOTS[1]


def test_a_newest_block_with_another_number(at):
    at.record.mine(*at.granted(), blocks=3)
    at.follow()
    parent = at.record.chain[-1][0]
    at.record.chain.append((ReplayedBlock(2, block(99).hash, parent.hash, 9), [at.commits(1)]))
    with pytest.raises(LedgerError, match="follow one another"):
        at.view.follow()
    assert at.held() is None


def test_blocks_that_change_while_a_long_record_is_read(at):
    at.record.mine(*at.granted(), at.commits(1), blocks=2 * BLOCKS_AT_ONCE)
    read = at.record.events_from

    def changing(first, last):
        at.record.events_from = read
        found = read(first, last)
        at.record.reorganise(2 * BLOCKS_AT_ONCE)
        at.record.mine(*at.granted(), blocks=2 * BLOCKS_AT_ONCE)
        return found

    at.record.events_from = changing
    with pytest.raises(LedgerError, match="changed"):
        at.view.follow()
    assert at.follow()[1] == ROOTS[0]


@pytest.mark.parametrize(
    "bad",
    [
        events.RoleGranted(AT, Role.ADVISER.value, "no address", SOMEBODY),
        events.ConsentPaused(AT, SOMEBODY, SOMEBODY, 2**32 - 1),
        events.ConsentPaused(AT, "0x", SOMEBODY, 0),
        events.MemberSuspended(AT, [], 1, 9, SOMEBODY),
    ],
)
def test_an_event_that_makes_no_sense(at, bad):
    at.record.mine(*at.granted())
    at.follow()
    at.record.mine(at.commits(1), bad)
    for _ in range(2):
        with pytest.raises(LedgerError, match="make no sense"):
            at.view.follow()
        assert at.held() is None
    at.record.reorganise(1)
    assert at.follow() == (HELD, ROOTS[0], 1001)


@pytest.mark.parametrize("lie", [(Consent(), ROOTS[0]), (HELD, ROOTS[1]), (replace(HELD, uses=1), ROOTS[0])])
def test_a_node_that_contradicts_its_events(at, lie):
    at.record.mine(*at.granted())
    at.follow()
    at.record.lies[at.key.address] = lie
    with pytest.raises(LedgerError, match="contradict"):
        at.view.follow()
    assert at.held() is None
    at.record.lies.clear()
    at.record.asked.clear()
    assert at.follow() == (HELD, ROOTS[0], 1001)
    assert "events_of" in at.record.asked
