"""The explorer's site: its filters, which say in the reader's language what values of the record mean."""

from collections.abc import Callable
from datetime import timezone
from functools import cache
from typing import Any, Final

from jamjar.audit.words import text_shown
from jamjar.explorer import proof_picture
from jamjar.explorer.following import ROOM, TITLE
from jamjar.explorer.governing import Governing
from jamjar.explorer.pages import Explored
from jamjar.explorer.search import Found
from jamjar.explorer.words import ReaderWords
from jamjar.pages.site import BASE, Site
from jamjar.pages.words import moment, translations
from jamjar.protocol.settings import DAY

NAVIGATION: Final = (
    ("/", "Result"),
    ("/members", "Members"),
    ("/governing", "Who governs"),
    ("/consents", "Consents"),
    ("/events", "Events"),
    ("/log", "Log"),
    ("/limits", "What this does not show"),
)
FIND: Final = ("/find", "Find")
CHECK: Final = ("/check", "Check a file")
FOUND: Final = {
    "consent": "/consents/",
    "member": "/members/",
    "transaction": "/transactions/",
    "proposal": "/proposals/",
    "block": "/blocks/",
    "entry": "/events/",
}
_SHORT: Final = 10


def explorer_site(explored: Explored, base: str = "", suffix: str = "") -> Site:
    """Return the site of what was explored.

    base, suffix  as of `jamjar.pages.site.Site`: pages with a suffix are files, without what needs a server
    """

    def to(path: str) -> str:
        return f"{base}{'/index' if path == '/' and suffix else path}{suffix}"

    ways = (*NAVIGATION, FIND if suffix else CHECK)
    # The base writes a path of the navigation behind its own base.
    navigation = tuple((to(path).removeprefix(base), words) for path, words in ways)
    filters = _plain(explored.governing) | {"to": to, "file": lambda path, kind: f"{base}{path}.{kind}"}
    return Site(ROOM, TITLE, base, navigation, filters, _worded(explored), timezone.utc, suffix)


def found_path(found: Found) -> str:
    """Return the path of the page of something found."""
    return "/governing" if found.kind == "founder" else FOUND[found.kind] + found.name


def _plain(governing: Governing) -> dict[str, Callable[..., Any]]:
    """Return the filters that are the same in every language."""
    return {
        "plain": text_shown,
        "number": lambda value: f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}"),
        "short": lambda address: f"{address[:_SHORT]}…{address[-4:]}",
        "days": lambda seconds: f"{seconds / DAY:g}",
        "member_of": lambda account: governing.accounts.get(account, 0),
        "is_member": lambda number: number in governing.state.members,
        "changes": governing.changes,
        "range": lambda ends: _range(*ends),
        "drawing": proof_picture.drawing,
        "found_path": found_path,
    }


def _range(first: int, end: int) -> str:
    return str(first) if end - first == 1 else f"{first}–{end - 1}"


def _worded(explored: Explored) -> dict[str, Callable[[Any, str], Any]]:
    """Return the filters that depend on the language of the page."""

    @cache
    def words(language: str) -> ReaderWords:
        def when(seconds: int) -> str:
            try:
                return moment(seconds, language, timezone.utc)
            except (OverflowError, OSError, ValueError):  # a time beyond the calendar, which only a liar tells
                return str(seconds)

        return ReaderWords(translations((ROOM, BASE), language).gettext, explored.governing.state, when)

    def worded(name: str) -> Callable[[Any, str], Any]:
        return lambda value, language: getattr(words(language), name)(value)

    names = ("told", "refusal", "status", "status_named", "named", "when", "standing", "roles", "reason", "outcome")
    return {name: worded(name) for name in (*names, "facts")}
