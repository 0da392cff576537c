"""What the administrator, hostile, can do to a claimant: refuse service, and nothing else.

When every member is suspended and has lost its roles
├── a withdrawal by any carrier, alone or in a batch      is recorded
├── a pause, resumption or reconfirmation                 is recorded
└── an acknowledgement of advice                          is recorded
When the administrator
├── uses, advises under or releases a consent             it reverts (test_recipients)
├── carries a message that the consent's key did not sign it reverts with NotSignedByConsent, of each kind
├── carries a grant without acting for a member           it reverts with CarrierNotActiveMember
└── does all it can to the members                        no consent, commitment or advice on the record changes
"""

import pytest

from jamjar.protocol.typed_data import Acknowledge, Grant, Pause, Reconfirm, Resume, Withdraw

WITHDRAWN = 8


@pytest.fixture
def takes_everything(system, people):
    """Suspends all members, takes their roles and their accounts."""
    consortium, administrator = system.consortium, {"from": people.administrator}

    def take():
        for member in range(1, 6):
            consortium.suspend(member, administrator)
        for member, role in ((1, "OPERATOR"), (2, "ADVISER"), (3, "ADVISER"), (4, "SPONSOR"), (5, "AUDITOR")):
            consortium.revokeRole(getattr(consortium, role)(), consortium.seatOf(member), administrator)
            consortium.removeAccount(member, people[member], administrator)

    return take


@pytest.fixture
def against_his_will(attack, claimants, takes_everything):
    """What a claimant signed is recorded, though the administrator has done all he can."""

    def check(kind):
        key, message = attack.ready(kind)
        takes_everything()
        before = attack.record_of(key.address)
        attack.carry(message, attack.sign(key, message))
        assert attack.record_of(key.address) != before
        return key

    return check


def test_withdrawal(against_his_will, system):
    """P3: no member, role or fault stops a withdrawal."""
    key = against_his_will(Withdraw)
    assert system.consents.status(key.address) == WITHDRAWN


@pytest.mark.parametrize("carrier", ["administrator", "operator", "adviser", "stranger"])
def test_withdrawals_in_a_batch(carrier, system, claimants, people, takes_everything, events):
    """P3: whoever has an account on the ledger can carry a withdrawal."""
    keys = [claimants.live(), claimants.granted(), claimants.key()]
    takes_everything()
    account = getattr(people, carrier)
    tx = system.consents.withdrawBatch([claimants.withdraw(key) for key in keys], {"from": account})
    assert events(tx) == [("ConsentWithdrawn", {"consent": key.address, "carrier": account}) for key in keys]
    assert [system.consents.status(key.address) for key in keys] == [WITHDRAWN] * 3


@pytest.mark.parametrize("kind_of", [Pause, Resume, Reconfirm, Acknowledge], ids=lambda kind: kind.__name__)
def test_the_claimants_other_words(kind_of, against_his_will):
    """P3: nor does anything stop the rest of what a claimant can say about a consent."""
    against_his_will(kind_of)


def test_no_message_but_the_keys(kind, attack, claimants, people, system, refused):
    """P2: the administrator is no key: it cannot grant, commit, pause or end in a claimant's name."""
    key, message = attack.ready(kind)
    before = attack.record_of(key.address)
    system.consortium.addAccount(1, people.administrator, {"from": people.administrator})
    with refused("NotSignedByConsent", key.address):
        attack.carry(message, attack.sign(claimants.key(), message), by=people.administrator)
    assert attack.record_of(key.address) == before


def test_no_grant(attack, people, refused):
    """P2: administering is not being a member."""
    key, message = attack.ready(Grant)
    with refused("CarrierNotActiveMember", people.administrator.address):
        attack.carry(message, attack.sign(key, message), by=people.administrator)


def test_no_change_to_the_record(attack, takes_everything):
    """P6: what is on the record stays, whoever is put out of the consortium."""
    key, _ = attack.ready(Acknowledge)
    before = attack.record_of(key.address)
    takes_everything()
    assert attack.record_of(key.address) == before
