"""grantRole, revokeRole, renounceRole: who the founders are, as they propose, and no member vetoes.

When anyone but the governance itself grants or revokes a role ... it reverts
When a founder is removed by the others ... it proposes no more, and cannot stop it
When a founder renounces ... it proposes no more
"""

import pytest
from eth_utils import keccak

from jamjar.protocol.settings import DAY

FOUNDER = keccak(text="PROPOSER_ROLE")


@pytest.mark.parametrize("who", ["stranger", "founder", "operator", "sponsor"])
def test_reverts_when_not_the_governance(who, governance, people, unauthorized):
    account = getattr(people, who)
    for change in (governance.grantRole, governance.revokeRole):
        with unauthorized(account, ""):
            change(FOUNDER, people.stranger, {"from": account})


def test_a_founder_is_added(governance, governing, people, events):
    tx = governing("grantRole", FOUNDER, people.stranger, on=governance)
    granted = {"role": "0x" + FOUNDER.hex(), "account": people.stranger, "sender": governance}
    assert events(tx)[0] == ("RoleGranted", granted)
    governing.propose(governing.operation("suspend", 2, 1), by=people.stranger)


def test_a_founder_is_removed_though_it_objects(governance, governing, people, events, unauthorized):
    """P8: a founder that is no member has no veto, so its stolen key does not stop its own removal."""
    governing("grantRole", FOUNDER, people.stranger, on=governance)
    removal = governing.operation("revokeRole", FOUNDER, people.founder, on=governance)
    identifier = governing.propose(removal, by=people.stranger)
    with unauthorized(people.founder, "CANCELLER_ROLE"):
        governance.cancel(identifier, {"from": people.founder})
    governing.wait(7 * DAY)
    revoked = {"role": "0x" + FOUNDER.hex(), "account": people.founder, "sender": governance}
    assert events(governing.execute(removal))[0] == ("RoleRevoked", revoked)
    with unauthorized(people.founder, "PROPOSER_ROLE"):
        governing.propose(governing.operation("suspend", 2, 1), by=people.founder)


def test_a_founder_renounces(governance, governing, people, unauthorized):
    governance.renounceRole(FOUNDER, people.founder, {"from": people.founder})
    with unauthorized(people.founder, "PROPOSER_ROLE"):
        governing.propose(governing.operation("suspend", 2, 1))


def test_nobody_renounces_for_another(governance, people, refused):
    with refused("AccessControlBadConfirmation"):
        governance.renounceRole(FOUNDER, people.founder, {"from": people.stranger})
