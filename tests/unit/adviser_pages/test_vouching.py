"""Tokens in the adviser's pages, as the door's options have them.

Given a door that asks for none    nothing is said of them
Given a client with a token        clients and the look say by whom and of which month, and looking works
Given one without                  they say so, no button looks, and a look that is sent all the same spends nothing
Given tokens that nobody can read  one sentence
"""

from dataclasses import replace
from pathlib import Path

import pytest

from jamjar.cli.desk import vouching
from jamjar.ledger.admissions import write_tokens
from jamjar.protocol.events import ConsentGranted, Origin
from tests.support.tokens import TestAdmitter
from tests.unit.adviser_pages.scene import AdviserScene
from tests.unit.wallet.scene import DEPLOYMENT, TERMS, TIMES

SPONSOR = TestAdmitter(197001, number=TERMS.recipient)
CONSENT = f"0x{7:040x}"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def asking(tmp_path: Path) -> AdviserScene:
    """A desk whose door asks for tokens, and whose client has one that is published."""
    scene = AdviserScene()
    ledger, consent = scene.desk.ledger, scene.desk.consent
    ledger.keys.insert(0, SPONSOR.key.to_bytes())
    times = TIMES["valid_from"], TIMES["valid_until"], TIMES["reconfirm_by"]
    ledger.recorded.append(ConsentGranted(Origin(4, "0x", 0, "0x"), consent, 2, "0x", *times, 3, bytes(32)))
    published = tmp_path / "tokens.jsonl"
    published.write_text(write_tokens([SPONSOR.token(consent, DEPLOYMENT)]), encoding="utf-8")
    scene.opened.vouched = vouching([published], [SPONSOR.number])
    scene.unlock()
    return scene


def test_a_door_that_asks_for_none() -> None:
    scene = AdviserScene()
    scene.unlock()
    assert "Vouched for" not in scene.get("/").words + scene.get(f"/look/{scene.desk.package}").words


def test_a_client_who_is_vouched_for(asking: AdviserScene) -> None:
    asking.desk.ledger.name = HOSTILE
    before = asking.get(f"/look/{asking.desk.package}")
    for page in (asking.get("/"), before):
        assert f"Vouched for yes, by {HOSTILE}, member 2, in January 1970" in page.words
        assert "<script" not in page.text
    assert "Rent £119.14" in asking.look(before).words
    asking.desk.mailbox.packages.clear()
    assert "Vouched for: yes, by" in asking.get("/").words  # among the others


@pytest.mark.parametrize("broken", ["none", "another", "signature", "month", "sponsor"])
def test_a_client_who_is_not(asking: AdviserScene, tmp_path: Path, broken: str) -> None:
    ready, published = asking.get(f"/look/{asking.desk.package}"), tmp_path / "tokens.jsonl"
    consent, other = asking.desk.consent, TestAdmitter(197002, number=SPONSOR.number)
    given = {
        "none": [],
        "another": [SPONSOR.token(CONSENT, DEPLOYMENT)],
        "signature": [replace(SPONSOR.token(consent, DEPLOYMENT, 197002), epoch=197001)],
        "month": [other.token(consent, DEPLOYMENT)],
        "sponsor": [replace(SPONSOR.token(consent, DEPLOYMENT), admitter=9)],
    }
    text = write_tokens(given[broken])
    published.write_text(text, encoding="utf-8")
    said = asking.get(f"/look/{asking.desk.package}")
    assert "Vouched for no: a look is refused, and spends nothing" in said.words
    assert "Nobody vouches that a real claimant holds this consent." in said.words
    assert [action for action, _ in said.forms() if "/look/" in action] == []
    assert "no: a look is refused" in asking.get("/").words
    refused = asking.look(ready)  # a page from when there was one
    assert (refused.status, asking.desk.uses()) == (400, 0)
    assert "Nobody vouches" in refused.words
    assert "Dim ond lle mae noddwr" in asking.get(f"/look/{asking.desk.package}?language=cy").words


def test_a_consent_that_was_never_granted(asking: AdviserScene) -> None:
    asking.desk.ledger.recorded.clear()
    assert "was never granted here" in asking.get(f"/look/{asking.desk.package}").words


def test_tokens_that_nobody_can_read(asking: AdviserScene, tmp_path: Path) -> None:
    ready, published = asking.get(f"/look/{asking.desk.package}"), tmp_path / "tokens.jsonl"
    for content in ("{}", HOSTILE):
        published.write_text(content, encoding="utf-8")
        page = asking.get("/")
        assert (page.status, "The published tokens cannot be read" in page.words) == (400, True)
        assert "<script" not in page.text
    published.unlink()
    assert "The published tokens cannot be read" in asking.get("/").words
    assert "The published tokens cannot be read" in asking.look(ready).words
    assert asking.desk.uses() == 0
