"""What a proposal would change, in words: read from its calldata byte for byte, or said to be unknown.

When a call is one that the governance makes  what is and what would be, member by member
When it calls a contract of nobody's          that is said, with all of its bytes
When its calldata is not exactly its call's   the same: cut short, longer, or another way to write it
When it sends ether                           the same
When it is what the ledger always refuses     that it stays the same
"""

from dataclasses import replace
from typing import Any

import pytest

from jamjar.ledger.proposal_words import FIXED, UNKNOWN, changes_of
from jamjar.model.member_rules import seat_of
from jamjar.model.state import (
    NOBODY,
    DeploymentRules,
    GovernanceState,
    LedgerState,
    Member,
    Proposal,
    Reason,
    Standing,
)  # fmt: skip
from jamjar.protocol.calldata import data_of
from jamjar.protocol.roles import ADMINISTRATION, EXECUTOR, FOUNDER, Role
from jamjar.protocol.settings import DAY
from tests.unit.cli.home import WHOLE

ACCOUNT, OTHER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"
RULES = DeploymentRules(frozenset(role.value for role in Role), Role.ADVISER.value, 1, 1, 1, 1)
STATE = LedgerState(
    RULES,
    GovernanceState(frozenset({(FOUNDER, ACCOUNT), (EXECUTOR, NOBODY)}), 7 * DAY),
    {2: Member(Standing.ACTIVE, "Town Debt Advice", roles=frozenset({Role.ADVISER.value}))},
    {OTHER: 2},
)
SUSPENDED = replace(STATE, members={2: replace(STATE.members[2], standing=Standing.SUSPENDED, lapses_at=9)})
TOWN = "ember 2, Town Debt Advice"


def said(contract: str, function: str, *arguments: Any, state: LedgerState = STATE) -> list[tuple[str, str, str]]:
    call = (WHOLE.contracts()[contract].address, 0, data_of(contract, function, *arguments))
    return [(each.what, each.now, each.then) for each in changes_of(Proposal((call,)), state, WHOLE)]


def test_modules() -> None:
    """A contract beside the deployment's is said in words only where it was named, and read byte for byte too."""
    name, target = b"library_card".ljust(32, b"\0"), "0x" + 40 * "0"

    def shown(data: bytes, **given: Any) -> list[str]:
        return [each.then for each in changes_of(Proposal(((OTHER, 0, data),)), STATE, WHOLE, **given)]

    named = {"others": {OTHER: "ModuleRegistry"}}
    admit = data_of("ModuleRegistry", "admit", name, b"\x0c" * 32, target)
    assert shown(admit, **named) == [f"admitted with code hash 0x{'0c' * 32} and no contract"]
    assert shown(data_of("ModuleRegistry", "admit", name, name, ACCOUNT), **named)[0].endswith(f"contract {ACCOUNT}")
    assert shown(data_of("ModuleRegistry", "dismiss", name), **named) == ["dismissed"]
    assert shown(admit) == shown(admit + b"\0", **named) == [UNKNOWN]


def test_members() -> None:
    admission = (6, "Lake Advice", [Role.ADVISER.value, Role.COUNCIL.value], ACCOUNT, bytes(32))
    assert said("Consortium", "admit", admission)[:2] == [
        ("Member 6", "no member", "Lake Advice, active, as adviser, council"),
        (f"Account {ACCOUNT}", "acts for no member", "acts for member 6"),
    ]
    assert said("Consortium", "grantRole", Role.AUDITOR.value, seat_of(2)) == [
        (f"Role auditor of m{TOWN}", "no", "yes")
    ]
    assert said("Consortium", "revokeRole", Role.ADVISER.value, seat_of(2)) == [
        (f"Role adviser of m{TOWN}", "yes", "no")
    ]


def test_standings() -> None:
    then = "suspended (it left) until the governance reinstates it"
    assert said("Consortium", "suspend", 2, Reason.LEFT) == [(f"M{TOWN}", "active", then)]
    ((_, now, _),) = said("Consortium", "suspend", 2, Reason.LEFT, state=SUSPENDED)
    assert now == "suspended, by the council, which lapses"
    assert said("Consortium", "reinstate", 2, state=SUSPENDED) == [(f"M{TOWN}", now, "active")]
    assert said("Consortium", "suspend", 9, 77)[0][0] == "Member 9, who is unknown"


def test_the_governance_itself() -> None:
    assert said("Governance", "grantRole", FOUNDER, OTHER) == [(f"Account {OTHER} as founder", "no", "yes")]
    assert said("Governance", "revokeRole", FOUNDER, ACCOUNT) == [(f"Account {ACCOUNT} as founder", "yes", "no")]


def test_what_is_fixed() -> None:
    """Though it is proposed, it never changes, and nobody is told that it would."""
    assert said("Governance", "updateDelay", 9 * DAY) == [("Delay of a proposal", "7 days", FIXED)]
    for function, role, account, name, held in (
        ("revokeRole", EXECUTOR, NOBODY, "executor", "yes"),
        ("grantRole", EXECUTOR, ACCOUNT, "executor", "no"),
        ("grantRole", ADMINISTRATION, ACCOUNT, "administration", "no"),
        ("grantRole", Role.COUNCIL.value, ACCOUNT, "council", "no"),
        ("grantRole", b"?" * 32, ACCOUNT, f"role 0x{'3f' * 32}", "no"),
    ):
        assert said("Governance", function, role, account) == [(f"Account {account} as {name}", held, FIXED)]


def test_a_function_that_is_not_expected() -> None:
    ((what, _, then),) = said("Governance", "renounceRole", FOUNDER, ACCOUNT)
    assert what == f"A call of Governance.renounceRole(0x{FOUNDER.hex()}, {ACCOUNT})"
    assert then == UNKNOWN


AT = WHOLE.consortium.address
RIGHT = data_of("Consortium", "admit", (6, "Lake Advice", [], ACCOUNT, bytes(32)))


@pytest.mark.parametrize(
    ("target", "value", "data"),
    [
        (OTHER, 0, RIGHT),
        (AT, 1, RIGHT),
        (AT, 0, RIGHT + bytes(32)),
        (AT, 0, RIGHT[:-1]),
        (AT, 0, RIGHT[:4]),
        (AT, 0, b""),
        (AT, 0, b"\1\2\3\4"),
        (AT, 0, RIGHT.replace(b"Lake", b"\xff\xff\xff\xff")),
        (
            AT,
            0,
            data_of("Consortium", "suspend", 2, 3).replace(bytes(28) + b"\0\0\0\2", b"\1" + bytes(27) + b"\0\0\0\2"),
        ),
        (WHOLE.governance.address, 0, RIGHT),
    ],
)
def test_what_cannot_be_read(target: str, value: int, data: bytes) -> None:
    (change,) = changes_of(Proposal(((target, value, data),)), STATE, WHOLE)
    assert (change.now, change.then) == ("unknown", UNKNOWN)
    assert f"0x{data.hex()}, with {value} wei" in change.what


def test_each_call_of_several() -> None:
    calls = ((AT, 0, data_of("Consortium", "reinstate", 2)), (OTHER, 0, b""), (AT, 0, RIGHT))
    assert len(changes_of(Proposal(calls), STATE, WHOLE)) == 5
