"""areLive: isLive of many consents at once, in their order.

When none is named                                      the answer is empty
When live and other consents of many recipients mix     each has its own answer, in its place
When a consent is named twice                           it has two answers
When a consent is unknown                               it is not live
Given a recipient between others is suspended           only its consents are not live
"""

from itertools import permutations

import pytest


def test_of_none(system):
    assert system.consents.areLive([]) == []


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
