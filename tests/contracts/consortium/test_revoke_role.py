"""revokeRole: a member's seat loses a role, by the governance.

When the caller is not the governance ... it reverts with AccessControlUnauthorizedAccount
When the role is the governance's own ... it reverts with RoleUnknown, and it governs on
When the address does not hold the role ... nothing happens
Otherwise ... the member no longer has the role, the rest stays, and it says so
"""

import pytest


@pytest.fixture
def seat(consortium):
    return consortium.seatOf(2)


def test_reverts_when_not_the_governance(consortium, seat, not_governance, unauthorized):
    with unauthorized(not_governance):
        consortium.revokeRole(consortium.ADVISER(), seat, {"from": not_governance})


def test_reverts_when_the_role_is_the_governances(consortium, system, governing, people, refused):
    for account in (system.governance, people.stranger):
        with refused("RoleUnknown", bytes(32)):
            governing("revokeRole", bytes(32), account)
    assert consortium.hasRole(bytes(32), system.governance)


def test_does_nothing_when_not_held(consortium, seat, governing, people, told):
    assert told(governing("revokeRole", consortium.AUDITOR(), seat)) == []
    assert told(governing("revokeRole", b"\x01" * 32, people.adviser)) == []


def test_revokes(consortium, system, seat, governing, told):
    role = consortium.ADVISER()
    governing("grantRole", consortium.AUDITOR(), seat)
    tx = governing("revokeRole", role, seat)
    assert told(tx) == [("RoleRevoked", {"role": role, "account": seat, "sender": system.governance})]
    assert not consortium.hasRole(role, seat)
    assert not consortium.isActiveAs(2, role)
    assert consortium.isActiveAs(2, consortium.AUDITOR())
    assert consortium.isActiveAs(3, role)
    assert consortium.isActive(2)
