"""grantRole: a member's seat gets a role, by the governance.

When the caller is not the governance ... it reverts with AccessControlUnauthorizedAccount
When the role is not one of the five, as the governance's ... it reverts with RoleUnknown
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


def test_reverts_when_not_the_governance(consortium, seat, not_governance, unauthorized):
    with unauthorized(not_governance):
        consortium.grantRole(consortium.AUDITOR(), seat, {"from": not_governance})


@pytest.mark.parametrize("role", [keccak(text="adviser"), bytes(32), (1).to_bytes(32, "big"), b"\xff" * 32])
def test_reverts_when_the_role_is_unknown(role, consortium, governing, spare, seat, refused):
    for account in (seat, spare):
        with refused("RoleUnknown", role):
            governing("grantRole", role, account)


@pytest.mark.parametrize("address", SEATS.values(), ids=SEATS)
def test_reverts_when_not_the_seat_of_a_member(address, consortium, governing, refused):
    account = f"0x{address:040x}"
    with refused("NotASeat", account):
        governing("grantRole", consortium.ADVISER(), account)
    assert not consortium.hasRole(consortium.ADVISER(), account)


def test_reverts_when_it_is_an_account(consortium, governing, people, refused):
    with refused("NotASeat", people.adviser.address):
        governing("grantRole", consortium.ADVISER(), people.adviser)


@pytest.mark.parametrize("name", ["SPONSOR", "AUDITOR", "OPERATOR", "COUNCIL"])
def test_grants(name, consortium, system, seat, governing, told):
    role = getattr(consortium, name)()
    tx = governing("grantRole", role, seat)
    assert told(tx) == [("RoleGranted", {"role": role, "account": seat, "sender": system.governance})]
    assert consortium.isActiveAs(2, role)
    assert consortium.isActiveAs(2, consortium.ADVISER())


def test_grants_once(consortium, seat, governing, told):
    assert told(governing("grantRole", consortium.ADVISER(), seat)) == []
    assert consortium.isActiveAs(2, consortium.ADVISER())


def test_grants_to_a_suspended_member(consortium, seat, suspended, governing):
    governing("grantRole", consortium.AUDITOR(), seat)
    assert not consortium.isActiveAs(2, consortium.AUDITOR())
    governing("reinstate", suspended)
    assert consortium.isActiveAs(2, consortium.AUDITOR())
