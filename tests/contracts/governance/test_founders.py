"""Who the founders are, and how long the delay is: as the founders propose, and no member vetoes.

When anyone but the governance itself grants or revokes a role, or changes the delay ... it reverts
When the delay is set below 7 days ... it stays 7 days
When a role is granted that means nothing here, or the administrator's to another ... RoleNotForAccount
When a founder is removed by the others ... it proposes no more, and cannot stop it
When a founder renounces ... it proposes no more
"""

import pytest
from eth_utils import keccak

from jamjar.protocol.settings import DAY

FOUNDER, EXECUTOR, CANCELLER = (keccak(text=f"{name}_ROLE") for name in ("PROPOSER", "EXECUTOR", "CANCELLER"))
ZERO = "0x" + 40 * "0"


@pytest.mark.parametrize("who", ["stranger", "founder", "operator", "sponsor"])
def test_reverts_when_not_the_governance(who, governance, people, unauthorized, refused):
    account = getattr(people, who)
    for change in (governance.grantRole, governance.revokeRole):
        with unauthorized(account, ""):
            change(FOUNDER, people.stranger, {"from": account})
    with refused("TimelockUnauthorizedCaller", account.address):
        governance.updateDelay(1, {"from": account})


@pytest.mark.parametrize("delay", [0, 1, 7 * DAY - 1, 7 * DAY])
def test_a_shorter_delay_stays_7_days(delay, governance, governing, refused):
    governing("updateDelay", delay, on=governance)
    assert governance.getMinDelay() == 7 * DAY
    with refused("TimelockInsufficientDelay", 7 * DAY - 1, 7 * DAY):
        governing.propose(governing.operation("suspend", 2, 1), delay=7 * DAY - 1)


def test_a_longer_delay(governance, governing, refused, events):
    tx = governing("updateDelay", 30 * DAY, on=governance)
    assert events(tx)[0] == ("MinDelayChange", {"oldDuration": 7 * DAY, "newDuration": 30 * DAY})
    with refused("TimelockInsufficientDelay", 7 * DAY, 30 * DAY):
        governing.propose(governing.operation("suspend", 2, 1))


@pytest.mark.parametrize("role", [CANCELLER, bytes(32), keccak(text="TIMELOCK_ADMIN_ROLE"), keccak(text="COUNCIL")])
def test_roles_that_cannot_be_granted(role, governance, governing, people, refused):
    with refused("RoleNotForAccount", role, people.stranger.address):
        governing("grantRole", role, people.stranger, on=governance)
    assert not governance.hasRole(role, people.stranger)


def test_a_founder_is_added(governance, governing, people, events):
    tx = governing("grantRole", FOUNDER, people.stranger, on=governance)
    granted = {"role": "0x" + FOUNDER.hex(), "account": people.stranger, "sender": governance}
    assert events(tx)[0] == ("RoleGranted", granted)
    governing.propose(governing.operation("suspend", 2, 1), by=people.stranger)


def test_a_founder_is_removed_though_it_objects(governance, governing, people, unauthorized):
    """P8: a founder that is no member has no veto, so its stolen key does not stop its own removal."""
    governing("grantRole", FOUNDER, people.stranger, on=governance)
    removal = governing.operation("revokeRole", FOUNDER, people.founder, on=governance)
    identifier = governing.propose(removal, by=people.stranger)
    with unauthorized(people.founder, "CANCELLER_ROLE"):
        governance.cancel(identifier, {"from": people.founder})
    governing.wait(7 * DAY)
    governing.execute(removal)
    with unauthorized(people.founder, "PROPOSER_ROLE"):
        governing.propose(governing.operation("suspend", 2, 1), by=people.founder)


def test_a_founder_renounces(governance, governing, people, unauthorized):
    governance.renounceRole(FOUNDER, people.founder, {"from": people.founder})
    with unauthorized(people.founder, "PROPOSER_ROLE"):
        governing.propose(governing.operation("suspend", 2, 1))


def test_nobody_renounces_for_another(governance, people, refused):
    with refused("AccessControlBadConfirmation"):
        governance.renounceRole(FOUNDER, people.founder, {"from": people.stranger})


def test_execution_can_be_kept_to_some(governance, governing, people, unauthorized):
    """The founders may take execution from everyone, under veto; members' own acts need none of it."""
    governing("grantRole", EXECUTOR, people.operator, on=governance)
    governing("revokeRole", EXECUTOR, ZERO, on=governance)
    executes = governing.ready("suspend", 2, 1)
    with unauthorized(people.stranger, "EXECUTOR_ROLE"):
        executes()
