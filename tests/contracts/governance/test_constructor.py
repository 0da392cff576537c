"""constructor: which consortium is governed, by whom, and how slowly.

When the consortium has no code, or names another governance ... it reverts with DeploymentInvalid
When the delay is below 7 days, or not shorter than a suspension ... it reverts with DeploymentInvalid
When there is no founder, or one is zero ... it reverts with DeploymentInvalid
Otherwise ... it governs the consortium, founders propose, anyone executes, and it alone has its administration
"""

import brownie
import pytest
from eth_utils import keccak

from jamjar.protocol.address import created_address
from jamjar.protocol.settings import DAY

ZERO = "0x" + 40 * "0"
MEMBER = (1, "First", [], "0x" + 20 * "01", b"k" * 32)
PROPOSER, EXECUTOR, CANCELLER = (keccak(text=f"{name}_ROLE") for name in ("PROPOSER", "EXECUTOR", "CANCELLER"))


@pytest.fixture
def deploy(system, people):
    """Deploy a consortium, and the governance whose address it names."""
    account = people.stranger

    def deploy(delay=7 * DAY, founders=(people.founder,), suspension=14 * DAY, ahead=1):
        at = created_address(account.address, account.nonce + ahead)
        consortium = brownie.Consortium.deploy(at, (suspension, 14 * DAY), [MEMBER], {"from": account})
        return consortium, brownie.Governance.deploy(consortium, delay, list(founders), {"from": account})

    return deploy


@pytest.mark.parametrize(
    "changes",
    [
        {"delay": 0},
        {"delay": 7 * DAY - 1},
        {"delay": 14 * DAY},
        {"delay": 2**256 - 1},
        {"suspension": 7 * DAY},
        {"suspension": 1},
        {"founders": ()},
        {"founders": (ZERO,)},
        {"founders": ("0x" + 20 * "01", ZERO)},
        {"ahead": 2},
    ],
    ids=str,
)
def test_reverts_when_invalid(changes, deploy, refused):
    with refused("DeploymentInvalid"):
        deploy(**changes)


def test_reverts_when_another_governs(system, people, refused):
    with refused("DeploymentInvalid"):
        brownie.Governance.deploy(system.consortium, 7 * DAY, [people.founder], {"from": people.founder})


@pytest.mark.parametrize("consortium", [ZERO, "0x" + 20 * "77"])
def test_reverts_when_the_consortium_has_no_code(consortium, system, people, refused):
    with refused("DeploymentInvalid"):
        brownie.Governance.deploy(consortium, 7 * DAY, [people.founder], {"from": people.founder})


@pytest.mark.parametrize(("delay", "suspension"), [(7 * DAY, 7 * DAY + 1), (14 * DAY - 1, 14 * DAY)])
def test_governs(delay, suspension, deploy, people, events):
    founders = [people.founder, people.operator]
    consortium, governance = deploy(delay=delay, founders=founders, suspension=suspension)
    assert governance.consortium() == consortium
    assert consortium.governance() == governance
    assert governance.getMinDelay() == delay
    assert governance.SHORTEST_DELAY() == 7 * DAY
    by = {"sender": people.stranger}
    granted = [(bytes(32), governance), (EXECUTOR, ZERO), *((PROPOSER, founder) for founder in founders)]
    expected = [("RoleGranted", {"role": "0x" + role.hex(), "account": who} | by) for role, who in granted]
    expected.insert(1, ("MinDelayChange", {"oldDuration": 0, "newDuration": delay}))
    assert events(governance.tx) == expected


def test_nobody_else_has_a_role(deploy, people):
    _, governance = deploy()
    accounts = (people.founder, people.stranger, people.adviser, ZERO)
    assert [governance.hasRole(bytes(32), account) for account in accounts] == [False] * 4
    assert [governance.hasRole(PROPOSER, account) for account in accounts] == [True, False, False, False]
    assert [governance.hasRole(CANCELLER, account) for account in accounts] == [False] * 4
    assert governance.PROPOSER_ROLE() == "0x" + PROPOSER.hex()
    assert governance.EXECUTOR_ROLE() == "0x" + EXECUTOR.hex()
    assert governance.CANCELLER_ROLE() == "0x" + CANCELLER.hex()
    assert governance.DEFAULT_ADMIN_ROLE() == "0x" + 64 * "0"
    assert [governance.getRoleAdmin(role) for role in (PROPOSER, EXECUTOR, CANCELLER)] == ["0x" + 64 * "0"] * 3
