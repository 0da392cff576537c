"""What others, or bad luck, could do to a message at the door: nothing that keeps it from being carried.

Given it was rejected, and could be carried now   it is accepted again, after what is queued
Given it was rejected, and still would be         its reason is told again
Given a sender has much waiting                   its withdrawals are taken, even when the relayer is full
Given a consent's messages pile up                the next is refused, a withdrawal is not
When a pause comes after a reconfirmation         neither waits for an epoch
When the epoch passes while one decides           it goes with the next
When the node hangs, and all ask for health       there are threads for a withdrawal
"""

import threading

import pytest
import requests
from sqlalchemy import update

from jamjar.protocol import typed_data
from jamjar.protocol.typed_data import Pause, Reconfirm, Withdraw
from jamjar.relayer import refusal
from jamjar.relayer.item import ItemState
from jamjar.relayer.queue import Accepted
from jamjar.relayer.tables import ITEMS
from jamjar.service.database import transaction
from tests.unit.relayer.world import DAY, DEPLOYMENT, EPOCH, NOW, SETTINGS, commit, grant, key, nothing, signed, text

PATIENCE = 120


def reject(world):
    with transaction(world.queue.engine) as connection:
        connection.execute(update(ITEMS).values(state=ItemState.REJECTED, reason="ConsentNotOpen: wait", ended_at=NOW))


def accepted(message):
    domain = DEPLOYMENT.domain_of(type(message.message))
    return Accepted(typed_data.digest(domain, message.message), message, domain, NOW, NOW + EPOCH, NOW + 2 * EPOCH)


def live(world):
    by = key()
    world.ledger.grant(by.address)
    return by


def test_what_was_rejected_once_is_taken_when_it_can_be_carried(world):
    by = key()
    pause = signed(by, Pause(by.address, 0))
    world.ledger.down = True
    first = world.take(pause)
    reject(world)  # its consent was not granted then
    world.ledger.down = False
    again = world.take(pause)
    assert (again.state, again.is_new, again.outcome.code) == (ItemState.REJECTED, False, "ConsentNotOpen")
    world.ledger.grant(by.address)
    world.clock.now += 50
    taken = world.take(pause)
    assert (taken.id, taken.state, taken.is_new) == (first.id, ItemState.WAITING, True)
    assert taken.receipt.receipt.accepted_at == NOW + 50
    assert [item.id for item in world.queue.waiting(by.address)] == [first.id]


def test_what_is_taken_again_has_its_turn_after_what_waits(world):
    by = live(world)
    again = accepted(commit(by, 1))
    world.queue.accept(again, (), 9)
    reject(world)
    before = world.queue.accept(accepted(commit(by, 2)), (), 9)
    assert world.queue.accept(again, (), 9) is None  # decided without what is queued
    world.queue.accept(again, (before.number,), 9)
    assert [item.id for item in world.queue.waiting(by.address)] == [before.id, again.id]


def test_one_with_much_waiting_may_withdraw(world):
    for number in range(SETTINGS.most):
        world.take(grant(key()), "kiosk" if number < 10 else f"sender {number}")
    by = live(world)
    assert world.take(signed(by, Withdraw(by.address)), "kiosk").is_new


def test_one_consent_has_a_handful_of_places(world, refuses):
    by = live(world)
    with refuses(refusal.RelayerCode.TOO_MANY):
        for number in range(SETTINGS.most):
            world.take(commit(by, number + 1, number), f"sender {number}")
    assert len(world.queue.waiting(by.address)) <= 16
    assert world.take(signed(by, Withdraw(by.address))).is_new


def test_the_epoch_that_passes_meanwhile(world):
    def meanwhile():
        world.clock.now += EPOCH - 1
        world.ledger.meanwhile = nothing

    world.clock.now += 5
    world.ledger.meanwhile = meanwhile
    by = live(world)
    taken = world.take(commit(by))
    assert world.queue.item(taken.id).due_at == NOW + 2 * EPOCH


def test_a_pause_lets_no_epoch_pass(world):
    by = live(world)
    world.take(signed(by, Reconfirm(by.address, 0, NOW + 60 * DAY)))
    world.take(signed(by, Pause(by.address, 1)))
    waiting = world.queue.waiting(by.address)
    assert [(type(item.signed.message), item.due_at) for item in waiting] == [(Reconfirm, NOW), (Pause, NOW)]


@pytest.mark.parametrize("path", ["/health", "/metrics"])
def test_a_node_that_hangs_while_all_ask(world, monkeypatch, path):
    answers, asked = threading.Event(), threading.Semaphore(0)
    by = live(world)
    hang = (world.ledger, "time") if path == "/health" else (world.queue, "counts")
    usual = getattr(*hang)

    def hangs():
        asked.release()
        answers.wait(PATIENCE)
        return usual()

    with world.running():
        monkeypatch.setattr(*hang, hangs)
        threads = [threading.Thread(target=requests.get, args=(f"{world.url}{path}",)) for _ in range(60)]
        for thread in threads:
            thread.start()
        assert asked.acquire(timeout=PATIENCE)
        threading.Event().wait(0.5)  # the others are on their way
        monkeypatch.setattr(world.ledger, "time", lambda: NOW)
        body = text(signed(by, Withdraw(by.address)))
        try:
            assert requests.post(f"{world.url}/messages", data=body, timeout=PATIENCE / 2).status_code == 202
        finally:
            answers.set()
            for thread in threads:
                thread.join()
