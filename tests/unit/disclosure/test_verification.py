"""Verification: figures that no budget can have are refused, whoever committed them; every honest budget's hold."""

import secrets
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jamjar.consent.terms import Detail, ScopeItem, Storage, Terms
from jamjar.disclosure.commitment import commit
from jamjar.disclosure.disclosure import Disclosure, disclose
from jamjar.disclosure.verification import verify
from jamjar.errors import InvalidBudget, VerificationFailed
from jamjar.plan.budget import Budget, Debt, Entry, Line
from jamjar.plan.catalogue import GROUPS, LINES, SECTIONS
from jamjar.plan.money import MAX_PENCE
from jamjar.plan.period import AssessmentPeriod
from jamjar.sandbox.households import households

ALL = [*(ScopeItem(x, Detail.LINES) for x in GROUPS), *(ScopeItem(x, Detail.TOTAL) for x in ("outgoings", "balance"))]
TERMS = Terms(
    purpose="dpv:CustomerCare", scope=frozenset(ALL), retention_days=0, storage=Storage.VIEW,
    data_from=date(2026, 1, 1), data_until=date(2026, 12, 31), notice="An adviser looks.", language="en-GB",
    recipient=2, recipient_name="Town Debt Advice",
)  # fmt: skip
SALT = b"\x5a" * 32
PLACE = {"terms_salt": SALT, "chain_id": 1337, "contract": "0x" + "11" * 20, "consent": "0x" + "ab" * 20}
MONTH = {"period.start": 20260415, "period.end": 20260514}
HOME = {code: 10_000 for code, line in LINES.items() if line.section == "fixed.home"}  # 8 lines: 80,000
SPENT = {"total.fixed": 70_000, "total.flexible": 20_000, "total.savings": 5_000, "total.debts": 1_234}  # 96,234
HELD = {"total.income": 96_300, **SPENT}


def verified(figures):
    """What a recipient makes of these figures, committed and shown by a wallet that checks nothing."""
    budget = commit(tuple(Entry(name, value) for name, value in (MONTH | figures).items()), secrets.token_bytes)
    openings = tuple(budget.opening(name) for name in budget.names)
    package = Disclosure(1337, PLACE["contract"], PLACE["consent"], budget.root, TERMS, SALT, openings)
    return verify(package, root=budget.root, terms_digest=TERMS.digest(SALT))


@pytest.mark.parametrize(
    ("figures", "wrong", "right"),
    [
        ({"savings": 5}, {"total.savings": 70_000}, {"total.savings": 5}),
        (HOME, {"total.fixed.home": 1}, {"total.fixed.home": 80_000}),
        (HOME, {"total.fixed.home": 80_001}, {"total.fixed.home": 80_000}),
        ({"fixed.home.rent": 9, "fixed.home.other": 8}, {"total.fixed.home": 16}, {"total.fixed.home": 18}),
        ({"fixed.home.rent": 9, "fixed.water.waste": 8}, {"total.fixed": 16}, {"total.fixed": 17}),
        ({"total.fixed.home": 9, "fixed.home.rent": 0}, {"total.fixed": 8}, {"total.fixed": 9}),
        ({"flexible.food.pets": 9}, {"total.outgoings": 8}, {"total.outgoings": 9}),
        ({f"total.{s}": 7 for s in SECTIONS if s[:4] == "flex"}, {"total.flexible": 22}, {"total.flexible": 21}),
        ({f"debts.priority.offer/{x}": 50 for x in "ab"}, {"total.debts": 99}, {"total.debts": 101}),
        (SPENT, {"total.outgoings": 96_235}, {"total.outgoings": 96_234}),
        (HELD, {"balance": -99_999}, {"balance": 66}),
        (HELD, {"balance": 67}, {"balance": 66}),
        ({"total.income": 9, "savings": 4}, {"balance": 6}, {"balance": 5}),
        ({"income.other.other": 9, "total.outgoings": 4}, {"balance": 4}, {"balance": 6}),
        ({"income.other.other": MAX_PENCE}, {"income.other.boarders": 1}, {"income.other.boarders": 0}),
        ({"savings": MAX_PENCE}, {"total.fixed": 1}, {"total.fixed": 0}),
        ({"savings": MAX_PENCE}, {"debts.priority.offer/a": 1}, {"debts.priority.owed/a": 1}),
    ],
)  # fmt: skip
def test_a_total_that_its_parts_cannot_make(figures, wrong, right):
    with pytest.raises(VerificationFailed, match="does not agree") as caught:
        verified(figures | wrong)
    assert not any(str(value) in str(caught.value) for value in (figures | wrong).values() if value > 99)
    assert verified(figures | right) == MONTH | figures | right


