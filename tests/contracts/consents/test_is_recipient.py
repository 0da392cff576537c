"""isRecipient: whether an account acts for the consent's recipient. Says nothing of the recipient's standing.

When the consent was never granted             no account does, not even one that acts for no member
When the account acts for another, or nobody   it does not
When the account acts for the recipient        it does, in every state of the consent
Given the recipient is no active adviser       it does
Given the account was removed                  it does not
When it is a second account of the recipient   it does
"""

import pytest

ACCOUNTS = ["founder", "operator", "adviser", "other_adviser", "sponsor", "auditor", "stranger"]


@pytest.fixture
def who(system, people):
    """The accounts that act for the consent's recipient."""
    ask = system.consents.isRecipient
    return lambda key: [name for name in ACCOUNTS if ask(key.address, getattr(people, name))]


def test_nobody_when_never_granted(who, claimants):
    assert who(claimants.key()) == []


def test_nobody_when_withdrawn_before_it_was_granted(who, system, claimants, people):
    key = claimants.key()
    system.consents.withdraw(claimants.withdraw(key), {"from": people.operator})
    assert who(key) == []


def test_not_the_zero_address(system, claimants):
    zero = "0x" + "00" * 20
    assert not system.consents.isRecipient(claimants.key().address, zero)
    assert not system.consents.isRecipient(zero, zero)


@pytest.mark.parametrize(
    "name", ["SCHEDULED", "ACTIVE", "PAUSED", "STALE", "EXHAUSTED", "EXPIRED", "RELEASED", "WITHDRAWN"]
)
def test_the_recipients_account_alone(who, states, name):
    assert who(states.make(name)) == ["adviser"]


def test_its_account_given_it_is_no_active_adviser(who, states, recipient):
    key = states.make("ACTIVE")
    recipient.fall()
    assert who(key) == ["adviser"]


def test_each_account_of_the_recipient(who, people, states, governing, spare):
    key = states.make("ACTIVE")
    governing.join(2, people.stranger)
    assert who(key) == ["adviser", "stranger"]
    governing.leave(2, spare)
    assert who(key) == ["stranger"]
