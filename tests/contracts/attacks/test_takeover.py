"""P8: who governs, alone or all together, does not become a member that objects, or is simply awake.

Given the adviser's accounts are its own
When founders, council and all other members do together all they can, and time passes
├── to put another account in the adviser's place    it objects, and none is
├── to change its key, name or accounts for it       each is refused: there is no such power
└── to keep it from objecting, by suspending it      it objects all the same
When nobody objects for 14 days                      the council's account acts for it: that is the limit
"""

import pytest

from jamjar.protocol.settings import DAY

FORTNIGHT = 14 * DAY
OTHERS = ["founder", "operator", "other_adviser", "sponsor", "auditor", "stranger"]


@pytest.fixture
def awake(system, people, spare):
    """What is the adviser's own: members of its accounts, its key and its name; nothing of it may change."""
    consortium = system.consortium
    return lambda: (
        consortium.memberOf(people.adviser),
        [consortium.memberOf(getattr(people, who)) == 2 for who in OTHERS],
        consortium.memberOf(spare),
        consortium.getMember(2)[2:],
    )


@pytest.mark.parametrize("who", OTHERS)
def test_one_alone_acts_for_itself(who, system, people, spare, awake):
    """Each act of a member is its caller's member's: nobody names another's, so nothing of the adviser's changes."""
    from brownie.exceptions import VirtualMachineError

    before, consortium, sender = awake(), system.consortium, {"from": getattr(people, who)}
    for act, arguments in (
        ("changeEncryptionKey", (b"z" * 32,)),
        ("rename", ("Stolen",)),
        ("offerAccount", (spare,)),
        ("removeAccount", (people.adviser,)),
        ("acceptAccount", (2,)),
        ("completeRecovery", (2,)),
        ("admit", ((2, "Twin", [], spare, b"z" * 32),)),
    ):
        try:
            getattr(consortium, act)(*arguments, sender)
        except VirtualMachineError:
            assert awake() == before
    assert awake() == before


@pytest.mark.parametrize(
    ("act", "arguments"),
    [
        ("changeEncryptionKey", (b"z" * 32,)),
        ("rename", ("Stolen",)),
        ("offerAccount", ("0x" + 20 * "77",)),
        ("acceptAccount", (2,)),
        ("proposeRecovery", (2, "0x" + 20 * "77")),
        ("completeRecovery", (2,)),
        ("objectToRecovery", ()),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_the_governance_has_no_such_power(act, arguments, governing, awake, refusal):
    before = awake()
    assert refusal(lambda: governing(act, *arguments)).partition(":")[0] in {
        "NotAMember",
        "AccountNotOffered",
        "NotOfTheCouncil",
        "RecoveryUnknown",
    }
    assert awake() == before


def test_the_governance_admits_no_second_adviser_of_its_number(governing, spare, awake, refused):
    before = awake()
    with refused("MemberNumberTaken", 2):
        governing("admit", (2, "Twin", [], spare, b"z" * 32))
    assert awake() == before


@pytest.mark.parametrize("suspended", [None, "council", "governance"])
def test_all_together_while_it_objects(suspended, system, people, governing, spare, awake, refused):
    """P8: however often the council tries, and though all have suspended it, one objection in 14 days is enough."""
    before, consortium = awake(), system.consortium
    if suspended == "council":
        governing.suspend(2)
    elif suspended:
        governing("suspend", 2, 1)
    for by in (people.sponsor, people.auditor) * 2:
        consortium.proposeRecovery(2, spare, {"from": by})
        governing.wait(FORTNIGHT - 60)
        with refused("RecoveryNotReady", 2, consortium.recoveryOf(2)[1], consortium.recoveryOf(2)[1] + FORTNIGHT):
            consortium.completeRecovery(2, {"from": spare})
        consortium.objectToRecovery({"from": people.adviser})
        governing.wait(3 * FORTNIGHT)
        with refused("RecoveryUnknown", 2, spare.address):
            consortium.completeRecovery(2, {"from": spare})
    assert awake() == before


def test_a_recovery_kept_for_later_lapses(system, people, governing, spare, awake, refused):
    """P8: a recovery that was not completed in its two weeks is none, so none lies in wait for years."""
    before, consortium = awake(), system.consortium
    consortium.proposeRecovery(2, spare, {"from": people.sponsor})
    ready_at = consortium.recoveryOf(2)[1]
    governing.wait(20 * 365 * DAY)
    with refused("RecoveryNotReady", 2, ready_at, ready_at + FORTNIGHT):
        consortium.completeRecovery(2, {"from": spare})
    assert awake() == before


def test_when_nobody_objects(system, people, governing, spare):
    """P8, its limit: a member that looks at nothing for 14 days gets the account that the council chose."""
    consortium = system.consortium
    consortium.proposeRecovery(2, spare, {"from": people.sponsor})
    governing.wait(FORTNIGHT)
    consortium.completeRecovery(2, {"from": spare})
    consortium.changeEncryptionKey(b"z" * 32, {"from": spare})
    assert consortium.memberOf(spare) == 2
