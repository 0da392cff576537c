"""suspend: a member loses its powers, for a while by the council, until it is reinstated by the governance.

When the caller is no account of an active member of the council ... it reverts with NotOfTheCouncil
When the number is no member's ... it reverts with MemberUnknown
When there is no reason ... it reverts with ReasonMissing
Given the member is suspended
    When the council suspends it ... it reverts with MemberNotActive
    When the governance does, which did or confirmed before ... it reverts with MemberNotActive
    When the governance does otherwise ... the suspension is confirmed, and lapses no more
Otherwise
    it ends the member's standing, and that member's alone, and says why, and when that lapses
    it leaves roles, accounts, name and key as they were, for the day of its reinstatement
How soon the council can do so again is in test_suspend_again.py.
"""

import pytest

from jamjar.protocol.settings import DAY

KEY_STOLEN, RULES_BROKEN, LEFT, OWN_REQUEST = 1, 2, 3, 4


@pytest.mark.parametrize("who", ["stranger", "operator", "adviser", "founder"])
def test_reverts_when_not_of_the_council(who, consortium, people, refused):
    account = getattr(people, who)
    with refused("NotOfTheCouncil", account.address):
        consortium.suspend(2, KEY_STOLEN, {"from": account})


def test_reverts_when_suspended_itself(consortium, people, council, refused):
    consortium.suspend(5, KEY_STOLEN, council)
    with refused("NotOfTheCouncil", people.auditor.address):
        consortium.suspend(4, KEY_STOLEN, {"from": people.auditor})


def test_reverts_when_the_role_was_lost(consortium, governing, people, refused):
    governing("revokeRole", consortium.COUNCIL(), consortium.seatOf(5))
    with refused("NotOfTheCouncil", people.auditor.address):
        consortium.suspend(4, KEY_STOLEN, {"from": people.auditor})


@pytest.mark.parametrize("member", [0, 6, 2**32 - 1])
def test_reverts_when_no_member(member, consortium, governing, council, refused):
    with refused("MemberUnknown", member):
        consortium.suspend(member, KEY_STOLEN, council)
    with refused("MemberUnknown", member):
        governing("suspend", member, KEY_STOLEN)


def test_reverts_without_a_reason(consortium, governing, council, refused):
    with refused("ReasonMissing", 2):
        consortium.suspend(2, 0, council)
    with refused("ReasonMissing", 2):
        governing("suspend", 2, 0)


def test_reverts_when_suspended(consortium, suspended, council, refused):
    with refused("MemberNotActive", suspended):
        consortium.suspend(suspended, RULES_BROKEN, council)


@pytest.mark.parametrize("began", ["governance", "council"])
def test_reverts_when_the_governance_did_before(began, consortium, governing, council, refused):
    if began == "council":
        consortium.suspend(2, KEY_STOLEN, council)
    governing("suspend", 2, KEY_STOLEN)
    with refused("MemberNotActive", 2):
        governing("suspend", 2, RULES_BROKEN)
    with refused("MemberNotActive", 2):
        consortium.suspend(2, RULES_BROKEN, council)


@pytest.mark.parametrize("reason", [KEY_STOLEN, RULES_BROKEN, LEFT, OWN_REQUEST])
def test_suspends(reason, consortium, people, council, events):
    tx = consortium.suspend(2, reason, council)
    lapses_at = tx.timestamp + 14 * DAY
    suspended = {"member": 2, "reason": reason, "lapsesAt": lapses_at, "by": people.sponsor}
    assert events(tx) == [("MemberSuspended", suspended)]
    assert consortium.getMember(2)["lapsesAt"] == lapses_at
    assert [consortium.isActive(member) for member in range(1, 6)] == [True, False, True, True, True]
    assert not consortium.isActiveAs(2, consortium.ADVISER())


@pytest.mark.parametrize("reason", [5, 255])
def test_there_is_no_other_reason(reason, consortium, people):
    """The type has four reasons and none: what is beyond does not decode, and the call reverts without data."""
    from brownie import web3

    data = consortium.suspend.encode_input(2, 1)[:-2] + f"{reason:02x}"
    call = {"from": people.sponsor.address, "to": consortium.address, "data": data}
    answer = web3.provider.make_request("eth_call", [call, "latest"])
    assert answer["error"]["data"] == "0x"


def test_suspends_by_the_governance(consortium, system, governing, told):
    tx = governing("suspend", 2, RULES_BROKEN)
    suspended = {"member": 2, "reason": RULES_BROKEN, "lapsesAt": 0, "by": system.governance}
    assert told(tx) == [("MemberSuspended", suspended)]
    assert consortium.getMember(2)[:2] == (2, 0)


@pytest.mark.parametrize("lapsed", [False, True], ids=["while it lasts", "when it lapsed"])
def test_confirms(lapsed, consortium, suspended, system, governing, told):
    if lapsed:
        governing.wait(14 * DAY)
    tx = governing("suspend", suspended, RULES_BROKEN)
    confirmed = {"member": 2, "reason": RULES_BROKEN, "lapsesAt": 0, "by": system.governance}
    assert told(tx) == [("MemberSuspended", confirmed)]
    assert consortium.getMember(2)[:2] == (2, 0)


def test_one_of_the_council_suspends_itself_and_another(consortium, council):
    for member in (5, 4):
        consortium.suspend(member, OWN_REQUEST, council)
    assert [consortium.isActive(member) for member in (4, 5)] == [False, False]


def test_keeps_what_was_the_members(consortium, council, people):
    before = consortium.getMember(2)
    consortium.suspend(2, KEY_STOLEN, council)
    after = consortium.getMember(2)
    assert (before["standing"], after["standing"]) == (1, 2)
    assert (after["name"], after["encryptionKeyDigest"]) == (before["name"], before["encryptionKeyDigest"])
    assert consortium.hasRole(consortium.ADVISER(), consortium.seatOf(2))
    assert consortium.memberOf(people.adviser) == 2
