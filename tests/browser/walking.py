"""Serves a door on a port of this machine, and walks through its pages in Chromium."""

import json
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from jamjar.pages.guard import Guard
from jamjar.pages.serving import listen_here, own_requests
from jamjar.service.listening import server_of
from tests.browser.boxes import misplaced

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PLAYWRIGHT = ROOT / "node_modules" / "playwright-core"
NODE = shutil.which("node")
CHROMIUM = shutil.which("chromium")
WALK = Path(__file__).with_name("walk.mjs")
WIDTHS = (320, 390, 1280)
SHOTS = ROOT / "reports" / "pages"
"""Where pictures of the pages are kept."""
SECONDS = 300

NEEDED = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: apt-get install chromium"),
    pytest.mark.skipif(not (AXE.exists() and PLAYWRIGHT.exists()), reason="there is no axe-core or Playwright: npm ci"),
]


@contextmanager
def served(guard: Guard) -> Iterator[str]:
    """Serve a door until the block ends, and yield the address that opens once."""
    listening, address = listen_here()
    server = server_of(own_requests(guard.app, listening.getsockname()[1]))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    yield f"{address}{guard.door.opening_path()}"
    server.should_exit = True
    thread.join()


def walk(guard: Guard, passphrase: str, paths: list[str], journey: dict[str, Any], name: str = "") -> dict[str, Any]:
    """What `walk.mjs` found on the pages of a door that is served for it."""
    with served(guard) as address:
        return walk_through(address, passphrase, paths, journey, name)


def walk_through(
    address: str, passphrase: str, paths: list[str], journey: dict[str, Any], name: str = ""
) -> dict[str, Any]:
    """What `walk.mjs` found on these pages, after the journey without JavaScript and the one with it.

    name  of a folder for pictures of every page at every width, which is made afresh; none for no pictures
    """
    shots = SHOTS / name
    if name:
        shutil.rmtree(shots, ignore_errors=True)
        shots.mkdir(parents=True)
    given = {
        "axe": str(AXE), "address": address, "passphrase": passphrase, "paths": paths, "widths": WIDTHS,
        "journey": journey, "shots": str(shots) if name else "",
    }  # fmt: skip
    return run_script(WALK, given)


def run_script(script: Path, given: dict[str, Any]) -> dict[str, Any]:
    """What a script of Playwright's prints for what it is given, besides where Chromium is."""
    given = {"chromium": CHROMIUM, **given}
    done = subprocess.run(
        [str(NODE), str(script)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def wrong_with(found: dict[str, Any], paths: list[str]) -> list[str]:
    """What is wrong with any page at any width, and what was asked of anybody else; nothing, if all is well."""
    pages = found["pages"]
    wrong = {f"{each['path']}: {said}" for each in pages for said in each["violations"]}
    wrong |= {said for each in pages for said in misplaced(each)}
    wrong |= {f"{each['path']}: hardly checked" for each in pages if each["passes"] <= 10 and not each["larger"]}
    wrong |= {f"asked {each}" for each in found["elsewhere"]} | set(found["wrong"])
    if len(pages) != len(paths) * (len(WIDTHS) + 1) or found["scripts"]:
        wrong.add("not all pages were walked through, or one has a script")
    return sorted(wrong)
