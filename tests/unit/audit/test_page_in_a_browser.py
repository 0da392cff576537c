"""The report in a real browser: as wide as a phone and a desk, in light and dark, and checked by axe-core.

Given any width and scheme     nothing is wider than the window, and axe-core finds nothing wrong
Given wider letters            the same: its tables scroll, not the page
Given a window                 a picture that is not blank
Given paper                    a PDF
"""

import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from jamjar.audit.page import page
from tests.support import axe
from tests.support.axe import chromium
from tests.unit.audit.sample import SOUND, UNSOUND

WIDTHS = {"phone": 390, "desk": 1280}
pytestmark = axe.NEEDED


def checked(folder: Path, text: str, width: int) -> dict[str, Any]:
    return axe.checked(folder, {"page": (text, width)})["page"]


def test_axe_says_what_is_wrong(tmp_path: Path) -> None:
    bad = page(SOUND).replace(' lang="en"', "").replace("--soft: #57606a", "--soft: #aaaaaa")
    told = checked(tmp_path, bad, WIDTHS["desk"])
    assert {each.partition(":")[0] for each in told["violations"]} == {"html-has-lang", "color-contrast"}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(tmp_path: Path, width: str, dark: bool) -> None:
    text = page(UNSOUND)
    told = checked(tmp_path, text.replace("(prefers-color-scheme: dark)", "all") if dark else text, WIDTHS[width])
    assert told["violations"] == []
    assert told["passes"] > 15
    assert told["wide"] <= 0


def test_a_page_of_wider_letters(tmp_path: Path) -> None:
    spaced = "* { letter-spacing: .3em; word-spacing: .4em; line-height: 2 }"  # WCAG 2.2, 1.4.12, and as much again
    told = checked(tmp_path, page(UNSOUND).replace("</style>", f"{spaced}</style>"), WIDTHS["phone"])
    assert (told["violations"], told["wide"]) == ([], 0)


def rows(png: bytes) -> tuple[int, int, set[bytes]]:
    """Width, height and the different lines of a picture (PNG, sections 11.2.2 and 11.2.4)."""
    width, height, bits, colour = struct.unpack(">IIBB", png[16:26])
    assert (bits, colour in (2, 6)) == (8, True)
    at, data = 8, b""
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + size]
        at += size + 12
    raw, line = zlib.decompress(data), 1 + width * (3 if colour == 2 else 4)
    return width, height, {raw[start : start + line] for start in range(0, len(raw), line)}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_picture_of_it(tmp_path: Path, width: str) -> None:
    (tmp_path / "page.html").write_text(page(SOUND), encoding="utf-8")
    picture = tmp_path / "page.png"
    chromium(tmp_path, WIDTHS[width], f"--screenshot={picture}", (tmp_path / "page.html").as_uri())
    wide, high, lines = rows(picture.read_bytes())
    assert (wide, high) == (WIDTHS[width], 2400)
    assert len(lines) > 400


def test_paper(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page(UNSOUND), encoding="utf-8")
    paper = tmp_path / "page.pdf"
    chromium(tmp_path, 1280, "--no-pdf-header-footer", f"--print-to-pdf={paper}", (tmp_path / "page.html").as_uri())
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", paper.read_bytes())) <= 6
