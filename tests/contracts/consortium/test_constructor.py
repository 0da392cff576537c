"""constructor: who administers, and how long a hand-over takes.

When the administrator is the zero address ... it reverts with AccessControlInvalidDefaultAdmin
Otherwise
    it makes that address, and not the deployer, the only administrator, and says so in one event
    it has no members
    its roles are the Keccak-256 of their names
"""

import brownie
import pytest
from eth_utils import keccak

ZERO = "0x" + 40 * "0"
DELAY = 3 * 24 * 60 * 60


@pytest.fixture
def fresh(system, people, spare):
    """A consortium that member 1's account deployed, and a spare account administers."""
    return brownie.Consortium.deploy(spare, DELAY, {"from": people.operator})


def test_reverts_without_an_administrator(system, people, refused):
    with refused("AccessControlInvalidDefaultAdmin", ZERO):
        brownie.Consortium.deploy(ZERO, DELAY, {"from": people.administrator})


def test_names_the_administrator(fresh, spare, people, events):
    role = fresh.DEFAULT_ADMIN_ROLE()
    assert role == "0x" + 64 * "0"
    assert fresh.defaultAdmin() == fresh.owner() == spare
    assert fresh.hasRole(role, spare)
    assert not fresh.hasRole(role, people.operator)
    assert events(fresh.tx) == [("RoleGranted", {"role": "0x" + 64 * "0", "account": spare, "sender": people.operator})]


def test_schedules_nothing(fresh):
    assert fresh.defaultAdminDelay() == DELAY
    assert fresh.pendingDefaultAdmin() == (ZERO, 0)
    assert fresh.pendingDefaultAdminDelay() == (0, 0)


def test_has_no_members(fresh, spare, people):
    assert fresh.getMember(1) == (0, "0x" + 64 * "0", "")
    assert fresh.memberOf(spare) == fresh.memberOf(people.operator) == 0
    assert not fresh.isActive(0)


@pytest.mark.parametrize("name", ["SPONSOR", "ADVISER", "AUDITOR", "OPERATOR"])
def test_roles_are_hashes_of_their_names(fresh, name):
    role = getattr(fresh, name)()
    assert role == "0x" + keccak(text=name).hex()
    assert fresh.getRoleAdmin(role) == fresh.DEFAULT_ADMIN_ROLE()
