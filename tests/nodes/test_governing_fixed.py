"""What founders cannot change, though they propose it and nobody vetoes; and founders that give up.

When they propose another delay                       it is shown as no change, and cannot be executed
When they propose to take execution from everyone     the same
When they propose to take, or give, administration    the same
When every founder gives its right up                 nothing is proposed any more; members and council go on
"""

from collections.abc import Iterator
from typing import Any

import pytest

from jamjar.errors import Rejected
from jamjar.ledger.own_member import OwnMember
from jamjar.model.state import NOBODY, Reason
from jamjar.protocol.calldata import data_of
from jamjar.protocol.roles import ADMINISTRATION, EXECUTOR
from jamjar.protocol.roles import FOUNDER as FOUNDER_ROLE
from jamjar.protocol.settings import DAY
from tests.nodes.governing import FRESH, STRANGER, Office, governed

FOUNDERS = (0, 6)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    with governed(folder, lambda office: [office.address(each) for each in FOUNDERS]) as office:
        yield office


def proposed(office: Office, function: str, *arguments: Any) -> str:
    """Propose a call of the governance's own that no command proposes, and return the proposal's id."""
    ledger = office.ledger()
    governance = ledger.deployment.governance.address
    call = (governance, 0, data_of("Governance", function, *arguments), bytes(32), bytes(32))
    ledger.send(office.keys[0], "Governance", "schedule", *call, 7 * DAY)
    return str(office.json("status")["proposals"][-1]["id"])


@pytest.mark.parametrize("delay", [0, 1, 6 * DAY, 8 * DAY, 14 * DAY, 2**256 - 1])
def test_another_delay(office: Office, delay: int) -> None:
    name = proposed(office, "updateDelay", delay)
    assert "the same: the ledger refuses to change it" in " ".join(office.run("consortium", "status").stdout.split())
    office.wait(7 * DAY)
    assert "DelayFixed" in office.refused("consortium", "execute", name, by=STRANGER)
    assert office.ledger().read("Governance", "getMinDelay") == 7 * DAY


@pytest.mark.parametrize("function", ["grantRole", "revokeRole", "renounceRole"])
@pytest.mark.parametrize("role", [EXECUTOR, ADMINISTRATION])
@pytest.mark.parametrize("holder", ["everyone", "itself", "founder"])
def test_another_role(office: Office, function: str, role: bytes, holder: str) -> None:
    ledger = office.ledger()
    governance = ledger.deployment.governance.address
    account = {"everyone": NOBODY, "itself": governance, "founder": office.address(0)}[holder]
    held = [(EXECUTOR, NOBODY), (ADMINISTRATION, governance)]
    if function == "grantRole" and (role, account) in held:
        return  # it is granted already, and granting it again changes nothing
    name = proposed(office, function, role, account)
    office.wait(7 * DAY)
    why = office.refused("consortium", "execute", name, by=STRANGER)
    confirms = function == "renounceRole" and holder != "itself"  # nobody renounces for another
    assert ("AccessControlBadConfirmation" if confirms else "RoleFixed") in why
    assert all(ledger.read("Governance", "hasRole", *each) for each in held)


def test_all_founders_give_up(office: Office) -> None:
    """The members stay who they are, for ever; what was proposed before may be executed, or vetoed."""
    ledger, council = office.ledger(), OwnMember(office.ledger(), office.keys[4])
    executed, vetoed = (office.propose("suspend", member, "--reason", "LEFT") for member in (2, 3))
    for founder in FOUNDERS:
        ledger.send(office.keys[founder], "Governance", "renounceRole", FOUNDER_ROLE, office.address(founder))
        words = ("propose", "suspend", 1, "--reason", "LEFT")
        assert "is no founder's account" in office.refused("consortium", *words, by=founder)
    office.does("consortium", "veto", vetoed, by=3)
    office.wait(7 * DAY)
    office.does("consortium", "execute", executed, by=STRANGER)
    council.suspend(5, Reason.KEY_STOLEN)
    office.wait(14 * DAY)
    OwnMember(ledger, office.keys[STRANGER]).reinstate(5)
    office.does("member", "account", "add", office.address(FRESH), by=2)
    call = (ledger.deployment.consortium.address, 0, b"", bytes(32), bytes(32), 7 * DAY)
    for by in (*FOUNDERS, 1, 4):
        with pytest.raises(Rejected, match="AccessControlUnauthorizedAccount"):
            ledger.send(office.keys[by], "Governance", "schedule", *call)
