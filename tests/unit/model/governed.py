"""A consortium for tests of the rules of members, council and governance: its rules, its members, who acts for them."""

from collections.abc import Sequence

from jamjar.model import member_rules
from jamjar.model.decision import Outcome, Revert
from jamjar.model.replay import replay
from jamjar.model.state import DeploymentRules, Emitted, LedgerState

ADVISER, COUNCIL, OTHER_ROLE = b"A" * 32, b"C" * 32, b"O" * 32
GOVERNANCE, DESK, JUDGE, FRESH, STRANGER = (f"0x{digit * 40}" for digit in "12345")
NOW, SUSPENSION, RECOVERY, DELAY = 1000, 300, 500, 70
KEY = b"k" * 32
RULES = DeploymentRules(
    frozenset({ADVISER, COUNCIL}), ADVISER, 1000, 500, 9, 3, COUNCIL, GOVERNANCE, SUSPENSION, RECOVERY
)


def done(state: LedgerState, outcome: Outcome, now: int = NOW) -> LedgerState:
    """The state after what had to be allowed."""
    assert not isinstance(outcome, Revert), outcome
    return replay(state, outcome, now)


def admission(
    number: int, name: str, account: str, roles: Sequence[bytes] = (), key: bytes = KEY
) -> tuple[int, str, Sequence[bytes], str, bytes]:
    return number, name, roles, account, key


def event(name: str, *arguments: object) -> Emitted:
    return Emitted(name, arguments)


STATE = replay(LedgerState(RULES), [event("MinDelayChange", 0, DELAY)])
for _member in (admission(2, "Desk", DESK, [ADVISER]), admission(4, "Judge", JUDGE, [COUNCIL])):
    STATE = done(STATE, member_rules.admit(STATE, NOW, GOVERNANCE, _member))
