"""A hop that is killed at any step passes on what it took, after it started again, on either database."""

import pytest

from tests.unit.hop.world import EPOCH, HopWorld, answer_of, sealed


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


def test_on_each_database(tmp_path, url):
    world = HopWorld(tmp_path, database=url)
    kept, back, urgent = sealed(b"kept"), sealed(b"taken back"), sealed(b"urgent")
    for each in (kept, kept, back):
        world.keep(each.data)
    world.keep(urgent.data, urgent=True)
    world.hop.forget(back.id.hex())
    world.clock.now += EPOCH
    world.restart()
    assert world.passing.pass_once() == 1
    assert [request.body for request in world.passes.opened] == [b"urgent", b"kept"]
    assert [answer_of(world, each).status for each in (kept, urgent)] == [200, 200]
    world.clock.now += 8 * 86400
    world.passing.pass_once()
    assert (sum(world.store.counts().values()), world.store.oldest_due()) == (0, None)
    world.store.close()
