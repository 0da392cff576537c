"""The catalogue: unknown codes refused with advice, then its shape and its completeness."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.errors import InvalidBudget
from jamjar.plan import catalogue

# Lines per section, counted in the structure of the Standard Financial Statement as the project describes it.
SIZES = {
    "income.earnings": 3, "income.benefits": 10, "income.pensions": 4, "income.other": 5,
    "fixed.home": 8, "fixed.utilities": 3, "fixed.water": 2, "fixed.care": 6, "fixed.transport": 8,
    "fixed.school": 3, "fixed.cover": 2, "fixed.professional": 1, "fixed.essential": 1,
    "flexible.leisure": 7, "flexible.food": 9, "flexible.personal": 4,
}  # fmt: skip


@pytest.mark.parametrize("code", ["", " ", "fixed", "fixed.home", "FIXED.HOME.RENT", "fixed.home.rent ", "x" * 10_000])
def test_an_unknown_code_is_refused(code: str) -> None:
    with pytest.raises(InvalidBudget, match="not in the catalogue") as caught:
        catalogue.line(code)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("code", [None, 7, True, b"savings", ["savings"]])
def test_a_code_that_is_not_text_is_refused(code: object) -> None:
    with pytest.raises(InvalidBudget, match="give text"):
        catalogue.line(code)


@given(st.text())
def test_only_the_catalogues_codes_are_known(code: str) -> None:
    if code not in catalogue.LINES:
        with pytest.raises(InvalidBudget):
            catalogue.line(code)


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("fixed.home.rnet", "fixed.home.rent"),
        ("rent", "fixed.home.rent"),
        ("Electricity", "fixed.utilities.electricity"),
        ("council tax", "fixed.home.council-tax"),
        ("income.benefits.universal_credit", "income.benefits.universal-credit"),
        ("saving", "savings"),
    ],
)
def test_advice_names_the_code_that_was_meant(mistyped: str, meant: str) -> None:
    with pytest.raises(InvalidBudget) as caught:
        catalogue.line(mistyped)
    assert f"did you mean {meant}" in str(caught.value)


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(InvalidBudget, match=r"fixed\.home"):
        catalogue.lines_of("fixed.house")


def test_every_section_has_its_lines() -> None:
    assert {section: len(catalogue.lines_of(section)) for section in catalogue.SECTIONS} == SIZES


def test_outside_the_sections_stand_savings_and_debts() -> None:
    alone = [line.code for line in catalogue.LINES.values() if line.section is None]
    assert alone == ["savings", "debts.priority", "debts.non-priority"]


def test_every_line_is_well_formed() -> None:
    for code, line in catalogue.LINES.items():
        assert line.code == code
        assert catalogue.line(code) is line
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*){0,2}", code)
        assert line.label == line.label.strip() != ""
        assert line.group in catalogue.GROUPS
        assert line.section is None or line.section in catalogue.SECTIONS


def test_labels_are_distinct() -> None:
    labels = [line.label for line in catalogue.LINES.values()]
    assert sorted(set(labels)) == sorted(labels)


def test_a_jar_is_any_outgoing_line() -> None:
    jars = {line.code for line in catalogue.jars()}
    assert {
        "fixed.home.rent",
        "flexible.food.groceries",
        "savings",
        "debts.priority",
        "debts.non-priority",
    } <= jars
    assert {code for code in catalogue.LINES if code.split(".")[0] == "income"} == set(catalogue.LINES) - jars


def test_nobody_changes_the_catalogue() -> None:
    for table in (catalogue.LINES, catalogue.SECTIONS, catalogue.GROUPS):
        with pytest.raises(TypeError):
            table["fixed.home.rent"] = None  # type: ignore[index]


def test_the_output_is_never_called_by_the_standards_name() -> None:
    names = [
        *catalogue.GROUPS.values(),
        *catalogue.SECTIONS.values(),
        *(x.label for x in catalogue.LINES.values()),
    ]
    assert not any(re.search(r"\bSFS\b|standard financial statement", name, re.IGNORECASE) for name in names)