@pytest.mark.parametrize(
    "name",
    [
        "fixed.home.rent ", "fixed.home.r\u0435nt", "fixed.home.rent\u202e", "fixed.home", "total.fixed.home.rent",
        "debts.priority", "debts.priority.bonus/x", "debts.priority.offer/Cafe\u0301", "debts.priority.owed/",
    ],
)  # fmt: skip
def test_a_name_that_no_budget_has(name):
    with pytest.raises(VerificationFailed, match="budget can have no entry") as caught:
        verified({name: 54_321})
    assert repr(name) in str(caught.value)
    assert "54321" not in str(caught.value)


@pytest.mark.parametrize("other", ["offer/CAF\u00c9", "owed/CAF\u00c9", "offer/\uff23af\u00e9"])
def test_one_creditor_under_two_names(other):
    debt = {"debts.priority.offer/Caf\u00e9": 1, "debts.priority.owed/Caf\u00e9": 2}
    with pytest.raises(VerificationFailed, match="same creditor"):
        verified(debt | {f"debts.priority.{other}": 1})
    assert verified(debt | {f"debts.non-priority.{other}": 1})


@pytest.mark.parametrize("value", [-54_321, MAX_PENCE + 54_321])
@pytest.mark.parametrize("name", ["fixed.home.rent", "savings", "total.fixed", "debts.priority.owed/x"])
def test_a_value_that_is_no_amount(name, value):
    with pytest.raises(VerificationFailed, match=name) as caught:
        verified({name: value})
    assert "54321" not in str(caught.value)


@pytest.mark.parametrize("end", [20260414, 20260616])
def test_a_period_that_is_not_an_assessment_period(end):
    with pytest.raises(VerificationFailed, match="not an assessment period"):
        verified({"period.end": end, "balance": 0})


days = st.dates(date(2026, 2, 1), date(2026, 11, 1))
amounts = st.integers(0, 10**8)
codes = st.sampled_from([code for code in LINES if code[:5] != "debts"])
lines = st.dictionaries(codes, amounts, min_size=1, max_size=25)
creditors = st.sampled_from(["Acme", "\u0410cme", "x" * 80]) | st.text("aB\u00e9\u00df\ufb01\u0130 /.", min_size=1)
debts = st.lists(st.tuples(st.sampled_from(["priority", "non-priority"]), creditors, amounts, amounts), max_size=6)


def check_honest(budget, chance):
    figures = {entry.name: entry.value for entry in budget.entries()}
    names = chance.sample(sorted(figures.keys() - MONTH.keys()), chance.randint(1, len(figures) - 2))
    package = disclose(commit(budget.entries(), secrets.token_bytes), TERMS, names, **PLACE)
    found = verify(package, root=package.root, terms_digest=TERMS.digest(SALT))
    assert found == {name: figures[name] for name in {*names, *MONTH}}


@given(lines, st.integers(1, 10**9), st.randoms(use_true_random=False))
def test_any_total_below_its_parts(lines, less, chance):
    month = AssessmentPeriod(15, date(2026, 4, 15), date(2026, 5, 14))
    figures = {e.name: e.value for e in Budget(month, tuple(Line(*item) for item in lines.items())).entries()}
    name = chance.choice([name for name in figures if name.startswith("total.")])
    with pytest.raises(VerificationFailed, match=r"negative|does not agree"):
        verified(figures | {name: figures[name] - less})


@given(days, days, lines, debts, st.randoms(use_true_random=False))
def test_whatever_an_honest_budget_shows(claimed, day, lines, debts, chance):
    period = AssessmentPeriod.containing(min(claimed, day), max(claimed, day))
    try:
        budget = Budget(period, tuple(Line(*item) for item in lines.items()), tuple(Debt(*debt) for debt in debts))
    except InvalidBudget:
        assume(False)
    check_honest(budget, chance)


@given(st.randoms(use_true_random=False))
def test_whatever_a_sample_household_shows(chance):
    for household in households(AssessmentPeriod(31, date(2026, 5, 31), date(2026, 6, 29))):
        check_honest(household.budget, chance)
