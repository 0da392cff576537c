"""Scope: jars the catalogue has, and exactly the entries each item allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.consent.scope import Detail, ScopeItem
from jamjar.errors import InvalidTerms
from jamjar.plan.catalogue import GROUPS, LINES, SECTIONS

TOTALS = [
    "total.income",
    "total.fixed",
    "total.flexible",
    "total.savings",
    "total.debts",
    "total.outgoings",
    "balance",
]
DEBTS = [f"debts.{kind}.{figure}/Acme Ltd." for kind in ("priority", "non-priority") for figure in ("offer", "owed")]
ENTRIES = [
    *(code for code in LINES if not code.startswith("debts")),
    *(f"total.{code}" for code in SECTIONS),
    *TOTALS,
    *DEBTS,
    *(f"covers.{code}" for code in (*GROUPS, *SECTIONS, "outgoings")),
]
HOME = [
    "fixed.home.rent",
    "fixed.home.service-charges",
    "fixed.home.mortgage",
    "fixed.home.secured-loans",
    "fixed.home.council-tax",
    "fixed.home.appliance-rental",
    "fixed.home.tv-licence",
    "fixed.home.other",
    "total.fixed.home",
]


@pytest.mark.parametrize("what", Detail)
@pytest.mark.parametrize(
    "jar",
    [
        "",
        ".",
        "fixed.",
        "fixed.hom",
        "fixed.home.",
        "fixed.home.rent.more",
        "FIXED.home",
        " fixed",
        "total.fixed",
        "period",
        "period.start",
        "debts.priority.offer",
        "debts.priority.offer/Acme Ltd.",
        "holidays",
        None,
        ("fixed",),
    ],
)
def test_a_jar_the_catalogue_does_not_have_is_refused(jar, what):
    with pytest.raises(InvalidTerms):
        ScopeItem(jar, what)


@pytest.mark.parametrize("jar", ["fixed.home.rent", "debts.priority", "income.other.other"])
def test_the_total_of_what_has_none_is_refused(jar):
    with pytest.raises(InvalidTerms):
        ScopeItem(jar, Detail.TOTAL)


@pytest.mark.parametrize("jar", ["outgoings", "balance"])
def test_the_lines_of_a_figure_of_the_whole_are_refused(jar):
    with pytest.raises(InvalidTerms):
        ScopeItem(jar, Detail.LINES)


@pytest.mark.parametrize("what", ["lines", "TOTAL", None, True])
def test_another_detail_is_refused(what):
    with pytest.raises(InvalidTerms):
        ScopeItem("fixed.home", what)


@pytest.mark.parametrize(
    ("jar", "what", "allowed"),
    [
        ("fixed.home", Detail.LINES, HOME),
        ("fixed.home", Detail.TOTAL, ["total.fixed.home"]),
        ("fixed", Detail.TOTAL, ["total.fixed"]),
        ("income", Detail.TOTAL, ["total.income"]),
        ("fixed.home.rent", Detail.LINES, ["fixed.home.rent"]),
        ("savings", Detail.LINES, ["savings", "total.savings"]),
        ("savings", Detail.TOTAL, ["total.savings"]),
        ("outgoings", Detail.TOTAL, ["total.outgoings"]),
        ("balance", Detail.TOTAL, ["balance"]),
        ("debts", Detail.LINES, [*DEBTS, "total.debts"]),
        ("debts", Detail.TOTAL, ["total.debts"]),
        ("debts.priority", Detail.LINES, DEBTS[:2]),
        ("debts.non-priority", Detail.LINES, DEBTS[2:]),
        ("fixed", Detail.COVERED, ["covers.fixed"]),
        ("fixed.home", Detail.COVERED, ["covers.fixed.home"]),
        ("outgoings", Detail.COVERED, ["covers.outgoings"]),
    ],
    ids=str,
)
def test_an_item_allows_exactly_its_entries(jar, what, allowed):
    item = ScopeItem(jar, what)

    assert sorted(name for name in ENTRIES if item.allows(name)) == sorted(allowed)


@pytest.mark.parametrize("group", ["income", "fixed", "flexible"])
def test_the_lines_of_a_group_are_its_lines_and_totals(group):
    item = ScopeItem(group, Detail.LINES)

    assert [name for name in ENTRIES if item.allows(name)] == [
        name for name in ENTRIES if name.split(".")[:2] == ["total", group] or name.split(".")[0] == group
    ]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "fixed.homeother",
        "fixed.homeother.rent",
        "total.fixed.homeother",
        "fixed",
        "total.fixed",
        "balance",
        "Fixed.home.rent",
        " fixed.home.rent",
        "x.fixed.home.rent",
        "total.total.fixed.home",
    ],
)
@pytest.mark.parametrize("what", Detail)
def test_a_name_that_only_looks_alike_is_not_allowed(name, what):
    assert not ScopeItem("fixed.home", what).allows(name)


@given(st.text(max_size=5), st.sampled_from(list(Detail)))
def test_no_other_text_is_a_way_in(text, what):
    item = ScopeItem("fixed.home", what)

    assert not item.allows(text)
    assert item.allows("fixed.home" + text) == (what is Detail.LINES and text[:1] in ("", "."))
