"""Verification of a disclosure by its recipient, against what the recipient itself read from the ledger.

1. The terms shown are the ones the claimant granted, and every figure is within their scope.
2. Every figure belongs to the one budget that was committed; no name occurs twice.
3. The assessment period of the figures is shown with them, or alone where the terms allow questions, and lies in the
   data period of the terms. It is a month by the day of a claim, or the dates of a letter, which may be any of up to
   two months (`jamjar.plan.period`).
4. Every figure is one that a budget can have, by its name and its value (`jamjar.plan.entries`), and together
   they add up: no total is below the parts of it that are shown, nor above them where no other part exists,
   even when totals in between are not shown. The balance likewise agrees with income and outgoings.
5. Where the terms name an ML-DSA-44 key, that key signed the commitment to this root, beside the consent's own.
6. The answers whether income covers a total agree with the figures: there are values of the figures not shown for
   which every answer is right.

Of a set of named values 1, 2 and 5 hold, and each value is of the kind that the terms say.

Warning: figures that agree may still be false. A wallet that cheats can commit to any budget.
"""

from collections.abc import Mapping
from typing import Final

from jamjar.consent.named import NamedValue
from jamjar.consent.terms import Terms
from jamjar.crypto.hashing import require_word
from jamjar.disclosure import commitment as commitments
from jamjar.disclosure.commitment import Opening
from jamjar.disclosure.disclosure import Disclosure, period_problem
from jamjar.disclosure.named_set import values_of
from jamjar.disclosure.text_leaf import TextOpening
from jamjar.errors import InvalidInput, InvalidSignature, VerificationFailed
from jamjar.plan import entries
from jamjar.plan.entries import PERIOD
from jamjar.plan.money import MAX_PENCE
from jamjar.protocol import typed_data
from jamjar.protocol.typed_data import Commit, Domain

_Bounds = tuple[int, int]
_ANY: Final[_Bounds] = (0, MAX_PENCE)


def verify(disclosure: Disclosure, *, root: bytes, terms_digest: bytes) -> dict[str, int]:
    """Return the figures shown, value by name, if all of them are proven (see the rules above); none of a set.

    `root` and `terms_digest` are 32 bytes each, as the caller's own node reports them for the consent.
    Raises VerificationFailed, which names what failed; InvalidInput for a `root` or `terms_digest` of another form.
    """
    if disclosure.terms.set_id:
        verify_set(disclosure, root=root, terms_digest=terms_digest)
        return {}
    values = _verify_opened(disclosure, root, terms_digest)
    _verify_period(values, disclosure.terms)
    _verify_entries(values)
    _verify_sums(values)
    return values


def verify_set(disclosure: Disclosure, *, root: bytes, terms_digest: bytes) -> dict[str, NamedValue]:
    """Return the values of a set that are shown, by their names in the set, if all of them are proven.

    Arguments and errors are as for `verify`; raises VerificationFailed for a disclosure of a budget, too.
    """
    _verify_opened(disclosure, root, terms_digest)
    return values_of(disclosure)


def _verify_opened(disclosure: Disclosure, root: bytes, terms_digest: bytes) -> dict[str, int]:
    """Return the figures that are shown, which belong to the ledger's root and are within its terms."""
    require_word(root, "The root from the ledger")
    require_word(terms_digest, "The terms digest from the ledger")
    if not any(root) or not any(terms_digest):
        raise VerificationFailed(
            "The ledger holds no commitment or no terms for this consent; do not rely on the disclosure."
        )
    if disclosure.terms.digest(disclosure.terms_salt) != terms_digest:
        raise VerificationFailed("The terms are not the ones granted on the ledger; ask for those.")
    if disclosure.root != root:
        raise VerificationFailed("The disclosure is of another commitment than the ledger's; ask for a new one.")
    _verify_signed(disclosure)
    for name, following in zip(disclosure.names, disclosure.names[1:], strict=False):
        if name == following:
            raise VerificationFailed(f"The entry {name!r} is shown twice; ask for a disclosure that names it once.")
    shown: tuple[Opening | TextOpening, ...] = (*disclosure.openings, *disclosure.texts)
    for opening in shown:
        if not disclosure.terms.allows(opening.name):
            raise VerificationFailed(
                f"The entry {opening.name!r} is outside the scope of the terms; delete it and ask again."
            )
        commitments.verify(root, opening)
    return {opening.name: opening.value for opening in disclosure.openings}


