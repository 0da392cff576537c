"""What the contracts that obey consent keys must do, from the text of their interfaces alone: values in, values out.

Every action takes the state before it, the block's time, who calls and what with, and returns what must come of
it: `Done` with the state after it and its events in order, or `Refused` with the one custom error. Where several
errors apply, it is the first of the list here: what a call asks for, then the consent, then who signed. No
signature is checked here: `Signed` says who signed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from jamjar.typed_data import Acknowledge, Commit, Grant, Pause, Reconfirm, Resume, Withdraw
from tests.stateful.record import (
    CLOSED,
    NOTHING,
    AdviceStage,
    Consent,
    Done,
    Event,
    Outcome,
    Refused,
    Signed,
    Stage,
    State,
    Status,
    first,
    outcome,
)

T = TypeVar("T")

# ---------------------------------------------------------------------- ConsentRegistry, claimant


def grant(state: State, now: int, carrier: str, item: Signed[Grant]) -> Outcome:
    g, rules = item.message, state.rules
    status, latest, by = state.status(g.consent, now), now + rules.longest_validity, g.reconfirm_by
    in_order = now <= g.valid_from < g.valid_until <= latest
    bounds = (g.valid_from + 1, min(g.valid_until, now + rules.longest_reconfirmation))
    refused = first(
        (not state.acts_now(carrier), "CarrierNotActiveMember", carrier),
        (status is not Status.NONE, "ConsentExists", g.consent, status),
        (not state.is_adviser(g.recipient), "RecipientNotActiveAdviser", g.recipient),
        (not in_order, "ValidityOutOfRange", g.valid_from, g.valid_until, now, latest),
        (not bounds[0] <= by <= bounds[1], "ReconfirmByOutOfRange", by, *bounds),
        (not 1 <= g.max_uses <= rules.most_uses, "MaxUsesOutOfRange", g.max_uses, rules.most_uses),
        (g.terms_digest == NOTHING, "TermsDigestZero", g.consent),
        (item.signer != g.consent, "NotSignedByConsent", g.consent),
    )
    times = (g.valid_from, g.valid_until, by)
    granted = Consent(g.recipient, *times, sequence=0, max_uses=g.max_uses, uses=0, stage=Stage.GRANTED)
    event = Event("ConsentGranted", (g.consent, g.recipient, carrier, *times, g.max_uses, g.terms_digest))
    return outcome(refused, state.with_consent(g.consent, granted), event)


def grant_batch(state: State, now: int, carrier: str, items: Sequence[Signed[Grant]]) -> Outcome:
    refused = first((not state.acts_now(carrier), "CarrierNotActiveMember", carrier))
    return _batch(state, now, carrier, items, grant, "GrantRejected", refused)


def pause(state: State, now: int, carrier: str, item: Signed[Pause]) -> Outcome:
    return _steer(state, now, carrier, item, "ConsentPaused", (False, ""), (), stage=Stage.PAUSED)


def resume(state: State, now: int, carrier: str, item: Signed[Resume]) -> Outcome:
    consent, old = item.message.consent, state.consent(item.message.consent)
    wrong_stage = (old.stage is not Stage.PAUSED, "ConsentNotPaused", consent)
    return _steer(state, now, carrier, item, "ConsentResumed", wrong_stage, (), stage=Stage.GRANTED)


def reconfirm(state: State, now: int, carrier: str, item: Signed[Reconfirm]) -> Outcome:
    by, old = item.message.reconfirm_by, state.consent(item.message.consent)
    latest = min(old.valid_until, now + state.rules.longest_reconfirmation)
    bounds = (max(now, old.valid_from) + 1, latest)
    out_of_range = (not bounds[0] <= by <= bounds[1], "ReconfirmByOutOfRange", by, *bounds)
    return _steer(state, now, carrier, item, "ConsentReconfirmed", out_of_range, (by,), reconfirm_by=by)


def _steer(
    state: State, now: int, carrier: str, item: Signed[Any], name: str,
    own_refusal: tuple[Any, ...], own_arguments: tuple[Any, ...], **changes: Any,
) -> Outcome:  # fmt: skip
    """A pause, resumption or reconfirmation: what all three have in common."""
    consent, sequence, old = item.message.consent, item.message.sequence, state.consent(item.message.consent)
    status = old.status(now)
    refused = first(
        (status in CLOSED, "ConsentNotOpen", consent, status),
        (sequence != old.sequence, "SequenceMismatch", consent, sequence, old.sequence),
        (item.signer != consent, "NotSignedByConsent", consent),
        own_refusal,
    )
    event = Event(name, (consent, carrier, sequence, *own_arguments))
    return outcome(refused, state.with_consent(consent, replace(old, sequence=old.sequence + 1, **changes)), event)


def withdraw(state: State, now: int, carrier: str, item: Signed[Withdraw]) -> Outcome:
    consent, old = item.message.consent, state.consent(item.message.consent)
    status = old.status(now)
    ended = status in (Status.EXPIRED, Status.RELEASED, Status.WITHDRAWN)
    refused = first(
        (ended, "ConsentNotOpen", consent, status),
        (item.signer != consent, "NotSignedByConsent", consent),
    )
    after = state.with_consent(consent, replace(old, stage=Stage.WITHDRAWN))
    return outcome(refused, after, Event("ConsentWithdrawn", (consent, carrier)))


def withdraw_batch(state: State, now: int, carrier: str, items: Sequence[Signed[Withdraw]]) -> Outcome:
    return _batch(state, now, carrier, items, withdraw, "WithdrawalRejected")


# ---------------------------------------------------------------------- ConsentRegistry, recipient


def release(state: State, now: int, account: str, consent: str) -> Outcome:
    old, status = state.consent(consent), state.status(consent, now)
    theirs = state.is_recipient(consent, account) and state.acts_now(account)
    refused = first(
        (status in CLOSED, "ConsentNotOpen", consent, status),
        (not theirs, "NotTheRecipient", consent, account),
    )
    after = state.with_consent(consent, replace(old, stage=Stage.RELEASED))
    return outcome(refused, after, Event("ConsentReleased", (consent, old.recipient, account)))


def use(state: State, now: int, account: str, item: tuple[str, bytes]) -> Outcome:
    consent, commitment = item
    old, status = state.consent(consent), state.status(consent, now)
    refused = first(
        (commitment == NOTHING, "CommitmentZero", consent),
        # Nobody's account passes here for a consent without a recipient, and is refused by what comes next.
        (state.member_of(account) != old.recipient, "NotTheRecipient", consent, account),
        (not state.is_live(consent, now), "ConsentNotLive", consent, status),
        (status is Status.EXHAUSTED, "ConsentExhausted", consent, old.max_uses),
    )
    after = state.with_consent(consent, replace(old, uses=old.uses + 1))
    event = Event("ConsentUsed", (consent, old.recipient, account, commitment, old.uses + 1))
    return outcome(refused, after, event)


def use_batch(state: State, now: int, account: str, items: Sequence[tuple[str, bytes]]) -> Outcome:
    return _batch(state, now, account, items, use, "UseRejected")


# ---------------------------------------------------------------------- CommitmentRegistry


def commit(state: State, now: int, carrier: str, item: Signed[Commit]) -> Outcome:
    consent, root, replaces = item.message.consent, item.message.root, item.message.replaces
    head, status = state.head(consent), state.status(consent, now)
    refused = first(
        (root == NOTHING, "RootZero", consent),
        (root == replaces, "RootUnchanged", consent, root),
        (not state.is_live(consent, now), "ConsentNotLive", consent, status),
        (replaces != head, "HeadMismatch", consent, replaces, head),
        (item.signer != consent, "NotSignedByConsent", consent),
    )
    after = replace(state, heads={**state.heads, consent: root})
    return outcome(refused, after, Event("Committed", (consent, carrier, root)))


def commit_batch(state: State, now: int, carrier: str, items: Sequence[Signed[Commit]]) -> Outcome:
    return _batch(state, now, carrier, items, commit, "CommitmentRejected")


# ---------------------------------------------------------------------- AdviceLog


def record(state: State, now: int, account: str, item: tuple[str, bytes, bytes]) -> Outcome:
    consent, commitment, advice = item
    refused = first(
        (NOTHING in (commitment, advice), "AdviceIncomplete", consent),
        (not state.is_live(consent, now), "ConsentNotLive", consent, state.status(consent, now)),
        (not state.is_recipient(consent, account), "NotTheRecipient", consent, account),
        (state.stage_of(item) is not AdviceStage.NONE, "AdviceExists", *item),
    )
    after = state.with_advice(item, AdviceStage.RECORDED)
    event = Event("AdviceRecorded", (consent, state.consent(consent).recipient, account, commitment, advice))
    return outcome(refused, after, event)


def acknowledge(state: State, now: int, carrier: str, item: Signed[Acknowledge]) -> Outcome:
    key = (item.message.consent, item.message.commitment, item.message.advice)
    consent, stage = key[0], state.stage_of(key)
    refused = first(
        (stage is AdviceStage.NONE, "AdviceUnknown", *key),
        (stage is AdviceStage.ACKNOWLEDGED, "AdviceAlreadyAcknowledged", *key),
        (item.signer != consent, "NotSignedByConsent", consent),
    )
    after = state.with_advice(key, AdviceStage.ACKNOWLEDGED)
    return outcome(refused, after, Event("AdviceAcknowledged", (consent, carrier, *key[1:])))


def acknowledge_batch(state: State, now: int, carrier: str, items: Sequence[Signed[Acknowledge]]) -> Outcome:
    return _batch(state, now, carrier, items, acknowledge, "AcknowledgementRejected")


def _batch(
    state: State, now: int, caller: str, items: Sequence[T],
    single: Callable[[State, int, str, T], Outcome], rejected: str, own_refusal: Refused | None = None,
) -> Outcome:  # fmt: skip
    """Each item as a call of its own after those before it; a refusal becomes an event and changes nothing."""
    most, events = state.rules.most_items, list[Event]()
    if refused := first((not 1 <= len(items) <= most, "BatchSizeOutOfRange", len(items), most)) or own_refusal:
        return refused
    for index, item in enumerate(items):
        result = single(state, now, caller, item)
        if isinstance(result, Done):
            state = result.state
            events += result.events
        else:
            consent = item.message.consent if isinstance(item, Signed) else item[0]  # type: ignore[index]
            events.append(Event(rejected, (consent, caller, index, result)))
    return Done(state, tuple(events))
