"""renounceRole: who holds a role gives it up, but no seat can act, and the governance stays.

When it names another than the caller ... it reverts with AccessControlBadConfirmation
When the role is the governance's ... it reverts with RoleUnknown, whoever calls, the governance too
When the caller does not hold the role ... nothing happens
"""


def test_reverts_when_it_names_the_members_seat(consortium, adviser, refused):
    with refused("AccessControlBadConfirmation"):
        consortium.renounceRole(consortium.ADVISER(), consortium.seatOf(2), adviser)


def test_reverts_when_it_names_the_governance(consortium, system, stranger, refused):
    with refused("AccessControlBadConfirmation"):
        consortium.renounceRole(bytes(32), system.governance, stranger)


def test_reverts_when_the_role_is_the_governances(consortium, system, governing, people, stranger, refused):
    with refused("RoleUnknown", bytes(32)):
        consortium.renounceRole(bytes(32), people.stranger, stranger)
    with refused("RoleUnknown", bytes(32)):
        governing("renounceRole", bytes(32), system.governance)
    assert consortium.hasRole(bytes(32), system.governance)


def test_does_nothing_when_not_held(consortium, people, adviser, events):
    assert events(consortium.renounceRole(consortium.ADVISER(), people.adviser, adviser)) == []
    assert consortium.isActiveAs(2, consortium.ADVISER())
