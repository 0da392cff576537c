"""Histories that the rules allow, made by the rules of one call after another, without a chain."""

from hypothesis import strategies as st

from jamjar.audit.history import LedgerHistory, beginning
from jamjar.model import consent_rules, hand_over_rules, member_rules
from jamjar.model.decision import Revert, SignedBy
from jamjar.model.replay import replay
from jamjar.model.state import ADMINISTRATION, DeploymentRules, Emitted, LedgerState
from jamjar.protocol.event_decoding import CLASSES
from jamjar.protocol.events import Event, Origin
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Pause, Reconfirm, Resume, Withdraw

ADVISER, OPERATOR = b"A" * 32, b"O" * 32
RULES = DeploymentRules(frozenset({ADVISER, OPERATOR}), ADVISER, 1000, 500, 3, 256)
ADMIN, NEXT, CARRIER, DESK = (f"0x{digit * 40}" for digit in "1267")
CONSENTS = [f"0x{digit * 40}" for digit in "345"]
ROOTS = [bytes([n]) * 32 for n in (8, 9)]
C, ROOT = CONSENTS[0], ROOTS[0]
GRANTED = Emitted("ConsentGranted", (C, 2, CARRIER, 100, 200, 150, 1, ROOT))
WITHDRAWN = Emitted("ConsentWithdrawn", (C, CARRIER))
USED = Emitted("ConsentUsed", (C, 2, DESK, ROOT, 1))
DELAY = 7
START = beginning(RULES, DELAY)
DEPLOYED = Emitted("RoleGranted", (ADMINISTRATION, ADMIN, ADMIN))


def event(told: Emitted, block: int) -> Event:
    """An event as it is read, each in a block of its own."""
    return CLASSES[told.name](Origin(block, f"0x{block:064x}", 0, ADMIN), *told.arguments)


def admitted() -> list[Emitted]:
    """A deployment with a carrier (member 1) and an adviser (member 2)."""
    told, state = [DEPLOYED], replay(START, [DEPLOYED])
    for number, role, account in ((1, OPERATOR, CARRIER), (2, ADVISER, DESK)):
        outcome = member_rules.admit(state, 0, ADMIN, number, "Name", [role], account, bytes(32))
        assert not isinstance(outcome, Revert)
        told += outcome
        state = replay(state, outcome)
    return told


def history(*told: Emitted, now: int = 100) -> LedgerHistory:
    """The history of a deployment with two members, and of these events after that."""
    made = LedgerHistory(START, ADMIN)
    for block, each in enumerate([*admitted(), *told], 1):
        made.add(event(each, block), now)
    return made


def moves(state: LedgerState, now: int, consent: str, root: bytes) -> list[tuple[Emitted, ...] | Revert]:
    """What comes of every call that there is, each tried alone."""

    def signed(message):
        return SignedBy(message, consent)

    held = state.consent(consent)
    advice = (consent, root, b"a" * 32)
    holder = state.administration.holder
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
        member_rules.suspend(state, now, holder, 2),
        member_rules.reinstate(state, now, holder, 2),
        member_rules.add_account(state, now, holder, 2, consent),
        member_rules.remove_account(state, now, holder, 2, consent),
        member_rules.change_encryption_key(state, now, holder, 2, root),
        member_rules.revoke_role(state, now, holder, OPERATOR, member_rules.seat_of(2)),
        member_rules.grant_role(state, now, holder, OPERATOR, member_rules.seat_of(2)),
        hand_over_rules.begin(state, now, holder, NEXT if holder == ADMIN else ADMIN),
        hand_over_rules.cancel(state, now, holder),
        hand_over_rules.accept(state, now, NEXT if holder == ADMIN else ADMIN),
        hand_over_rules.change_delay(state, now, holder, 9),
        hand_over_rules.roll_back_delay(state, now, holder),
    ]  # fmt: skip


@st.composite
def histories(draw):
    """Events in an order that the rules allow, and the times of their blocks."""
    told, now = [(each, 100) for each in admitted()], 100
    state = replay(START, [each for each, _ in told])
    for _ in range(draw(st.integers(0, 40))):
        now += draw(st.sampled_from((0, 1, 5, 20)))
        possible = [
            outcome
            for outcome in moves(state, now, draw(st.sampled_from(CONSENTS)), draw(st.sampled_from(ROOTS)))
            if not isinstance(outcome, Revert) and outcome
        ]
        chosen = draw(st.sampled_from(possible))
        told += [(each, now) for each in chosen]
        state = replay(state, chosen)
    return [(event(each, block), at) for block, (each, at) in enumerate(told, 1)]
