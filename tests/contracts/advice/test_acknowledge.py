"""acknowledge: a claimant says that advice was received.

When the advice is not on the record
├── given there is none at all                          it reverts with AdviceUnknown
└── given there is other advice under the consent       it reverts with AdviceUnknown
When it is acknowledged already                         it reverts with AdviceAlreadyAcknowledged
When it was not signed so by the consent's key          it reverts with NotSignedByConsent
When it was
├── given the consent is live                           it is recorded
├── given the consent was withdrawn, released, paused or has expired, or its recipient is suspended   it is recorded
└── given a stranger, or the recipient, carries it      it is recorded
"""

import pytest

ROOT, ADVICE, OTHER = b"\x11" * 32, b"\x22" * 32, b"\x33" * 32
NONE, RECORDED, ACKNOWLEDGED = 0, 1, 2


@pytest.fixture
def refused_alike(system, people, refused):
    """`acknowledge` and `checkAcknowledgement` revert with this error, and the stage stays."""

    def check(item, stage, *error):
        with refused(*error):
            system.advice.acknowledge(item, {"from": people.operator})
        with refused(*error):
            system.advice.checkAcknowledgement(item)
        assert system.advice.stageOf(item[0]) == stage

    return check


@pytest.fixture
def acknowledged(key, advice, system, claimants, people, events):
    """The advice is acknowledged, and one event says so."""

    def check(by=people.operator):
        item = claimants.acknowledge(key, ROOT, ADVICE)
        assert system.advice.checkAcknowledgement(item) in (None, ())
        assert events(system.advice.acknowledge(item, {"from": by})) == [
            (
                "AdviceAcknowledged",
                {
                    "consent": key.address,
                    "carrier": by,
                    "commitment": "0x" + ROOT.hex(),
                    "advice": "0x" + ADVICE.hex(),
                },
            )
        ]
        assert system.advice.stageOf(advice) == ACKNOWLEDGED

    return check


def test_unknown(key, advice, claimants, refused_alike):
    refused_alike(claimants.acknowledge(key, ROOT, ADVICE), NONE, "AdviceUnknown", *advice)


@pytest.mark.parametrize(
    ("commitment", "digest"),
    [(OTHER, ADVICE), (ROOT, OTHER), (ADVICE, ROOT), (bytes(32),) * 2],
    ids=["commitment", "digest", "swapped", "zero"],
)
def test_unknown_beside_another(commitment, digest, key, recorded, claimants, refused_alike):
    item = claimants.acknowledge(key, commitment, digest)
    refused_alike(item, NONE, "AdviceUnknown", key.address, commitment, digest)


def test_already(key, advice, recorded, acknowledged, claimants, refused_alike):
    acknowledged()
    item = claimants.acknowledge(key, ROOT, ADVICE)
    refused_alike(item, ACKNOWLEDGED, "AdviceAlreadyAcknowledged", *advice)


@pytest.mark.parametrize(("commitment", "digest"), [(OTHER, ADVICE), (ROOT, OTHER)], ids=["commitment", "digest"])
def test_changed_after_signing(commitment, digest, key, advice, recorded, claimants, refused_alike):
    signature = claimants.acknowledge(key, commitment, digest)[1]
    refused_alike((advice, signature), RECORDED, "NotSignedByConsent", key.address)


def test_consent_changed_after_signing(advice, recorded, claimants, refused_alike):
    signature = claimants.acknowledge(claimants.live(), ROOT, ADVICE)[1]
    refused_alike((advice, signature), RECORDED, "NotSignedByConsent", advice[0])


@pytest.mark.parametrize("carrier", ["operator", "adviser", "stranger", "founder"])
def test_whoever_carries_it(carrier, recorded, people, acknowledged):
    acknowledged(getattr(people, carrier))


@pytest.mark.parametrize("end", ["withdrawn", "released", "expired", "paused", "suspended"])
def test_after_the_consent(end, key, recorded, system, claimants, people, governing, acknowledged):
    {
        "withdrawn": lambda: system.consents.withdraw(claimants.withdraw(key), {"from": people.stranger}),
        "released": lambda: system.consents.release(key.address, {"from": people.adviser}),
        "expired": lambda: claimants.move_to(system.consents.getConsent(key.address)["validUntil"] + 1),
        "paused": lambda: system.consents.pause(*claimants.pause(key, 0), {"from": people.stranger}),
        "suspended": lambda: governing.suspend(2),
    }[end]()
    assert not system.consents.isLive(key.address)
    acknowledged()
