"""Who the members are, decided by people with keystores: founding, proposals, vetoes, suspensions, recoveries.

When founders.toml names them                 they found a consortium, and the deployment is checked
When a founder proposes                       it is shown what would change, nothing changes, and any member vetoes it
Given nobody vetoes                           anyone executes it, once, when its delay has passed, and not before
When the council suspends                     it holds at once, and lapses; the governance confirms or ends it
When a member has lost its keys               the council proposes an account; the member objects, or it completes it
When a member manages itself                  accounts take two steps, a name is its own permanently
When anybody else tries any of it             one sentence says why not, and nothing is sent
"""

from collections.abc import Iterator

import pytest

from jamjar.protocol.settings import DAY
from tests.nodes.governing import FOUNDER, FRESH, STRANGER, Office, governed

NEW = 6


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with governed(tmp_path_factory.mktemp("office"), lambda office: [office.address(FOUNDER)]) as office:
        yield office


def test_founded_once(office: Office) -> None:
    file = office.folder / "founders.toml"
    again = ("consortium", "init", "--founders", file, "--out")
    assert "is there already" in office.refused(*again, office.folder, by=STRANGER)
    said = office.does(*again, office.folder / "another", by=STRANGER)
    assert "The ledger says the same as the file, in " in said
    assert f"make check-deployment URL={office.node.url}" in said


def admission(office: Office, name: str = "Lake Advice") -> list[object]:
    (office.folder / "lake.key").write_text("ab" * 1216)
    return ["admit", "--number", NEW, "--name", name, "--role", "ADVISER", "--account", office.address(NEW),
            "--encryption-key-file", office.folder / "lake.key"]  # fmt: skip


def test_proposed_and_executed(office: Office) -> None:
    assert office.run("consortium", "status").exit_code == 0
    name = office.propose(*admission(office))
    shown = office.run("consortium", "status", "--account", office.address(2))
    assert shown.exit_code == 3
    assert "Lake Advice, active, as adviser" in shown.stdout
    assert "It is ready at" in office.refused("consortium", "execute", name, by=STRANGER)
    (pending,) = office.json("status")["proposals"]
    assert (pending["proposed_by"], pending["may_veto"]) == (office.address(FOUNDER), [1, 2, 3, 4, 5])
    office.wait(7 * DAY)
    assert "MemberAdmitted (member 6, name Lake Advice" in office.does("consortium", "execute", name, by=STRANGER)
    assert "was executed at" in office.refused("consortium", "execute", name, by=STRANGER)
    told = office.json("members")
    assert [each["name"] for each in told["members"]][-1] == "Lake Advice"
    (right,) = (each for each in told["rights"] if each["holder"] == NEW)
    assert (right["role"], right["proposal"]) == ("ADVISER", name)
    assert (right["proposed_by"], right["executed_by"]) == (office.address(FOUNDER), office.address(STRANGER))
    assert "no veto; executed by" in office.does("consortium", "members")


def test_vetoed(office: Office) -> None:
    name = office.propose("roles", 2, "--add", "AUDITOR", "--remove", "ADVISER")
    assert "TimelockUnexpected" not in office.does("consortium", "veto", name[:10], by=3)
    assert "was vetoed at" in office.refused("consortium", "veto", name, by=4)
    office.wait(8 * DAY)
    assert "was vetoed at" in office.refused("consortium", "execute", name, by=STRANGER)
    assert office.run("consortium", "status").exit_code == 0


def test_founders(office: Office) -> None:
    name = office.propose("founders", "--add", office.address(FRESH))
    office.wait(7 * DAY)
    office.does("consortium", "execute", name, by=1)
    other = office.propose("founders", "--remove", office.address(FOUNDER), by=FRESH)
    assert [each["ready_at"] - each["proposed_at"] for each in office.json("status")["proposals"]] == [7 * DAY]
    assert "AccessControl" in office.refused("consortium", "veto", other, by=FOUNDER)  # it cannot stop its own removal
    office.wait(7 * DAY)
    office.does("consortium", "execute", other, by=1)
    assert "no founder's account" in office.refused("consortium", "propose", "suspend", 2, "--reason", "LEFT", by=0)


def test_suspended_and_lapsed(office: Office) -> None:
    said = office.does("consortium", "propose", "suspend", 2, "--reason", "KEY_STOLEN", by=4)
    assert "suspended (its key was stolen) for 14 days" in said
    assert office.run("consortium", "status", "--account", office.address(2)).exit_code == 3
    assert "AccessControl" in office.refused(
        "consortium", "veto", office.propose("suspend", 3, "--reason", "LEFT"), by=2
    )
    assert "no founder's account" in office.refused("consortium", "propose", "reinstate", 2, by=3)
    office.wait(14 * DAY)
    assert "which has lapsed: anyone may reinstate it" in office.run("consortium", "status").stdout
    assert "this holds at once" not in office.does("consortium", "propose", "reinstate", 2, by=STRANGER)
    why = office.refused("consortium", "propose", "suspend", 2, "--reason", "KEY_STOLEN", by=5)
    assert "SuspendedLately" in why


def test_suspension_is_confirmed(office: Office) -> None:
    office.does("consortium", "propose", "suspend", 3, "--reason", "RULES_BROKEN", by=5)
    name = office.propose("suspend", 3, "--reason", "RULES_BROKEN")
    office.wait(7 * DAY)
    assert "does not lapse" in office.does("consortium", "execute", name, by=1)
    office.wait(30 * DAY)
    assert "by the governance, until it reinstates it" in office.run("consortium", "status").stdout
    name = office.propose("reinstate", 3)
    office.wait(7 * DAY)
    office.does("consortium", "execute", name, by=1)


def test_recovered(office: Office) -> None:
    office.does("consortium", "propose", "recover", 1, office.address(FRESH), by=4)
    told = office.run("member", "status", "--account", office.address(1))
    assert (told.exit_code, "jamjar member recovery object" in told.stderr) == (3, True)
    assert "RecoveryNotReady" in office.refused("member", "recovery", "complete", 1, by=FRESH)
    office.does("member", "recovery", "object", by=1)
    office.does("consortium", "propose", "recover", 1, office.address(FRESH), by=4)
    office.wait(14 * DAY)
    assert "acts for member 1" in office.does("member", "recovery", "complete", 1, by=FRESH)
    office.does("consortium", "propose", "recover", 2, office.address(STRANGER), by=4)
    office.wait(28 * DAY)
    assert "RecoveryLapsed" in office.does("member", "recovery", "lapse", 2, by=STRANGER)


def test_a_member_manages_itself(office: Office) -> None:
    office.does("member", "account", "add", office.address(FRESH), by=2)
    assert "AccountNotOffered" in office.refused("member", "account", "accept", 3, by=FRESH)
    office.does("member", "account", "accept", 2, by=FRESH)
    office.does("member", "account", "remove", office.address(2), by=FRESH)
    assert "acts for no member" in office.refused("member", "rename", "Lake Advice", by=2)
    assert "Name of member 2" in office.does("member", "rename", "Lake Advice", by=FRESH)
    assert "NameTaken" in office.refused("member", "rename", "Town Debt Advice", by=3)
    assert "NameTaken" in office.refused("consortium", "propose", *admission(office), by=FOUNDER)
