"""What a type can hold: no time is cut to 32 bits, so nothing lapses early or lives again after the year 2106.

Given the blocks are at 2^32 seconds and beyond
├── a suspension lapses, and can be repeated, to the second
├── a recovery is ready, and lapses, to the second
├── a consent begins, goes stale and expires, to the second
└── a proposal waits its week
"""

import pytest

from jamjar.protocol.settings import DAY

FORTNIGHT = 14 * DAY
ACTIVE, STALE, EXPIRED = 2, 4, 6


@pytest.fixture(params=[2**32 - FORTNIGHT, 2**32 - 1, 2**32, 2**32 + 1, 2**33], ids=lambda time: f"{time:#x}")
def far(request, system, claimants):
    """The time of a block that is as far away."""
    claimants.move_to(request.param)
    return request.param


def test_a_suspension(far, system, claimants, people, refused):
    consortium, council = system.consortium, {"from": people.sponsor}
    lapses_at = consortium.suspend(2, 1, council).timestamp + FORTNIGHT
    assert consortium.getMember(2)["lapsesAt"] == lapses_at > far
    with refused("SuspensionNotLapsed", 2, lapses_at), claimants.at(lapses_at - 1):
        consortium.reinstate(2, {"from": people.stranger})
    with claimants.at(lapses_at):
        consortium.reinstate(2, {"from": people.stranger})
    with refused("SuspendedLately", 2, lapses_at + FORTNIGHT), claimants.at(lapses_at + FORTNIGHT - 1):
        consortium.suspend(2, 1, council)
    with claimants.at(lapses_at + FORTNIGHT):
        consortium.suspend(2, 1, council)


def test_a_recovery(far, system, claimants, people, spare, refused):
    consortium = system.consortium
    ready_at = consortium.proposeRecovery(2, spare, {"from": people.sponsor}).timestamp + FORTNIGHT
    with refused("RecoveryNotReady", 2, ready_at, ready_at + FORTNIGHT), claimants.at(ready_at - 1):
        consortium.completeRecovery(2, {"from": spare})
    with refused("RecoveryNotLapsed", 2, ready_at + FORTNIGHT), claimants.at(ready_at + FORTNIGHT - 1):
        consortium.lapseRecovery(2, {"from": spare})
    with refused("RecoveryNotReady", 2, ready_at, ready_at + FORTNIGHT), claimants.at(ready_at + FORTNIGHT):
        consortium.completeRecovery(2, {"from": spare})


def test_a_consent(far, system, claimants):
    key = claimants.granted()
    stored = system.consents.getConsent(key.address)
    assert stored["validFrom"] > far
    claimants.move_to(stored["validFrom"])
    assert system.consents.status(key.address) == ACTIVE
    claimants.move_to(stored["reconfirmBy"])
    assert system.consents.isLive(key.address)
    claimants.move_to(stored["reconfirmBy"] + 1)
    assert system.consents.status(key.address) == STALE
    claimants.move_to(stored["validUntil"] + 1)
    assert system.consents.status(key.address) == EXPIRED


def test_a_proposal(far, system, governing, claimants):
    operation = governing.operation("suspend", 2, 1)
    due = system.governance.getTimestamp(governing.propose(operation))
    assert due > far + 7 * DAY - 1
    with claimants.at(due):
        governing.execute(operation)
