"""stageOf: how far a piece of advice has come.

When no such advice is on the record              it returns NONE
When it is on the record                          it returns RECORDED
When it is acknowledged                           it returns ACKNOWLEDGED (both: also after the consent was withdrawn)
When one field differs from advice on the record  it returns NONE
"""

import pytest

ROOT, ADVICE, OTHER = b"\x11" * 32, b"\x22" * 32, b"\x33" * 32
NONE, RECORDED, ACKNOWLEDGED = 0, 1, 2


@pytest.fixture
def withdraw(key, system, claimants, people):
    return lambda: system.consents.withdraw(claimants.withdraw(key), {"from": people.stranger})


def test_none(advice, system):
    assert system.advice.stageOf(advice) == NONE


def test_recorded(advice, recorded, system, withdraw):
    assert system.advice.stageOf(advice) == RECORDED
    withdraw()
    assert system.advice.stageOf(advice) == RECORDED


def test_acknowledged(key, advice, recorded, system, claimants, people, withdraw):
    system.advice.acknowledge(claimants.acknowledge(key, ROOT, ADVICE), {"from": people.stranger})
    assert system.advice.stageOf(advice) == ACKNOWLEDGED
    withdraw()
    assert system.advice.stageOf(advice) == ACKNOWLEDGED


def test_other_advice(key, recorded, system, people):
    consent = key.address
    for other in ((people.stranger, ROOT, ADVICE), (consent, OTHER, ADVICE), (consent, ROOT, OTHER)):
        assert system.advice.stageOf(other) == NONE
