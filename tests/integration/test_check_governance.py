"""scripts/check_deployment: who governs, after a while.

Given members that changed, as the contracts let them           nothing is wrong
Given founders that the governance changed                      nothing is wrong, and the change is told
Given no founder is left                                        a line for it
Given the file names other founders, or another governance      a line for it
"""

from dataclasses import replace

import brownie
import pytest

from assurance.bytecode.deployment_checks import checks
from jamjar.protocol.roles import FOUNDER
from jamjar.protocol.settings import DAY
from tests.integration.checking import deployed, govern, put, url, wrong
from tools.creation_code import read_build
from tools.deployer import System

STRANGER = "0x" + "77" * 20


@pytest.fixture(scope="module")
def good(module_isolation: None) -> System:
    return deployed()


@pytest.fixture(autouse=True)
def _taken_back(good: System, fn_isolation: None) -> None:
    """Take every test's changes to the chain back."""


def test_given_a_life_of_members_it_is_still_good(good: System) -> None:
    adviser, seat = good.consortium.ADVISER(), good.consortium.seatOf(2)
    govern(good, good.consortium, "revokeRole", adviser, seat)
    govern(good, good.consortium, "grantRole", good.consortium.AUDITOR(), seat)
    good.consortium.suspend(3, 1, {"from": brownie.accounts[4]})
    good.consortium.offerAccount(brownie.accounts[8], {"from": brownie.accounts[2]})
    good.consortium.acceptAccount(2, {"from": brownie.accounts[8]})
    good.consortium.rename("Town Debts", {"from": brownie.accounts[8]})
    assert wrong(good.deployment) == []


def test_given_the_governance_changed_itself(good: System) -> None:
    govern(good, good.governance, "grantRole", FOUNDER, brownie.accounts[7])
    govern(good, good.governance, "revokeRole", FOUNDER, brownie.accounts[0])
    after, before = (brownie.accounts[n].address for n in (7, 0))
    lines = [str(check) for check in checks(url(), good.deployment, read_build())]
    assert [line for line in lines if line.startswith("WRONG")] == []
    assert f"ok    Governance         founder {after}: added since" in lines
    assert f"ok    Governance         founder {before}: removed since" in lines
    assert f"ok    Governance         getMinDelay: {8 * DAY}" in lines


def test_given_no_founder_is_left(good: System) -> None:
    founder = brownie.accounts[0]
    good.governance.renounceRole(FOUNDER, founder, {"from": founder})
    assert wrong(good.deployment) == ["Governance: founders, by its events"]


def test_given_other_founders(good: System) -> None:
    given = replace(good.deployment, settings=replace(good.deployment.settings, founders=(STRANGER,)))
    assert wrong(given) == ["Governance: created"]


def test_given_another_governance(good: System) -> None:
    """One that members never saw, and that somebody else proposes to."""
    other = deployed()
    given = put(good.deployment, "governance", other.governance)
    assert {"Consortium: GOVERNANCE in its code", "Consortium: governance", "Governance: consortium"} <= set(
        wrong(given)
    )
