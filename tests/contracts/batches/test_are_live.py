"""areLive: whether each of many consents is live, in their order.

When their recipients alternate
├── given all recipients are active advisers       it says of each what isLive says
├── given one of the recipients is suspended       ... also of those before and after the suspended one's
└── given some were never granted                  ... also of those before and after them
When a batch of commitments is about them          those that are live are recorded, the others rejected
"""

import itertools

import pytest

ROOT = b"\x11" * 32


@pytest.fixture(scope="module")
def mixed(system, claimants, people):
    """Consents to members 2 and 3, live, exhausted, paused, never granted, and withdrawn before they were granted."""
    keys = {
        "live to 2": claimants.granted(),
        "live to 3": claimants.granted(recipient=3),
        "paused to 2": claimants.granted(),
        "exhausted to 2": claimants.granted(max_uses=1),
        "not granted": claimants.key(),
        "overtaken": claimants.key(),
    }
    claimants.move_to(system.consents.getConsent(keys["exhausted to 2"].address)["validFrom"])
    carried = {"from": people.operator}
    system.consents.pause(*claimants.pause(keys["paused to 2"], 0), carried)
    system.consents.use((keys["exhausted to 2"].address, ROOT), {"from": people.adviser})
    system.consents.withdraw(claimants.withdraw(keys["overtaken"]), carried)
    return keys


LIVE = {"live to 2", "live to 3", "exhausted to 2"}


@pytest.mark.parametrize(("suspended", "live"), [(None, LIVE), (2, {"live to 3"}), (3, LIVE - {"live to 3"})])
def test_each_beside_each(suspended, live, mixed, system, governing):
    if suspended:
        governing.suspend(suspended)
    # Every consent stands next to every other in both orders, and next to itself.
    names = [name for pair in itertools.product(mixed, repeat=2) for name in pair]
    answers = list(system.consents.areLive([mixed[name].address for name in names]))
    assert answers == [name in live for name in names]
    assert {name for name, key in mixed.items() if system.consents.isLive(key.address)} == live


@pytest.mark.parametrize("order", [1, -1], ids=["in order", "reversed"])
def test_a_batch_of_commitments(order, mixed, system, claimants, people, governing, events):
    governing.suspend(3)
    names = list(mixed)[::order]
    items = [claimants.commit(mixed[name], ROOT) for name in names]
    recorded = [
        event["consent"]
        for name, event in events(system.commitments.commitBatch(items, {"from": people.stranger}))
        if name == "Committed"
    ]
    assert recorded == [mixed[name].address for name in names if name in LIVE - {"live to 3"}]
