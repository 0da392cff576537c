"""All pages as files, for a web server or a USB stick: each language in a folder, with links from page to page.

The same block makes the same bytes: nothing in a page depends on when, or on which machine, it was made.
"""

from collections.abc import Iterator
from importlib.resources import files
from typing import Final

from jamjar.explorer.app import shared
from jamjar.explorer.pages import Explored, page, paths
from jamjar.explorer.site import explorer_site
from jamjar.pages.site import BASE, Site
from jamjar.pages.words import LANGUAGES

SUFFIX: Final = ".html"
_FIRST: Final = "en"


def exported(explored: Explored) -> Iterator[tuple[str, bytes]]:
    """Yield every file: its path below the folder, and its content."""
    beside, below = (explorer_site(explored, base, SUFFIX) for base in (".", ".."))
    for language in LANGUAGES:
        for path in paths(explored):
            deep = path.count("/") > 1
            yield f"{language}{_file(path)}", _page(below if deep else beside, explored, path, language)
        yield from ((f"{language}/static/{name}", style) for name, style in _styles())
        yield from _receipts(explored, language)
    yield "index.html", _page(explorer_site(explored, _FIRST, SUFFIX), explored, "/", _FIRST)


def _file(path: str) -> str:
    return f"{'/index' if path == '/' else path}{SUFFIX}"


def _page(site: Site, explored: Explored, path: str, language: str) -> bytes:
    made = page(explored, path)
    assert made is not None, path  # noqa: S101 - every path that `paths` yields has a page
    template, context = made
    up = "." if site.base == _FIRST else f"{site.base}/.."
    other = {code: f"{up}/{code}{_file(path)}" for code in LANGUAGES if code != language}
    here = f"{'/index' if path == '/' else path}{SUFFIX}"
    return site.page(template, language, here=here, other=other, **shared(explored), **context).encode()


def _styles() -> Iterator[tuple[str, bytes]]:
    for place in sorted((files(BASE) / "static").iterdir(), key=lambda each: each.name):
        if place.name.endswith(".css"):
            yield place.name, place.read_bytes()


def _receipts(explored: Explored, language: str) -> Iterator[tuple[str, bytes]]:
    log = explored.log
    for number in range(0 if log is None else len(explored.record.entries)):
        if log is not None and log.proves(number):
            yield f"{language}/events/{number}.tlog-proof", log.receipt(number).encode()
