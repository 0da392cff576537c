"""What a hop waits for: the keys of its gateways, the same to all for an hour, and their answers.

When a gateway hangs                        one thread waits for its key, and other gateways are passed on to
When a gateway does not answer              the key that it gave before is given
When a gateway refuses a request            its key is asked for again, once a minute at most
"""

import contextlib
import secrets
import threading

from jamjar.hop.message import GatewayKind, dummy, seal_request
from jamjar.hop.refusal import GatewayUnavailable
from jamjar.hop.refusal import HopCode as Code
from jamjar.hop.settings import gateway_id
from jamjar.hop.store import KeptState
from jamjar.service.refusal import Refused
from tests.unit.hop.world import MAILBOX, RELAYER, sealed, secret

NAME, KEY = gateway_id(RELAYER), secret().signed.key.key


def test_one_thread_waits_for_a_gateway_that_hangs(world):
    asked, go_on = threading.Event(), threading.Event()
    given, codes = world.passes.key, []

    def hangs(address):
        if address == RELAYER:
            asked.set()
            assert go_on.wait(60)
        return given(address)

    def ask():
        try:
            world.hop.key(NAME)
        except Refused as error:
            codes.append(error.refusal.code)

    world.passes.key = hangs
    first = threading.Thread(target=world.hop.key, args=(NAME,))
    first.start()
    assert asked.wait(60)
    others = [threading.Thread(target=ask) for _ in range(5)]
    for each in others:
        each.start()
    for each in others:
        each.join(60)
    assert world.hop.key(gateway_id(MAILBOX))
    go_on.set()
    first.join(60)
    assert (codes, world.passes.keys) == ([Code.GATEWAY_UNAVAILABLE] * 5, 2)
    world.hop.key(NAME)
    assert world.passes.keys == 2


def test_a_gateway_that_hangs_leaves_room_for_the_others(world, monkeypatch):
    monkeypatch.setattr("jamjar.hop.service.MOST_AT_ONCE", 4)
    world.start()
    passed, go_on, there = world.passes.pass_on, threading.Event(), threading.Semaphore(0)

    def hangs(address, data, length):
        if address == MAILBOX:
            there.release()
            assert go_on.wait(60)
            raise GatewayUnavailable("The gateway did not answer; try again.")
        return passed(address, data, length)

    def ask():
        with contextlib.suppress(Refused):
            world.hop.at_once(gateway_id(MAILBOX), data, "10.0.0.9")

    world.passes.pass_on = hangs
    data = seal_request(dummy(), KEY, MAILBOX, GatewayKind.MAILBOX, secrets.token_bytes).data
    asking = [threading.Thread(target=ask) for _ in range(4)]
    for each in asking:
        each.start()
    assert all(there.acquire(timeout=60) for _ in range(2))
    kept = world.keep(sealed().data, urgent=True)
    go_on.set()
    for each in asking:
        each.join(60)
    assert kept.state is KeptState.ANSWERED


def test_the_one_before_while_the_gateway_is_down(world):
    key = world.hop.key(NAME)
    world.clock.now += world.settings.key
    world.passes.down = True
    assert world.hop.key(NAME) == key
    world.passes.down = False
    assert (world.hop.key(NAME), world.passes.keys) == (key, 3)


def test_once_a_minute_for_whoever_is_refused(world):
    world.hop.key(NAME)
    world.passes.refuses = True
    for _ in range(3):
        world.keep(sealed().data, urgent=True)
        world.hop.key(NAME)
    assert world.passes.keys == 1
    world.clock.now += 60
    for _ in range(3):
        world.hop.key(NAME)
    assert world.passes.keys == 2
    world.clock.now += 60
    world.hop.key(NAME)
    assert world.passes.keys == 2
