"""The pages of docs/walkthroughs: every command on every page is run, in one story, and does what the page says.

Given a page or a block that the story leaves out    the test fails
"""

import json
import re
from pathlib import Path

import pytest

from jamjar.ledger import deployment_file
from jamjar.ledger.ledger import Ledger
from jamjar.protocol.settings import DAY
from tests.nodes.walking import Walk, blocks, founders_file, pages, walk


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with walk(tmp_path_factory.mktemp("walk")) as made:
        yield made


def test_every_command_of_every_page(made: Walk) -> None:
    for page in pages():
        made.play(page, 0)
    ledger = founded(made)
    consent = agreed(made, ledger)
    shown(made, ledger, consent)
    checked(made)
    ended(made, ledger, consent)
    governed(made)
    assert sorted(made.played) == [(page, number) for page in pages() for number in range(len(blocks(page)))]


def founded(made: Walk) -> Ledger:
    """The adviser makes a key, the founders found a consortium with it, and the operator serves."""
    key, again = made.play("adviser", 1)
    assert key.out == again.out
    made.play("governing", 1)
    founders_file(made, key.out.strip())
    made.play("governing", 2)
    made.play("operator", 1)
    return Ledger(made.office.node.url, deployment_file.read(Path(made.known["JAMJAR_DEPLOYMENT"])))


def agreed(made: Walk, ledger: Ledger) -> str:
    """The adviser asks, and the claimant agrees to less."""
    made.play("claimant", 1)
    (asked,) = made.play("adviser", 2)
    assert "[Cymraeg]" in asked.out
    made.give("request.json", "adviser", "claimant")
    _, granted, sent, _ = made.play("claimant", 2)
    assert "1 at most (3 were asked for)" in granted.out
    assert "Grant: accepted" in sent.out
    made.known["CONSENT"] = consent = re.findall(r"Grant of (0x\w{40})", granted.out)[0]
    made.until(lambda: ledger.status(consent) == "SCHEDULED")
    made.until(lambda: ledger.status(consent) == "ACTIVE")
    return consent


def shown(made: Walk, ledger: Ledger, consent: str) -> None:
    """The claimant shows two figures, the adviser looks once and answers, and asks for more, in vain."""
    made.play("claimant", 3)
    made.until(lambda: any(ledger.head_of(consent)))
    sent = made.play("claimant", 4)[1]
    made.known["PACKAGE"] = re.findall(r"[0-9a-f]{64}", sent.out)[0]
    waiting = made.play("adviser", 3)[1]
    assert "Mrs J, Tuesdays" in waiting.out
    looked, _ = made.play("adviser", 4)
    assert "£119.14" in looked.out
    inbox, _, looks, life = made.play("claimant", 5)
    assert "Ask for a social tariff." in inbox.out
    assert "Town Debt Advice" in looks.out
    assert "1 of 1 looks" in life.out
    assert ledger.consent(consent).uses == 1
    made.play("adviser", 5)
    requests, refused, _ = made.play("claimant", 6)
    assert "none yet; until" in requests.out
    assert "Nobody else can see it" in refused.out


def checked(made: Walk) -> None:
    """The auditor, the operator and the sponsor look at what they can see, which holds no figure."""
    told = [
        done.out
        for page, number in (("auditor", 1), ("auditor", 2), ("auditor", 3), ("auditor", 4))
        for done in made.play(page, number)
    ]
    assert "Sound" in told[0]
    made.play("operator", 2)
    for number in (1, 2, 3):
        told += [done.out for done in made.play("sponsor", number)]
    told += [each.read_text() for each in (made.folder / "auditor" / "pages").rglob("*.html")]
    assert not any("119.14" in text or "11914" in text for text in told)
    report = json.loads((made.folder / "auditor" / "audit.json").read_text())
    assert report["verdict"]


def ended(made: Walk, ledger: Ledger, consent: str) -> None:
    """The claimant withdraws in one step, and erases; the operator stops."""
    made.play("claimant", 7)
    made.until(lambda: ledger.status(consent) == "WITHDRAWN")
    made.play("claimant", 8)
    made.give("card.json", "claimant", "sponsor")
    (carried,) = made.play("sponsor", 4)
    assert "on the ledger already" in carried.out
    made.served["relayer"].terminate()
    made.served["relayer"].wait(60)
    made.play("operator", 3)


def governed(made: Walk) -> None:
    """A member is admitted, a proposal vetoed, a member suspended and reinstated, and one renamed."""
    proposed, _ = made.play("governing", 3)
    made.known["PROPOSAL"] = re.findall(r"Proposal (0x[0-9a-f]{64});", proposed.out)[0]
    made.office.wait(7 * DAY)
    (executed,) = made.play("governing", 4)
    assert "Lake Advice" in executed.out
    (proposed,) = made.play("governing", 5)
    made.known["PROPOSAL"] = re.findall(r"Proposal (0x[0-9a-f]{64});", proposed.out)[0]
    made.play("governing", 6)
    made.play("governing", 7)
    made.play("governing", 8)
