"""The claimant's door: all its pages, behind one guard."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from jamjar.consent.translated import entry_words, figure_words, jar_words, notice_part, purpose_words, scope_words
from jamjar.pages.app import Answers
from jamjar.pages.guard import Guard
from jamjar.pages.session import Door
from jamjar.pages.site import Site
from jamjar.plan.money import format_pounds
from jamjar.wallet_pages.asked import RequestPages
from jamjar.wallet_pages.claimant import OpenClaimant
from jamjar.wallet_pages.consents import ConsentPages
from jamjar.wallet_pages.debts import DebtPages
from jamjar.wallet_pages.erasing import ErasingPages
from jamjar.wallet_pages.keeping import KeepingPages
from jamjar.wallet_pages.money import MoneyPages
from jamjar.wallet_pages.payees import PayeePages
from jamjar.wallet_pages.planning import PlanPages
from jamjar.wallet_pages.questions import QuestionPages
from jamjar.wallet_pages.seen import SeenPages
from jamjar.wallet_pages.showing import ShowingPages
from jamjar.wallet_pages.tokens import TokenPages

NAVIGATION: Final = (
    ("/", "Who can see what"),
    ("/requests", "Requests"),
    ("/questions", "Questions"),
    ("/looks", "Who looked"),
    ("/advice", "Advice"),
    ("/month", "This month"),
    ("/plan", "Plan"),
    ("/bank", "Bank file"),
    ("/tokens", "Tokens"),
    ("/card", "Panic card"),
    ("/backup", "Backup"),
    ("/about", "What leaves this machine"),
)
_PAGES: Final = (
    ConsentPages, RequestPages, SeenPages, MoneyPages, PayeePages, PlanPages, DebtPages, KeepingPages, ShowingPages,
    ErasingPages, QuestionPages, TokenPages,
)  # fmt: skip


def claimant_guard(claimant: OpenClaimant, clock: Callable[[], float] = time.monotonic) -> Guard:
    """Return the guard of the claimant's pages; `clock` gives seconds that only grow."""
    door = Door(clock)
    site = Site(
        "jamjar.wallet_pages",
        "Your jars",
        base=door.base,
        navigation=NAVIGATION,
        filters={"pounds": format_pounds},
        worded={
            "scope": scope_words,
            "jar": jar_words,
            "entry": entry_words,
            "figure": figure_words,
            "purpose": purpose_words,
            "notice": notice_part,
        },
    )
    guard = Guard(Answers(site), door, claimant)
    for pages in _PAGES:
        pages(guard, claimant)
    return guard
