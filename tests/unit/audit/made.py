"""Histories that the rules allow, made by the rules of one call after another, without a chain."""

from hypothesis import strategies as st

from jamjar.audit.auditor import rules_of
from jamjar.audit.founding_events import founding_events
from jamjar.audit.history import LedgerHistory
from jamjar.model import consent_rules, council_rules, governance_rules, member_rules
from jamjar.model.decision import Revert, SignedBy
from jamjar.model.replay import emitted, replay
from jamjar.model.state import Emitted, LedgerState, Reason
from jamjar.protocol.calldata import data_of, proposal_ids
from jamjar.protocol.deployment import DeployedContract, Deployment
from jamjar.protocol.event_decoding import CLASSES
from jamjar.protocol.events import Event, Origin
from jamjar.protocol.founding import FoundingMember
from jamjar.protocol.roles import FOUNDER as FOUNDER_ROLE
from jamjar.protocol.roles import Role
from jamjar.protocol.settings import DAY, Settings
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Pause, Reconfirm, Resume, Withdraw

ADVISER, OPERATOR = Role.ADVISER.value, Role.OPERATOR.value
FOUNDER, NEXT, CARRIER, DESK = (f"0x{digit * 40}" for digit in "1267")
CONSENTS = [f"0x{digit * 40}" for digit in "345"]
ROOTS = [bytes([n]) * 32 for n in (8, 9)]
C, ROOT = CONSENTS[0], ROOTS[0]
GRANTED = Emitted("ConsentGranted", (C, 2, CARRIER, 100, 200, 150, 1, ROOT))
WITHDRAWN = Emitted("ConsentWithdrawn", (C, CARRIER))
USED = Emitted("ConsentUsed", (C, 2, DESK, ROOT, 1))
MEMBERS = tuple(
    FoundingMember(number, name, roles, account, "0x" + 32 * "00")
    for number, name, roles, account in (
        (1, "Carrier", ("OPERATOR", "COUNCIL"), CARRIER),
        (2, "Desk", ("ADVISER",), DESK),
    )
)
SETTINGS = Settings((FOUNDER,), MEMBERS, longest_validity=1000, longest_reconfirmation=500, most_uses=3)
PLACED = [DeployedContract(f"0x{byte * 20}", "0x" + "ab" * 32) for byte in ("c1", "c2", "c3", "c4", "c5")]
DEPLOYMENT = Deployment(1337, 1, "test", *PLACED, SETTINGS)
CONSORTIUM, GOVERNANCE = DEPLOYMENT.consortium.address, DEPLOYMENT.governance.address
RULES = rules_of(DEPLOYMENT)
START = LedgerState(RULES)
_OF_GOVERNANCE = ("CallScheduled", "CallSalt", "CallExecuted", "Cancelled", "MinDelayChange")


def event(told: Emitted, block: int, contract: str = "") -> Event:
    """An event as it is read, each in a block of its own."""
    at = contract or (GOVERNANCE if told.name in _OF_GOVERNANCE else CONSORTIUM)
    return CLASSES[told.name](Origin(block, f"0x{block:064x}", 0, at), *told.arguments)


def founded() -> list[Event]:
    """The events of the constructors: a carrier of the council (member 1) and an adviser (member 2)."""
    return [
        event(Emitted(each.name, (*each.arguments[:-1], NEXT)) if each.arguments[-1] == "" else each, block, contract)
        for block, (contract, each) in enumerate(founding_events(DEPLOYMENT, START), 1)
    ]


def admitted() -> list[Emitted]:
    """The same as the contracts emit them."""
    return [emitted(each) for each in founded()]


def add(made: LedgerHistory, told: list[Event], now: int) -> None:
    """Add the events of a transaction."""
    made.begin(told)
    for each in told:
        made.add(each, now)
    assert list(made.end()) == []


def history(*told: Emitted, now: int = 100) -> LedgerHistory:
    """The history of a deployment with two members, and of these events after that."""
    made = LedgerHistory(DEPLOYMENT, START)
    for each in [*founded(), *(event(each, 50 + n) for n, each in enumerate(told))]:
        add(made, [each], now)
    return made


