"""Two claimants and their advisers in Chromium, over one node, mailbox and relayer, and four vaults, at the same time.

Given no JavaScript       an adviser records a look, sees it, and advises
                          the claimant agrees to a request, sees that look, and that it was expected; acknowledges the
                          advice; ends the consent
Given JavaScript          the same under their other consent
Then each                 sees their own clients, adviser and letters, and nobody else's
Then the auditor          reads that the record is sound, of all that was recorded since the pages were opened
"""

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from jamjar.sandbox.doors import PASSPHRASE, OpenDoor, opened
from tests.browser.walking import NEEDED, walk_through, wrong_with

pytestmark = NEEDED
WAYS = ("without", "with")
NAMES = {"": "Town Debt Advice", "second ": "Harbour Housing Advice"}
LOOKED = {
    (which, way): f"Ask for {what}."
    for (which, way), what in zip(
        [(which, way) for which in NAMES for way in WAYS],
        ("a social tariff", "the council's fund", "a rent review", "a payment holiday"),
        strict=True,
    )
}
"""What each adviser advises under each consent."""


def advising(which: str, way: str) -> list[list[Any]]:
    """Look at one of the two clients that wait, and advise."""
    return [
        ["go", "/"], ["count", "Look ", 2], ["follow", "Look ", int(way == "with")],
        ["press", "Record it, and look"], ["read", "gone once you leave the page"],
        ["type", "What you advise", LOOKED[which, way]], ["press", "Record it, and send it"],
        ["read", "on the ledger, as a digest, and sent"],
    ]  # fmt: skip


def claiming(which: str, way: str) -> list[list[Any]]:
    """Agree to one of the two requests, read the advice, end one of the two consents that run."""
    name, number = NAMES[which], 3 + (way == "with")
    (other,) = set(NAMES.values()) - {name}
    mine = [words for (whose, _), words in LOOKED.items() if whose == which]
    theirs = [words for (whose, _), words in LOOKED.items() if whose != which]
    return [
        ["go", f"/requests/{number}?begin=now"], ["press", "Agree"], ["read", "a relayer took it"],
        ["until", f"/requests/{number}", "You agreed to this."],
        ["go", "/looks"], ["read", "yes: you showed it"], ["never", "NO: you showed"],
        ["go", "/advice"], ["press", "Look for letters"], *(["read", words] for words in mine),
        *(["never", words] for words in theirs), ["press", "Say that you received it"], ["go", "/"],
        ["never", other], ["press", f"End {name}"],
        ["until", "/", "over: you ended it", number - 2], ["count", name, number - 2],
    ]  # fmt: skip


def whole_journey(doors: Mapping[str, OpenDoor], which: str) -> list[str]:
    """What was wrong on the way of one pair, each in both ways."""
    wrong = list[str]()
    for who, steps in (("adviser", advising), ("claimant", claiming)):
        ways = {way: steps(which, way) for way in WAYS}
        found = walk_through(doors[f"{which}{who}"].address, PASSPHRASE, ["/"], ways, f"{which}{who} at work")
        wrong += wrong_with(found, ["/"])
    return wrong


def test_two_claimants_and_two_advisers(tmp_path: Path) -> None:
    with opened(tmp_path, pairs=2, consents=2) as doors, ThreadPoolExecutor() as both:
        auditor = doors["auditor"].address
        until(auditor, "The record is sound up to block", "Consents: 4")
        assert list(both.map(lambda which: whole_journey(doors, which), NAMES)) == [[], []]
        until(auditor, "The record is sound up to block", "Consents: 8")
        reads = [["go", "/consents"], ["read", "ended by the claimant"], ["go", "/events"], ["read", "event 1"]]
        paths = ["/", "/consents", "/find"]
        assert wrong_with(walk_through(auditor, "", paths, dict.fromkeys(WAYS, reads), "auditor"), paths) == []


def until(address: str, *words: str) -> None:
    """Read the first page again until it says this."""
    for _ in range(300):
        with urlopen(address, timeout=300) as page:  # noqa: S310 - the address that the door printed
            read = page.read().decode()
        if all(each in read for each in words):
            return
        time.sleep(1)
    raise AssertionError(read)
