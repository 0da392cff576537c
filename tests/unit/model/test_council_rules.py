"""council_rules: suspensions and recoveries to the second, as IConsortium says.

Given a suspension by the council       it lapses, can be confirmed, and cannot be repeated for as long again
Given one by the governance             it does not lapse, and the governance alone ends it
Given a recovery                        the member objects before it is completed; it is completed, or lapses, in time
"""

import pytest

from jamjar.model import council_rules
from jamjar.model.decision import Revert
from jamjar.model.state import NOBODY, LedgerState, Reason
from tests.unit.model.governed import (
    DESK,
    FRESH,
    GOVERNANCE,
    JUDGE,
    NOW,
    RECOVERY,
    STATE,
    STRANGER,
    SUSPENSION,
    done,
    event,
)  # fmt: skip

LAPSES = NOW + SUSPENSION
READY = NOW + RECOVERY


@pytest.fixture
def suspended() -> LedgerState:
    outcome = council_rules.suspend(STATE, NOW, JUDGE, 2, Reason.KEY_STOLEN)
    assert outcome == (event("MemberSuspended", 2, 1, LAPSES, JUDGE),)
    return done(STATE, outcome)


@pytest.fixture
def recovering() -> LedgerState:
    outcome = council_rules.propose_recovery(STATE, NOW, JUDGE, 2, FRESH)
    assert outcome == (event("RecoveryProposed", 2, FRESH, READY, JUDGE),)
    return done(STATE, outcome)


def test_who_suspends() -> None:
    assert council_rules.suspend(STATE, NOW, DESK, 9, Reason.NONE) == Revert("NotOfTheCouncil", (DESK,))
    assert council_rules.suspend(STATE, NOW, JUDGE, 9, Reason.NONE) == Revert("MemberUnknown", (9,))
    assert council_rules.suspend(STATE, NOW, JUDGE, 2, Reason.NONE) == Revert("ReasonMissing", (2,))
    assert council_rules.suspend(STATE, NOW, JUDGE, 2, 5) == Revert()  # no reason of the interface
    itself = done(STATE, council_rules.suspend(STATE, NOW, JUDGE, 4, Reason.OWN_REQUEST))
    assert council_rules.suspend(itself, NOW, JUDGE, 2, Reason.LEFT) == Revert("NotOfTheCouncil", (JUDGE,))


def test_it_lapses(suspended: LedgerState) -> None:
    early = council_rules.reinstate(suspended, LAPSES - 1, STRANGER, 2)
    assert early == Revert("SuspensionNotLapsed", (2, LAPSES))
    assert council_rules.reinstate(suspended, LAPSES, STRANGER, 2) == (event("MemberReinstated", 2, STRANGER),)
    assert council_rules.reinstate(suspended, NOW, GOVERNANCE, 2) == (event("MemberReinstated", 2, GOVERNANCE),)
    assert council_rules.reinstate(STATE, NOW, GOVERNANCE, 2) == Revert("MemberNotSuspended", (2,))


def test_it_is_not_repeated_for_as_long_again(suspended: LedgerState) -> None:
    assert council_rules.suspend(suspended, NOW, JUDGE, 2, Reason.LEFT) == Revert("MemberNotActive", (2,))
    free = done(suspended, council_rules.reinstate(suspended, LAPSES, STRANGER, 2))
    again = LAPSES + SUSPENSION
    assert council_rules.suspend(free, again - 1, JUDGE, 2, Reason.LEFT) == Revert("SuspendedLately", (2, again))
    assert not isinstance(council_rules.suspend(free, again, JUDGE, 2, Reason.LEFT), Revert)


def test_it_is_confirmed_once(suspended: LedgerState) -> None:
    outcome = council_rules.suspend(suspended, LAPSES + 1, GOVERNANCE, 2, Reason.LEFT)
    assert outcome == (event("MemberSuspended", 2, 3, 0, GOVERNANCE),)
    confirmed = done(suspended, outcome)
    assert council_rules.suspend(confirmed, LAPSES, GOVERNANCE, 2, Reason.LEFT) == Revert("MemberNotActive", (2,))
    for caller in (STRANGER, JUDGE, DESK):
        assert council_rules.reinstate(confirmed, 10**9, caller, 2) == Revert("SuspensionNotLapsed", (2, 0))


def test_who_proposes_a_recovery() -> None:
    assert council_rules.propose_recovery(STATE, NOW, GOVERNANCE, 9, DESK) == Revert("NotOfTheCouncil", (GOVERNANCE,))
    assert council_rules.propose_recovery(STATE, NOW, JUDGE, 9, DESK) == Revert("MemberUnknown", (9,))
    assert council_rules.propose_recovery(STATE, NOW, JUDGE, 2, JUDGE) == Revert("AccountTaken", (JUDGE, 4))
    assert council_rules.propose_recovery(STATE, NOW, JUDGE, 2, NOBODY) == Revert("AccountTaken", (NOBODY, 0))


def test_the_member_objects(recovering: LedgerState) -> None:
    assert council_rules.object_to_recovery(recovering, NOW, STRANGER) == Revert("NotAMember", (STRANGER,))
    assert council_rules.object_to_recovery(recovering, NOW, JUDGE) == Revert("RecoveryUnknown", (4, NOBODY))
    outcome = council_rules.object_to_recovery(recovering, READY, DESK)
    assert outcome == (event("RecoveryObjected", 2, FRESH, DESK),)
    ended = done(recovering, outcome)
    assert council_rules.complete_recovery(ended, READY, FRESH, 2) == Revert("RecoveryUnknown", (2, FRESH))


def test_it_is_completed_in_time(recovering: LedgerState) -> None:
    until = READY + RECOVERY
    for now in (READY - 1, until):
        early_or_late = council_rules.complete_recovery(recovering, now, FRESH, 2)
        assert early_or_late == Revert("RecoveryNotReady", (2, READY, until))
    for now in (READY, until - 1):
        assert council_rules.complete_recovery(recovering, now, FRESH, 2) == (
            event("RecoveryCompleted", 2, FRESH), event("AccountAdded", 2, FRESH, FRESH),
        )  # fmt: skip
    assert council_rules.complete_recovery(recovering, READY, STRANGER, 2) == Revert("RecoveryUnknown", (2, STRANGER))


def test_it_lapses_afterwards(recovering: LedgerState) -> None:
    until = READY + RECOVERY
    assert council_rules.lapse_recovery(STATE, until, STRANGER, 2) == Revert("RecoveryUnknown", (2, NOBODY))
    assert council_rules.lapse_recovery(recovering, until - 1, STRANGER, 2) == Revert("RecoveryNotLapsed", (2, until))
    assert council_rules.lapse_recovery(recovering, until, STRANGER, 2) == (
        event("RecoveryLapsed", 2, FRESH, STRANGER),
    )
