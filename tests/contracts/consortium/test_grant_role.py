"""grantRole: a member's seat gets a role.

When the caller is not the administrator ... it reverts with AccessControlUnauthorizedAccount
When the role is the administrator's ... it reverts with AccessControlEnforcedDefaultAdminRules
When the role is not one of the four ... it reverts with RoleUnknown
When the address is not the seat of a member: an account, number 0, no member's number, a number with more in front
    ... it reverts with NotASeat
Otherwise
    the member has the role, beside those it had, and it says so
    Given it has the role ... nothing happens
    Given it is suspended ... it has the role once it is reinstated
"""

import pytest
from eth_utils import keccak

SEATS = {"number 0": 0, "no member's": 6, "2 and a bit more": 2**32 + 2, "2 from the far end": 2**159 + 2}


@pytest.fixture
def seat(consortium):
    return consortium.seatOf(2)


def test_reverts_when_not_the_administrator(consortium, seat, not_administrator, unauthorized):
    with unauthorized(not_administrator):
        consortium.grantRole(consortium.AUDITOR(), seat, {"from": not_administrator})


def test_reverts_when_the_role_is_the_administrators(consortium, administrator, spare, refused):
    with refused("AccessControlEnforcedDefaultAdminRules"):
        consortium.grantRole(bytes(32), spare, administrator)


@pytest.mark.parametrize("role", [keccak(text="adviser"), (1).to_bytes(32, "big"), b"\xff" * 32])
def test_reverts_when_the_role_is_unknown(role, consortium, seat, administrator, refused):
    with refused("RoleUnknown", role):
        consortium.grantRole(role, seat, administrator)


@pytest.mark.parametrize("address", SEATS.values(), ids=SEATS)
def test_reverts_when_not_the_seat_of_a_member(address, consortium, administrator, refused):
    account = f"0x{address:040x}"
    with refused("NotASeat", account):
        consortium.grantRole(consortium.ADVISER(), account, administrator)
    assert not consortium.hasRole(consortium.ADVISER(), account)


def test_reverts_when_it_is_an_account(consortium, administrator, people, refused):
    with refused("NotASeat", people.adviser.address):
        consortium.grantRole(consortium.ADVISER(), people.adviser, administrator)


@pytest.mark.parametrize("name", ["SPONSOR", "AUDITOR", "OPERATOR"])
def test_grants(name, consortium, seat, administrator, people, events):
    role = getattr(consortium, name)()
    tx = consortium.grantRole(role, seat, administrator)
    assert events(tx) == [("RoleGranted", {"role": role, "account": seat, "sender": people.administrator})]
    assert consortium.isActiveAs(2, role)
    assert consortium.isActiveAs(2, consortium.ADVISER())


def test_grants_once(consortium, seat, administrator, events):
    assert events(consortium.grantRole(consortium.ADVISER(), seat, administrator)) == []
    assert consortium.isActiveAs(2, consortium.ADVISER())


def test_grants_to_a_suspended_member(consortium, seat, suspended, administrator):
    consortium.grantRole(consortium.AUDITOR(), seat, administrator)
    assert not consortium.isActiveAs(2, consortium.AUDITOR())
    consortium.reinstate(suspended, administrator)
    assert consortium.isActiveAs(2, consortium.AUDITOR())
