"""The explorer's pages in a real browser, in English on the narrowest phone and in Welsh on a desk.

Given each kind of page    axe-core finds nothing wrong, and nothing is wider than the window
"""

import re
from pathlib import Path

from tests.support import axe
from tests.unit.explorer.scene import CONSENT, PROPOSAL
from tests.unit.explorer.test_app import SEEN, browser_of

KINDS = (
    "/", "/members", "/members/3", "/governing", f"/proposals/0x{PROPOSAL.hex()}", "/consents", f"/consents/{CONSENT}",
    "/events", "/events/20", f"/transactions/{next(iter(SEEN.record.transactions))}", "/blocks/20", "/log", "/limits",
    "/search?q=3", "/search?q=0x", "/check", "/find", "/find/0xa",
    "/find/blocks-0", f"/consents/{CONSENT}?block=0",
)  # fmt: skip
WIDTHS = (320, 1280)
pytestmark = axe.NEEDED


def test_axe_finds_nothing(tmp_path: Path) -> None:
    browser, pages = browser_of(), dict[str, tuple[str, int]]()
    styles = [browser.get(f"/static/{name}").text for name in ("govuk-frontend.css", "jamjar.css")]
    style = "".join(f"<style>{each}</style>" for each in styles)
    for language, width in zip(("en", "cy"), WIDTHS, strict=True):
        for path in KINDS:
            text = browser.get(f"{path}{'&' if '?' in path else '?'}language={language}").text
            text = re.sub(r'<link rel="stylesheet"[^>]*>', "", text).replace("</head>", f"{style}</head>")
            pages[f"{path} {width}"] = (text, width)
    told = axe.checked(tmp_path, pages)
    assert {name: each["violations"] for name, each in told.items() if each["violations"]} == {}
    assert [name for name, each in told.items() if each["wide"] > 0 or each["passes"] < 15] == []
