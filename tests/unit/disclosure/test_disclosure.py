"""Disclosures: what cannot be shown, and what a recipient refuses."""

import dataclasses
import secrets
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.consent.terms import Detail, ScopeItem, Storage, Terms
from jamjar.disclosure import verification
from jamjar.disclosure.commitment import Opening, commit
from jamjar.disclosure.disclosure import Disclosure, disclose
from jamjar.errors import InvalidInput, OutsideScope, VerificationFailed
from jamjar.plan.budget import Entry
from jamjar.plan.entries import PERIOD

SCOPE = dict.fromkeys(("fixed.home", "savings", "debts"), Detail.LINES)
SCOPE |= dict.fromkeys(("income", "fixed", "flexible", "outgoings", "balance"), Detail.TOTAL)
TERMS = Terms(
    purpose="dpv:ProvidePersonalisedRecommendations",
    scope=frozenset(ScopeItem(jar, what) for jar, what in SCOPE.items()),
    data_from=date(2026, 4, 1), data_until=date(2026, 6, 30), retention_days=0, storage=Storage.VIEW,
    notice="Dangosir eich cyllideb £", language="cy", recipient=2, recipient_name="Cyngor",
)  # fmt: skip
SALT = b"\x5a" * 32
PLACE = {"terms_salt": SALT, "chain_id": 1337, "contract": "0x" + "11" * 20, "consent": "0x" + "ab" * 20}
FIGURES = {
    "period.start": 20260415, "period.end": 20260514, "total.outgoings": 81811, "balance": -1811,
    "total.income": 80000, "total.fixed": 61234, "total.flexible": 20077, "total.savings": 0,
    "total.debts": 500, "fixed.home.rent": 61234, "flexible.food.groceries": 20077,
}  # fmt: skip
SHOWABLE = sorted(name for name in FIGURES if name not in {*PERIOD, "flexible.food.groceries"})


def committed(**changes):
    figures = {**FIGURES, **changes}
    entries = tuple(Entry(name, value) for name, value in figures.items() if value is not None)
    return commit(entries, secrets.token_bytes)


def shown(names=("fixed.home.rent",), budget=None):
    return disclose(budget or committed(), TERMS, names, **PLACE)


def check(package, **changes):
    ledger = {"root": package.root, "terms_digest": TERMS.digest(SALT), **changes}
    return verification.verify(package, **ledger)


def with_openings(package, openings):
    return dataclasses.replace(package, openings=tuple(openings))


def forced(budget, names):
    """What a wallet that ignores the rules might send."""
    openings = tuple(budget.opening(name) for name in names)
    return dataclasses.replace(shown(), root=budget.root, openings=openings)


class TestWhenItCannotBeDisclosed:
    @pytest.mark.parametrize(
        ("names", "error", "match"),
        [
            ((), InvalidInput, "No entry is chosen"),
            (PERIOD, InvalidInput, "No entry is chosen"),
            ("balance", InvalidInput, "No entry is chosen"),
            (("balance", "balance"), InvalidInput, "twice"),
            (("fixed.home.mortgage",), InvalidInput, "has no entry"),
            (("balance", "flexible.food.groceries"), OutsideScope, "'flexible.food.groceries'"),
            (("no such jar",), OutsideScope, "do not allow"),
        ],
    )
    def test_the_choice_is_refused(self, names, error, match):
        with pytest.raises(error, match=match):
            shown(names)

    @pytest.mark.parametrize(
        ("start", "end", "match"),
        [
            (20260331, 20260429, "data period"), (20260602, 20260701, "data period"),
            (20260514, 20260415, "not an assessment"), (20260230, 20260514, "not two dates"),
        ],
    )  # fmt: skip
    def test_the_period_is_refused_here_and_by_the_recipient(self, start, end, match):
        budget = committed(**{"period.start": start, "period.end": end})
        with pytest.raises(OutsideScope, match=match):
            shown(budget=budget)
        with pytest.raises(VerificationFailed, match=match):
            check(forced(budget, ("balance", *PERIOD)))

    def test_a_budget_without_its_period(self):
        with pytest.raises(InvalidInput, match="no entry 'period"):
            shown(budget=committed(**{"period.end": None}))


class TestWhenARecipientMustRefuse:
    def test_terms_or_root_are_not_the_ledgers(self):
        with pytest.raises(VerificationFailed, match="terms are not the ones granted"):
            check(shown(), terms_digest=TERMS.digest(b"\x5b" * 32))
        with pytest.raises(VerificationFailed, match="another commitment"):
            check(shown(), root=committed().root)
        for nothing in ({"root": bytes(32)}, {"terms_digest": bytes(32)}):
            with pytest.raises(VerificationFailed, match="The ledger holds no"):
                check(shown(), **nothing)
        for malformed in ({"root": b""}, {"terms_digest": "0x"}):
            with pytest.raises(InvalidInput, match="from the ledger is not 32 bytes"):
                check(shown(), **malformed)

    @pytest.mark.parametrize(
        ("names", "match"),
        [
            (("balance", *PERIOD, "balance"), "'balance' is shown twice"),
            (("balance", "flexible.food.groceries", *PERIOD), "outside the scope"),
            (("balance", "period.start"), "'period.end' is not shown"),
            (("balance", "period.end"), "'period.start' is not shown"),
            (PERIOD, "Nothing but the period"),
        ],
    )
    def test_the_selection_breaks_a_rule(self, names, match):
        with pytest.raises(VerificationFailed, match=match):
            check(forced(committed(), names))

    @pytest.mark.parametrize("wrong", ["balance", "total.outgoings"])
    def test_a_committed_total_does_not_agree_with_its_parts(self, wrong):
        budget = committed(**{wrong: FIGURES[wrong] + 1})
        with pytest.raises(VerificationFailed, match="does not agree") as caught:
            check(shown(SHOWABLE, budget))
        assert str(FIGURES["total.outgoings"])[:4] not in str(caught.value)

    @given(st.sampled_from([*SHOWABLE, *PERIOD]), st.integers(0, 255), st.integers(0, 8))
    def test_any_flipped_bit(self, name, bit, part):
        def flip(word):
            return (int.from_bytes(word, "big") ^ 1 << bit).to_bytes(32, "big")

        good = shown(SHOWABLE)
        o = next(opening for opening in good.openings if opening.name == name)
        proof = tuple(flip(node) if i == part else node for i, node in enumerate(o.proof))
        salt, value = flip(o.salt) if part == 6 else o.salt, o.value ^ 1 << bit % 63 if part == 7 else o.value
        bad = with_openings(good, [Opening(name, value, salt, proof) if x is o else x for x in good.openings])
        with pytest.raises(VerificationFailed, match=r"does not belong|another commitment"):
            check(bad, root=flip(good.root) if part == 8 else good.root)


@given(st.lists(st.sampled_from(SHOWABLE), min_size=1, unique=True), st.randoms(use_true_random=False))
def test_what_was_chosen_and_its_period_arrive_whatever_their_order(names, chance):
    package = Disclosure.from_json(shown(names).to_json())
    shuffled = with_openings(package, chance.sample(package.openings, len(package.openings)))
    assert check(shuffled) == {name: FIGURES[name] for name in {*names, *PERIOD}}
