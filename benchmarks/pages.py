"""Prints what pages cost: processor time of a door until its first page, and of each page, beside its style sheet.

python -m benchmarks.pages        each page is asked for ten times, of a small consortium on a node of its own

The bounds hold on a quiet core: below 1 s until the first page, and below 100 ms for each besides what the node takes,
which is another process and not counted. Exit status 1 when one is missed.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import requests
from rich.console import Console
from rich.table import Table

from jamjar.sandbox.doors import PASSPHRASE, OpenDoor, opened
from jamjar.sandbox.processes import TICKS, processor_seconds

ROUNDS = 10
FIRST_SECONDS = 1.0
PAGE_MILLISECONDS = 100
STYLE = "/static/jamjar.css"
PAGES = {
    "claimant": ("/", "/requests", "/looks", "/advice", "/month", "/plan", "/bank", "/card", "/backup", "/about"),
    "adviser": ("/", "/ask", "/kept"),
    "operator": ("/", "/governance"),
    "auditor": ("/", "/members", "/governing", "/consents", "/events"),
}


def entered(door: OpenDoor, session: requests.Session) -> tuple[str, float]:
    """Open a door as its browser does; return the address of its pages, and the processor time until the first page."""
    first = session.get(door.address, timeout=300)
    first.raise_for_status()
    seconds = processor_seconds(door.process)
    base = first.url.removesuffix("/").removesuffix("/unlock")
    if first.url.endswith("/unlock"):
        origin = {"Origin": base[: base.index("/", len("http://"))], "Sec-Fetch-Site": "same-origin"}
        session.post(f"{base}/unlock", {"passphrase": PASSPHRASE}, headers=origin, timeout=300).raise_for_status()
    while "Refresh" in (page := session.get(f"{base}/", timeout=300)).headers:  # an audit goes first
        page.raise_for_status()
        time.sleep(0.1)
    return base, seconds


def measured(who: str, door: OpenDoor, paths: Sequence[str], table: Table) -> bool:
    """Add a door's rows; return whether a bound was missed."""
    with requests.Session() as session:
        base, first = entered(door, session)
        table.add_row(f"{who}: until the first page", f"{1000 * first:.0f}", "", f"{1000 * FIRST_SECONDS:.0f}")
        missed, floor = first > FIRST_SECONDS, 0.0
        for path in (STYLE, *paths):
            before = processor_seconds(door.process)
            for _ in range(ROUNDS):
                session.get(f"{base}{path}", timeout=300).raise_for_status()
            each = 1000 * (processor_seconds(door.process) - before) / ROUNDS
            floor = floor or max(each, 1000 / TICKS / ROUNDS)
            table.add_row(f"{who}: {path}", f"{each:.0f}", f"{each / floor:.0f}", str(PAGE_MILLISECONDS))
            missed |= each > PAGE_MILLISECONDS
    return missed


def main() -> int:
    """Print the table; exit status 1 when a bound is missed."""
    table = Table(title="Pages, milliseconds of processor time", title_justify="left")
    for column in ("page", "ms", "x style sheet", "bound"):
        table.add_column(column, justify="left" if column == "page" else "right")
    with tempfile.TemporaryDirectory(prefix="jamjar-pages-") as folder, opened(Path(folder)) as doors:
        missed = [measured(who, doors[who], paths, table) for who, paths in PAGES.items()]
    Console(highlight=False, width=100).print(table)
    return int(any(missed))


if __name__ == "__main__":
    sys.exit(main())
