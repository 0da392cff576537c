"""What no proposal changes of the governance: its delay, and all roles but that of founders.

When the delay is changed, directly or by a proposal ... it reverts with DelayFixed, and so does all beside it
When another role is granted, or that of founders to nobody ... it reverts with RoleFixed
When another role is revoked or renounced ... it reverts with RoleFixed
When what is held already is granted ... nothing happens
"""

import brownie
import pytest
from eth_utils import keccak

from jamjar.protocol.settings import DAY

ADMINISTRATION, COUNCIL = bytes(32), keccak(text="COUNCIL")
FOUNDER, EXECUTOR, CANCELLER = (keccak(text=f"{name}_ROLE") for name in ("PROPOSER", "EXECUTOR", "CANCELLER"))
NOBODY, THE_GOVERNANCE = "nobody", "the governance"

CALLERS = ["stranger", "founder", "operator", "sponsor", THE_GOVERNANCE]
NOT_GRANTED = [
    ("EXECUTOR_ROLE", EXECUTOR, ["founder", "stranger", THE_GOVERNANCE]),
    ("CANCELLER_ROLE", CANCELLER, ["founder", "stranger", THE_GOVERNANCE, NOBODY]),
    ("DEFAULT_ADMIN_ROLE", ADMINISTRATION, ["founder", "stranger", NOBODY]),
    ("PROPOSER_ROLE", FOUNDER, [NOBODY]),
    ("TIMELOCK_ADMIN_ROLE", keccak(text="TIMELOCK_ADMIN_ROLE"), ["founder"]),
    ("COUNCIL", COUNCIL, ["founder"]),
]
NOT_TAKEN = [
    ("EXECUTOR_ROLE", EXECUTOR, [NOBODY, "stranger"]),
    ("DEFAULT_ADMIN_ROLE", ADMINISTRATION, [THE_GOVERNANCE, "stranger"]),
    ("CANCELLER_ROLE", CANCELLER, [NOBODY, "adviser", "stranger"]),
    ("COUNCIL", COUNCIL, ["sponsor"]),
]


def each(table):
    """The rows of a table, one account at a time."""
    return [pytest.param(role, who, id=f"{name} {who}") for name, role, accounts in table for who in accounts]


@pytest.fixture
def account_of(governance, people):
    """The account that is meant; the node signs for it, whoever it is."""
    addresses = {NOBODY: "0x" + 40 * "0", THE_GOVERNANCE: governance.address}

    def account_of(who):
        return brownie.accounts.at(addresses[who], force=True) if who in addresses else getattr(people, who)

    return account_of


@pytest.mark.parametrize("delay", [0, 1, 7 * DAY, 30 * DAY, 2**256 - 1])
@pytest.mark.parametrize("who", CALLERS)
def test_the_delay_is_not_changed(who, delay, governance, account_of, refused):
    with refused("DelayFixed"):
        governance.updateDelay(delay, {"from": account_of(who)})
    assert governance.getMinDelay() == 7 * DAY


@pytest.mark.parametrize("delay", [0, 7 * DAY, 2**256 - 1])
def test_the_delay_is_not_changed_by_a_proposal(delay, governance, governing, refused):
    with refused("DelayFixed"):
        governing("updateDelay", delay, on=governance)
    assert governance.getMinDelay() == 7 * DAY
    with refused("TimelockInsufficientDelay", 7 * DAY - 1, 7 * DAY):
        governing.propose(governing.operation("suspend", 2, 1), delay=7 * DAY - 1)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_nothing_is_done_beside_a_change_of_the_delay(place, governance, governing, system, people, refused):
    calls = [governing.operation("suspend", member, 1) for member in (2, 3)]
    calls.insert(place, governing.operation("updateDelay", 8 * DAY, on=governance))
    batch = [call.target for call in calls], [0, 0, 0], [call.data for call in calls], bytes(32), bytes(32)
    governance.scheduleBatch(*batch, 7 * DAY, {"from": people.founder})
    governing.wait(7 * DAY)
    with refused("DelayFixed"):
        governance.executeBatch(*batch, {"from": people.stranger})
    assert system.consortium.isActive(2)
    assert not governance.isOperationDone(governance.hashOperationBatch(*batch))


@pytest.mark.parametrize(("role", "who"), each(NOT_GRANTED))
def test_roles_that_are_not_granted(role, who, governance, governing, account_of, refused):
    account = account_of(who)
    with refused("RoleFixed", role, account.address):
        governing("grantRole", role, account, on=governance)
    assert not governance.hasRole(role, account)


@pytest.mark.parametrize(("role", "who"), each(NOT_TAKEN))
def test_roles_that_are_not_taken(role, who, governance, governing, account_of, refused):
    account = account_of(who)
    held = governance.hasRole(role, account)
    with refused("RoleFixed", role, account.address):
        governing("revokeRole", role, account, on=governance)
    with refused("RoleFixed", role, account.address):
        governance.renounceRole.call(role, account, {"from": account})
    assert governance.hasRole(role, account) == held


def test_the_governance_does_not_renounce_by_a_proposal(governance, governing, refused):
    with refused("RoleFixed", ADMINISTRATION, governance.address):
        governing("renounceRole", ADMINISTRATION, governance, on=governance)
    assert governance.hasRole(ADMINISTRATION, governance)


@pytest.mark.parametrize(("role", "who"), [(EXECUTOR, NOBODY), (ADMINISTRATION, THE_GOVERNANCE), (FOUNDER, "founder")])
def test_what_is_held_is_granted_without_effect(role, who, governance, governing, account_of, events):
    tx = governing("grantRole", role, account_of(who), on=governance)
    assert [name for name, _ in events(tx)] == ["CallExecuted"]
    assert governance.hasRole(role, account_of(who))
