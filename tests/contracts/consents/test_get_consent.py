"""getConsent: a consent as stored.

When the consent is unknown                 all of it is zero
Given it was withdrawn before its grant     all but the stage is zero
Given it was granted, paused, resumed, reconfirmed, used and released    each field is what was done
When nothing is done and time goes on       nothing of it changes
"""

from jamjar.protocol.settings import DAY

ORDER = ("recipient", "validFrom", "validUntil", "reconfirmBy", "sequence", "maxUses", "uses", "stage")


def test_of_an_unknown_consent(stored, claimants):
    assert stored(claimants.key()) == dict.fromkeys(ORDER, 0)


def test_of_one_withdrawn_before_its_grant(system, stored, claimants, people, states):
    key = claimants.key()
    system.consents.withdraw(claimants.withdraw(key), {"from": people.operator})
    assert stored(key) == dict.fromkeys(ORDER, 0) | {"stage": states.stage("WITHDRAWN")}


def test_of_a_whole_life(system, claimants, people, states):
    consents, carrier, start = system.consents, {"from": people.operator}, claimants.now()
    times = {"valid_from": start + 100, "valid_until": start + 200 * DAY}
    key = claimants.granted(**times, reconfirm_by=start + 50 * DAY, max_uses=1000)
    claimants.move_to(start + 100)
    states.use(key, times=2)
    consents.pause(*claimants.pause(key, 0), carrier)
    consents.resume(*claimants.resume(key, 1), carrier)
    consents.reconfirm(*claimants.reconfirm(key, 2, start + 60 * DAY), carrier)
    expected = (2, start + 100, start + 200 * DAY, start + 60 * DAY, 3, 1000, 2)
    assert consents.getConsent(key.address) == (*expected, states.stage("GRANTED"))
    consents.release(key.address, {"from": people.adviser})
    assert consents.getConsent(key.address) == (*expected, states.stage("RELEASED"))


def test_of_the_widest_values(claimants, people, system, governing, stored):
    """Fields packed in one slot do not touch each other."""
    last = 2**32 - 1
    governing.admit(last, "ADVISER", account=people.stranger)
    key = claimants.live(recipient=last, max_uses=1000)
    before = stored(key)
    assert (before["recipient"], before["maxUses"]) == (last, 1000)
    system.consents.use((key.address, b"\1" * 32), {"from": people.stranger})
    assert stored(key) == before | {"uses": 1}


def test_time_alone_changes_nothing(claimants, states, stored):
    key = states.make("SCHEDULED")
    before = stored(key)
    for name in ("validFrom", "reconfirmBy", "validUntil"):
        claimants.move_to(before[name] + 1)
        assert stored(key) == before
