"""Whether income covers a total: a yes or no that shows no figure, and that no other figure shown may contradict."""

import secrets
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamjar.consent.terms import Detail, ScopeItem, Storage, Terms
from jamjar.disclosure.commitment import commit
from jamjar.disclosure.disclosure import Disclosure, disclose
from jamjar.disclosure.verification import verify
from jamjar.errors import InvalidBudget, InvalidInput, InvalidTerms, OutsideScope, VerificationFailed
from jamjar.plan.budget import MAX_ENTRIES, Budget, Debt, Entry, Line
from jamjar.plan.catalogue import LINES
from jamjar.plan.entries import check_entry, written
from jamjar.plan.period import AssessmentPeriod

CODES = ("fixed", "fixed.home", "flexible", "savings", "debts", "outgoings")
SHOWN = (*(f"total.{code}" for code in ("income", *CODES)), "balance")
SCOPE = {ScopeItem(code, Detail.COVERED) for code in CODES}
SCOPE |= {ScopeItem(name.removeprefix("total."), Detail.TOTAL) for name in SHOWN}
MONTH = {"period.start": 20260415, "period.end": 20260514}
PERIOD = AssessmentPeriod(15, date(2026, 4, 15), date(2026, 5, 14))
SALT = b"\x5a" * 32
PLACE = {"terms_salt": SALT, "chain_id": 1337, "contract": "0x" + "11" * 20, "consent": "0x" + "ab" * 20}


def terms(scope):
    return Terms(
        purpose="dpv:CustomerCare", scope=frozenset(scope), retention_days=0, storage=Storage.VIEW,
        data_from=date(2026, 1, 1), data_until=date(2026, 12, 31), notice="An adviser looks.", language="en-GB",
        recipient=2, recipient_name="Town Debt Advice",
    )  # fmt: skip


TERMS = terms(SCOPE)


def verified(figures):
    budget = commit(tuple(Entry(name, value) for name, value in (MONTH | figures).items()), secrets.token_bytes)
    openings = tuple(budget.opening(name) for name in budget.names)
    package = Disclosure(1337, PLACE["contract"], PLACE["consent"], budget.root, TERMS, SALT, openings)
    return verify(package, root=budget.root, terms_digest=TERMS.digest(SALT))


@pytest.mark.parametrize("jar", ["income", "income.benefits", "balance", "fixed.home.rent", "debts.priority"])
def test_nothing_covers_itself_or_what_is_no_total(jar):
    with pytest.raises(InvalidTerms):
        ScopeItem(jar, Detail.COVERED)


@pytest.mark.parametrize("value", [-1, 2, True, 100])
def test_an_answer_that_is_neither_yes_nor_no(value):
    with pytest.raises(InvalidBudget, match="neither 1 for yes nor 0 for no"):
        check_entry("covers.fixed", value)


def test_whoever_may_know_a_total_may_not_thereby_know_what_is_covered_and_the_reverse():
    budget = commit(Budget(PERIOD, (Line("savings", 5),)).entries(["savings"]), secrets.token_bytes)
    for asked, name in ((Detail.TOTAL, "covers.savings"), (Detail.COVERED, "total.savings")):
        with pytest.raises(OutsideScope):
            disclose(budget, terms({ScopeItem("savings", asked)}), [name], **PLACE)


def test_what_the_terms_did_not_ask_is_not_committed():
    budget = commit(Budget(PERIOD, (Line("savings", 5),)).entries(), secrets.token_bytes)
    with pytest.raises(InvalidInput, match="no entry"):
        disclose(budget, TERMS, ["covers.savings"], **PLACE)


def test_answers_take_leaves():
    full = Budget(PERIOD, (Line("savings", 1),), tuple(Debt("priority", f"C{n}", 1, 1) for n in range(27)))
    assert len(full.entries()) == MAX_ENTRIES
    asked = {entry.name for entry in full.entries(["fixed"])}
    assert len(asked) == MAX_ENTRIES
    assert {"covers.fixed", "total.savings"} == asked - {entry.name for entry in full.entries()} | {"total.savings"}


@pytest.mark.parametrize(
    ("figures", "wrong", "right"),
    [
        ({"total.income": 50, "total.fixed": 40}, {"covers.fixed": 0}, {"covers.fixed": 1}),
        ({"total.income": 40, "total.fixed": 40}, {"covers.fixed": 0}, {"covers.fixed": 1}),
        ({"total.income": 39, "total.fixed": 40}, {"covers.fixed": 1}, {"covers.fixed": 0}),
        ({"balance": -1}, {"covers.outgoings": 1}, {"covers.outgoings": 0}),
        ({"balance": 0}, {"covers.outgoings": 0}, {"covers.outgoings": 1}),
        ({"covers.fixed": 0}, {"covers.outgoings": 1}, {"covers.outgoings": 0}),
        ({"covers.fixed.home": 0}, {"covers.fixed": 1}, {"covers.fixed": 0}),
        # Each of two is above an income of at least 30, so together they are above 60.
        ({"covers.fixed": 0, "covers.flexible": 0, "total.outgoings": 61}, {"total.income": 30}, {"total.income": 29}),
        ({"covers.fixed": 0, "balance": 5}, {"covers.savings": 1}, {}),
    ],
)  # fmt: skip
def test_an_answer_that_the_figures_contradict(figures, wrong, right):
    with pytest.raises(VerificationFailed, match="covered does not agree"):
        verified(figures | wrong)
    if right:
        assert verified(figures | right) == MONTH | figures | right


def test_people_read_yes_and_no():
    assert [written("covers.fixed", 1), written("covers.fixed", 0)] == ["yes", "no"]
    assert [written("balance", -5), written("period.start", 20260415)] == ["-£0.05", "2026-04-15"]


SMALL = range(5)


def fits(answers, income, outgoings):
    """Try every small budget: rent, other fixed costs, food, and nothing else."""
    for rent, other, food in product(SMALL, repeat=3):
        fixed, out = rent + other, rent + other + food
        real = {"fixed.home": rent, "fixed": fixed, "flexible": food, "savings": 0, "debts": 0, "outgoings": out}
        if out == outgoings and all(answer == (income >= real[code]) for code, answer in answers.items()):
            return True
    return False


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(CODES[:3] + CODES[5:]), st.integers(0, 1), min_size=1), *2 * [st.integers(0, 4)])
def test_answers_verify_exactly_when_some_budget_gives_them(answers, income, outgoings):
    shown = {f"covers.{code}": answer for code, answer in answers.items()}
    shown |= {"total.income": income, "total.outgoings": outgoings, "total.savings": 0, "total.debts": 0}
    shown |= {"balance": income - outgoings}
    if fits(answers, income, outgoings):
        assert verified(shown) == MONTH | shown
    else:
        with pytest.raises(VerificationFailed):
            verified(shown)


codes = st.sampled_from([code for code in LINES if code[:5] != "debts"])


@given(st.dictionaries(codes, st.integers(0, 9999), min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_whatever_an_honest_budget_answers(lines, chance):
    budget = Budget(PERIOD, tuple(Line(*item) for item in lines.items()))
    figures = {entry.name: entry.value for entry in budget.entries(TERMS.covered)}
    known = [name for name in (*SHOWN, *(f"covers.{code}" for code in CODES)) if name in figures]
    names = chance.sample(known, chance.randint(1, len(known)))
    package = disclose(commit(budget.entries(TERMS.covered), secrets.token_bytes), TERMS, names, **PLACE)
    found = verify(package, root=package.root, terms_digest=TERMS.digest(SALT))
    assert found == {name: figures[name] for name in {*names, *MONTH}}
