"""consent_rules: a refusal or events, told without a chain.

That they are what the contracts do is for tests/differential and tests/stateful to say; here is how they are used.
"""

from dataclasses import replace
from typing import Any

import pytest

from jamjar.model import consent_rules, member_rules
from jamjar.model.decision import Outcome, Revert, SignedBy
from jamjar.model.replay import replay
from jamjar.model.state import NOTHING, DeploymentRules, LedgerState, Stage
from jamjar.protocol.typed_data import Grant, Pause, Withdraw

ADVISER = b"A" * 32
GOVERNANCE, CARRIER, STRANGER = (f"0x{digit * 40}" for digit in "123")
RULES = DeploymentRules(frozenset({ADVISER}), ADVISER, 1000, 500, 9, most_items=3, governance=GOVERNANCE)
C, OTHER = f"0x{'4' * 40}", f"0x{'5' * 40}"
NOW, ROOT = 100, b"r" * 32


def done(state: LedgerState, outcome: Outcome) -> LedgerState:
    assert not isinstance(outcome, Revert)
    return replay(state, outcome)


@pytest.fixture
def members() -> LedgerState:
    state = LedgerState(RULES)
    return done(state, member_rules.admit(state, NOW, GOVERNANCE, (2, "Advice", [ADVISER], CARRIER, bytes(32))))


def grant(consent: str = C, signer: str | None = None, **changes: Any) -> SignedBy[Grant]:
    message = Grant(consent, 2, NOW, NOW + 100, NOW + 50, 1, ROOT)
    return SignedBy(replace(message, **changes), consent if signer is None else signer)


@pytest.fixture
def live(members: LedgerState) -> LedgerState:
    return done(members, consent_rules.grant(members, NOW, CARRIER, grant()))


def test_a_grant(live: LedgerState) -> None:
    assert live.is_live(C, NOW)
    assert consent_rules.grant(live, NOW, CARRIER, grant()) == Revert("ConsentExists", (C, 2))


@pytest.mark.parametrize(
    ("carrier", "item", "name"),
    [
        (STRANGER, grant(recipient=3), "CarrierNotActiveMember"),
        (CARRIER, grant(recipient=3, valid_from=0), "RecipientNotActiveAdviser"),
        (CARRIER, grant(valid_from=NOW - 1, reconfirm_by=0), "ValidityOutOfRange"),
        (CARRIER, grant(reconfirm_by=NOW, max_uses=0), "ReconfirmByOutOfRange"),
        (CARRIER, grant(max_uses=10, terms_digest=NOTHING), "MaxUsesOutOfRange"),
        (CARRIER, grant(terms_digest=NOTHING, signer=""), "TermsDigestZero"),
        (CARRIER, grant(signer=OTHER), "NotSignedByConsent"),
    ],
)
def test_the_first_refusal_is_told(members: LedgerState, carrier: str, item: SignedBy[Grant], name: str) -> None:
    outcome = consent_rules.grant(members, NOW, carrier, item)
    assert isinstance(outcome, Revert)
    assert outcome.name == name


def test_a_batch_is_one_after_another(members: LedgerState) -> None:
    outcome = consent_rules.grant_batch(members, NOW, CARRIER, [grant(), grant(), grant(OTHER)])
    assert not isinstance(outcome, Revert)
    assert [event.name for event in outcome] == ["ConsentGranted", "GrantRejected", "ConsentGranted"]
    assert outcome[1].arguments == (C, CARRIER, 1, Revert("ConsentExists", (C, 2)))
    for size in (0, 4):
        refused = consent_rules.grant_batch(members, NOW, STRANGER, [grant()] * size)
        assert refused == Revert("BatchSizeOutOfRange", (size, 3))


def test_a_sequence_counts_once(live: LedgerState) -> None:
    pause = SignedBy(Pause(C, 0), C)
    paused = done(live, consent_rules.pause(live, NOW, STRANGER, pause))
    assert (paused.consent(C).stage, paused.consent(C).sequence) == (Stage.PAUSED, 1)
    assert consent_rules.pause(paused, NOW, STRANGER, pause) == Revert("SequenceMismatch", (C, 0, 1))


@pytest.mark.parametrize("now", [NOW, NOW + 51, NOW + 100])
def test_a_withdrawal_is_taken_until_the_end(live: LedgerState, now: int) -> None:
    item = SignedBy(Withdraw(C), C)
    withdrawn = done(live, consent_rules.withdraw(live, now, STRANGER, item))
    assert consent_rules.withdraw(withdrawn, now, STRANGER, item) == Revert("ConsentNotOpen", (C, 8))
    assert consent_rules.withdraw(live, NOW + 101, STRANGER, item) == Revert("ConsentNotOpen", (C, 6))


def test_uses_run_out(live: LedgerState) -> None:
    used = done(live, consent_rules.use(live, NOW, CARRIER, (C, ROOT)))
    assert consent_rules.use(used, NOW, CARRIER, (C, ROOT)) == Revert("ConsentExhausted", (C, 1))
    assert not isinstance(consent_rules.record(used, NOW, CARRIER, (C, ROOT, ROOT)), Revert)
