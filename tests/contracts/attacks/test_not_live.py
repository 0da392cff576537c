"""P2: nothing is recorded under a consent that is not live in that very block.

When a commitment is carried, a use recorded, advice recorded, one by one or in a batch
├── given the consent is NONE, SCHEDULED, PAUSED, STALE, EXPIRED, RELEASED or WITHDRAWN
│                                       it is refused with ConsentNotLive and that status
├── given the consent was withdrawn before it was granted    it is refused with ConsentNotLive and WITHDRAWN
├── given the recipient is suspended    it is refused with ConsentNotLive and ACTIVE
├── given the recipient lost ADVISER    it is refused with ConsentNotLive and ACTIVE
└── given the consent is live again     it is recorded
"""

import pytest

ROOT, ADVICE = b"\x11" * 32, b"\x22" * 32
SCHEDULED, ACTIVE, PAUSED, STALE, EXPIRED, RELEASED, WITHDRAWN = 1, 2, 3, 4, 6, 7, 8
UNOWNED = 0


@pytest.fixture
def not_live(system, claimants, people, governing):
    """Makes a consent that is not live, and says its status."""
    consents, consortium = system.consents, system.consortium
    stranger = {"from": people.stranger}
    loses_role = governing.ready("revokeRole", consortium.ADVISER(), consortium.seatOf(2))

    def one(claimant_does):
        key = claimants.live()
        claimant_does(key)
        return key

    def after(field):
        def wait(key):
            claimants.move_to(consents.getConsent(key.address)[field] + 1)

        return wait

    def overtaken():
        key = claimants.key()
        consents.withdraw(claimants.withdraw(key), {"from": people.operator})
        return key

    makers = {
        "none": (UNOWNED, claimants.key),
        "scheduled": (SCHEDULED, claimants.granted),
        "paused": (PAUSED, lambda: one(lambda key: consents.pause(*claimants.pause(key, 0), stranger))),
        "stale": (STALE, lambda: one(after("reconfirmBy"))),
        "expired": (EXPIRED, lambda: one(after("validUntil"))),
        "released": (RELEASED, lambda: one(lambda key: consents.release(key.address, {"from": people.adviser}))),
        "withdrawn": (WITHDRAWN, lambda: one(lambda key: consents.withdraw(claimants.withdraw(key), stranger))),
        "withdrawn before granted": (WITHDRAWN, overtaken),
        "recipient suspended": (ACTIVE, lambda: one(lambda key: governing.suspend(2))),
        "recipient no adviser": (ACTIVE, lambda: one(lambda key: loses_role())),
    }  # fmt: skip

    def make(name):
        status, maker = makers[name]
        return maker(), status

    return make


NAMES = ["none", "scheduled", "paused", "stale", "expired", "released", "withdrawn", "withdrawn before granted",
         "recipient suspended", "recipient no adviser"]  # fmt: skip


@pytest.fixture(params=NAMES)
def refused_consent(request, not_live):
    return (*not_live(request.param), request.param)


def test_refused(refused_consent, system, claimants, people, refused):
    key, status, name = refused_consent
    error = ("ConsentNotLive", key.address, status)
    # To whom a consent belongs that was never granted, nobody can say: it is not the adviser's.
    use_error = (
        ("NotTheRecipient", key.address, people.adviser.address) if "granted" in name or name == "none" else error
    )
    with refused(*error):
        system.commitments.commit(claimants.commit(key, ROOT), {"from": people.operator})
    with refused(*error):
        system.commitments.checkCommitment(claimants.commit(key, ROOT))
    with refused(*error):
        system.advice.record((key.address, ROOT, ADVICE), {"from": people.adviser})
    with refused(*use_error):
        system.consents.use((key.address, ROOT), {"from": people.adviser})
    with refused(*use_error):
        system.consents.checkUse((key.address, ROOT), people.adviser)
    assert system.commitments.headOf(key.address) == "0x" + "00" * 32
    assert system.advice.stageOf((key.address, ROOT, ADVICE)) == 0
    assert system.consents.getConsent(key.address)["uses"] == 0


def test_agrees_with_the_views(refused_consent, system):
    key, status, _ = refused_consent
    live, current, recipient = system.consents.standing(key.address)
    assert (live, current) == (False, status)
    assert recipient == system.consents.getConsent(key.address)["recipient"]
    assert not system.consents.isLive(key.address)
    assert not system.consents.areLive([key.address])[0]


@pytest.mark.parametrize("name", ["paused", "stale", "recipient suspended"])
def test_recorded_once_live_again(name, not_live, system, claimants, people, governing):
    key = not_live(name)[0]
    {
        "paused": lambda: system.consents.resume(*claimants.resume(key, 1), {"from": people.stranger}),
        "stale": lambda: system.consents.reconfirm(
            *claimants.reconfirm(key, 0, claimants.now() + 24 * 60 * 60), {"from": people.stranger}
        ),
        "recipient suspended": lambda: governing("reinstate", 2),
    }[name]()
    system.commitments.commit(claimants.commit(key, ROOT), {"from": people.operator})
    system.consents.use((key.address, ROOT), {"from": people.adviser})
    system.advice.record((key.address, ROOT, ADVICE), {"from": people.adviser})
