"""use: the recipient's entry, before it sees anything, that it is going to look. Refusals for who it is and when.

When the account does not act for the recipient                       it reverts with NotTheRecipient
Given the account was removed, or now acts for another member         it reverts with NotTheRecipient
Given the recipient is suspended, or an adviser no more               it reverts with ConsentNotLive, and the status
Given the consent is SCHEDULED, PAUSED, STALE, or has ended           it reverts with ConsentNotLive, and the status
Given the consent is EXHAUSTED                                        it reverts with ConsentExhausted
When the commitment is zero                                           it reverts with CommitmentZero
When the block is a second before validFrom, or after reconfirmBy or validUntil    it reverts with ConsentNotLive
When the block is at validFrom, reconfirmBy or validUntil             it is recorded
What is recorded is in test_use_counts.py.
"""

import pytest

from jamjar.protocol.settings import DAY

ROOT = b"\7" * 32


@pytest.mark.parametrize("caller", ["founder", "operator", "other_adviser", "sponsor", "auditor", "stranger"])
def test_reverts_when_not_the_recipient(system, people, states, refused, caller):
    key, account = states.make("ACTIVE"), getattr(people, caller)
    with refused("NotTheRecipient", key.address, account.address):
        system.consents.use((key.address, ROOT), {"from": account})


def test_reverts_when_it_was_never_granted(system, people, states, refused):
    key = states.make("NONE")
    with refused("NotTheRecipient", key.address, people.adviser.address):
        system.consents.use((key.address, ROOT), {"from": people.adviser})


@pytest.mark.parametrize("name", ["NONE", "WITHDRAWN"])
def test_reverts_when_nobody_uses_nothing(system, claimants, people, states, refused, name):
    """Neither a stranger nor a consent never granted has a member: number 0 is no recipient."""
    key = claimants.key()
    if name == "WITHDRAWN":
        system.consents.withdraw(claimants.withdraw(key), {"from": people.operator})
    with refused("ConsentNotLive", key.address, states.code(name)):
        system.consents.use((key.address, ROOT), {"from": people.stranger})


@pytest.mark.parametrize("joins", [None, 3], ids=["removed", "moved"])
def test_reverts_given_the_account_acts_for_it_no_more(system, people, states, governing, spare, refused, joins):
    key = states.make("ACTIVE")
    governing.leave(2, spare)
    if joins:
        governing.join(joins, people.adviser)
    with refused("NotTheRecipient", key.address, people.adviser.address):
        system.consents.use((key.address, ROOT), {"from": people.adviser})


@pytest.mark.parametrize("name", ["ACTIVE", "EXHAUSTED"])
def test_reverts_given_the_recipient_is_no_active_adviser(system, people, states, recipient, refused, name):
    key = states.make(name)
    recipient.fall()
    with refused("ConsentNotLive", key.address, states.code(name)):
        system.consents.use((key.address, ROOT), {"from": people.adviser})


@pytest.mark.parametrize("name", ["SCHEDULED", "PAUSED", "STALE", "EXPIRED", "RELEASED", "WITHDRAWN"])
def test_reverts_given_it_is_not_live(system, people, states, refused, name):
    key = states.make(name)
    with refused("ConsentNotLive", key.address, states.code(name)):
        system.consents.use((key.address, ROOT), {"from": people.adviser})


def test_reverts_given_it_is_exhausted(system, people, states, refused):
    key = states.make("EXHAUSTED")
    with refused("ConsentExhausted", key.address, 3):
        system.consents.use((key.address, ROOT), {"from": people.adviser})


def test_reverts_when_the_commitment_is_zero(system, people, states, refused):
    key = states.make("ACTIVE")
    with refused("CommitmentZero", key.address):
        system.consents.use((key.address, bytes(32)), {"from": people.adviser})


@pytest.mark.parametrize(
    ("bound", "seconds", "name"),
    [("validFrom", -1, "SCHEDULED"), ("reconfirmBy", 1, "STALE"), ("validUntil", 1, "EXPIRED")],
)
def test_reverts_one_second_outside(system, claimants, people, states, stored, refused, bound, seconds, name):
    key = states.make("SCHEDULED")
    with claimants.at(stored(key)[bound] + seconds), refused("ConsentNotLive", key.address, states.code(name)):
        system.consents.use((key.address, ROOT), {"from": people.adviser})


@pytest.mark.parametrize("bound", ["validFrom", "reconfirmBy", "validUntil"])
def test_records_at_the_bound(system, claimants, people, states, stored, changes, bound):
    until = claimants.now() + 60 * DAY  # reconfirmed by its end, so that it never goes stale
    key = states.make("SCHEDULED", **({"valid_until": until, "reconfirm_by": until} if bound == "validUntil" else {}))
    with changes(key, uses=1), claimants.at(stored(key)[bound]):
        system.consents.use((key.address, ROOT), {"from": people.adviser})
