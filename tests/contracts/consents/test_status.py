"""status, standing, isLive, areLive: where a consent stands, second by second, and whether it is live.

The table has a row for each stored stage and count of uses, made as early as can be, and a column for each exact
moment: the last second before validFrom and that itself, reconfirmBy and the second after it, validUntil and the
second after it. A consent is live where it is ACTIVE or EXHAUSTED, and nowhere else.
"""

import pytest

from jamjar.protocol.settings import DAY

LIVE = {"ACTIVE", "EXHAUSTED"}
ALWAYS = "{0} {0} {0} {0} {0} {0}"
BEFORE_TABLE = {
    # done before validFrom: validFrom - 1, validFrom, reconfirmBy, reconfirmBy + 1, validUntil, validUntil + 1
    "nothing": "SCHEDULED ACTIVE ACTIVE STALE STALE EXPIRED",
    "pause": "PAUSED PAUSED PAUSED PAUSED PAUSED EXPIRED",
    "pause resume": "SCHEDULED ACTIVE ACTIVE STALE STALE EXPIRED",
    "release": ALWAYS.format("RELEASED"),
    "pause release": ALWAYS.format("RELEASED"),
    "withdraw": ALWAYS.format("WITHDRAWN"),
    "pause withdraw": ALWAYS.format("WITHDRAWN"),
}
AFTER_TABLE = {
    # done at validFrom, of three uses: then, reconfirmBy, reconfirmBy + 1, validUntil, validUntil + 1
    "use": "ACTIVE ACTIVE STALE STALE EXPIRED",
    "use use": "ACTIVE ACTIVE STALE STALE EXPIRED",
    "use use use": "EXHAUSTED EXHAUSTED STALE STALE EXPIRED",
    "use pause": "PAUSED PAUSED PAUSED PAUSED EXPIRED",
    "use use use pause": "PAUSED PAUSED PAUSED PAUSED EXPIRED",
    "use use use pause resume": "EXHAUSTED EXHAUSTED STALE STALE EXPIRED",
    "use release": "RELEASED RELEASED RELEASED RELEASED RELEASED",
    "use use use release": "RELEASED RELEASED RELEASED RELEASED RELEASED",
    "use use use withdraw": "WITHDRAWN WITHDRAWN WITHDRAWN WITHDRAWN WITHDRAWN",
    "use use use pause withdraw": "WITHDRAWN WITHDRAWN WITHDRAWN WITHDRAWN WITHDRAWN",
}
END_TABLE = {
    # done at validFrom, where reconfirmBy is validUntil: then, validUntil, validUntil + 1
    "nothing": "ACTIVE ACTIVE EXPIRED",
    "use use use": "EXHAUSTED EXHAUSTED EXPIRED",
    "pause": "PAUSED PAUSED EXPIRED",
}


@pytest.fixture
def do(system, claimants, people, states):
    """`do(key, "use pause resume")`: these, one after the other."""

    def run(key, acts):
        sequence = 0
        for act in acts.replace("nothing", "").split():
            if act == "use":
                states.use(key)
            elif act == "release":
                system.consents.release(key.address, {"from": people.adviser})
            elif act == "withdraw":
                system.consents.withdraw(claimants.withdraw(key), {"from": people.operator})
            else:
                item = getattr(claimants, act)(key, sequence)
                getattr(system.consents, act)(*item, {"from": people.operator})
                sequence += 1

    return run


@pytest.fixture
def look(system, claimants, states):
    """The status at each of these moments; every view that tells of it or of being live agrees."""

    def run(key, moments, recipient=2):
        seen = []
        for moment in moments:
            claimants.move_to(moment)
            name, live = states.of(key), system.consents.isLive(key.address)
            assert live == (name in LIVE)
            assert system.consents.standing(key.address) == (live, states.code(name), recipient)
            assert system.consents.areLive([key.address]) == [live]
            seen.append(name)
        return " ".join(seen)

    return run


@pytest.mark.parametrize(("acts", "expected"), BEFORE_TABLE.items(), ids=BEFORE_TABLE)
def test_when_done_before_it_starts(do, look, states, stored, acts, expected):
    key = states.make("SCHEDULED")
    do(key, acts)
    start, by, until = (stored(key)[name] for name in ("validFrom", "reconfirmBy", "validUntil"))
    assert look(key, [start - 1, start, by, by + 1, until, until + 1]) == expected


@pytest.mark.parametrize(("acts", "expected"), AFTER_TABLE.items(), ids=AFTER_TABLE)
def test_when_done_after_it_starts(do, look, claimants, states, stored, acts, expected):
    key = states.make("ACTIVE")
    do(key, acts)
    by, until = stored(key)["reconfirmBy"], stored(key)["validUntil"]
    assert look(key, [claimants.now() + 60, by, by + 1, until, until + 1]) == expected


@pytest.mark.parametrize(("acts", "expected"), END_TABLE.items(), ids=END_TABLE)
def test_when_reconfirmed_until_the_end(do, look, claimants, states, acts, expected):
    until = claimants.now() + 30 * DAY
    key = states.make("ACTIVE", valid_until=until, reconfirm_by=until)
    do(key, acts)
    assert look(key, [claimants.now() + 60, until, until + 1]) == expected


@pytest.mark.parametrize(("acts", "expected"), [("nothing", "NONE"), ("withdraw", "WITHDRAWN")])
def test_when_never_granted(do, look, claimants, acts, expected):
    key = claimants.key()
    do(key, acts)
    now = claimants.now()
    assert look(key, [now + 60, now + 400 * DAY], recipient=0) == f"{expected} {expected}"


def test_of_the_zero_address(system):
    zero = "0x" + "00" * 20
    assert system.consents.status(zero) == 0
    assert system.consents.standing(zero) == (False, 0, 0)
    assert not system.consents.isLive(zero)
