"""use: what is recorded.

Given the consent is ACTIVE
├── When the recipient uses it                          it counts, and the commitment and account are on record
├── When it uses it again, of the same commitment       it counts again
└── When another account of the recipient uses it       it counts
When the last use is made                               it is EXHAUSTED, and live: advice may follow
Given a use was reconfirmed, paused and resumed over    the count goes on
Given the recipient was suspended and is reinstated     it counts
"""

import pytest

from jamjar.protocol.settings import DAY

ROOT = b"\7" * 32


@pytest.fixture
def use(system, people):
    return lambda key, root=ROOT, account=people.adviser: system.consents.use((key.address, root), {"from": account})


def used(key, account, uses, root=ROOT):
    event = {"consent": key.address, "recipient": 2, "account": account, "uses": uses}
    return [("ConsentUsed", event | {"commitment": "0x" + root.hex()})]


@pytest.mark.parametrize("root", [ROOT, b"\xff" * 32, bytes(31) + b"\1"])
def test_records(use, people, states, changes, events, root):
    key = states.make("ACTIVE")
    with changes(key, uses=1):
        tx = use(key, root)
    assert events(tx) == used(key, people.adviser, 1, root)
    assert states.of(key) == "ACTIVE"


def test_counts_until_exhausted(system, use, people, states, changes, events, refused):
    key = states.make("ACTIVE", max_uses=2)
    for count, status in [(1, "ACTIVE"), (2, "EXHAUSTED")]:
        with changes(key, uses=count):
            tx = use(key)
        assert events(tx) == used(key, people.adviser, count)
        assert states.of(key) == status
        assert system.consents.isLive(key.address)
    with changes(key), refused("ConsentExhausted", key.address, 2):
        use(key)


def test_the_only_use_exhausts(use, states):
    key = states.make("ACTIVE", max_uses=1)
    use(key)
    assert states.of(key) == "EXHAUSTED"


def test_counts_for_a_second_account(use, people, states, governing, events):
    key = states.make("ACTIVE")
    governing.join(2, people.stranger)
    assert events(use(key)) == used(key, people.adviser, 1)
    assert events(use(key, account=people.stranger)) == used(key, people.stranger, 2)


def test_counts_on_after_pause_and_reconfirmation(system, use, claimants, people, states, events):
    key, carrier = states.make("ACTIVE"), {"from": people.operator}
    use(key)
    system.consents.pause(*claimants.pause(key, 0), carrier)
    system.consents.reconfirm(*claimants.reconfirm(key, 1, claimants.now() + 85 * DAY), carrier)
    system.consents.resume(*claimants.resume(key, 2), carrier)
    assert events(use(key)) == used(key, people.adviser, 2)


def test_counts_of_each_consent_alone(use, claimants, states, stored):
    one, other = claimants.granted(), claimants.granted()
    claimants.move_to(stored(other)["validFrom"])
    use(one)
    use(one)
    use(other)
    assert (stored(one)["uses"], stored(other)["uses"]) == (2, 1)


def test_counts_given_the_recipient_is_an_active_adviser_again(use, people, states, recipient, events):
    key = states.make("ACTIVE")
    recipient.fall()
    recipient.recover()
    assert events(use(key)) == used(key, people.adviser, 1)
