"""The adviser's door: all its pages, behind one guard."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from jamjar.adviser_pages.asking import AskingPages
from jamjar.adviser_pages.desk import OpenAdviser
from jamjar.adviser_pages.looking import LookingPages
from jamjar.adviser_pages.questions import QuestioningPages
from jamjar.consent.translated import figure_words, jar_words, notice_part, purpose_words
from jamjar.pages.app import Answers
from jamjar.pages.guard import Guard
from jamjar.pages.session import Door
from jamjar.pages.site import Site
from jamjar.plan.money import format_pounds

NAVIGATION: Final = (
    ("/", "Clients"),
    ("/ask", "Ask for a look"),
    ("/questions", "Questions"),
    ("/kept", "What you keep"),
)


def adviser_guard(
    desk: OpenAdviser, clock: Callable[[], float] = time.monotonic, pause: Callable[[float], None] = time.sleep
) -> Guard:
    """Return the guard of the adviser's pages; `clock` gives seconds that only grow, `pause` waits some."""
    door = Door(clock)
    site = Site(
        "jamjar.adviser_pages",
        "Your desk",
        base=door.base,
        navigation=NAVIGATION,
        filters={"notice_of": notice_part, "pounds": format_pounds},
        worded={"figure": figure_words, "jar": jar_words, "purpose": purpose_words},
    )
    guard = Guard(Answers(site), door, desk)
    LookingPages(guard, desk, pause)
    AskingPages(guard, desk)
    QuestioningPages(guard, desk)
    return guard
