"""What one key, or two together, can do for good or for long: the limits that the threat model says, on a node.

Given a member takes each name that is asked  nobody of that name is admitted, until the member is suspended
Given a thief offered an account              the offer outlives the thief's own, until the member takes it back
Given one of the council suspends everyone    nobody vetoes, suspends or carries a grant, until it lapses after 14 days
When it replaces another's recovery           the member stays without keys, until the council suspends that one
When it and a founder go on from there        whoever they put out has no veto; each keeps its accounts
Given the only founder's key is stolen        it ends all governing, at once; members and consents go on
"""

from collections.abc import Iterator

import pytest

from jamjar.errors import Rejected
from jamjar.ledger.own_member import OwnMember
from jamjar.model.state import Reason
from jamjar.protocol.roles import FOUNDER as FOUNDER_ROLE
from jamjar.protocol.settings import DAY
from tests.nodes.governing import FOUNDER, FRESH, STRANGER, Office, governed

EVERYONE = (1, 2, 3, 5, 4)
"""The one of the council that does it is last."""


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with governed(tmp_path_factory.mktemp("office"), lambda office: [office.address(FOUNDER)]) as office:
        yield office


def own(office: Office, by: int) -> OwnMember:
    return OwnMember(office.ledger(), office.keys[by])


def test_a_member_keeps_others_out_until_it_is_suspended(office: Office) -> None:
    key = office.folder / "lake.key"
    key.write_text("0x" + "ab" * 1216)

    def admission(name: str) -> str:
        account = office.address(FRESH)
        return office.propose(
            "admit", "--number", 6, "--name", name, "--account", account, "--encryption-key-file", key
        )

    proposal = admission("Lake Advice")
    own(office, 3).rename("Lake Advice")  # at any moment of the week
    office.wait(7 * DAY)
    assert "NameTaken" in office.refused("consortium", "execute", proposal, by=STRANGER)
    own(office, 4).suspend(3, Reason.RULES_BROKEN)
    proposal = admission("Lake Advice Society")
    with pytest.raises(Rejected, match="MemberNotActive"):
        own(office, 3).rename("Lake Advice Society")
    office.wait(7 * DAY)
    office.does("consortium", "execute", proposal, by=STRANGER)
    assert office.ledger().read("Consortium", "memberNamed", b"Lake Advice") == 3  # for ever


def test_an_offer_outlives_the_account_that_made_it(office: Office) -> None:
    own(office, 2).offer_account(office.address(FRESH))
    own(office, FRESH).accept_account(2)
    own(office, 2).offer_account(office.address(STRANGER))  # the thief's
    own(office, FRESH).remove_account(office.address(2))
    shown = office.run("member", "status", "--account", office.address(FRESH)).stdout
    assert office.address(STRANGER) in shown.partition("Offered to")[2]
    own(office, STRANGER).accept_account(2)
    assert office.ledger().member_of(office.keys[STRANGER]) == 2
    own(office, FRESH).remove_account(office.address(STRANGER))


def test_one_of_the_council_suspends_everyone(office: Office) -> None:
    for member in EVERYONE:
        own(office, 4).suspend(member, Reason.KEY_STOLEN)
    proposal = office.propose("roles", 2, "--remove", "ADVISER")
    for by in EVERYONE:
        with pytest.raises(Rejected, match="AccessControlUnauthorizedAccount"):
            own(office, by).veto(bytes.fromhex(proposal[2:]))
        with pytest.raises(Rejected, match="NotOfTheCouncil"):
            own(office, by).suspend(4, Reason.KEY_STOLEN)
    office.wait(7 * DAY)
    office.does("consortium", "execute", proposal, by=STRANGER)
    with pytest.raises(Rejected, match="SuspensionNotLapsed"):
        own(office, STRANGER).reinstate(2)
    office.wait(7 * DAY)
    for member in EVERYONE:
        own(office, STRANGER).reinstate(member)
    with pytest.raises(Rejected, match="SuspendedLately"):
        own(office, 5).suspend(2, Reason.KEY_STOLEN)
    assert office.json("status")["suspended"] == []
    own(office, 2).change_encryption_key(b"\5" * 1216)  # which was its own all the time


def test_one_of_the_council_keeps_a_member_without_keys_out(office: Office) -> None:
    own(office, 5).propose_recovery(2, office.address(FRESH))
    for _ in range(2):
        office.wait(14 * DAY - 60)
        own(office, 4).propose_recovery(2, office.address(STRANGER))
        office.wait(60)
        with pytest.raises(Rejected, match="RecoveryUnknown"):
            own(office, FRESH).complete_recovery(2)
        own(office, 5).propose_recovery(2, office.address(FRESH))  # until that one is suspended, too
    own(office, 5).suspend(4, Reason.RULES_BROKEN)
    office.wait(14 * DAY)
    own(office, FRESH).complete_recovery(2)


def test_the_only_founder_ends_all_governing(office: Office) -> None:
    ledger = office.ledger()
    pending = office.propose("roles", 2, "--add", "AUDITOR")
    ledger.send(office.keys[FOUNDER], "Governance", "renounceRole", FOUNDER_ROLE, office.address(FOUNDER))
    done = office.run("consortium", "status")
    assert (done.exit_code, "No founder is left" in done.stderr) == (3, True)
    assert "is no founder's account" in office.refused("consortium", "propose", "roles", 3, "--add", "AUDITOR", by=0)
    office.wait(7 * DAY)
    office.does("consortium", "execute", pending, by=STRANGER)  # what was proposed before
    own(office, 2).rename("Town Advice")
