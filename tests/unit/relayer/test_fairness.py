"""What one sender, or many, can take from the others: never all, and no withdrawal of a consent that is known.

Given one sender floods, fast or slowly    refused; others are taken
Given the node hangs                       urgent messages are taken
Given the relayer is full                  only urgent messages about consents that are known are taken
"""

import threading
from dataclasses import replace
from types import SimpleNamespace

from sqlalchemy import update

from jamjar.protocol.typed_data import Withdraw
from jamjar.relayer import refusal
from jamjar.relayer.intake import MOST_LOOKING
from jamjar.relayer.item import ItemState
from jamjar.relayer.sender_quota import SenderQuota
from jamjar.relayer.tables import ITEMS
from jamjar.service.database import transaction
from jamjar.service.refusal_http import sender_of
from tests.unit.relayer.world import EPOCH, NOW, SETTINGS, grant, key, nothing, signed

PATIENCE = 120


def withdraw(world, known=True):
    by = key()
    if known:
        world.ledger.grant(by.address)
    return signed(by, Withdraw(by.address))


def fill(world):
    """Take as much as there may be of what is ordinary, from a sender each."""
    for number in range(SETTINGS.most):
        world.take(grant(key()), f"sender {number}")


def test_a_full_relayer_takes_withdrawals(world, refuses):
    fill(world)
    with refuses(refusal.RelayerCode.FULL):
        world.take(grant(key()))
    with refuses(refusal.RelayerCode.FULL):
        world.take(withdraw(world, known=False))  # anybody can make such ones without end
    for number in range(SETTINGS.reserve):
        assert world.take(withdraw(world), f"claimant {number}").is_new
    with refuses(refusal.RelayerCode.FULL):
        world.take(withdraw(world))


def test_one_sender_leaves_room_for_others(world, refuses):
    with refuses(refusal.RelayerCode.TOO_MANY):
        for _ in range(SETTINGS.most):
            world.take(grant(key()), "flood")
    assert world.queue.open() < SETTINGS.most / 2
    assert world.take(grant(key()), "another").is_new
    with transaction(world.queue.engine) as connection:
        connection.execute(update(ITEMS).values(state=ItemState.REJECTED, reason="X: y"))
    assert world.take(grant(key()), "flood").is_new


def test_a_flood_is_too_fast_and_urgent_ones_are_not_of_it(world, refuses):
    world.intake = world.door(replace(SETTINGS, burst=3, per_second=0.1))
    for _ in range(3):
        world.take(grant(key()), "flood")
    with refuses(refusal.RelayerCode.TOO_FAST):
        world.take(grant(key()), "flood")
    assert world.take(grant(key()), "another").is_new
    assert world.take(withdraw(world), "flood").is_new
    world.clock.now += 10
    assert world.take(grant(key(), NOW + 2 * EPOCH + 10), "flood").is_new


def test_a_node_that_hangs_leaves_room_for_withdrawals(world, refuses):
    answers, hanging = threading.Event(), threading.Barrier(MOST_LOOKING + 1)

    def meanwhile():
        hanging.wait(PATIENCE)
        answers.wait(PATIENCE)

    world.ledger.meanwhile, world.replayed = meanwhile, lambda *_: None  # nothing is sure for long then
    world.intake = world.door(SETTINGS)
    threads = [threading.Thread(target=world.take, args=(grant(key()), str(n))) for n in range(MOST_LOOKING)]
    for thread in threads:
        thread.start()
    hanging.wait(PATIENCE)
    world.ledger.meanwhile = nothing
    with refuses(refusal.RelayerCode.BUSY):
        world.take(grant(key()))
    assert world.take(withdraw(world)).is_new
    answers.set()
    for thread in threads:
        thread.join()
    assert world.queue.open() == MOST_LOOKING + 1


def test_a_sender_has_one_address_or_one_network():
    hosts = ("192.0.2.7", "2001:db8::1", "2001:db8::2:1", "2001:db8:1::1", "no:address")
    requests = [SimpleNamespace(client=SimpleNamespace(host=host)) for host in hosts]
    assert [sender_of(request) for request in requests] == [
        "192.0.2.7",
        "2001:db8::/64",
        "2001:db8::/64",
        "2001:db8:1::/64",
        "no:address",
    ]
    assert sender_of(SimpleNamespace(client=None)) == ""


def test_what_has_ended_is_forgotten():
    current = set(range(2000))
    shares = SenderQuota(1.0, lambda numbers: current & set(numbers))
    for number in range(1500):
        shares.took(f"sender {number}", [number])
    current.clear()
    for number in range(1500, 3500):
        shares.took("sender", [number])
    assert sum(map(len, shares._items.values())) < 1024
