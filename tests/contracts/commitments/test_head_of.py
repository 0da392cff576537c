"""headOf: the newest commitment under a consent.

When the consent is unknown, or has none        it returns zero
When the consent has a commitment
├── given the consent is live                   it returns it (test_commit)
└── given the consent has ended, was paused, or its recipient is suspended   it still returns it
"""

import pytest

ROOT = b"\xaa" * 32
NONE = "0x" + "00" * 32


@pytest.fixture
def key(system, claimants, people):
    """A live consent that lasts two hours, with a head."""
    now = claimants.now()
    key = claimants.live(valid_until=now + 7200, reconfirm_by=now + 7200)
    system.commitments.commit(claimants.commit(key, ROOT), {"from": people.operator})
    return key


def test_unknown(system, people):
    assert system.commitments.headOf(people.stranger) == NONE


def test_no_commitment(system, claimants):
    assert system.commitments.headOf(claimants.live().address) == NONE


@pytest.mark.parametrize("end", ["withdrawn", "released", "expired", "paused", "suspended"])
def test_stays(end, key, system, claimants, people, governing):
    {
        "withdrawn": lambda: system.consents.withdraw(claimants.withdraw(key), {"from": people.stranger}),
        "released": lambda: system.consents.release(key.address, {"from": people.adviser}),
        "expired": lambda: claimants.move_to(system.consents.getConsent(key.address)["validUntil"] + 1),
        "paused": lambda: system.consents.pause(*claimants.pause(key, 0), {"from": people.stranger}),
        "suspended": lambda: governing.suspend(2),
    }[end]()
    assert not system.consents.isLive(key.address)
    assert system.commitments.headOf(key.address) == "0x" + ROOT.hex()
