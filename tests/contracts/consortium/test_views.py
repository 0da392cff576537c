"""memberOf, isActive, isActiveAs, getMember, seatOf, hasRole, supportsInterface: what anyone can look up.

Given a number or account nobody has ... they answer zero, or no
Given a member ... they answer what was recorded
When a role is unknown, or the administrator's ... no member has it
When isActiveAs is asked of an account's or the administrator's role ... accounts hold none
"""

import pytest
from eth_utils import keccak

NAMES = ("SPONSOR", "ADVISER", "AUDITOR", "OPERATOR")
LARGEST = 2**32 - 1
# ERC-165 of ERC-165 itself, and of OpenZeppelin's IAccessControl and IAccessControlDefaultAdminRules.
INTERFACES = ["0x01ffc9a7", "0x7965db0b", "0x31498786"]


@pytest.mark.parametrize("number", [0, 6, LARGEST])
def test_nobody(number, consortium):
    assert consortium.getMember(number) == (0, "0x" + 64 * "0", "")
    assert not consortium.isActive(number)
    assert not any(consortium.isActiveAs(number, keccak(text=name)) for name in NAMES)


def test_accounts_of_nobody(consortium, people):
    assert consortium.memberOf(people.stranger) == 0
    assert consortium.memberOf("0x" + 40 * "0") == 0
    assert consortium.memberOf(consortium.seatOf(2)) == 0


@pytest.mark.parametrize(
    ("number", "who", "name", "role"),
    [
        (1, "operator", "Northern Node Co-operative", "OPERATOR"),
        (2, "adviser", "Town Debt Advice", "ADVISER"),
        (4, "sponsor", "Department for Benefits", "SPONSOR"),
        (5, "auditor", "University Audit Group", "AUDITOR"),
    ],
)
def test_members(number, who, name, role, consortium, people):
    digest = "0x" + keccak(bytes([number]) * 1216).hex()
    assert consortium.memberOf(getattr(people, who)) == number
    assert consortium.getMember(number) == (1, digest, name)
    assert consortium.isActive(number)
    assert [r for r in NAMES if consortium.isActiveAs(number, keccak(text=r))] == [role]


def test_no_member_has_a_role_that_is_none(consortium):
    assert not consortium.isActiveAs(2, keccak(text="adviser"))
    assert not consortium.isActiveAs(2, consortium.DEFAULT_ADMIN_ROLE())


def test_roles_are_the_seats_and_not_the_accounts(consortium, people):
    assert consortium.hasRole(consortium.ADVISER(), consortium.seatOf(2))
    assert not consortium.hasRole(consortium.ADVISER(), people.adviser)
    assert not consortium.hasRole(consortium.ADVISER(), people.administrator)


@pytest.mark.parametrize("number", [0, 1, 2, 255, 256, 2**31, LARGEST])
def test_a_seat_is_the_number_as_an_address(number, consortium):
    assert consortium.seatOf(number) == f"0x{number:040x}"


def test_interfaces(consortium):
    assert all(consortium.supportsInterface(interface) for interface in INTERFACES)
    assert not consortium.supportsInterface("0xffffffff")
    assert not consortium.supportsInterface("0x00000000")
