"""The report in a real browser: as wide as a phone and a desk, in light and dark, and checked by axe-core.

Given any width and scheme     nothing is wider than the window, and axe-core finds nothing wrong
Given wider letters            the same: its tables scroll, not the page
Given a window                 a picture that is not blank
Given paper                    a PDF
"""

import html
import json
import re
import shutil
import struct
import subprocess
import zlib
from pathlib import Path
from typing import Any

import pytest

from jamjar.audit.page import page
from tests.unit.audit.sample import SOUND, UNSOUND

ROOT = Path(__file__).parents[3]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium")
WIDTHS = {"phone": 390, "desk": 1280}
CHECK = """
<script>document.querySelectorAll("details").forEach(each => each.open = true);
document.fonts.ready.then(() => axe.run({resultTypes: ["violations", "incomplete"]})).then(found => {
  const told = parent.document.createElement("pre");
  told.id = "checked";
  told.textContent = JSON.stringify({
    violations: found.violations.map(each => each.id + ": " + each.nodes.map(node => node.html).join(" ")),
    passes: found.passes.length, window: window.innerWidth,
    wide: document.documentElement.scrollWidth - window.innerWidth});
  parent.document.body.append(told) })</script></body>"""

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: apt-get install chromium"),
    pytest.mark.skipif(not AXE.exists(), reason="there is no axe-core: npm ci"),
]


def chromium(folder: Path, width: int, *options: str) -> str:
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    command += [f"--user-data-dir={folder / 'profile'}", f"--window-size={width},2400", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout


def checked(folder: Path, text: str, width: int) -> dict[str, Any]:
    text = re.sub(r"<meta http-equiv[^>]*>", "", text)  # which would, rightly, not let the check's script run
    text = text.replace("</body>", f"<script>{AXE.read_text(encoding='utf-8')}</script>{CHECK}")
    # A browser's window is no narrower than 500 pixels, a frame in it may be.
    frame = f'<iframe style="border: 0; width: {width}px; height: 2400px" srcdoc="{html.escape(text)}"></iframe>'
    (folder / "page.html").write_text(f"<!DOCTYPE html>{frame}", encoding="utf-8")
    options = ("--virtual-time-budget=20000", "--dump-dom", (folder / "page.html").as_uri())
    dumped = chromium(folder, 1400, *options)
    found = re.findall(r'<pre id="checked">(.*?)</pre>', dumped, re.DOTALL)
    assert found, dumped[-500:]
    told: dict[str, Any] = json.loads(html.unescape(found[-1]))
    assert told["window"] == width
    return told


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
