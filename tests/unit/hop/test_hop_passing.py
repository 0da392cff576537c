"""The passes of a hop over what is due.

When much is due             what is urgent goes before what can wait, and no pass is so long that it waits for its end
When a gateway hangs         the others are passed on to after a few attempts
"""

import secrets

from jamjar.hop.message import GatewayKind, dummy, seal_request
from jamjar.hop.refusal import GatewayUnavailable
from jamjar.hop.settings import gateway_id
from tests.unit.hop.world import MAILBOX, RELAYER, sealed, secret

KEY = secret().signed.key.key


def test_what_is_urgent_is_tried_again_before_what_can_wait(world):
    world.passes.down, made = True, [sealed(b"%d" % number) for number in range(16)]
    for number, each in enumerate(made):
        world.keep(each.data, urgent=number < 3)
    world.passes.down = False
    world.clock.now += world.settings.epoch
    world.passing.pass_once()
    came = [int(request.body) for request in world.passes.opened]
    assert (set(came[:3]), sorted(came)) == ({0, 1, 2}, list(range(16)))


def test_a_pass_ends_so_that_what_became_urgent_is_seen(world):
    passed, made = world.passes.pass_on, [sealed(b"%d" % number) for number in range(6)]

    def slow(address, data, length):
        world.clock.now += 20
        return passed(address, data, length)

    world.passes.pass_on = slow
    for each in made:
        world.keep(each.data)
    world.clock.now += world.settings.epoch
    assert [world.passing.pass_once() for _ in range(4)] == [2, 2, 2, 0]


def test_a_gateway_that_hangs_delays_the_others_by_a_few_attempts(world):
    passed, tried = world.passes.pass_on, []

    def hangs(address, data, length):
        if address == RELAYER:
            return passed(address, data, length)
        tried.append(data)
        world.clock.now += 30
        raise GatewayUnavailable("The gateway did not answer; try again.")

    world.passes.pass_on = hangs
    for _ in range(8):
        world.keep(sealed().data)
    for number in range(8):
        data = seal_request(dummy(), KEY, MAILBOX, GatewayKind.MAILBOX, secrets.token_bytes).data
        world.hop.keep(gateway_id(MAILBOX), data, f"10.0.0.{number}", urgent=False)
    world.clock.now += world.settings.epoch
    for _ in range(4):
        world.passing.pass_once()
    assert (len(world.passes.opened), len(tried)) == (8, 3)
