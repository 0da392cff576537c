"""A door that decides by a replay: what it accepts it does not ask about, and what it refuses the node refused.

Given the replay is sure             accepted without a question to the node, even if that hangs or is down
Given the replay would refuse        the node is asked, which may know better by now; its answer counts
Given the replay is not sure         the node is asked
"""

import pytest

from jamjar.model.state import Stage
from jamjar.protocol.typed_data import Acknowledge, Pause, Withdraw
from jamjar.relayer.item import ItemState
from jamjar.relayer.refusal import RelayerCode as Code
from tests.unit.relayer.replayed_ledger import ReplaysEachTime
from tests.unit.relayer.world import SETTINGS, FakeLedger, World, commit, grant, key, signed


@pytest.fixture
def world(tmp_path):
    """A door whose replay is of `behind`, which may differ from what its node has."""
    made = World(f"sqlite:///{tmp_path / 'relayer.db'}")
    made.behind = FakeLedger(made.clock)
    made.replay = ReplaysEachTime(made.behind, made.operator.address)
    made.replayed = made.replay.look
    made.intake = made.door(SETTINGS)
    yield made
    made.queue.close()


def test_what_is_accepted_is_not_asked_about(world):
    by, other = key(), key()
    world.behind.grant(by.address)
    world.ledger.down = True
    for message in (commit(by), signed(by, Pause(by.address, 0)), signed(by, Withdraw(by.address)), grant(other)):
        assert world.take(message).is_new
    assert world.take(commit(other)).is_new  # under the grant that waits
    assert world.replay.used == 5


def test_a_withdrawal_that_is_replayed_may_take_the_reserve(world):
    by = key()
    world.behind.grant(by.address)
    for number in range(SETTINGS.most):
        world.take(grant(key()), str(number))
    world.ledger.down = True
    assert world.take(signed(by, Withdraw(by.address))).is_new


def test_the_node_may_know_a_consent_that_the_replay_does_not(world):
    by = key()
    world.ledger.grant(by.address)
    assert world.take(commit(by)).is_new


def test_what_the_node_refuses_too_is_refused(world, refuses):
    by = key()
    for ledger in (world.ledger, world.behind):
        ledger.grant(by.address, stage=Stage.WITHDRAWN)
    with refuses("ConsentNotLive"):
        world.take(commit(by))
    with refuses("ConsentExists"):
        world.take(grant(by))


def test_nothing_is_refused_by_the_replay_alone(world, refuses):
    by, world.ledger.down = key(), True
    with refuses(Code.NODE_UNAVAILABLE):
        world.take(commit(by))
    assert world.take(signed(by, Withdraw(by.address))).is_new  # nothing may stop it


def test_what_is_recorded_is_known_though_the_replay_is_behind(world):
    by = key()
    message = signed(by, Withdraw(by.address))
    for ledger in (world.ledger, world.behind):
        ledger.grant(by.address, stage=Stage.WITHDRAWN)
    world.ledger.carried.add(message.message)
    assert world.take(message).state is ItemState.RECORDED


def test_what_is_not_replayed_is_asked_about(world, refuses):
    by = key()
    world.behind.grant(by.address)
    world.ledger.grant(by.address)
    with refuses("AdviceUnknown"):
        world.take(signed(by, Acknowledge(by.address, b"\1" * 32, b"\2" * 32)))
    world.behind.down = True
    assert world.take(commit(by)).is_new