def _verify_signed(disclosure: Disclosure) -> None:
    """Raise VerificationFailed unless the key that the terms name signed the commitment, where they name one."""
    signed = disclosure.signed
    if signed is None:  # which a disclosure is under terms that name no key, and no other
        return
    message = Commit(disclosure.consent, disclosure.root, signed.replaces)
    domain = Domain(disclosure.chain_id, disclosure.contract)
    try:
        signed.by.check(typed_data.digest(domain, message))
    except InvalidSignature as error:
        raise VerificationFailed(str(error)) from None
    if signed.by.key_digest != disclosure.terms.pq_key:
        raise VerificationFailed("Another ML-DSA-44 key signed the commitment than the terms name; do not rely on it.")


def _verify_period(values: Mapping[str, int], terms: Terms) -> None:
    for name in PERIOD:
        if name not in values:
            raise VerificationFailed(f"The entry {name!r} is not shown; ask for a disclosure with its whole period.")
    if values.keys() == set(PERIOD) and not terms.questions:
        raise VerificationFailed("Nothing but the period is shown; ask for the figures that were agreed.")
    problem = period_problem(values, terms)
    if problem:
        raise VerificationFailed(problem)


def _verify_entries(values: Mapping[str, int]) -> None:
    try:
        for name, value in values.items():
            entries.check_entry(name, value)
        entries.check_creditors(values)
    except InvalidInput as error:
        raise VerificationFailed(str(error)) from None


def _verify_sums(values: Mapping[str, int]) -> None:
    """Refuse figures that do not add up.

    From the lines up, each figure not shown lies between two bounds, and a total between the sums of its parts'.
    As no figure is part of two totals, bounds that hold everywhere mean that fitting figures exist.
    """
    bounds = _leaf_bounds(values)
    for total, parts in entries.PARTS.items():
        bounds[total] = _agreed(total, values, _sum(bounds, parts))
    income, outgoings = bounds[entries.total_of("income")], bounds[entries.OUTGOINGS]
    _agreed(entries.BALANCE, values, (income[0] - outgoings[1], income[1] - outgoings[0]))
    if any(entries.cover_of(code) in values for code in entries.COVERED):
        _verify_covers(values, income)


def _verify_covers(values: Mapping[str, int], income: _Bounds) -> None:
    """Refuse answers that no income satisfies; the misfit is convex in the income, so bisection finds the least."""
    low, high = income
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _misfit(values, middle) <= _misfit(values, middle + 1) else (middle + 1, high)
    if _misfit(values, low) > 0:
        raise VerificationFailed(
            "An answer whether a total is covered does not agree with the figures; ask how it was made."
        )


def _misfit(values: Mapping[str, int], income: int) -> int:
    """Return the most pence by which a total's bounds cross if this is the income; 0 or less fits."""
    bounds = _leaf_bounds(values)
    worst = -MAX_PENCE
    for total, parts in entries.PARTS.items():
        code = total.removeprefix("total.")
        low, high = _sum(bounds, parts)
        answer = values.get(entries.cover_of(code))
        if answer is not None:
            low, high = (low, min(high, income)) if answer else (max(low, income + 1), high)
        if total == entries.OUTGOINGS and entries.BALANCE in values:
            outgoings = income - values[entries.BALANCE]
            low, high = max(low, outgoings), min(high, outgoings)
        if total in values:
            low, high = max(low, values[total]), min(high, values[total])
        worst = max(worst, low - high)
        bounds[total] = low, high
    return worst


def _leaf_bounds(values: Mapping[str, int]) -> dict[str, _Bounds]:
    """Return the bounds of the figures shown that are no totals, by name."""
    bounds = {name: (value, value) for name, value in values.items() if name not in entries.PARTS}
    # There may always be a further debt, so offers have no upper bound of their own.
    bounds[entries.OFFERS] = (sum(value for name, value in values.items() if _is_offer(name)), MAX_PENCE)
    return bounds


def _sum(bounds: Mapping[str, _Bounds], parts: tuple[str, ...]) -> _Bounds:
    low, high = (sum(side) for side in zip(*(bounds.get(part, _ANY) for part in parts), strict=True))
    return low, min(high, MAX_PENCE)


def _agreed(name: str, values: Mapping[str, int], bounds: _Bounds) -> _Bounds:
    """Return the bounds of a figure that is the sum of others: its value twice where it is shown."""
    low, high = bounds
    if not low <= values.get(name, low) <= high:
        raise VerificationFailed(
            f"The entry {name!r} does not agree with the figures it is made of; ask how it was made."
        )
    return (values[name], values[name]) if name in values else bounds


def _is_offer(name: str) -> bool:
    debt = entries.debt_of(name)
    return debt is not None and name == entries.offer_on(debt)
