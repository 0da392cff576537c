"""areLive: isLive of many consents at once, in their order.

When none is named, or more than a batch may have       it reverts with BatchSizeOutOfRange
When live and other consents of many recipients mix     each has its own answer, in its place
When a consent is named twice                           it has two answers
When a consent is unknown                               it is not live
Given a recipient between others is suspended           only its consents are not live
Given recipients 1, 17, 2^16 + 1, 2^31, 2^32 - 1        each has its own answer
"""

from itertools import permutations, product

import pytest

from tests.support.governing import WEEK


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


FAR_APART = (1, 17, 2**16 + 1, 2**31, 2**32 - 1)


@pytest.fixture(scope="module")
def far_apart(system, claimants, governing):
    """Live consents of advisers whose numbers have the same last bits, by number; member 1 is an adviser, too."""
    consortium = system.consortium
    adviser = consortium.ADVISER()
    changes = [governing.operation("grantRole", adviser, consortium.seatOf(1))]
    for number in FAR_APART[1:]:
        admission = (number, f"Member {number}", [adviser], f"0x{number + 2**40:040x}", bytes(32))
        changes.append(governing.operation("admit", admission))
    for change in changes:
        governing.propose(change)
    governing.wait(WEEK)
    for change in changes:
        governing.execute(change)
    keys = {number: claimants.granted(recipient=number).address for number in FAR_APART}
    claimants.move_to(claimants.now() + 3600)
    return keys


@pytest.mark.parametrize("suspended", FAR_APART)
def test_of_recipients_that_are_far_apart(system, far_apart, governing, suspended):
    governing.suspend(suspended)
    order = [number for pair in product(FAR_APART, repeat=2) for number in pair]
    live = system.consents.areLive([far_apart[number] for number in order])
    assert list(live) == [number != suspended for number in order]
