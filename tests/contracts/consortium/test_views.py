"""memberOf, memberNamed, isOffered, recoveryOf, isActive, isActiveAs, getMember, seatOf, hasRole: what anyone looks up.

Given a number, account or name nobody has ... they answer zero, or no
Given a member ... they answer what was recorded
When a role is unknown, or the governance's ... no member has it
When isActiveAs is asked of an account's or the governance's role ... accounts hold none
"""

import pytest
from eth_utils import keccak

NAMES = ("SPONSOR", "ADVISER", "AUDITOR", "OPERATOR", "COUNCIL")
LARGEST = 2**32 - 1
ZERO = "0x" + 40 * "0"


@pytest.mark.parametrize("number", [0, 6, LARGEST])
def test_nobody(number, consortium, people):
    assert consortium.getMember(number) == (0, 0, "0x" + 64 * "0", "")
    assert consortium.recoveryOf(number) == (ZERO, 0)
    assert not consortium.isOffered(number, people.stranger)
    assert not consortium.isActive(number)
    assert not any(consortium.isActiveAs(number, keccak(text=name)) for name in NAMES)


def test_accounts_of_nobody(consortium, system, people):
    nobodys = (people.stranger, people.founder, system.governance, ZERO, consortium.seatOf(2))
    assert [consortium.memberOf(account) for account in nobodys] == [0] * 5


@pytest.mark.parametrize("name", [b"", b"Nobody", b"Town Debt Advice\0", b"\xff", b"a" * 10_000])
def test_names_of_nobody(name, consortium):
    assert consortium.memberNamed(name) == 0


@pytest.mark.parametrize(
    ("number", "who", "name", "roles"),
    [
        (1, "operator", "Northern Node Co-operative", ["OPERATOR"]),
        (2, "adviser", "Town Debt Advice", ["ADVISER"]),
        (4, "sponsor", "Department for Benefits", ["SPONSOR", "COUNCIL"]),
        (5, "auditor", "University Audit Group", ["AUDITOR", "COUNCIL"]),
    ],
)
def test_members(number, who, name, roles, consortium, people):
    digest = "0x" + keccak(bytes([number]) * 1216).hex()
    assert consortium.memberOf(getattr(people, who)) == consortium.memberNamed(name.encode()) == number
    assert consortium.getMember(number) == (1, 0, digest, name)
    assert consortium.isActive(number)
    assert [r for r in NAMES if consortium.isActiveAs(number, keccak(text=r))] == roles


def test_no_member_has_a_role_that_is_none(consortium):
    assert not consortium.isActiveAs(2, keccak(text="adviser"))
    assert not consortium.isActiveAs(2, consortium.DEFAULT_ADMIN_ROLE())


def test_roles_are_the_seats_and_not_the_accounts(consortium, system, people):
    assert consortium.hasRole(consortium.ADVISER(), consortium.seatOf(2))
    assert not consortium.hasRole(consortium.ADVISER(), people.adviser)
    assert not consortium.hasRole(consortium.COUNCIL(), system.governance)


@pytest.mark.parametrize("number", [0, 1, 2, 255, 256, 2**31, LARGEST])
def test_a_seat_is_the_number_as_an_address(number, consortium):
    assert consortium.seatOf(number) == f"0x{number:040x}"
