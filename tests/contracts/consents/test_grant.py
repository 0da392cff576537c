"""grant: a claimant's consent is recorded. Limits, signature and key reuse have files of their own.

When the carrier is no account of an active member
├── a stranger, or a founder   it reverts with CarrierNotActiveMember
├── Given the member is suspended      it reverts with CarrierNotActiveMember
└── Given the account was removed      it reverts with CarrierNotActiveMember
When the recipient is no active member with the role ADVISER
├── number 0, or a number not admitted, or a member with another role   it reverts with RecipientNotActiveAdviser
├── Given it is suspended                                               it reverts with RecipientNotActiveAdviser
└── Given it has lost the role                                          it reverts with RecipientNotActiveAdviser
When the terms' digest is zero         it reverts with TermsDigestZero
Otherwise, whatever the carrier's roles, it is recorded
"""

import pytest


@pytest.mark.parametrize("carrier", ["stranger", "founder"])
def test_reverts_when_the_carrier_is_no_member(system, claimants, people, refused, carrier):
    account = getattr(people, carrier)
    with refused("CarrierNotActiveMember", account.address):
        system.consents.grant(claimants.grant(claimants.key()), {"from": account})


def test_reverts_given_the_carrier_is_suspended(system, claimants, people, governing, refused):
    governing.suspend(1)
    with refused("CarrierNotActiveMember", people.operator.address):
        system.consents.grant(claimants.grant(claimants.key()), {"from": people.operator})


def test_reverts_given_the_carriers_account_was_removed(system, claimants, people, governing, spare, refused):
    governing.leave(1, spare)
    with refused("CarrierNotActiveMember", people.operator.address):
        system.consents.grant(claimants.grant(claimants.key()), {"from": people.operator})


@pytest.mark.parametrize("recipient", [0, 1, 4, 5, 2**32 - 1])
def test_reverts_when_the_recipient_is_no_adviser(system, claimants, people, refused, recipient):
    item = claimants.grant(claimants.key(), recipient=recipient)
    with refused("RecipientNotActiveAdviser", recipient):
        system.consents.grant(item, {"from": people.operator})


def test_reverts_given_the_recipient_is_no_active_adviser(system, claimants, people, recipient, refused):
    recipient.fall()
    with refused("RecipientNotActiveAdviser", 2):
        system.consents.grant(claimants.grant(claimants.key()), {"from": people.operator})


def test_reverts_when_the_terms_digest_is_zero(system, claimants, people, refused):
    key = claimants.key()
    with refused("TermsDigestZero", key.address):
        system.consents.grant(claimants.grant(key, terms_digest=bytes(32)), {"from": people.operator})


@pytest.mark.parametrize("carrier", ["operator", "adviser", "other_adviser", "sponsor", "auditor"])
def test_records(system, claimants, people, states, stored, events, carrier):
    key, account = claimants.key(), getattr(people, carrier)
    item = claimants.grant(key, recipient=3, max_uses=7)
    _, _, valid_from, valid_until, reconfirm_by, _, terms_digest = item[0]
    tx = system.consents.grant(item, {"from": account})
    times = {"validFrom": valid_from, "validUntil": valid_until, "reconfirmBy": reconfirm_by}
    assert events(tx) == [
        (
            "ConsentGranted",
            {"consent": key.address, "recipient": 3, "carrier": account, "maxUses": 7, **times}
            | {"termsDigest": "0x" + terms_digest.hex()},
        )
    ]
    counts = {"recipient": 3, "sequence": 0, "maxUses": 7, "uses": 0, "stage": states.stage("GRANTED")}
    assert stored(key) == counts | times
    assert states.of(key) == "SCHEDULED"


def test_records_for_a_carrier_without_roles(system, claimants, people, governing, states):
    governing.admit(6, account=people.stranger)
    key = claimants.key()
    system.consents.grant(claimants.grant(key), {"from": people.stranger})
    assert states.of(key) == "SCHEDULED"


def test_records_from_a_second_account(system, claimants, people, governing, states):
    governing.join(1, people.stranger)
    key = claimants.key()
    system.consents.grant(claimants.grant(key), {"from": people.stranger})
    assert states.of(key) == "SCHEDULED"
