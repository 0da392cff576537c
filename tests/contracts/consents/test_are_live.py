"""areLive: isLive of many consents at once, in their order.

When none is named, or more than a batch may have       it reverts with BatchSizeOutOfRange
When live and other consents of many recipients mix     each has its own answer, in its place
When a consent is named twice                           it has two answers
When a consent is unknown                               it is not live
Given a recipient between others is suspended           only its consents are not live
Given recipients whose numbers are 16 apart             each has its own answer
"""

from itertools import permutations

import pytest


@pytest.mark.parametrize("size", [0, 257])
def test_reverts_when_the_size_is_out_of_range(system, people, refused, size):
    with refused("BatchSizeOutOfRange", size, 256):
        system.consents.areLive([people.stranger] * size)


@pytest.fixture
def mixed(system, claimants, people):
    """Addresses by what they are: live ones of members 2 and 3, one paused, one unknown."""
    keys = {"two": claimants.granted(), "three": claimants.granted(recipient=3), "paused": claimants.granted()}
    claimants.move_to(claimants.now() + 3600)
    system.consents.pause(*claimants.pause(keys["paused"], 0), {"from": people.operator})
    return {name: key.address for name, key in keys.items()} | {"unknown": claimants.key().address}


def test_in_their_order(system, mixed):
    for order in permutations(mixed):
        live = system.consents.areLive([mixed[name] for name in order])
        assert list(live) == [name in ("two", "three") for name in order]


def test_given_one_recipient_is_no_active_adviser(system, mixed, recipient):
    recipient.fall()
    for order in permutations(mixed):
        live = system.consents.areLive([mixed[name] for name in order])
        assert list(live) == [name == "three" for name in order]


def test_when_named_twice(system, mixed):
    names = ["two", "unknown", "two", "two", "three", "paused", "three"]
    live = system.consents.areLive([mixed[name] for name in names])
    assert list(live) == [True, False, True, True, True, False, True]


def test_of_many(system, mixed):
    names = ["two", "paused", "three", "unknown"] * 25
    live = system.consents.areLive([mixed[name] for name in names])
    assert list(live) == [True, False, True, False] * 25


@pytest.mark.parametrize("suspended", [2, 18])
def test_of_recipients_that_are_sixteen_apart(system, claimants, people, suspended):
    consortium, administrator = system.consortium, {"from": people.administrator}
    consortium.admit(18, "Far Advice", [consortium.ADVISER()], people.stranger, bytes(32), administrator)
    keys = {number: claimants.granted(recipient=number).address for number in (2, 18)}
    claimants.move_to(claimants.now() + 3600)
    consortium.suspend(suspended, administrator)
    order = [2, 18, 2, 2, 18, 18]
    assert list(system.consents.areLive([keys[number] for number in order])) == [n != suspended for n in order]
