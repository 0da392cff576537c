"""What a relayer takes in, and what it refuses, each with its one reason.

When it is no message of this ledger       refused, and nothing is kept
When the same comes twice                  one item, one receipt, until it is carried: then none, but anybody may ask
When it is on the ledger                   recorded, and nothing is kept
Given the node is down                     urgent ones are taken, others are not
"""

import pytest
from sqlalchemy import update

from jamjar.model.state import Stage
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.typed_data import Acknowledge, Grant, Pause, Withdraw
from jamjar.relayer import promise, refusal
from jamjar.relayer.item import ItemState
from jamjar.relayer.tables import ITEMS
from jamjar.service.database import transaction
from tests.unit.relayer.world import DEPLOYMENT, EPOCH, NOW, TIMING, commit, grant, key, nothing, signed, text

ELSEWHERE = Deployment(5, 1, "test", *DEPLOYMENT.contracts().values())


def wrong_signature():
    return text(grant(key())).replace('"recipient":2', '"recipient":3')


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("", refusal.RelayerCode.MALFORMED),
        (None, refusal.RelayerCode.MALFORMED),
        ("{" * 5000, refusal.RelayerCode.MALFORMED),
        ('{"format":"jamjar.signed.1"}', refusal.RelayerCode.MALFORMED),
        (wrong_signature(), refusal.RelayerCode.BAD_SIGNATURE),
        (text(signed(by := key(), Withdraw(by.address), ELSEWHERE), ELSEWHERE), refusal.RelayerCode.WRONG_LEDGER),
        (text(commit(key())).replace('"chain_id":1337', '"chain_id":5'), refusal.RelayerCode.BAD_SIGNATURE),
    ],
    ids=["empty", "none", "braces", "format-alone", "other-recipient", "other-ledger", "other-chain"],
)
def test_what_is_no_message_of_this_ledger(world, refuses, sent, code):
    with refuses(code):
        world.intake.take(sent, "anybody")
    assert world.queue.open() == 0


def test_what_the_ledger_would_reject_is_not_kept(world, refuses):
    with refuses("ConsentNotLive") as error:
        world.take(commit(key()))
    assert "ConsentNotLive(0x" in str(error.value)
    assert world.queue.open() == 0


def test_the_same_message_twice(world):
    message = grant(key())
    first = world.take(message)
    world.clock.now += 100
    again = world.take(message, "somebody else")
    assert (first.is_new, again.is_new, world.queue.open()) == (True, False, 1)
    assert (again.id, again.receipt) == (first.id, first.receipt)
    assert first.receipt.receipt == promise.Promise(first.id, NOW, NOW + 2 * EPOCH)
    domain = promise.domain_of(DEPLOYMENT.domain_of(Grant))
    promise.check(first.receipt, first.id, domain, lambda account: account == world.operator.address)


def test_of_what_waits_only_who_has_it_hears(world, refuses):
    answer = world.take(message := grant(key()))
    with refuses(refusal.RelayerCode.UNKNOWN_MESSAGE):
        world.intake.look(answer.id)
    with transaction(world.queue.engine) as connection:
        connection.execute(update(ITEMS).values(state=ItemState.CARRIED))
    found = world.intake.look(answer.id)
    assert (found.state, found.receipt) == (ItemState.CARRIED, None)
    assert world.take(message) == found
    with refuses(refusal.RelayerCode.UNKNOWN_MESSAGE):
        world.intake.look(b"\1" * 32)


def test_what_is_on_the_ledger_already(world):
    message = signed(by := key(), Withdraw(by.address))
    world.ledger.grant(by.address, stage=Stage.WITHDRAWN)
    world.ledger.carried.add(message.message)
    answer = world.take(message)
    assert (answer.state, answer.receipt, answer.is_new, world.queue.open()) == (ItemState.RECORDED, None, False, 0)


def test_a_commitment_under_a_grant_that_waits(world):
    by = key()
    for message in (grant(by), commit(by, 1), commit(by, 2, 1)):
        assert world.take(message).is_new
    assert [item.due_at for item in world.queue.waiting(by.address)] == [NOW + n * EPOCH for n in (1, 3, 3)]


def test_it_is_decided_again_when_another_came_meanwhile(world, refuses):
    by = key()
    world.ledger.grant(by.address)
    other = commit(by, 7)

    def meanwhile():
        world.ledger.meanwhile = nothing
        world.take(other)

    world.ledger.meanwhile = meanwhile
    with refuses("HeadMismatch"):
        world.take(commit(by, 8))
    assert world.queue.open() == 1


def test_while_the_node_is_down(world, refuses):
    by, world.ledger.down = key(), True
    for message in (grant(by), commit(by), signed(by, Acknowledge(by.address, b"\1" * 32, b"\2" * 32))):
        with refuses(refusal.RelayerCode.NODE_UNAVAILABLE):
            world.take(message)
    for message in (signed(by, Pause(by.address, 0)), signed(by, Withdraw(by.address))):
        assert world.take(message).receipt.receipt.accepted_at == NOW
    assert world.queue.earliest() == (NOW, NOW + TIMING.promise)


def test_who_sent_it_is_nowhere_in_the_database(world, tmp_path):
    world.take(grant(key()), "203.0.113.77")
    world.queue.close()
    assert not [file for file in tmp_path.iterdir() if b"203.0.113.77" in file.read_bytes()]
