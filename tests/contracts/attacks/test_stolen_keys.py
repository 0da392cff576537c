"""P8: what a thief does with the key of a founder, of the council, or of a member, and how it ends.

When a founder's key is stolen     it proposes; members veto; it cannot keep itself from being removed
When a council's key is stolen     it suspends once; that lapses; it cannot do so again for as long
When it and a founder's are       all others are suspended and put out, without a veto: that is the limit
When a member's key is stolen      it acts for the member until that removes it, or is suspended
"""

import pytest
from eth_utils import keccak

from jamjar.protocol.settings import DAY

FORTNIGHT = 14 * DAY
FOUNDER = keccak(text="PROPOSER_ROLE")


def test_a_founders(system, governing, people, refused):
    governance = system.governance
    governing("grantRole", FOUNDER, people.stranger, on=governance)
    removal = governing.operation("revokeRole", FOUNDER, people.founder, on=governance)
    identifier = governing.propose(removal, by=people.stranger)
    stolen = {"from": people.founder}
    with refused("AccessControlUnauthorizedAccount", people.founder.address, keccak(text="CANCELLER_ROLE")):
        governance.cancel(identifier, stolen)
    with refused("AccessControlUnauthorizedAccount", people.founder.address, bytes(32)):
        governance.revokeRole(FOUNDER, people.stranger, stolen)
    # It proposes the same for the other, which is vetoed by a single member while its own removal is not.
    other = governing.propose(governing.operation("revokeRole", FOUNDER, people.stranger, on=governance))
    governance.cancel(other, {"from": people.auditor})
    governing.wait(7 * DAY)
    governing.execute(removal)
    assert not governance.hasRole(FOUNDER, people.founder)
    assert governance.hasRole(FOUNDER, people.stranger)


def test_a_founders_that_floods(system, governing, people):
    """Each proposal is vetoed by itself; what is proposed costs the thief a transaction, as its veto costs one."""
    operations = [governing.operation("suspend", member, 1) for member in (1, 2, 3, 4, 5) * 2]
    for operation in operations:
        system.governance.cancel(governing.propose(operation), {"from": people.adviser})
    governing.wait(7 * DAY)
    assert [system.consortium.isActive(member) for member in range(1, 6)] == [True] * 5


def test_the_councils(system, governing, people, refused):
    consortium, stolen = system.consortium, {"from": people.sponsor}
    lapses_at = consortium.suspend(2, 2, stolen).timestamp + FORTNIGHT
    with refused("MemberNotActive", 2):
        consortium.suspend(2, 2, stolen)
    governing.wait(FORTNIGHT)
    consortium.reinstate(2, {"from": people.adviser})
    for by in (people.sponsor, people.auditor):
        with refused("SuspendedLately", 2, lapses_at + FORTNIGHT):
            consortium.suspend(2, 2, {"from": by})
    assert consortium.isActive(2)


def test_the_councils_against_everybody(system, governing, people):
    """With all members suspended there is no veto for a fortnight; anyone then ends it, and a proposal takes a week."""
    consortium = system.consortium
    governing.suspend(1, 2, 3, 4, 5)
    governing.wait(FORTNIGHT)
    for member in range(1, 6):
        consortium.reinstate(member, {"from": people.stranger})
    assert [consortium.isActive(member) for member in range(1, 6)] == [True] * 5


def test_the_councils_and_a_founders_together(system, governing, people, claimants, refused):
    """P8, its limit: who is suspended has no veto, and a proposal is quicker than a suspension lapses.

    So founders and council together put every other member out for good. They become none of them.
    """
    consortium, key = system.consortium, claimants.live()
    governing.suspend(1, 2, 3, 5)
    confirmed = governing.ready("suspend", 2, 2)
    with refused("AccessControlUnauthorizedAccount", people.adviser.address, keccak(text="CANCELLER_ROLE")):
        system.governance.cancel(bytes(32), {"from": people.adviser})
    confirmed()
    assert consortium.getMember(2)["lapsesAt"] == 0
    consortium.changeEncryptionKey(b"o" * 32, {"from": people.adviser})  # which nobody else can
    system.consents.withdraw(claimants.withdraw(key), {"from": people.stranger})


def test_the_councils_own_suspension(system, governing, people, refused):
    """The other member of the council stops a thief at once."""
    system.consortium.suspend(4, 1, {"from": people.auditor})
    for act, arguments in (("suspend", (2, 1)), ("proposeRecovery", (2, people.stranger))):
        with refused("NotOfTheCouncil", people.sponsor.address):
            getattr(system.consortium, act)(*arguments, {"from": people.sponsor})


def test_a_members(system, governing, people, spare, claimants, refused):
    """The member's other key puts it out; what it added goes the same way."""
    consortium, stolen = system.consortium, {"from": people.adviser}
    governing.join(2, spare)
    consortium.offerAccount(people.stranger, stolen)
    consortium.acceptAccount(2, {"from": people.stranger})
    for account in (people.adviser, people.stranger):
        consortium.removeAccount(account, {"from": spare})
    key = claimants.live()
    for account in (people.adviser, people.stranger):
        with refused("NotTheRecipient", key.address, account.address):
            system.consents.use((key.address, b"\x11" * 32), {"from": account})


@pytest.mark.parametrize("quick", ["thief", "member"])
def test_a_members_against_its_other_key(quick, system, governing, people, spare, refused):
    """Whoever is quicker stays: then the council suspends the member, and the one that is in manages nothing else."""
    consortium = system.consortium
    governing.join(2, spare)
    first, second = (people.adviser, spare) if quick == "thief" else (spare, people.adviser)
    consortium.removeAccount(second, {"from": first})
    with refused("NotAMember", second.address):
        consortium.removeAccount(first, {"from": second})
    governing.suspend(2)
    assert not consortium.isActive(2)
