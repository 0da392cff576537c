"""A hop that is killed at any step passes on what it took, after it started again."""

import pytest

from tests.unit.hop.world import EPOCH, answer_of, sealed


@pytest.mark.parametrize("urgent", [False, True])
def test_killed_before_it_was_passed_on(world, urgent):
    made = sealed()
    world.passes.pass_on, before = _killed, world.passes.pass_on
    try:
        world.keep(made.data, urgent=urgent)
    except KeyboardInterrupt:
        assert urgent
    world.clock.now += EPOCH
    with pytest.raises(KeyboardInterrupt):
        world.passing.pass_once()
    world.passes.pass_on = before
    world.restart()
    assert world.passing.pass_once() == 1
    assert answer_of(world, made).status == 200


def test_killed_after_the_gateway_had_it(world):
    made, end = sealed(), world.store.end
    world.keep(made.data)
    world.clock.now += EPOCH
    world.store.end = _killed
    with pytest.raises(KeyboardInterrupt):
        world.passing.pass_once()
    world.store.end = end
    world.restart()
    assert world.passing.pass_once() == 1
    assert world.passes.passed == [made.data, made.data]  # the service behind the gateway knows it
    assert answer_of(world, made).body == b'{"did":"2"}'


def _killed(*_, **__):
    raise KeyboardInterrupt
