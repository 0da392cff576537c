"""What the governance decides of itself, by proposals that are carried out: its delay, its roles, no empty proposal.

M2, M10: founders come and go; all else about its roles, and the delay, stay as they were deployed.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from jamjar.model import governance_rules
from jamjar.model.decision import Outcome, Revert
from jamjar.model.replay import replay
from jamjar.model.state import NOBODY, NOTHING, Emitted
from jamjar.protocol.calldata import proposal_ids
from jamjar.protocol.roles import ADMINISTRATION, EXECUTOR, FOUNDER
from tests.differential.evm import Evm
from tests.differential.machine import MEMBERS
from tests.stateful.system import Receipt, System

CANCELLER, SALT = bytes.fromhex("fd643c72710c63c0180259aba6b2d05451e3591a24e58b62239378085726f783"), b"s" * 32
CHANGES = {
    "grantRole": governance_rules.role_granted,
    "revokeRole": governance_rules.role_revoked,
    "renounceRole": governance_rules.role_revoked,
}


class Governed(Evm):
    def act_as(self, address: str) -> None:
        """Leave the governance its code: what it does here, it does by proposals."""


@pytest.fixture(scope="module")
def founded() -> System:
    return System(Governed(), MEMBERS)


@pytest.fixture
def governed(founded: System) -> Iterator[System]:
    before = founded.chain.snapshot()
    yield founded
    founded.chain.revert(before)


def send(system: System, by: str, function: str, *arguments: Any) -> Receipt:
    data = system.contracts["Governance"].calldata(function, *arguments)
    return system.send(system.chain.now() + 1, by, "Governance", data)


def decide(system: System, function: str, *arguments: Any) -> Receipt:
    """Propose a call of the governance to itself, let the delay pass, and have a stranger carry it out."""
    call = system.governance, 0, system.contracts["Governance"].calldata(function, *arguments)
    delay = system.settings.governance_delay
    assert send(system, system.accounts[0], "schedule", *call, NOTHING, SALT, delay).refused is None
    system.chain.wait_until(system.chain.now() + delay)
    receipt = send(system, system.accounts[-1], "execute", *call, NOTHING, SALT)
    if receipt.refused is None:
        assert receipt.events[-1].name == "CallExecuted"
    return Receipt(receipt.time, receipt.events[:-1], receipt.refused)


def came_to(receipt: Receipt, expected: Outcome) -> None:
    assert (receipt.refused or receipt.events) == expected


def roles_and_accounts(system: System) -> list[tuple[bytes, str]]:
    roles = ADMINISTRATION, FOUNDER, EXECUTOR, CANCELLER, system.roles["COUNCIL"]
    accounts = system.governance, NOBODY, system.accounts[0], system.accounts[2], system.accounts[-1]
    return [(role, account) for role in roles for account in accounts]


@pytest.mark.parametrize("function", CHANGES)
def test_changes_of_roles_that_were_decided(governed: System, function: str) -> None:
    """Also of its own roles, which it renounces as its own alone."""
    for role, account in roles_and_accounts(governed):
        before = governed.chain.snapshot()
        expected = CHANGES[function](governed.deployed, 0, role, account, governed.governance)
        if function == "renounceRole" and account != governed.governance:
            expected = Revert("AccessControlBadConfirmation")
        receipt = decide(governed, function, role, account)
        came_to(receipt, expected)
        after = replay(governed.deployed, receipt.events, receipt.time)
        if role != CANCELLER:
            assert governed.view("Governance", "hasRole", role, account) == ((role, account) in after.governance.roles)
        governed.chain.revert(before)


def test_changes_of_roles_that_were_not(governed: System) -> None:
    for role, account in roles_and_accounts(governed):
        for by in governed.accounts[0], governed.accounts[2], governed.accounts[-1]:
            before = governed.chain.snapshot()
            for function in "grantRole", "revokeRole":
                refused = Revert("AccessControlUnauthorizedAccount", (by, ADMINISTRATION))
                came_to(send(governed, by, function, role, account), refused)
            own = governance_rules.role_revoked(governed.deployed, 0, role, account, by)
            expected = own if by == account else Revert("AccessControlBadConfirmation")
            came_to(send(governed, by, "renounceRole", role, account), expected)
            governed.chain.revert(before)


def test_the_delay_stays(governed: System) -> None:
    delay = governed.settings.governance_delay
    for changed in (0, delay - 1, delay, delay + 1, 2**256 - 1):
        before = governed.chain.snapshot()
        for by in governed.accounts[0], governed.accounts[2], governed.accounts[-1]:
            came_to(send(governed, by, "updateDelay", changed), Revert("DelayFixed"))
        came_to(decide(governed, "updateDelay", changed), Revert("DelayFixed"))
        assert governed.view("Governance", "getMinDelay") == delay
        governed.chain.revert(before)


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_a_proposal_has_a_call(governed: System, size: int) -> None:
    """An empty one is refused whoever makes it; each call of any other is told."""
    delay = governed.settings.governance_delay
    calls = [(governed.governance, 0, bytes([place])) for place in range(size)]
    columns: Sequence[Any] = [[call[place] for call in calls] for place in range(3)]
    stranger = governed.accounts[-1]
    unauthorised = Revert("AccessControlUnauthorizedAccount", (stranger, FOUNDER))
    empty = Revert("ProposalEmpty")
    batch = "scheduleBatch", *columns, NOTHING, SALT, delay
    came_to(send(governed, stranger, *batch), unauthorised if size else empty)
    receipt = send(governed, governed.accounts[0], *batch)
    if not size:
        came_to(receipt, empty)
        return
    name = receipt.events[0].arguments[0]
    assert name in proposal_ids(calls, NOTHING, SALT)
    told = [Emitted("CallScheduled", (name, i, *call, NOTHING, delay)) for i, call in enumerate(calls)]
    came_to(receipt, (*told, Emitted("CallSalt", (name, SALT))))
    assert governed.view("Governance", "getTimestamp", name) == receipt.time + delay
