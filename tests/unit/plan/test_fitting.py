"""More lines and debts than a commitment has leaves: no plan is refused, and every sum stays what it was.

When all fit                     all have leaves of their own
When they do not, and the terms  name lines   those come first, the largest before others
                                 name debts   what is left of them is one sum for each kind
                                 name others  the rest is in the totals alone
Given any budget                 64 entries at most, which a recipient accepts
"""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from jamjar.consent.scope import Detail, ScopeItem
from jamjar.plan import entries
from jamjar.plan.budget import MAX_ENTRIES, Budget, Debt, Line
from jamjar.plan.catalogue import LINES
from jamjar.plan.fitting import OTHERS
from jamjar.plan.period import AssessmentPeriod

PERIOD = AssessmentPeriod.containing(date(2026, 11, 5), date(2026, 11, 5))
CODES = [code for code in LINES if not code.startswith("debts")]
ALL = tuple(Line(code, 100 + place) for place, code in enumerate(CODES))
DEBTS = tuple(Debt("priority" if n % 3 else "non-priority", f"Creditor {n}", 1000 * n, 10 * n) for n in range(1, 41))


def shown(budget: Budget, *scope: ScopeItem, covered: tuple[str, ...] = ()) -> dict[str, int]:
    found = budget.entries(covered, lambda name: any(item.allows(name) for item in scope))
    assert len({entry.name for entry in found}) == len(found) <= MAX_ENTRIES
    return {entry.name: entry.value for entry in found}


def test_what_fits_is_all_there() -> None:
    codes = [code for code in CODES if code.startswith("fixed.home")]
    budget = Budget(PERIOD, tuple(Line(code, 1) for code in codes), DEBTS[:23])
    assert len(shown(budget)) == MAX_ENTRIES
    assert {*codes, *map(entries.owed_on, DEBTS[:23])} <= shown(budget).keys()


def test_lines_that_may_be_shown_come_first() -> None:
    found = shown(Budget(PERIOD, ALL, DEBTS), ScopeItem("fixed.home", Detail.LINES))
    homes = [code for code in CODES if code.startswith("fixed.home.")]
    assert {*homes, "total.fixed.home"} <= found.keys()
    assert not any(OTHERS in name for name in found)
    assert found["total.debts"] == sum(debt.offer for debt in DEBTS)


def test_the_largest_have_leaves_of_their_own() -> None:
    everything = [ScopeItem(group, Detail.LINES) for group in ("income", "fixed", "flexible", "savings")]
    found = shown(Budget(PERIOD, ALL), *everything)
    kept = [code for code in CODES if code in found]
    assert len(found) == MAX_ENTRIES
    assert kept == CODES[-len(kept) :]  # the amounts grow with the place in the catalogue
    for group in ("income", "fixed", "flexible"):
        sections = [value for name, value in found.items() if name.startswith(f"total.{group}.")]
        assert sum(sections) == found[f"total.{group}"]


def test_debts_that_may_be_shown_are_summed_for_each_kind() -> None:
    found = shown(Budget(PERIOD, ALL[:4], DEBTS), ScopeItem("debts", Detail.LINES), covered=("outgoings",))
    for kind in ("priority", "non-priority"):
        own = [debt for debt in DEBTS if debt.kind == kind]
        assert 0 < found[f"debts.{kind}.owed/{OTHERS}"] < sum(debt.owed for debt in own)
        for figure in ("owed", "offer"):
            values = [value for name, value in found.items() if name.startswith(f"debts.{kind}.{figure}/")]
            assert sum(values) == sum(getattr(debt, figure) for debt in own)
    assert entries.owed_on(DEBTS[-1]) in found


def test_the_sum_has_a_name_of_its_own() -> None:
    largest = Debt("priority", OTHERS, 9, 10**6)
    found = shown(Budget(PERIOD, ALL[:1], (*DEBTS, largest)), ScopeItem("debts.priority", Detail.LINES))
    assert found[entries.offer_on(largest)] == 10**6
    assert f"debts.priority.offer/{OTHERS} 2" in found
    assert not any(name.startswith("debts.non-priority") for name in found)


@given(
    st.sets(st.sampled_from(CODES), min_size=1), st.integers(0, 60),
    st.sets(st.sampled_from(["income", "fixed", "flexible.food", "debts", "debts.priority", "savings"])),
    st.sets(st.sampled_from(entries.COVERED)),
)  # fmt: skip
def test_whatever_is_planned_fits(codes: set[str], debts: int, scope: set[str], covered: set[str]) -> None:
    lines = tuple(Line(code, len(code)) for code in codes)
    budget = Budget(PERIOD, lines, tuple(Debt("priority", f"C{n}", n, n) for n in range(debts)))
    items = [ScopeItem(code, Detail.LINES) for code in scope]
    found = shown(budget, *items, covered=tuple(sorted(covered)))
    for name, value in found.items():
        entries.check_entry(name, value)
    entries.check_creditors(found)
    assert found["balance"] == found["total.income"] - found["total.outgoings"]
    if len(codes) + 2 * debts <= MAX_ENTRIES - 25 - len(covered):
        assert codes <= found.keys()
    if scope & {"debts", "debts.priority"}:
        offers = [value for name, value in found.items() if ".offer/" in name]
        assert sum(offers) == found["total.debts"]
