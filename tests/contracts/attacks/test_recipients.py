"""What recipients can do under consents that are not theirs, or no longer theirs: nothing.

When an account uses, advises under or releases a consent
├── given it acts for another recipient          it reverts with NotTheRecipient
├── given it acts for nobody                     it reverts with NotTheRecipient
├── given it was removed from the recipient      it reverts with NotTheRecipient
├── given the recipient is suspended             it reverts with ConsentNotLive, to release with NotTheRecipient
├── given the recipient lost the role ADVISER    it reverts with ConsentNotLive, but it can still release
└── given it was added to the recipient later    it is recorded: the consent is the member's, not the account's
When an account is removed from a member that carries grants   a grant it carries reverts with CarrierNotActiveMember
"""

import pytest

ROOT, ADVICE = b"\x11" * 32, b"\x22" * 32
ACTIVE = 2


@pytest.fixture
def key(claimants):
    return claimants.live()


@pytest.fixture
def acts(system, key):
    """The three things a recipient can do."""
    return {
        "use": lambda account: system.consents.use((key.address, ROOT), {"from": account}),
        "advise": lambda account: system.advice.record((key.address, ROOT, ADVICE), {"from": account}),
        "release": lambda account: system.consents.release(key.address, {"from": account}),
    }


@pytest.fixture
def each_refused(system, key, acts, refused):
    """All three are refused with these errors, and nothing changes."""

    def check(account, **errors):
        before = system.consents.getConsent(key.address)
        for act, call in acts.items():
            with refused(*errors.get(act, ("NotTheRecipient", key.address, account.address))):
                call(account)
        assert system.consents.getConsent(key.address) == before
        assert system.advice.stageOf((key.address, ROOT, ADVICE)) == 0

    return check


@pytest.mark.parametrize("who", ["other_adviser", "operator", "sponsor", "auditor", "founder", "stranger"])
def test_another(who, people, each_refused):
    """P2: a consent names its recipient, and to every other it is none."""
    each_refused(getattr(people, who))


def test_a_removed_account(governing, spare, people, each_refused):
    """P2: who has left the recipient looks at nothing."""
    governing.leave(2, spare)
    each_refused(people.adviser)


def test_an_account_that_changed_sides(governing, spare, people, each_refused):
    """P2: who went from one recipient to another takes no consent along."""
    governing.leave(2, spare)
    governing.join(3, people.adviser)
    each_refused(people.adviser)


def test_a_suspended_recipient(governing, people, key, each_refused):
    """P2: a member that lost its powers cannot use, advise or release."""
    governing.suspend(2)
    not_live = ("ConsentNotLive", key.address, ACTIVE)
    each_refused(people.adviser, use=not_live, advise=not_live)


def test_a_recipient_without_the_role(system, people, governing, key, acts, refused):
    """P2: a member that is no adviser any more can only give up what it was granted."""
    consortium = system.consortium
    governing("revokeRole", consortium.ADVISER(), consortium.seatOf(2))
    for act in ("use", "advise"):
        with refused("ConsentNotLive", key.address, ACTIVE):
            acts[act](people.adviser)
    acts["release"](people.adviser)


def test_an_account_added_later(governing, people, acts):
    """P2: a member's keys rotate without touching consents."""
    governing.leave(2, people.stranger)
    for act in acts.values():
        act(people.stranger)


@pytest.mark.parametrize("batch", [False, True], ids=["grant", "grantBatch"])
def test_a_removed_carrier(batch, system, claimants, people, governing, spare, refused):
    """P2: who has left a member carries no grants."""
    item = claimants.grant(claimants.key())
    governing.leave(1, spare)
    with refused("CarrierNotActiveMember", people.operator.address):
        if batch:
            system.consents.grantBatch([item], {"from": people.operator})
        else:
            system.consents.grant(item, {"from": people.operator})
