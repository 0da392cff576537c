"""Showing a recipient all that the terms allow: the newest plan is committed to first, then its figures are sealed."""

from __future__ import annotations

from jamjar.consent.named import short_name
from jamjar.disclosure.named_set import value_words, values_of
from jamjar.errors import InvalidInput
from jamjar.plan.entries import PERIOD, written
from jamjar.protocol.signing import SignedMessage
from jamjar.wallet.jars import Jars
from jamjar.wallet.stored import StoredCommitment
from jamjar.wallet.wallet import COMMITMENT, Wallet, record_name


def commit_newest(wallet: Wallet, consent: str) -> SignedMessage | None:
    """Sign a commitment to the newest plan within the agreed days; None when it is what was committed to last.

    Raises InvalidInput when there is no such plan, and where the terms are about a set.
    """
    stored = wallet.stored(consent)
    terms = stored.terms
    if terms.set_id:
        raise InvalidInput(
            f"The consent is about the set {terms.set_id}, not your plan; commit with what made the set."
        )
    budget = Jars(wallet.vault).plan_within(terms.data_from, terms.data_until).budget
    with wallet.vault.reading() as transaction:
        kept = transaction.get(COMMITMENT, record_name(consent, stored.head))
    entries = budget.entries(terms.covered, terms.concerns)
    if kept is not None and StoredCommitment.from_json(kept).entries == entries:
        return None
    return wallet.commit(consent, budget)


def allowed_names(wallet: Wallet, consent: str) -> tuple[str, ...]:
    """Return the names of all that was last committed to and may be shown, of a budget without the period's days.

    Raises InvalidInput when there is none, unless the terms allow questions: those are about what is not shown.
    """
    stored = wallet.stored(consent)
    with wallet.vault.reading() as transaction:
        kept = transaction.get(COMMITMENT, record_name(consent, stored.head))
    plan = StoredCommitment.from_json(kept) if kept else None
    committed = sorted([*(e.name for e in plan.entries), *(t.name for t in plan.texts)]) if plan else []
    names = tuple(name for name in committed if stored.terms.allows(name) and name not in PERIOD)
    if stored.terms.set_id:
        names = tuple(map(short_name, names))
    if not names and not stored.terms.questions:
        raise InvalidInput("Your plan has nothing of what you agreed to show; add to the plan, or end the consent.")
    return names


def shown_words(wallet: Wallet, consent: str) -> list[tuple[str, str]]:
    """Return all that would be shown now: names, and figures or values of a set as people read them."""
    shown = wallet.disclose(consent, allowed_names(wallet, consent))
    if shown.terms.set_id:
        return [(name, value_words(value)) for name, value in values_of(shown).items()]
    return [(opening.name, written(opening.name, opening.value)) for opening in shown.openings]
