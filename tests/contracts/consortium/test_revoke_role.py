"""revokeRole: a member's seat loses a role.

When the caller is not the administrator ... it reverts with AccessControlUnauthorizedAccount
When the role is the administrator's ... it reverts with AccessControlEnforcedDefaultAdminRules
When the address does not hold the role ... nothing happens
Otherwise ... the member has the role no more, the rest stays, and it says so
"""

import pytest


@pytest.fixture
def seat(consortium):
    return consortium.seatOf(2)


def test_reverts_when_not_the_administrator(consortium, seat, not_administrator, unauthorized):
    with unauthorized(not_administrator):
        consortium.revokeRole(consortium.ADVISER(), seat, {"from": not_administrator})


def test_reverts_when_the_role_is_the_administrators(consortium, administrator, people, refused):
    with refused("AccessControlEnforcedDefaultAdminRules"):
        consortium.revokeRole(bytes(32), people.administrator, administrator)
    assert consortium.defaultAdmin() == people.administrator


def test_does_nothing_when_not_held(consortium, seat, administrator, people, events):
    assert events(consortium.revokeRole(consortium.AUDITOR(), seat, administrator)) == []
    assert events(consortium.revokeRole(b"\x01" * 32, people.adviser, administrator)) == []


def test_revokes(consortium, seat, administrator, people, events):
    role = consortium.ADVISER()
    consortium.grantRole(consortium.AUDITOR(), seat, administrator)
    tx = consortium.revokeRole(role, seat, administrator)
    assert events(tx) == [("RoleRevoked", {"role": role, "account": seat, "sender": people.administrator})]
    assert not consortium.hasRole(role, seat)
    assert not consortium.isActiveAs(2, role)
    assert consortium.isActiveAs(2, consortium.AUDITOR())
    assert consortium.isActiveAs(3, role)
    assert consortium.isActive(2)
