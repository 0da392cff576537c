"""Suspensions that lapse and recoveries that take their time, to the second (M4, M5)."""

from typing import Any

import pytest

from jamjar.model import council_rules, member_rules
from jamjar.model.state import Standing
from tests.differential.moves import changing, reinstating, suspending
from tests.differential.scene import Scene

FREE, OTHER = 8, 9
COUNCIL = 4
AROUND = (-1, 0, 1)


@pytest.mark.parametrize("by", [COUNCIL, "the governance"])
@pytest.mark.parametrize("confirmed", [False, True])
def test_a_suspension_lapses_unless_confirmed(scene: Scene, by: Any, confirmed: bool) -> None:
    """M5: to the second, by anyone; and it cannot be repeated for as long again."""
    governance, lasts = scene.system.governance, scene.state.rules.suspension
    scene.make(governance if by == "the governance" else by, suspending(2))
    begun = scene.time
    if confirmed:
        scene.attempt(governance, suspending(2, 0))
        scene.make(governance, suspending(2, 1))
    for off in AROUND:
        scene.wait_until(begun + lasts + off)
        for caller in (governance, 0, 2, COUNCIL, FREE):
            scene.attempt(caller, reinstating(2))
            scene.attempt(caller, suspending(2))
    scene.make(governance if confirmed or by != COUNCIL else FREE, reinstating(2))
    for off in AROUND:
        scene.wait_until(begun + 2 * lasts + off)
        for caller in (governance, COUNCIL, 5, FREE):
            scene.attempt(caller, suspending(2))


@pytest.mark.parametrize("standing", [Standing.ACTIVE, Standing.SUSPENDED])
def test_a_recovery_takes_its_time(scene: Scene, standing: Standing) -> None:
    """M4: the member can object for 14 days, also when suspended; then the account completes it in as long again."""
    accounts, lasts = scene.system.accounts, scene.state.rules.recovery
    scene.make(COUNCIL, changing("proposeRecovery", council_rules.propose_recovery, 2, accounts[FREE]))
    proposed = scene.time
    scene.make(5, changing("proposeRecovery", council_rules.propose_recovery, 3, accounts[FREE]))
    if standing is Standing.SUSPENDED:
        scene.make(scene.system.governance, suspending(2))
    steps = [
        changing("objectToRecovery", council_rules.object_to_recovery),
        *(changing("completeRecovery", council_rules.complete_recovery, number) for number in (2, 3)),
        changing("lapseRecovery", council_rules.lapse_recovery, 2),
        changing("proposeRecovery", council_rules.propose_recovery, 2, accounts[OTHER]),
    ]
    for moment in (proposed, *(proposed + n * lasts + off for n in (1, 2) for off in AROUND)):
        if moment > scene.time:
            scene.wait_until(moment)
        for move in steps:
            for caller in (scene.system.governance, 1, 2, 3, COUNCIL, FREE, OTHER):
                scene.attempt(caller, move)


def test_a_recovered_account_acts_for_its_member(scene: Scene) -> None:
    accounts = scene.system.accounts
    scene.make(COUNCIL, changing("proposeRecovery", council_rules.propose_recovery, 2, accounts[FREE]))
    scene.make(COUNCIL, changing("proposeRecovery", council_rules.propose_recovery, 3, accounts[FREE]))
    scene.wait_until(scene.time + scene.state.rules.recovery)
    scene.make(FREE, changing("completeRecovery", council_rules.complete_recovery, 2))
    assert scene.state.member_of(accounts[FREE]) == 2
    scene.make(FREE, changing("completeRecovery", council_rules.complete_recovery, 3))  # it is taken by now
    scene.make(FREE, changing("removeAccount", member_rules.remove_account, accounts[2]))
    scene.make(2, changing("rename", member_rules.rename, "Back again"))
