"""relayer.replayed_view: what it says is what the node would have said in its newest block.

When nothing was replayed                    nothing
When it has followed                         what the contracts hold, and what they hold later
When it has not followed for a while         nothing
Given an acknowledgement                     nothing: advice is not remembered
Given a reorganisation, shallow or deep      what the new branch holds
"""

import pytest

from jamjar.model.state import Consent, Stage
from jamjar.protocol import events
from jamjar.protocol.typed_data import Acknowledge, Withdraw
from jamjar.relayer.replayed_state import KEPT_BLOCKS
from jamjar.relayer.replayed_view import BLOCKS_AT_ONCE, SURE_SECONDS
from tests.unit.relayer.fake_record import CARRIER, HELD, ROOTS, Following
from tests.unit.relayer.replayed_ledger import AT, SOMEBODY, events_of, member
from tests.unit.relayer.world import commit, grant, key, signed


@pytest.fixture
def at() -> Following:
    return Following()


def test_before_it_has_followed(at):
    assert at.held() is None
    assert not at.view.is_sure()
    at.record.mine()
    assert at.follow() == (Consent(), ROOTS[0], 1001)


def test_what_the_contracts_hold(at):
    at.record.mine(*at.granted(), at.commits(1))
    assert at.follow() == (HELD, ROOTS[1], 1001)
    at.record.mine(events.ConsentPaused(AT, at.key.address, SOMEBODY, 0))
    assert at.held() == (HELD, ROOTS[1], 1001)
    found, _, time = at.follow()
    assert (found.stage, found.sequence, time) == (Stage.PAUSED, 1, 1002)


def test_it_says_the_same_as_a_replay_of_everything(at):
    keys = [key() for _ in range(20)]
    for n, each in enumerate(keys):
        at.record.mine(*events_of(each.address, HELD), events.ConsentUsed(AT, each.address, 2, SOMEBODY, ROOTS[1], n))
    at.follow()
    state = at.record.state()
    for each in keys:
        found = at.view.look(commit(each), 0)
        assert (found.consent, found.head) == (state.consent(each.address), state.head(each.address))


def test_members(at):
    at.record.mine(*member(2), *member(5, CARRIER))
    at.follow()
    asked = grant(at.key)
    found = at.view.look(asked, 2)
    assert (found.recipient, found.is_adviser, found.may_carry) == (2, True, True)
    assert not at.view.look(asked, 7).is_adviser
    at.record.mine(events.MemberSuspended(AT, 2, 1, 9, SOMEBODY), events.AccountRemoved(AT, 5, CARRIER, SOMEBODY))
    at.follow()
    found = at.view.look(asked, 2)
    assert (found.is_adviser, found.may_carry) == (False, False)
    withdrawal = signed(at.key, Withdraw(at.key.address))  # of a consent that was never granted
    assert not at.view.look(withdrawal, 2).may_carry
    at.record.mine(events.AccountAdded(AT, 5, CARRIER, CARRIER))
    at.follow()
    assert at.view.look(withdrawal, 2).may_carry


def test_it_is_sure_for_seconds_only(at):
    at.record.mine(*at.granted())
    assert at.follow()
    at.now += SURE_SECONDS - 0.01
    assert at.held()
    at.now += 0.01
    assert at.held() is None
    assert at.follow()


def test_a_slow_node_is_sure_since_it_was_asked(at):
    at.record.mine(*at.granted())
    newest = at.record.newest

    def slow():
        at.now += SURE_SECONDS
        return newest()

    at.record.newest = slow
    assert at.follow() is None


def test_an_acknowledgement_is_asked_about(at):
    at.record.mine(*at.granted())
    at.follow()
    assert at.view.look(signed(at.key, Acknowledge(at.key.address, ROOTS[1], ROOTS[2])), 2) is None


def test_a_block_that_is_the_same_costs_one_question(at):
    at.record.mine(*at.granted())
    at.view.follow()
    at.record.asked.clear()
    at.view.follow()
    assert at.record.asked == ["newest"]


@pytest.mark.parametrize("depth", [1, 2, 5, KEPT_BLOCKS - 1])
@pytest.mark.parametrize("more", [0, 1, 3])
def test_a_reorganisation(at, depth, more):
    at.record.mine(*at.granted(), at.commits(1), *member(2))
    at.record.mine(blocks=KEPT_BLOCKS)
    at.follow()
    at.record.mine(at.commits(2), events.MemberSuspended(AT, 2, 1, 9, SOMEBODY), *events_of(key().address, HELD))
    at.view.follow()
    at.record.mine(at.commits(3), blocks=depth - 1)
    assert at.follow()[1] == ROOTS[2 if depth == 1 else 3]
    at.record.reorganise(depth)
    at.record.mine(blocks=depth + more)
    assert at.follow()[:2] == (HELD, ROOTS[1])
    assert at.view.look(commit(at.key), 2).is_adviser


def test_a_reorganisation_so_deep_that_all_is_read_again(at):
    at.record.mine(*at.granted(), at.commits(1))
    at.record.mine(at.commits(2), blocks=3 * KEPT_BLOCKS)
    assert at.follow()[1] == ROOTS[2]
    at.record.reorganise(3 * KEPT_BLOCKS)
    at.record.mine(blocks=4 * KEPT_BLOCKS)
    assert at.follow()[1] == ROOTS[1]


def test_a_long_record_is_read_in_parts(at):
    at.record.mine(*at.granted(), at.commits(1), blocks=2 * BLOCKS_AT_ONCE)
    assert at.view.follow()
    assert at.held() is None
    assert at.follow() == (HELD, ROOTS[1], 1000 + 2 * BLOCKS_AT_ONCE)
    assert at.record.asked.count("events_from") == 2