def proposed(contract: str, function: str, *arguments: object) -> tuple[bytes, tuple[str, int, bytes]]:
    """A proposal of one call without a salt: its id, and the call."""
    call = (DEPLOYMENT.contracts()[contract].address, 0, data_of(contract, function, *arguments))
    name = min(proposal_ids([call], bytes(32), bytes(32)))
    return name, call


SUSPENSION = proposed("Consortium", "suspend", 2, Reason.LEFT)
SCHEDULED = Emitted("CallScheduled", (SUSPENSION[0], 0, *SUSPENSION[1], bytes(32), 7 * DAY))
EXECUTED = Emitted("CallExecuted", (SUSPENSION[0], 0, *SUSPENSION[1]))
CONFIRMED = Emitted("MemberSuspended", (2, Reason.LEFT, 0, GOVERNANCE))


def moves(state: LedgerState, now: int, consent: str, root: bytes) -> list[tuple[Emitted, ...] | Revert]:
    """What comes of every call that there is, each tried alone."""

    def signed(message):
        return SignedBy(message, consent)

    held = state.consent(consent)
    advice = (consent, root, b"a" * 32)
    return [
        consent_rules.grant(state, now, CARRIER, signed(Grant(consent, 2, now, now + 90, now + 40, 2, root))),
        consent_rules.pause(state, now, CARRIER, signed(Pause(consent, held.sequence))),
        consent_rules.resume(state, now, CARRIER, signed(Resume(consent, held.sequence))),
        consent_rules.reconfirm(state, now, DESK, signed(Reconfirm(consent, held.sequence, now + 30))),
        consent_rules.withdraw(state, now, DESK, signed(Withdraw(consent))),
        consent_rules.release(state, now, DESK, consent),
        consent_rules.use(state, now, DESK, (consent, root)),
        consent_rules.commit(state, now, CARRIER, signed(Commit(consent, root, state.head(consent)))),
        consent_rules.record(state, now, DESK, advice),
        consent_rules.acknowledge(state, now, CARRIER, signed(Acknowledge(*advice))),
        council_rules.suspend(state, now, CARRIER, 2, Reason.LEFT),
        council_rules.reinstate(state, now, DESK, 2),
        council_rules.propose_recovery(state, now, CARRIER, 2, NEXT),
        council_rules.object_to_recovery(state, now, DESK),
        council_rules.complete_recovery(state, now, NEXT, 2),
        council_rules.lapse_recovery(state, now, NEXT, 2),
        member_rules.offer_account(state, now, DESK, consent),
        member_rules.accept_account(state, now, consent, 2),
        member_rules.remove_account(state, now, DESK, consent),
        member_rules.change_encryption_key(state, now, DESK, root),
        member_rules.rename(state, now, DESK, f"Desk {root[0]}"),
        governance_rules.scheduled(state, now, *SCHEDULED.arguments),
        governance_rules.cancelled(state, now, SUSPENSION[0]),
        governance_rules.role_revoked(state, now, FOUNDER_ROLE, FOUNDER, FOUNDER),
    ]  # fmt: skip


@st.composite
def histories(draw):
    """Transactions in an order that the rules allow: the events of each, and the time of its block."""
    made, now = [([each], 100) for each in founded()], 100
    state = replay(START, admitted())
    for block in range(100, 100 + draw(st.integers(0, 40))):
        now += draw(st.sampled_from((0, 1, 5, 20, 14 * DAY)))
        possible = [
            outcome
            for outcome in moves(state, now, draw(st.sampled_from(CONSENTS)), draw(st.sampled_from(ROOTS)))
            if not isinstance(outcome, Revert) and outcome
        ]
        chosen = draw(st.sampled_from(possible))
        at = [GOVERNANCE if each.name.startswith("Role") else "" for each in chosen]
        made.append(([event(each, block, where) for each, where in zip(chosen, at, strict=True)], now))
        state = replay(state, chosen, now)
    return made
