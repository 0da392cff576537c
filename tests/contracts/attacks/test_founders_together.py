"""P8: what all founders try together, and no member vetoes: to govern faster, for ever, or without the others.

When a proposal, alone or hidden behind a harmless one
├── makes every later proposal wait for ever, or not at all    it reverts with DelayFixed
├── makes execution or vetoes theirs, or nobody's              it reverts with RoleFixed
├── puts an account of theirs above the governance             it reverts with RoleFixed, of the consortium RoleUnknown
└── takes the governance's own administration away             it reverts with RoleFixed, of the consortium RoleUnknown
When the governance becomes a founder, and proposes by itself  each of its proposals waits 7 days, and can be vetoed
Whatever they tried                                            a stranger executes, members veto, founders change
"""

import pytest
from eth_utils import keccak

from jamjar.protocol.settings import DAY

ADMINISTRATION = bytes(32)
FOUNDER, EXECUTOR, CANCELLER = (keccak(text=f"{name}_ROLE") for name in ("PROPOSER", "EXECUTOR", "CANCELLER"))
NOBODY = "0x" + 40 * "0"

ATTEMPTS = {
    "frozen for ever": [("updateDelay", 2**256 - 1)],
    "frozen until nobody remembers": [("updateDelay", 100 * 365 * DAY)],
    "at once": [("updateDelay", 0)],
    "executed by founders only": [("grantRole", EXECUTOR, "founder"), ("revokeRole", EXECUTOR, NOBODY)],
    "executed by nobody": [("revokeRole", EXECUTOR, NOBODY)],
    "vetoed by founders": [("grantRole", CANCELLER, "founder")],
    "vetoed by nobody": [("revokeRole", CANCELLER, "adviser")],
    "founders at once": [("grantRole", ADMINISTRATION, "founder")],
    "founders for ever": [("renounceRole", ADMINISTRATION, "governance")],
    "founders for ever, revoked": [("revokeRole", ADMINISTRATION, "governance")],
    "everybody proposes": [("grantRole", FOUNDER, NOBODY)],
    "members at once": [("consortium.grantRole", ADMINISTRATION, "founder")],
    "members for ever": [("consortium.renounceRole", ADMINISTRATION, "governance")],
    "members for ever, revoked": [("consortium.revokeRole", ADMINISTRATION, "governance")],
}


@pytest.fixture
def batch_of(system, people, governing):
    """The calls of an attempt, as `scheduleBatch` takes them, behind a change of member 2's roles that is harmless."""

    def batch_of(attempt, hidden):
        accounts = {"governance": system.governance, **people._asdict()}
        calls = [governing.operation("grantRole", keccak(text="AUDITOR"), system.consortium.seatOf(2))] * hidden
        for function, *arguments in attempt:
            contract = system.consortium if "." in function else system.governance
            named = [accounts.get(each, each) for each in arguments]
            calls.append(governing.operation(function.rpartition(".")[2], *named, on=contract))
        return [c.target for c in calls], [0] * len(calls), [c.data for c in calls], bytes(32), bytes(32)

    return batch_of


@pytest.fixture
def still_governed(system, people, governing, refused):
    """A stranger executes, a member vetoes and founders change, after 7 days each."""
    governance = system.governance

    def check():
        vetoed = governing.propose(governing.operation("suspend", 2, 1))
        governance.cancel(vetoed, {"from": people.adviser})
        governing("suspend", 3, 1)
        governing("grantRole", FOUNDER, people.operator, on=governance)
        governing("revokeRole", FOUNDER, people.founder, on=governance)
        assert [system.consortium.isActive(member) for member in (2, 3)] == [True, False]
        assert [governance.hasRole(FOUNDER, who) for who in (people.founder, people.operator)] == [False, True]
        assert governance.getMinDelay() == 7 * DAY

    return check


@pytest.mark.parametrize("hidden", [False, True], ids=["alone", "hidden"])
@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_an_unvetoed_proposal(attempt, hidden, system, people, governing, batch_of, still_governed, refusal):
    governance, founder = system.governance, {"from": people.founder}
    batch = batch_of(attempt, hidden)
    governance.scheduleBatch(*batch, 7 * DAY, founder)
    governing.wait(7 * DAY)
    error = "DelayFixed" if "updateDelay" in str(attempt) else "RoleUnknown" if "." in attempt[0][0] else "RoleFixed"
    for _ in range(2):
        assert refusal(lambda: governance.executeBatch(*batch, founder)).partition(":")[0] == error
        governing.wait(400 * DAY)
    assert not governance.isOperationDone(governance.hashOperationBatch(*batch))
    assert not system.consortium.isActiveAs(2, keccak(text="AUDITOR"))
    still_governed()


def test_the_governance_as_its_own_founder(system, people, governing, still_governed, refused):
    """It may propose, which hastens nothing: the second proposal waits for its 7 days, and is vetoed like any other."""
    governance = system.governance
    governing("grantRole", FOUNDER, governance, on=governance)
    change = governing.operation("suspend", 2, 1)
    with refused("TimelockInsufficientDelay", 0, 7 * DAY):
        governing("schedule", *change, 0, on=governance)
    governing("schedule", *change, 7 * DAY, on=governance)
    identifier = governance.hashOperation(*change)
    assert governance.getTimestamp(identifier) == governing.claimants.now() + 7 * DAY
    governance.cancel(identifier, {"from": people.adviser})
    still_governed()


def test_the_governance_does_not_veto_for_them(system, people, governing, still_governed, refused):
    """Nor does it take a veto back, since it is no member."""
    good = governing.propose(governing.operation("suspend", 5, 1))
    with refused("AccessControlUnauthorizedAccount", system.governance.address, CANCELLER):
        governing("cancel", good, on=system.governance)
    assert system.governance.isOperationReady(good)
    still_governed()
