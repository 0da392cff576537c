"""A claimant and an adviser in Chromium without JavaScript, over a real node, mailbox and two real vaults.

Given something shown     the adviser records a look, sees it, and advises
Then the auditor          reads that the record is sound
Then the claimant         sees that look, and that it was expected; acknowledges the advice; ends the consent
"""

from pathlib import Path
from urllib.request import urlopen

from sandbox.doors import PASSPHRASE, opened
from tests.browser.walking import NEEDED, walk_through, wrong_with

pytestmark = NEEDED
ADVICE = "Ask for a social tariff."


def test_a_look_and_its_end(tmp_path: Path) -> None:
    with opened(tmp_path) as doors:
        adviser = [
            ["go", "/"], ["follow", "Look"], ["press", "Record it, and look"], ["read", "gone once you leave the page"],
            ["type", "What you advise", ADVICE], ["press", "Record it, and send it"],
            ["read", "on the ledger, as a digest, and sent"],
        ]  # fmt: skip
        looked = walk_through(doors["adviser"], PASSPHRASE, [], {"without": adviser, "with": [["go", "/"]]})
        assert wrong_with(looked, []) == []
        claimant = [
            ["go", "/looks"], ["read", "yes: you showed it"], ["go", "/advice"], ["press", "Look for letters"],
            ["read", ADVICE], ["press", "Say that you received it"], ["read", "that is on the ledger"], ["go", "/"],
            ["press", "End Town Debt Advice"], ["read", "in block"], ["go", "/"], ["read", "over: you ended it"],
        ]  # fmt: skip
        ended = walk_through(doors["claimant"], PASSPHRASE, [], {"without": claimant, "with": [["go", "/month"]]})
        assert wrong_with(ended, []) == []
        with urlopen(doors["auditor"], timeout=300) as first:  # noqa: S310 - the address that the door printed
            assert b"The record is sound up to block" in first.read()
        assert ended["journey"][-1] == "over: you ended it"
