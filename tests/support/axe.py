"""Pages in a real browser, judged by axe-core: each in a frame as wide as a phone or a desk, all in one window."""

import html
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium")
CHECK = """
<script>document.querySelectorAll("details").forEach(each => each.open = true);
document.fonts.ready.then(() => axe.run({resultTypes: ["violations", "incomplete"]})).then(found => {
  const told = parent.document.createElement("pre");
  told.className = "checked";
  told.textContent = JSON.stringify({
    page: NAME,
    violations: found.violations.map(each => each.id + ": " + each.nodes.map(node => node.html).join(" ")),
    passes: found.passes.length, window: window.innerWidth,
    wide: document.documentElement.scrollWidth - window.innerWidth});
  parent.document.body.append(told) })</script></body>"""

NEEDED = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: apt-get install chromium"),
    pytest.mark.skipif(not AXE.exists(), reason="there is no axe-core: npm ci"),
]


def chromium(folder: Path, width: int, *options: str) -> str:
    """Start the browser once, with a profile in a folder, and return what it prints."""
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    command += [f"--user-data-dir={folder / 'profile'}", f"--window-size={width},2400", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout


def checked(folder: Path, pages: Mapping[str, tuple[str, int]]) -> dict[str, dict[str, Any]]:
    """What axe-core says of pages, by name: each its text, whole in itself, and the width in pixels to show it at."""
    frames, axe = list[str](), AXE.read_text(encoding="utf-8")
    for name, (text, width) in pages.items():
        script = f"<script>{axe}</script>{CHECK.replace('NAME', json.dumps(name))}"
        # The page's own policy would, rightly, not let the check's script run.
        judged = re.sub(r"<meta http-equiv[^>]*>", "", text).replace("</body>", script)
        # A browser's window is no narrower than 500 pixels, a frame in it may be.
        style = f"border: 0; width: {width}px; height: 2400px"
        frames.append(f'<iframe style="{style}" srcdoc="{html.escape(judged)}"></iframe>')
    (folder / "page.html").write_text(f"<!DOCTYPE html>{''.join(frames)}", encoding="utf-8")
    options = ("--virtual-time-budget=20000", "--dump-dom", (folder / "page.html").as_uri())
    dumped = chromium(folder, 1400, *options)
    found = [
        json.loads(html.unescape(each)) for each in re.findall(r'<pre class="checked">(.*?)</pre>', dumped, re.DOTALL)
    ]
    told = {each["page"]: each for each in found}
    assert told.keys() == pages.keys(), dumped[-500:]
    assert {name: each["window"] for name, each in told.items()} == {name: width for name, (_, width) in pages.items()}
    return told
