"""Asking in the adviser's pages.

Given a whole form       the notice in both languages first; signed when told so, once
Given anything wrong     one sentence, what was typed is still there, and nothing is signed
"""

from typing import Any

import pytest

from jamjar.consent.request import SignedConsentRequest
from tests.unit.adviser_pages.scene import AdviserScene

GOOD = {
    "purpose": "dpv:CustomerCare", "line-fixed.home": "1", "total-balance": "1", "data_from": "2026-11-01",
    "data_until": "2027-04-30", "keep": "0", "looks": "3", "days": "180", "reconfirm_days": "90",
    "contact": "01234 567890", "about": "",
}  # fmt: skip
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def scene() -> AdviserScene:
    made = AdviserScene()
    made.unlock()
    return made


def ask(scene: AdviserScene, **changes: str) -> Any:
    return scene.browser.press(scene.get("/ask"), "/ask", **{**GOOD, **changes})


def test_the_notice_comes_first(scene: AdviserScene) -> None:
    preview = ask(scene, about=HOSTILE)
    assert "asks to see a part of your budget" in preview.words
    assert "yn gofyn am gael gweld rhan o'ch cyllideb" in preview.words
    assert HOSTILE in preview.words
    assert "<script" not in preview.text
    assert scene.opened.asked is None
    assert scene.get("/ask/file").status == 400
    signed = scene.browser.press(preview, "/ask/sign")
    assert "Signed: hand it over" in signed.words
    read = SignedConsentRequest.from_json(scene.get("/ask/file").text.strip())
    assert read.request == scene.opened.asked.request
    assert {item.jar for item in read.request.scope} == {"fixed.home", "balance"}
    printed = scene.get("/ask/print")
    assert "style-src 'sha256-" in printed.headers["content-security-policy"]
    assert "<script" not in printed.text
    assert "has changed since" in scene.browser.press(preview, "/ask/sign").words


def test_questions_instead_of_figures(scene: AdviserScene) -> None:
    given = {"threshold-fixed.home.rent": "1", "threshold-income": "1", "questions": "2"}
    preview = ask(scene, **given)
    assert "only whether it is at least or at most an amount" in preview.words
    scene.browser.press(preview, "/ask/sign")
    request = scene.opened.asked.request
    assert request.questions == 2
    assert {item.jar for item in request.scope if item.what.value == "threshold"} == {"fixed.home.rent", "income"}
    for most in ("0", "13", "x"):
        refused = ask(scene, **given | {"questions": most})
        assert (refused.status, "<details" in refused.text, " open>" in refused.text) == (400, True, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"contact": ""}, {"contact": "“x”"}, {"looks": "2"}, {"days": "x"}, {"keep": "-1"}, {"data_from": "1.11.2026"},
        {"data_until": "2026-01-01"}, {"line-fixed.home": "", "total-balance": ""}, {"purpose": "dpv:Advertising"},
    ],
)  # fmt: skip
def test_what_cannot_be_asked(scene: AdviserScene, changes: dict[str, str]) -> None:
    refused = ask(scene, about=HOSTILE, **changes)
    assert (refused.status, "That cannot be asked" in refused.words) == (400, True)
    assert "<script" not in refused.text
    assert "&lt;script&gt;" in refused.text
    assert scene.opened.asked is None


def test_it_is_sent_as_a_letter(scene: AdviserScene) -> None:
    scene.look()
    done = scene.browser.press(ask(scene), "/ask/sign")
    action, fields = done.form("/ask/send")
    sent = scene.browser.post(action, {**fields, "client": scene.desk.consent})
    assert "Sent, sealed" in sent.words
    assert scene.desk.opened()[-1].request.purpose == "dpv:CustomerCare"
    assert scene.browser.post(action, {**fields, "client": "0x" + "1" * 40}).status == 400
