"""record: a recipient gives advice. (Consents that are not live: attacks/test_not_live.)

When it is about no commitment, or has no digest         it reverts with AdviceIncomplete
When the account does not act for the recipient          it reverts with NotTheRecipient
When the same advice is on the record
├── given it is RECORDED                                 it reverts with AdviceExists
└── given it is ACKNOWLEDGED                             it reverts with AdviceExists
When an account of the recipient calls
├── given the consent is ACTIVE                          it is recorded
├── given the consent is EXHAUSTED                       it is recorded
├── given the same digest is on the record about another commitment, or under another consent  it is recorded
└── given another account of the recipient               it is recorded, and the event names that account
"""

import pytest

ROOT, ADVICE, OTHER = b"\x11" * 32, b"\x22" * 32, b"\x33" * 32
NONE, RECORDED, ACKNOWLEDGED = 0, 1, 2


@pytest.fixture
def recorded_now(system, people, events):
    """The advice goes on the record, and one event says so."""

    def check(advice, by=people.adviser, recipient=2):
        consent, commitment, digest = advice
        assert system.advice.stageOf(advice) == NONE
        tx = system.advice.record(advice, {"from": by})
        assert events(tx) == [
            (
                "AdviceRecorded",
                {
                    "consent": consent,
                    "recipient": recipient,
                    "account": by,
                    "commitment": "0x" + commitment.hex(),
                    "advice": "0x" + digest.hex(),
                },
            )
        ]
        assert system.advice.stageOf(advice) == RECORDED

    return check


@pytest.mark.parametrize(
    ("commitment", "digest"),
    [(bytes(32), ADVICE), (ROOT, bytes(32)), (bytes(32), bytes(32))],
    ids=["commitment", "digest", "both"],
)
def test_incomplete(commitment, digest, key, system, people, refused):
    with refused("AdviceIncomplete", key.address):
        system.advice.record((key.address, commitment, digest), {"from": people.adviser})
    assert system.advice.stageOf((key.address, commitment, digest)) == NONE


@pytest.mark.parametrize("who", ["other_adviser", "operator", "stranger", "founder"])
def test_not_the_recipient(who, advice, system, people, refused):
    account = getattr(people, who)
    with refused("NotTheRecipient", advice[0], account.address):
        system.advice.record(advice, {"from": account})
    assert system.advice.stageOf(advice) == NONE


def test_again(advice, recorded, system, people, refused):
    with refused("AdviceExists", *advice):
        system.advice.record(advice, {"from": people.adviser})
    assert system.advice.stageOf(advice) == RECORDED


def test_again_after_acknowledgement(key, advice, recorded, system, claimants, people, refused):
    system.advice.acknowledge(claimants.acknowledge(key, ROOT, ADVICE), {"from": people.stranger})
    with refused("AdviceExists", *advice):
        system.advice.record(advice, {"from": people.adviser})
    assert system.advice.stageOf(advice) == ACKNOWLEDGED


def test_records(advice, recorded_now):
    recorded_now(advice)


def test_after_the_last_use(system, claimants, people, recorded_now):
    key = claimants.live(max_uses=1)
    system.consents.use((key.address, ROOT), {"from": people.adviser})
    recorded_now((key.address, ROOT, ADVICE))


def test_the_same_digest_about_another_commitment(key, recorded, recorded_now):
    recorded_now((key.address, OTHER, ADVICE))


def test_another_digest_about_the_same_commitment(key, recorded, recorded_now):
    recorded_now((key.address, ROOT, OTHER))


def test_the_same_digest_under_another_consent(recorded, claimants, people, recorded_now):
    other = claimants.live(recipient=3)
    recorded_now((other.address, ROOT, ADVICE), people.other_adviser, 3)


def test_swapped(key, recorded, recorded_now):
    recorded_now((key.address, ADVICE, ROOT))


def test_by_another_account_of_the_recipient(advice, governing, people, recorded_now):
    governing.join(2, people.stranger)
    recorded_now(advice, people.stranger)
