"""What those who govern try, and what thieves of their keys try, against members that only look once a week.

When one of the council                       acts for another member, or suspends it on and on
When all founders together                    change anything against one veto, or at once
When a founder's key is stolen                it cannot stop its own removal, nor hide what it proposes
When a member's key is stolen                 it vetoes nothing once the member is suspended, and is no other member
When council and founders act together        the members they suspend object, manage themselves, and are not read
"""

from collections.abc import Iterator
from typing import Any

import pytest

from jamjar.errors import Rejected
from jamjar.ledger.own_member import OwnMember
from jamjar.model.member_rules import seat_of
from jamjar.model.state import Reason
from jamjar.protocol.calldata import data_of
from jamjar.protocol.roles import FOUNDER as FOUNDER_ROLE
from jamjar.protocol.roles import Role
from jamjar.protocol.settings import DAY
from tests.nodes.governing import FRESH, STRANGER, Office, governed

FOUNDERS = (0, 6, 7)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    with governed(folder, lambda office: [office.address(each) for each in FOUNDERS]) as office:
        yield office


def fails(office: Office, by: int, why: str, contract: str, function: str, *arguments: Any) -> None:
    with pytest.raises(Rejected) as refused:
        office.ledger().send(office.keys[by], contract, function, *arguments)
    assert refused.value.name == why


def direct(office: Office) -> list[tuple[Any, ...]]:
    """What the governance alone does, as one would call it directly."""
    return [
        ("Consortium", "admit", (6, "Lake Advice", [], office.address(FRESH), bytes(32))),
        ("Consortium", "grantRole", Role.COUNCIL.value, seat_of(2)),
        ("Consortium", "revokeRole", Role.ADVISER.value, seat_of(2)),
        ("Governance", "grantRole", FOUNDER_ROLE, office.address(FRESH)),
        ("Governance", "revokeRole", FOUNDER_ROLE, office.address(0)),
    ]


@pytest.mark.parametrize("by", [*FOUNDERS, 4, 5, STRANGER])
def test_nobody_does_at_once_what_the_governance_does(office: Office, by: int) -> None:
    for call in direct(office):
        fails(office, by, "AccessControlUnauthorizedAccount", *call)
    fails(office, by, "DelayFixed", "Governance", "updateDelay", 0)


def test_one_of_the_council_acts_for_no_other(office: Office) -> None:
    fails(office, 4, "AccountNotOfMember", "Consortium", "removeAccount", office.address(2))
    fails(office, 4, "AccountNotOffered", "Consortium", "acceptAccount", 2)
    fails(office, 4, "RecoveryUnknown", "Consortium", "completeRecovery", 2)
    own = OwnMember(office.ledger(), office.keys[4]).change_encryption_key(bytes(32))
    assert [event.member for event in own.events] == [4]


def test_one_of_the_council_suspends_nobody_on_and_on(office: Office) -> None:
    council = OwnMember(office.ledger(), office.keys[4])
    council.suspend(2, Reason.KEY_STOLEN)
    office.wait(14 * DAY)
    OwnMember(office.ledger(), office.keys[STRANGER]).reinstate(2)
    for by in (4, 5):
        fails(office, by, "SuspendedLately", "Consortium", "suspend", 2, int(Reason.KEY_STOLEN))


def test_all_founders_against_one_veto(office: Office) -> None:
    proposals = [office.propose("roles", 2, "--remove", "ADVISER", by=by) for by in FOUNDERS]
    for each in proposals:
        office.does("consortium", "veto", each, by=2)
    office.wait(30 * DAY)
    for each in proposals:
        assert "was vetoed at" in office.refused("consortium", "execute", each, by=0)
    assert office.ledger().read("Consortium", "isActiveAs", 2, Role.ADVISER.value)


def test_a_stolen_founders_key_cannot_stop_its_removal(office: Office) -> None:
    name = office.propose("founders", "--remove", office.address(7), by=0)
    fails(office, 7, "AccessControlUnauthorizedAccount", "Governance", "cancel", bytes.fromhex(name[2:]))
    office.wait(7 * DAY)
    office.does("consortium", "execute", name, by=STRANGER)
    assert "is no founder's account" in office.refused("consortium", "propose", "suspend", 3, "--reason", "LEFT", by=7)


def test_a_stolen_founders_key_hides_nothing(office: Office) -> None:
    """A call that nobody can read is shown as one, with all of its bytes, and so is one that is not quite a call."""
    target = office.ledger().deployment.consortium.address
    padded = data_of("Consortium", "reinstate", 2) + b"\0"
    for at, data in ((office.address(FRESH), b"\1\2\3"), (target, padded), (target, b"\1\2\3\4")):
        batch = ([at], [0], [data], bytes(32), data.ljust(32, b"\0")[:32], 7 * DAY)
        office.ledger().send(office.keys[7], "Governance", "scheduleBatch", *batch)
        changes = office.json("status")["proposals"][-1]["changes"]
        assert [change["then"] for change in changes] == ["Nobody can say what this does; veto it unless you know."]
        assert data.hex() in changes[0]["what"]


def test_a_stolen_members_key(office: Office) -> None:
    OwnMember(office.ledger(), office.keys[4]).suspend(2, Reason.KEY_STOLEN)
    name = office.propose("suspend", 2, "--reason", "KEY_STOLEN", by=0)
    fails(office, 2, "AccessControlUnauthorizedAccount", "Governance", "cancel", bytes.fromhex(name[2:]))
    fails(office, 2, "AccountNotOfMember", "Consortium", "removeAccount", office.address(3))
    fails(office, 2, "AccountIsOwn", "Consortium", "removeAccount", office.address(2))
    office.wait(7 * DAY)
    office.does("consortium", "execute", name, by=STRANGER)


def test_council_and_founders_together(office: Office) -> None:
    """They can take everyone's powers, in the open; they become nobody, and nobody's key is theirs to change."""
    council = OwnMember(office.ledger(), office.keys[4])
    for member in (1, 2, 3, 5):
        council.suspend(member, Reason.RULES_BROKEN)
    name = office.propose("suspend", 2, "--reason", "RULES_BROKEN", by=0)
    council.propose_recovery(2, office.address(FRESH))
    office.wait(13 * DAY)
    office.does("consortium", "execute", name, by=0)
    office.does("member", "recovery", "object", by=2)
    office.does("member", "account", "add", office.address(STRANGER), by=2)
    office.wait(2 * DAY)
    fails(office, FRESH, "RecoveryUnknown", "Consortium", "completeRecovery", 2)
