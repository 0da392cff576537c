"""What the loose comparison of pages sees, and what it leaves alone.

Given a page as it should be, on any machine's fonts    nothing
Given a page that lost a part, or has one elsewhere     what, and on which page
"""

from typing import Any

import pytest

from tests.browser.boxes import KEPT, misplaced


def page(width: int = 320, **changes: Any) -> dict[str, Any]:
    """A page of a header, a heading, two buttons beside each other, and a footer."""
    left, right = KEPT[width]["main"]
    boxes: dict[str, list[Any]] = {
        "header": ["header", 0, 1, 0, 0.3], "main": ["main", left, right, 0.3, 2], "h1": ["h1", left, right, 0.4, 0.6],
        "one": ["button", left, 0.4, 1, 1.2], "two": ["button", 0.5, 0.8, 1, 1.2], "footer": ["footer", 0, 1, 2, 2.5],
    }  # fmt: skip
    made = {"path": "/", "width": width, "larger": False, "wide": changes.pop("wide", 0)}
    return made | {"boxes": [each for name, box in boxes.items() if (each := changes.get(name, box))]}


@pytest.mark.parametrize("width", KEPT)
def test_a_page_as_it_should_be(width: int) -> None:
    assert misplaced(page(width)) == []


def test_another_font() -> None:
    wider = page(two=["button", 0.5, 0.93, 1.1, 1.3], footer=["footer", 0, 1, 2.7, 3.3])
    assert misplaced(wider) == []
    below = page(one=["button", 0.05, 0.95, 1, 1.2], two=["button", 0.05, 0.95, 1.3, 1.5])
    assert misplaced(below) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"main": None}, "not one main"),
        ({"h1": None}, "not one h1"),
        ({"footer": None}, "not one footer"),
        ({"main": ["main", 0.05, 0.95, 0.3, 0.3]}, "main is empty"),
        ({"main": ["main", 0.3, 1.2, 0.3, 2]}, "main lies from 0.300"),
        ({"header": ["header", 0, 0.5, 0, 0.3]}, "header lies from"),
        ({"footer": ["footer", 0, 1, 0.2, 0.3]}, "do not follow"),
        ({"h1": ["h1", 0.05, 0.95, 2.4, 2.5]}, "heading is not in main"),
        ({"two": ["button", 0.5, 1.2, 1, 1.2]}, "button sticks out"),
        ({"two": ["button", -0.4, 0.2, 1, 1.2]}, "button sticks out"),
        ({"two": ["button", 0.3, 0.6, 1.1, 1.3]}, "over each other"),
        ({"wide": 12}, "wider than the window"),
    ],
)
def test_what_is_seen(changes: dict[str, Any], said: str) -> None:
    (*_, last) = misplaced(page(**changes))
    assert said in " ".join(misplaced(page(**changes)))
    assert last.startswith("/ at 320: ")
