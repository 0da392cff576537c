"""What a hop keeps, when it passes it on, and that each request has one end.

When a request can wait                  it is passed on in the next epoch, in another order than it came
When it is urgent                        it is passed on at once
Given a gateway that is down             it is held, then passed on once it is up, or given up after a stated time
Given a gateway that refuses             it ends, and the wallet is told
When it is given again                   it is known, and passed on once
When its database is searched            there is no byte of a message, a consent or an address in it
"""

import pytest

from jamjar.errors import InvalidInput
from jamjar.hop.message import GatewayKind, dummy
from jamjar.hop.refusal import GatewayUnavailable
from jamjar.hop.refusal import HopCode as Code
from jamjar.hop.settings import HopSettings, gateway_id
from jamjar.hop.store import KeptState
from tests.unit.hop.world import EPOCH, RELAYER, HopWorld, answer_of, sealed
from tests.unit.relayer.world import NOW, grant, key, text

DAY = 86400


def test_what_can_wait_is_shuffled(world):
    world.clock.now += 1
    made = [sealed(b"%d" % number) for number in range(30)]
    for number, each in enumerate(made):
        world.clock.now += 1
        assert world.keep(each.data, f"10.0.0.{number}").due_at == NOW + EPOCH
    assert world.passing.pass_once() == 0
    world.clock.now = NOW + EPOCH
    assert world.passing.pass_once() == 30
    came = [int(request.body) for request in world.passes.opened]
    assert sorted(came) == list(range(30)) != came
    assert {answer_of(world, each).status for each in made} == {200}
    assert (world.passing.pass_once(), len(world.passes.passed)) == (0, 30)


def test_what_is_urgent_goes_at_once(world):
    made = sealed()
    assert world.keep(made.data, urgent=True).state is KeptState.ANSWERED
    assert answer_of(world, made).body == b'{"did":"1"}'
    assert (world.keep(made.data, urgent=True).state, len(world.passes.passed)) == (KeptState.ANSWERED, 1)


@pytest.mark.parametrize("urgent", [False, True])
def test_a_gateway_that_is_down(world, urgent):
    world.passes.down, made = True, [sealed() for _ in range(8)]
    for each in made:
        assert world.keep(each.data, urgent=urgent).state is KeptState.HELD
    world.clock.now += EPOCH
    for _ in range(4):
        assert world.passing.pass_once() == 0
        world.clock.now += world.settings.retry
    assert [answer_of(world, each) for each in made] == [None] * 8
    world.passes.down = False
    world.clock.now += world.settings.retry
    assert world.passing.pass_once() == 8
    assert all(answer_of(world, each) for each in made)


def test_one_that_is_never_answered_stands_in_no_others_way(world):
    made = [sealed(b"%d" % number) for number in range(6)]
    passed, poison = world.passes.pass_on, made[0].data

    def pass_on(address, data, length):
        if data == poison:
            raise GatewayUnavailable("The gateway did not answer; try again.")
        return passed(address, data, length)

    world.passes.pass_on = pass_on
    for each in made:
        world.keep(each.data)
    world.clock.now += EPOCH
    assert world.passing.pass_once() == 5


def test_it_is_given_up_after_days(world, refuses):
    world.passes.down, made = True, sealed()
    world.keep(made.data)
    world.clock.now += 4 * DAY
    world.passing.pass_once()
    with refuses(Code.GAVE_UP):
        world.hop.look(made.id.hex())
    assert world.store.sealed(made.id.hex()) is None
    world.clock.now += 8 * DAY
    world.passing.pass_once()
    with refuses(Code.UNKNOWN_ID):
        world.hop.look(made.id.hex())


def test_a_gateway_that_refuses(world, refuses):
    world.passes.refuses, made = True, sealed()
    world.keep(made.data)
    world.clock.now += EPOCH
    world.passing.pass_once()
    with refuses(Code.GATEWAY_REFUSED):
        world.hop.look(made.id.hex())
    assert len(world.passes.passed) == 1


def test_fetched_forgotten_and_taken_back(world, refuses):
    one, two = sealed(), sealed()
    for each in (one, two):
        world.keep(each.data)
    world.hop.forget(two.id.hex())
    world.clock.now += EPOCH
    world.passing.pass_once()
    assert world.passes.passed == [one.data]
    assert world.hop.look(one.id.hex()) == world.hop.look(one.id.hex())  # until it is deleted
    world.hop.forget(one.id.hex())
    with refuses(Code.UNKNOWN_ID):
        world.hop.look(one.id.hex())


def test_limits(tmp_path, refuses):
    world = HopWorld(tmp_path, each=3, most=5, burst=20)
    for number in range(5):
        world.keep(sealed().data, f"10.0.0.{number // 3}")
    with refuses(Code.TOO_MANY):
        world.keep(sealed().data, "10.0.0.0")
    with refuses(Code.FULL):
        world.keep(sealed().data, "10.0.0.9")
    with refuses(Code.TOO_FAST):
        for _ in range(21):
            world.hop.at_once(gateway_id(RELAYER), sealed(request=dummy()).data, "10.0.0.8")
    for settings in ({"gateways": {}}, {"gateways": {RELAYER: GatewayKind.RELAYER}, "epoch": 2 * DAY}):
        with pytest.raises(InvalidInput):
            HopSettings(**settings)
    world.store.close()


def test_its_database_holds_nothing_that_can_be_read(world, tmp_path):
    by, address = key(), "203.0.113.77"
    message = text(grant(by))
    made = sealed(message.encode())
    world.keep(made.data, address)
    world.store.engine.dispose()
    found = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert made.data[48:80] in found
    signature = message.partition('"r":"0x')[2][:64]
    for name in (address, by.address, by.address[2:].lower(), signature, "Grant", made.seed.hex()):
        assert name.encode() not in found
    for raw in (bytes.fromhex(by.address[2:]), bytes.fromhex(signature), made.seed):
        assert raw not in found
    world.clock.now += EPOCH
    world.passing.pass_once()
    world.store.engine.dispose()
    assert made.data[48:80] not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
