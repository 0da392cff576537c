"""M of N: a Safe of three owners, of whom two must agree, is the founder, and a member's account.

When one owner of three wants something ... the Safe refuses, and nothing is proposed, accepted or changed
When two of three propose ... it is a proposal as any, vetoed or executed as any
When two of three act for a member ... they do so, and the event names the Safe, not who sent it
When an owner acts by itself ... it is a stranger
"""

import pytest
from eth_utils import keccak

from jamjar.protocol.settings import DAY, Settings
from jamjar.sandbox.members import founding
from tests.support.governing import Governing
from tests.support.safe import Safe

NOT_ENOUGH = "GS020"  # Safe: the signatures are too short for its threshold


@pytest.fixture(scope="module")
def owners(people):
    from brownie import accounts

    return [people.founder, *accounts[7:9]]


@pytest.fixture(scope="module")
def safe(system, owners):
    return Safe(owners, threshold=2)


@pytest.fixture(scope="module")
def under_safe(safe, claimants, people):
    """Another deployment, whose one founder is the Safe."""
    from tools.deployer import deploy

    members = founding([account.address for account in people[:6]], lambda _: bytes(32))
    other = deploy(people.founder, Settings(founders=(safe.address,), members=members))
    return Governing(type(claimants)(other, people))


@pytest.fixture
def member(safe, owners, system, people):
    """The Safe acts for member 2."""
    system.consortium.offerAccount(safe.address, {"from": people.adviser})
    safe.act(system.consortium.acceptAccount, 2, agreed=owners[:2])
    return safe


@pytest.fixture
def reverts():
    from brownie import reverts

    return reverts


@pytest.fixture
def not_enough(reverts):
    return lambda: reverts(NOT_ENOUGH)


def test_one_proposes_nothing(under_safe, safe, owners, not_enough):
    """P8: a founder's stolen key, one of three, proposes nothing at all."""
    governance, operation = under_safe.system.governance, under_safe.operation("suspend", 2, 1)
    for owner in owners:
        with not_enough():
            safe.act(governance.schedule, *operation, 7 * DAY, agreed=[owner])
    assert not governance.isOperation(governance.hashOperation(*operation))


def test_an_owner_is_no_founder(under_safe, owners, refused):
    operation = under_safe.operation("suspend", 2, 1)
    for owner in owners:
        with refused("AccessControlUnauthorizedAccount", owner.address, keccak(text="PROPOSER_ROLE")):
            under_safe.propose(operation, by=owner)


@pytest.mark.parametrize("absent", range(3))
def test_two_propose(absent, under_safe, safe, owners):
    system, operation = under_safe.system, under_safe.operation("suspend", 2, 1)
    agreed = [owner for place, owner in enumerate(owners) if place != absent]
    safe.act(system.governance.schedule, *operation, 7 * DAY, agreed=agreed)
    under_safe.wait(7 * DAY)
    under_safe.execute(operation)
    assert not system.consortium.isActive(2)


def test_what_two_propose_is_vetoed(under_safe, safe, owners, people):
    governance, operation = under_safe.system.governance, under_safe.operation("suspend", 2, 1)
    safe.act(governance.schedule, *operation, 7 * DAY, agreed=owners[:2])
    governance.cancel(governance.hashOperation(*operation), {"from": people.adviser})
    assert not governance.isOperation(governance.hashOperation(*operation))


def test_one_accepts_nothing(safe, system, owners, people, not_enough):
    system.consortium.offerAccount(safe.address, {"from": people.adviser})
    with not_enough():
        safe.act(system.consortium.acceptAccount, 2, agreed=owners[:1])
    assert system.consortium.memberOf(safe.address) == 0


def test_one_changes_nothing_of_a_member(member, system, owners, refused, not_enough):
    before = system.consortium.getMember(2)
    for owner in owners:
        with not_enough():
            member.act(system.consortium.changeEncryptionKey, b"n" * 32, agreed=[owner])
        with refused("NotAMember", owner.address):
            system.consortium.changeEncryptionKey(b"n" * 32, {"from": owner})
    assert system.consortium.getMember(2) == before


def test_two_manage_a_member(member, system, owners, people):
    tx = member.act(system.consortium.rename, "Two of Three", agreed=owners[1:])
    assert tx.events["MemberRenamed"] == {"member": 2, "name": "Two of Three", "by": member.address}
    member.act(system.consortium.removeAccount, people.adviser, agreed=owners[:2])
    assert system.consortium.memberOf(people.adviser) == 0


def test_two_act_for_a_recipient(member, system, owners, claimants):
    """The events name the Safe: who sent the transaction is nobody in it."""
    item = claimants.grant(claimants.key())
    granted = member.act(system.consents.grant, item, agreed=owners[:2])
    assert granted.events["ConsentGranted"]["carrier"] == member.address
    key = claimants.live()
    used = member.act(system.consents.use, (key.address, b"\x11" * 32), agreed=owners[:2])
    assert used.events["ConsentUsed"]["account"] == member.address
    advised = member.act(system.advice.record, (key.address, b"\x11" * 32, b"\x22" * 32), agreed=owners[:2])
    assert [event["account"] for event in advised.events["AdviceRecorded"]] == [member.address]
    withdrawn = member.act(system.consents.withdraw, claimants.withdraw(claimants.key()), agreed=owners[:2])
    assert withdrawn.events["ConsentWithdrawn"]["carrier"] == member.address


def test_it_vetoes(member, system, governing, owners):
    identifier = governing.propose(governing.operation("suspend", 2, 1))
    member.act(system.governance.cancel, identifier, agreed=owners[:2])
    assert not system.governance.isOperation(identifier)


def test_a_member_sends_what_a_stranger_carries(system, claimants, people, reverts):
    """Sending a transaction is not carrying: the Safe of a member that does not know it carries as a stranger."""
    alone = Safe([people.operator], threshold=1)
    item = claimants.withdraw(claimants.key())
    with reverts("GS013"):  # Safe: what it called was refused
        alone.act(system.consents.withdraw, item, agreed=[people.operator])
    assert system.consents.status(item[0]) == 0
