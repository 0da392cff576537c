"""The rules of the contracts that obey consent keys, from the text of their interfaces alone.

Every rule takes the state before the call, the block's time, the caller and the arguments, and returns the required
outcome: the events in order (`replay` computes the state after them), or `Revert` with the one custom error. Where
several errors apply, it is the first of the list here: about the arguments, then the consent, then the signer. No
signature is checked here: `SignedBy` names the signer.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from jamjar.model.decision import Outcome, Revert, SignedBy, decided, first
from jamjar.model.replay import replay
from jamjar.model.state import ENDED, NOTHING, OPEN, AdviceId, AdviceStage, Emitted, LedgerState, Stage, Status
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Pause, Reconfirm, Resume, Withdraw

T = TypeVar("T")

LAST_SEQUENCE: Final = 2**32 - 1
"""The sequence of a consent that can take no further pause, resumption or reconfirmation."""

# ---------------------------------------------------------------------- ConsentRegistry, claimant


def grant(state: LedgerState, now: int, carrier: str, item: SignedBy[Grant]) -> Outcome:
    """Decide on `grant`."""
    g, rules = item.message, state.rules
    status, latest, by = state.status(g.consent, now), now + rules.longest_validity, g.reconfirm_by
    in_order = now <= g.valid_from < g.valid_until <= latest
    bounds = (g.valid_from + 1, min(g.valid_until, now + rules.longest_reconfirmation))
    refused = first(
        _no_carrier(state, carrier),
        (status is not Status.NONE, "ConsentExists", g.consent, status),
        (not state.is_adviser(g.recipient), "RecipientNotActiveAdviser", g.recipient),
        (not in_order, "ValidityOutOfRange", g.valid_from, g.valid_until, now, latest),
        (not bounds[0] <= by <= bounds[1], "ReconfirmByOutOfRange", by, *bounds),
        (not 1 <= g.max_uses <= rules.most_uses, "MaxUsesOutOfRange", g.max_uses, rules.most_uses),
        (g.terms_digest == NOTHING, "TermsDigestZero", g.consent),
        _not_signed(item),
    )
    terms = (g.valid_from, g.valid_until, by, g.max_uses, g.terms_digest)
    return decided(refused, Emitted("ConsentGranted", (g.consent, g.recipient, carrier, *terms)))


def grant_batch(state: LedgerState, now: int, carrier: str, items: Sequence[SignedBy[Grant]]) -> Outcome:
    """Decide on `grantBatch`."""
    return _batch(state, now, carrier, items, grant, "GrantRejected", first(_no_carrier(state, carrier)))


def pause(state: LedgerState, now: int, carrier: str, item: SignedBy[Pause]) -> Outcome:
    """Decide on `pause`."""
    refused = first(*_not_next(state, now, item))
    return decided(refused, Emitted("ConsentPaused", (item.message.consent, carrier, item.message.sequence)))


def resume(state: LedgerState, now: int, carrier: str, item: SignedBy[Resume]) -> Outcome:
    """Decide on `resume`."""
    consent, sequence = item.message.consent, item.message.sequence
    running = state.consent(consent).stage is not Stage.PAUSED
    refused = first(*_not_next(state, now, item), (running, "ConsentNotPaused", consent))
    return decided(refused, Emitted("ConsentResumed", (consent, carrier, sequence)))


def reconfirm(state: LedgerState, now: int, carrier: str, item: SignedBy[Reconfirm]) -> Outcome:
    """Decide on `reconfirm`."""
    consent, sequence, by = item.message.consent, item.message.sequence, item.message.reconfirm_by
    old = state.consent(consent)
    bounds = (max(now, old.valid_from) + 1, min(old.valid_until, now + state.rules.longest_reconfirmation))
    out_of_range = (not bounds[0] <= by <= bounds[1], "ReconfirmByOutOfRange", by, *bounds)
    refused = first(*_not_next(state, now, item), out_of_range)
    return decided(refused, Emitted("ConsentReconfirmed", (consent, carrier, sequence, by)))


def withdraw(state: LedgerState, now: int, carrier: str, item: SignedBy[Withdraw]) -> Outcome:
    """Decide on `withdraw`."""
    consent = item.message.consent
    status = state.status(consent, now)
    objection, *carried = _no_carrier(state, carrier)
    refused = first(
        (status is Status.NONE and objection, *carried),
        (status in ENDED, "ConsentNotOpen", consent, status),
        _not_signed(item),
    )
    return decided(refused, Emitted("ConsentWithdrawn", (consent, carrier)))


def withdraw_batch(state: LedgerState, now: int, carrier: str, items: Sequence[SignedBy[Withdraw]]) -> Outcome:
    """Decide on `withdrawBatch`."""
    return _batch(state, now, carrier, items, withdraw, "WithdrawalRejected")


# ---------------------------------------------------------------------- ConsentRegistry, recipient


def release(state: LedgerState, now: int, account: str, consent: str) -> Outcome:
    """Decide on `release`."""
    theirs = state.is_recipient(consent, account) and state.acts_now(account)
    refused = first(_not_open(state, now, consent), (not theirs, "NotTheRecipient", consent, account))
    return decided(refused, Emitted("ConsentReleased", (consent, state.consent(consent).recipient, account)))


def use(state: LedgerState, now: int, account: str, item: tuple[str, bytes]) -> Outcome:
    """Decide on `use` of (consent, commitment)."""
    consent, commitment = item
    old, status = state.consent(consent), state.status(consent, now)
    refused = first(
        (commitment == NOTHING, "CommitmentZero", consent),
        # For a consent without a recipient, an account of no member passes here and is refused by the next check.
        (state.member_of(account) != old.recipient, "NotTheRecipient", consent, account),
        _not_live(state, now, consent),
        (status is Status.EXHAUSTED, "ConsentExhausted", consent, old.max_uses),
    )
    return decided(refused, Emitted("ConsentUsed", (consent, old.recipient, account, commitment, old.uses + 1)))


def use_batch(state: LedgerState, now: int, account: str, items: Sequence[tuple[str, bytes]]) -> Outcome:
    """Decide on `useBatch`."""
    return _batch(state, now, account, items, use, "UseRejected")


# ---------------------------------------------------------------------- CommitmentRegistry


def commit(state: LedgerState, now: int, carrier: str, item: SignedBy[Commit]) -> Outcome:
    """Decide on `commit`."""
    consent, root, replaces = item.message.consent, item.message.root, item.message.replaces
    head = state.head(consent)
    refused = first(
        (root == NOTHING, "RootZero", consent),
        (root == replaces, "RootUnchanged", consent, root),
        _not_live(state, now, consent),
        (replaces != head, "HeadMismatch", consent, replaces, head),
        _not_signed(item),
    )
    return decided(refused, Emitted("Committed", (consent, carrier, root)))


def commit_batch(state: LedgerState, now: int, carrier: str, items: Sequence[SignedBy[Commit]]) -> Outcome:
    """Decide on `commitBatch`."""
    return _batch(state, now, carrier, items, commit, "CommitmentRejected")


# ---------------------------------------------------------------------- AdviceLog


def record(state: LedgerState, now: int, account: str, item: AdviceId) -> Outcome:
    """Decide on `record`."""
    consent, commitment, advice = item
    refused = first(
        (NOTHING in (commitment, advice), "AdviceIncomplete", consent),
        _not_live(state, now, consent),
        (not state.is_recipient(consent, account), "NotTheRecipient", consent, account),
        (state.stage_of(item) is not AdviceStage.NONE, "AdviceExists", *item),
    )
    recipient = state.consent(consent).recipient
    return decided(refused, Emitted("AdviceRecorded", (consent, recipient, account, commitment, advice)))


def acknowledge(state: LedgerState, _now: int, carrier: str, item: SignedBy[Acknowledge]) -> Outcome:
    """Decide on `acknowledge`."""
    advice = (item.message.consent, item.message.commitment, item.message.advice)
    stage = state.stage_of(advice)
    refused = first(
        (stage is AdviceStage.NONE, "AdviceUnknown", *advice),
        (stage is AdviceStage.ACKNOWLEDGED, "AdviceAlreadyAcknowledged", *advice),
        _not_signed(item),
    )
    return decided(refused, Emitted("AdviceAcknowledged", (advice[0], carrier, *advice[1:])))


def acknowledge_batch(state: LedgerState, now: int, carrier: str, items: Sequence[SignedBy[Acknowledge]]) -> Outcome:
    """Decide on `acknowledgeBatch`."""
    return _batch(state, now, carrier, items, acknowledge, "AcknowledgementRejected")


# ---------------------------------------------------------------------- shared


def _no_carrier(state: LedgerState, carrier: str) -> tuple[Any, ...]:
    return not state.acts_now(carrier), "CarrierNotActiveMember", carrier


def _not_open(state: LedgerState, now: int, consent: str) -> tuple[Any, ...]:
    status = state.status(consent, now)
    return status not in OPEN, "ConsentNotOpen", consent, status


def _not_live(state: LedgerState, now: int, consent: str) -> tuple[Any, ...]:
    return not state.is_live(consent, now), "ConsentNotLive", consent, state.status(consent, now)


def _not_signed(item: SignedBy[Any]) -> tuple[Any, ...]:
    return item.signer != item.message.consent, "NotSignedByConsent", item.message.consent


def _not_next(state: LedgerState, now: int, item: SignedBy[Any]) -> tuple[tuple[Any, ...], ...]:
    """Return the objections to any pause, resumption or reconfirmation."""
    consent, sequence = item.message.consent, item.message.sequence
    expected = state.consent(consent).sequence
    out_of_order = (sequence != expected, "SequenceMismatch", consent, sequence, expected)
    exhausted = (sequence == LAST_SEQUENCE, "SequenceExhausted", consent)
    return _not_open(state, now, consent), out_of_order, exhausted, _not_signed(item)


def _batch(  # noqa: PLR0917 - each is needed
    state: LedgerState, now: int, caller: str, items: Sequence[T],
    single: Callable[[LedgerState, int, str, T], Outcome], rejected: str, own_refusal: Revert | None = None,
) -> Outcome:  # fmt: skip
    """Decide on each item as a call after those before it; a refusal becomes an event and changes no state."""
    most, events = state.rules.most_items, list[Emitted]()
    if refused := first((not 1 <= len(items) <= most, "BatchSizeOutOfRange", len(items), most)) or own_refusal:
        return refused
    for index, item in enumerate(items):
        outcome = single(state, now, caller, item)
        if isinstance(outcome, Revert):
            consent = item.message.consent if isinstance(item, SignedBy) else item[0]  # type: ignore[index]
            events.append(Emitted(rejected, (consent, caller, index, outcome)))
        else:
            state = replay(state, outcome, now)
            events += outcome
    return tuple(events)
