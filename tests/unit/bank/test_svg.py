"""The picture: well-formed, alone, said in words, told by more than colour."""

import re
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from jamjar.bank import svg as picture
from jamjar.bank.spending import JarSpending, Spending
from jamjar.bank.svg import svg
from jamjar.errors import InvalidInput
from jamjar.plan.period import AssessmentPeriod

PERIOD = AssessmentPeriod(12, date(2026, 3, 12), date(2026, 4, 11))
MONTH = Spending(
    PERIOD,
    (
        JarSpending("fixed.home.rent", 40000, 20000),
        JarSpending("flexible.food.groceries", 10000, 15000),
        JarSpending("flexible.personal.clothing", 10000, -500),
    ),
    (),
    unassigned_out=5000,
)
SVG = "{http://www.w3.org/2000/svg}"


def rects(month: Spending, kind: str) -> list[tuple[float, float]]:
    """The left end and length of each bar of a kind, without the legend's."""
    root = ElementTree.fromstring(svg(month))  # noqa: S314 - it is our own
    found = [each for each in root.iter(f"{SVG}rect") if each.get("class") == kind]
    return [(float(each.attrib["x"]), float(each.attrib["width"])) for each in found][1:]


@pytest.mark.parametrize("name", ["", "1", "a b", 'a"', "a" * 33, "<a>", "A", None, 1, "jars\n"])
def test_a_name_that_could_break_out_is_refused(name: Any) -> None:
    with pytest.raises(InvalidInput, match="name"):
        svg(MONTH, name=name)


def test_it_needs_nothing_else_and_runs_nothing() -> None:
    text = svg(MONTH)
    root = ElementTree.fromstring(text)  # noqa: S314 - it is our own
    kinds = {each.tag.removeprefix(SVG) for each in root.iter()}
    assert kinds == {"svg", "title", "desc", "style", "defs", "pattern", "path", "rect", "g", "text"}
    assert not re.search(r"href|@import|<!|\bon[a-z]+=|https?://(?!www\.w3\.org/2000/svg)", text)


def test_it_is_said_in_words() -> None:
    root = ElementTree.fromstring(svg(MONTH, name="april"))  # noqa: S314 - it is our own
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "april-title april-description"
    assert title is not None and (title.get("id"), title.text) == (  # noqa: PT018
        "april-title",
        "Jars from 12 March 2026 to 11 April 2026",
    )
    assert description is not None
    assert description.text == (
        "Rent: £200.00 spent of £400.00 planned, £200.00 left."
        " Groceries: £150.00 spent of £100.00 planned, over by £50.00."
        " Clothing and footwear: -£5.00 spent of £100.00 planned, £105.00 left."
        " No jar yet: £50.00 spent."
        " All jars: £395.00 spent of £600.00 planned, £205.00 left."
    )


def test_every_amount_is_written_beside_its_bar() -> None:
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg(MONTH))
    assert texts[4:] == [
        "Rent", "£200.00 of £400.00", "£200.00 left",
        "Groceries", "£150.00 of £100.00", "over by £50.00",
        "Clothing and footwear", "-£5.00 of £100.00", "£105.00 left",
        "No jar yet", "£50.00",
        "All jars", "£395.00 spent of £600.00 planned, £205.00 left",
    ]  # fmt: skip


def test_only_what_is_over_is_marked() -> None:
    marked = re.findall(r'<text class="end (over|soft)"[^>]*>([^<]*)<', svg(MONTH))
    assert marked == [("soft", "£200.00 left"), ("over", "over by £50.00"), ("soft", "£105.00 left")]


def test_bars_are_to_one_scale() -> None:
    """264 units are £400, the largest: £200 are 132, £150 and £100 are 99 and 66, £50 are 33."""
    assert rects(MONTH, "plan") == [(288, 264), (288, 66), (288, 66)]
    assert rects(MONTH, "spent") == [(288, 132), (288, 66), (288, 33)]
    assert rects(MONTH, "beyond") == [(354, 33)]


def test_what_is_tiny_can_be_seen() -> None:
    month = Spending(PERIOD, (JarSpending("savings", 10**7, 1), JarSpending("debts.priority", 0, 1)), ())
    assert rects(month, "spent") == [(288, 2)]
    assert rects(month, "beyond") == [(288, 2)]


def test_text_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "_state", lambda jar: "<script>&\"'")
    root = ElementTree.fromstring(svg(MONTH))  # noqa: S314 - it is our own
    assert "script" not in {each.tag.removeprefix(SVG) for each in root.iter()}


def test_it_follows_the_scheme_and_prints() -> None:
    text = svg(MONTH)
    assert "@media (prefers-color-scheme: dark)" in text
    assert "@media print" in text


def test_what_was_carried_over_is_in_the_bar_and_in_words() -> None:
    carried = replace(MONTH, jars=(JarSpending("fixed.home.rent", 2000, 1000, 2000),))
    text = svg(carried)
    assert "£10.00 spent of £20.00 planned and £20.00 carried over, £30.00 left." in text
    assert "£10.00 of £40.00" in text
