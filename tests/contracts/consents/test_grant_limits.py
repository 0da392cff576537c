"""grant: what it may ask for, to the second, in a block at the very time it is carried.

When validFrom
├── is past, or zero                                    it reverts with ValidityOutOfRange
└── is this block's time                                it is recorded, and ACTIVE at once
When validUntil
├── is before validFrom, is validFrom, or is zero       it reverts with ValidityOutOfRange
├── is later than 366 days from this block              it reverts with ValidityOutOfRange
├── is one second after validFrom                       it is recorded
└── is 366 days from this block                         it is recorded
When reconfirmBy
├── is zero, before validFrom, or validFrom             it reverts with ReconfirmByOutOfRange
├── is after validUntil                                 it reverts with ReconfirmByOutOfRange
├── is later than 90 days from this block               it reverts with ReconfirmByOutOfRange
└── is one second after validFrom, is validUntil, or is 90 days from this block    it is recorded
When maxUses
├── is zero, or over the most                           it reverts with MaxUsesOutOfRange
└── is one, or the most                                 it is recorded
"""

import pytest

from jamjar.protocol.settings import DAY

YEAR = 366 * DAY
LAST = 2**40 - 1  # of uint40


@pytest.fixture
def carry(system, claimants, people):
    """`carry(at, key, **fields)`: the grant with these fields is carried in a block at exactly `at`."""

    def run(at, key, **fields):
        item = claimants.grant(key, **fields)
        with claimants.at(at):
            return system.consents.grant(item, {"from": people.operator})

    return run


@pytest.fixture
def soon(claimants):
    return claimants.now() + 600


@pytest.mark.parametrize("late", [1, 2, DAY])
def test_reverts_when_valid_from_is_past(carry, claimants, soon, refused, late):
    until = soon + 30 * DAY
    with refused("ValidityOutOfRange", soon - late, until, soon, soon + YEAR):
        carry(soon, claimants.key(), valid_from=soon - late, valid_until=until)


def test_reverts_when_valid_from_is_zero(carry, claimants, soon, refused):
    until = soon + 30 * DAY
    with refused("ValidityOutOfRange", 0, until, soon, soon + YEAR):
        carry(soon, claimants.key(), valid_from=0, valid_until=until)


@pytest.mark.parametrize(
    ("start", "end"), [(0, 0), (0, -1), (100, 100), (100, 99), (100, 1), (0, YEAR + 1), (100, YEAR + 1)]
)
def test_reverts_when_valid_until_is_out_of_range(carry, claimants, soon, refused, start, end):
    with refused("ValidityOutOfRange", soon + start, soon + end, soon, soon + YEAR):
        carry(soon, claimants.key(), valid_from=soon + start, valid_until=soon + end)


@pytest.mark.parametrize(("valid_from", "valid_until"), [(None, 0), (None, LAST), (LAST, LAST), (LAST - 1, LAST)])
def test_reverts_when_validity_is_unbounded(carry, claimants, soon, refused, valid_from, valid_until):
    valid_from = valid_from or soon
    with refused("ValidityOutOfRange", valid_from, valid_until, soon, soon + YEAR):
        carry(soon, claimants.key(), valid_from=valid_from, valid_until=valid_until)


@pytest.mark.parametrize(
    ("start", "end", "by", "latest"),
    [
        (0, 9 * DAY, 0, 9 * DAY),
        (0, 9 * DAY, -1, 9 * DAY),
        (100, 9 * DAY, 99, 9 * DAY),
        (100, 9 * DAY, 100, 9 * DAY),
        (100, 9 * DAY, 9 * DAY + 1, 9 * DAY),
        (0, 90 * DAY, 90 * DAY + 1, 90 * DAY),
        (0, YEAR, 90 * DAY + 1, 90 * DAY),
        (100, YEAR, 90 * DAY + 1, 90 * DAY),
        (100, YEAR, YEAR, 90 * DAY),
    ],
)
def test_reverts_when_reconfirm_by_is_out_of_range(carry, claimants, soon, refused, start, end, by, latest):
    with refused("ReconfirmByOutOfRange", soon + by, soon + start + 1, soon + latest):
        carry(soon, claimants.key(), valid_from=soon + start, valid_until=soon + end, reconfirm_by=soon + by)


@pytest.mark.parametrize("reconfirm_by", [0, LAST])
def test_reverts_when_reconfirm_by_is_unbounded(carry, claimants, soon, refused, reconfirm_by):
    fields = {"valid_from": soon + 5, "valid_until": soon + 9 * DAY, "reconfirm_by": reconfirm_by}
    with refused("ReconfirmByOutOfRange", reconfirm_by, soon + 6, soon + 9 * DAY):
        carry(soon, claimants.key(), **fields)


@pytest.mark.parametrize("max_uses", [0, 1001, 2**16 - 1])
def test_reverts_when_max_uses_is_out_of_range(carry, claimants, soon, refused, max_uses):
    with refused("MaxUsesOutOfRange", max_uses, 1000):
        carry(soon, claimants.key(), max_uses=max_uses)


@pytest.mark.parametrize(
    ("start", "end", "by"),
    [
        (0, 9 * DAY, DAY),
        (0, 1, 1),
        (100, 101, 101),
        (100, 9 * DAY, 101),
        (100, 9 * DAY, 9 * DAY),
        (0, 90 * DAY, 90 * DAY),
        (0, YEAR, 90 * DAY),
        (100, YEAR, 90 * DAY),
    ],
)
def test_records_at_the_bounds(carry, claimants, states, stored, soon, start, end, by):
    key = claimants.key()
    times = soon + start, soon + end, soon + by
    carry(soon, key, valid_from=times[0], valid_until=times[1], reconfirm_by=times[2])
    kept = stored(key)
    assert (kept["validFrom"], kept["validUntil"], kept["reconfirmBy"]) == times
    assert states.of(key) == ("SCHEDULED" if start else "ACTIVE")


@pytest.mark.parametrize("max_uses", [1, 1000])
def test_records_the_fewest_and_most_uses(carry, claimants, stored, soon, max_uses):
    key = claimants.key()
    carry(soon, key, max_uses=max_uses)
    assert stored(key)["maxUses"] == max_uses
