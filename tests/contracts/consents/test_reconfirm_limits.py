"""reconfirm: by when, to the second, in a block at the very time it is carried.

When reconfirmBy
├── is zero, past, or this block's time             it reverts with ReconfirmByOutOfRange
├── is later than 90 days from this block           it reverts with ReconfirmByOutOfRange
├── is after validUntil                             it reverts with ReconfirmByOutOfRange
├── Given it is SCHEDULED, is validFrom or before   it reverts with ReconfirmByOutOfRange
├── is one second after this block                  it is set, even where that shortens
├── Given it is SCHEDULED, is one after validFrom   it is set
└── is 90 days from this block, or is validUntil    it is set
When the block is at validUntil                     it reverts with ReconfirmByOutOfRange: no time is left
When the block is after validUntil                  it reverts with ConsentNotOpen
"""

import pytest

from jamjar.protocol.settings import DAY

UNTIL = 180 * DAY  # validUntil of the consents here, in seconds after their grant


@pytest.fixture
def consent(claimants, people, system):
    """A consent, when it was granted, and how to reconfirm it at one time until another, both since then."""

    class Consent:
        def __init__(self):
            self.granted_at = claimants.now()
            self.key = claimants.granted(valid_from=self.granted_at + 3600, valid_until=self.granted_at + UNTIL)

        def reconfirm(self, at, by):
            item = claimants.reconfirm(self.key, 0, self.granted_at + by)
            with claimants.at(self.granted_at + at):
                return system.consents.reconfirm(*item, {"from": people.stranger})

    return Consent()


@pytest.mark.parametrize(
    ("at", "by", "earliest", "latest"),
    [
        (600, 3600, 3601, 600 + 90 * DAY),
        (600, 3599, 3601, 600 + 90 * DAY),
        (600, 601, 3601, 600 + 90 * DAY),
        (600, 600 + 90 * DAY + 1, 3601, 600 + 90 * DAY),
        (3600, 3600, 3601, 3600 + 90 * DAY),
        (DAY, DAY, DAY + 1, 91 * DAY),
        (DAY, DAY - 1, DAY + 1, 91 * DAY),
        (DAY, 91 * DAY + 1, DAY + 1, 91 * DAY),
        (DAY, UNTIL, DAY + 1, 91 * DAY),
        (90 * DAY, UNTIL + 1, 90 * DAY + 1, UNTIL),
        (100 * DAY, UNTIL + 1, 100 * DAY + 1, UNTIL),
        (UNTIL, UNTIL, UNTIL + 1, UNTIL),
        (UNTIL, UNTIL + 1, UNTIL + 1, UNTIL),
    ],
)
def test_reverts_when_out_of_range(consent, refused, at, by, earliest, latest):
    t0 = consent.granted_at
    with refused("ReconfirmByOutOfRange", t0 + by, t0 + earliest, t0 + latest):
        consent.reconfirm(at, by)


@pytest.mark.parametrize("by", [0, 2**40 - 1])
def test_reverts_when_unbounded(consent, refused, by):
    t0 = consent.granted_at
    with refused("ReconfirmByOutOfRange", by, t0 + DAY + 1, t0 + 91 * DAY):
        consent.reconfirm(DAY, by - t0)


def test_reverts_after_valid_until(consent, states, refused):
    with refused("ConsentNotOpen", consent.key.address, states.code("EXPIRED")):
        consent.reconfirm(UNTIL + 1, UNTIL)


@pytest.mark.parametrize(
    ("at", "by"),
    [
        (600, 3601),
        (600, 600 + 90 * DAY),
        (3600, 3601),
        (3600, 3600 + 90 * DAY),
        (DAY, DAY + 1),
        (DAY, 91 * DAY),
        (90 * DAY, UNTIL),
        (UNTIL - 1, UNTIL),
    ],
)
def test_sets(consent, changes, at, by):
    with changes(consent.key, reconfirmBy=consent.granted_at + by, sequence=1):
        consent.reconfirm(at, by)


def test_stales_earlier_when_shortened(consent, claimants, states):
    consent.reconfirm(DAY, DAY + 100)
    seen = []
    for second in (DAY + 100, DAY + 101):
        claimants.move_to(consent.granted_at + second)
        seen.append(states.of(consent.key))
    assert seen == ["ACTIVE", "STALE"]
