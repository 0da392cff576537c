"""A consent's history takes exactly the events that the contract's rules let happen, and ends where they end.

The rules (`jamjar.model.consent_rules`) are written from the interfaces; the contracts are tested against them, too.
"""

from hypothesis import given
from hypothesis import strategies as st

from jamjar.consent import history as consent_history
from jamjar.consent.history import history
from jamjar.errors import InvalidInput
from jamjar.model import consent_rules
from jamjar.model.decision import Revert, SignedBy
from jamjar.model.replay import replay
from jamjar.model.state import DeploymentRules, Emitted, LedgerState, Member, Standing, Status
from jamjar.protocol import events as consent_events
from jamjar.protocol.events import Origin
from jamjar.protocol.typed_data import Grant, Pause, Reconfirm, Resume, Withdraw
from tests.support.lives import ACCOUNT, AT, CARRIER, CONSENT, DAY, END, STALE, START

ADVISER, WORD = b"A" * 32, b"w" * 32
RULES = DeploymentRules(frozenset({ADVISER}), ADVISER, 400 * DAY, 400 * DAY, 9, 9)
MEMBERS = {1: Member(Standing.ACTIVE), 2: Member(Standing.ACTIVE, roles=frozenset({ADVISER}))}
EMPTY = LedgerState(RULES, members=MEMBERS, accounts={CARRIER: 1, ACCOUNT: 2})
GRANT = Grant(CONSENT, 2, START, END, STALE, 2, WORD)

sequences = st.integers(0, 2)
acts = st.one_of(
    st.builds(Pause, st.just(CONSENT), sequences),
    st.builds(Resume, st.just(CONSENT), sequences),
    st.builds(Reconfirm, st.just(CONSENT), sequences, st.just(END)),
    st.sampled_from(["use", "use", "release", Withdraw(CONSENT)]),
)
lives = st.lists(st.tuples(st.sampled_from([0, 0, 1, DAY, 20 * DAY, STALE - START + 1]), acts), max_size=12)


def decide(state, now, act):
    """What the rules make of an act."""
    if act == "use":
        return consent_rules.use(state, now, ACCOUNT, (CONSENT, WORD))
    if act == "release":
        return consent_rules.release(state, now, ACCOUNT, CONSENT)
    rule = getattr(consent_rules, type(act).__name__.lower())
    return rule(state, now, CARRIER, SignedBy(act, CONSENT))


def supposed(state, act):
    """The event that a contract without rules would record."""
    if act == "use":
        return Emitted("ConsentUsed", (CONSENT, 2, ACCOUNT, WORD, state.consent(CONSENT).uses + 1))
    if act == "release":
        return Emitted("ConsentReleased", (CONSENT, 2, ACCOUNT))
    if isinstance(act, Withdraw):
        return Emitted("ConsentWithdrawn", (CONSENT, CARRIER))
    name = {Pause: "ConsentPaused", Resume: "ConsentResumed", Reconfirm: "ConsentReconfirmed"}[type(act)]
    by = (act.reconfirm_by,) if isinstance(act, Reconfirm) else ()
    return Emitted(name, (CONSENT, CARRIER, act.sequence, *by))


def event(emitted, block):
    origin = Origin(block, f"0x{block:064x}", 0, AT.consents)
    return getattr(consent_events, emitted.name)(origin, *emitted.arguments)


def accepted(events, times, now):
    try:
        return history(AT.consents, CONSENT, events, times, now)
    except InvalidInput:
        return None


@given(lives, st.integers(0, 120 * DAY))
def test_it_takes_what_the_rules_let_happen_and_nothing_else(life, later):
    granted = consent_rules.grant(EMPTY, START, CARRIER, SignedBy(GRANT, CONSENT))
    state, now, events, times = replay(EMPTY, granted), START, [event(granted[0], 0)], {0: START}
    for block, (wait, act) in enumerate(life, 1):
        now += wait
        times[block] = now
        outcome = decide(state, now, act)
        if isinstance(outcome, Revert):
            # Not beyond its range: that a reconfirmation names a good date is left to the contract.
            if outcome.name != "ReconfirmByOutOfRange":
                assert accepted([*events, event(supposed(state, act), block)], times, now) is None
            continue
        assert outcome == (supposed(state, act),)
        state = replay(state, outcome)
        events.append(event(outcome[0], block))

    found = accepted(events, times, now + later)
    assert found is not None
    assert (found.status, found.uses) == (state.status(CONSENT, now + later), state.consent(CONSENT).uses)
    assert len(found.steps) == len(events) + (found.status is Status.EXPIRED)
    assert found.steps[-1].dpv == found.dpv or found.status in (Status.STALE, Status.SCHEDULED)


@given(st.sampled_from(list(Status)[1:]), st.booleans())
def test_only_what_allows_looking_is_given(status, renewed):
    allowed = consent_history.dpv_status(status, renewed) in ("dpv:ConsentGiven", "dpv:RenewedConsentGiven")
    assert allowed == (status in (Status.SCHEDULED, Status.ACTIVE, Status.EXHAUSTED))
