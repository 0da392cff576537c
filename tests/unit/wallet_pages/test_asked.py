"""Requests in the claimant's pages.

Given a request                the notice in the reader's language; Agree and No alike
When it is agreed to           the grant that was shown is signed and sent, once
When another window answered   nothing more is signed
Given another name or key      it cannot be agreed to, and No is still there
Given hostile files            one sentence, and nothing is kept
"""

import re
import time

import pytest

from jamjar.protocol.typed_data import Grant
from jamjar.wallet.requests import received
from tests.unit.wallet.scene import asked, asking
from tests.unit.wallet_pages.scene import Scene


@pytest.fixture
def request_there(inside: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(inside.claimant, "_clock", time.time)
    inside.ledger.clock = int(time.time())
    inside.ledger.read = lambda *_: 1
    take(inside, asking(about="<script>x</script>").to_json().encode())
    return inside


def take(scene: Scene, content: bytes) -> object:
    fields = {"csrf": scene.guard.door.csrf, "what": "file"}
    return scene.browser.upload(f"{scene.base}/requests", fields, "request.json", content)


def grants(scene: Scene) -> list[Grant]:
    return [each for each in scene.ledger.carried if isinstance(each, Grant)]


def test_a_request_is_read(request_there: Scene) -> None:
    scene = request_there
    assert "1 request waits for your answer" in scene.get("/").words
    page = scene.get("/requests/1")
    assert "Town Debt Advice (member 2 of the ledger) asks to see a part of your budget" in page.words
    assert "<script>x</script>" in page.words
    assert "<script" not in page.text
    buttons = re.findall(r'<button type="submit" class="([^"]*)">(Agree|No)<', page.text)
    assert {words for _, words in buttons} == {"Agree", "No"}
    assert len({look for look, _ in buttons}) == 1
    welsh = scene.get("/requests/1?language=cy").words
    assert "yn gofyn am gael gweld rhan o'ch cyllideb" in welsh
    assert "asks to see a part" not in welsh


def test_it_is_agreed_to_once(request_there: Scene) -> None:
    scene = request_there
    page = scene.get("/requests/1")
    done = scene.browser.press(page, "/agree")
    assert "It is on the ledger" in done.words
    (grant,) = grants(scene)
    assert grant.max_uses == 3
    assert "was agreed to already" in scene.browser.press(page, "/agree").words
    assert "was agreed to already" in scene.browser.press(page, "/no").words
    assert len(grants(scene)) == 1
    assert "You agreed to this." in scene.get("/requests/1").words


def test_no(request_there: Scene) -> None:
    scene = request_there
    page = scene.get("/requests/1")
    assert "You said no" in scene.browser.press(page, "/no").words
    assert "was refused already" in scene.browser.press(page, "/agree").words
    assert grants(scene) == []


def test_what_was_shown_is_what_is_agreed_to(request_there: Scene) -> None:
    scene = request_there
    page = scene.get("/requests/1?begin=now")
    assert "to the second when you agreed" in page.words
    scene.ledger.clock += 86_400  # the beginning would be another
    assert "has changed since" in scene.browser.press(page, "/agree").words
    scene.ledger.keys.append(bytes(1216))
    assert grants(scene) == []


def test_a_beginning_that_was_read_stays_while_it_is_ahead(request_there: Scene) -> None:
    scene = request_there
    page = scene.get("/requests/1?begin=now")
    fields = page.form("/agree")[1]
    scene.ledger.clock += 100  # somebody reads before they agree
    for at in ("", "x", "9" * 11, str(int(fields["at"]) + 1), str(int(fields["at"]) - 400)):
        assert "has changed since" in scene.browser.press(page, "/agree", at=at).words
    assert grants(scene) == []
    scene.browser.press(page, "/agree")
    assert [each.valid_from for each in grants(scene)] == [int(fields["at"]) + 300]


def test_another_name_or_key(request_there: Scene) -> None:
    scene = request_there
    page = scene.get("/requests/1")
    scene.ledger.name = "Department"
    told = scene.get("/requests/1")
    assert "is 'Department', and not 'Town Debt Advice'" in told.words
    assert ">Agree<" not in told.text
    assert "and not 'Town Debt Advice'" in scene.browser.press(page, "/agree").words
    assert grants(scene) == []
    assert "You said no" in scene.browser.press(told, "/no").words


def test_no_node(request_there: Scene) -> None:
    scene = request_there
    scene.claimant._ledger, scene.ledger.down = None, True
    told = scene.get("/requests/1")
    assert "does not answer" in told.words
    assert ">Agree<" not in told.text
    assert ">No<" in told.text


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b"[" * 9000, b"x" * 9000, asked().contact.encode()])
def test_a_file_that_is_no_request(inside: Scene, content: bytes) -> None:
    refused = take(inside, content)
    assert refused.status == 400
    assert received(inside.vault) == ()


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "9" * 40, "１"])
def test_a_request_that_is_not_there(request_there: Scene, number: str) -> None:
    assert "There is no" in request_there.get(f"/requests/{number}").words
