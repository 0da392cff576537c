"""The operator's door.

Given no password                 services and proposals are not shown, and nothing can be sent
Given a service with a problem    it is said first, and text of others is text
Given the node is down            the other services are shown all the same
When a proposal is vetoed         it is sent once; the page says by whom; a second press does nothing
When one is executed              the same, once its delay has passed, not before
Given a door without an account   everything is shown, and nothing offered
When the ledger refuses           the page says why
"""

from typing import Any

import pytest

from jamjar.operator_pages.pages import duration
from jamjar.operator_pages.services import ServiceSeen
from jamjar.pages.session import IDLE_SECONDS
from tests.support.browsing import Browser
from tests.unit.operator_pages.scene import EARLY, HOSTILE, READY, OperatorScene

EARLY_PAGE, READY_PAGE = (f"/proposals/{name.hex()}" for name in (EARLY, READY))


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> OperatorScene:
    return OperatorScene(monkeypatch)


def test_locked(scene: OperatorScene) -> None:
    for path in ("/", "/governance", EARLY_PAGE):
        assert scene.get(path).headers["location"] == f"{scene.base}/unlock"
    assert "does not open with this password" in scene.unlock("guess").words
    assert scene.browser.post(f"{scene.base}{EARLY_PAGE}/veto", {}).status == 303
    assert Browser(scene.browser.app).get(f"{scene.base}/").status == 403
    assert scene.ledger.sent == []


def test_services(scene: OperatorScene) -> None:
    page = scene.unlock()
    assert "2 things need attention" in page.words  # a proposal that can be vetoed, and one that can be executed
    assert "Relayer: well" in page.words
    assert "Messages that wait 3" in page.words
    scene.seen = ServiceSeen("Relayer", HOSTILE, problems=(HOSTILE,))
    page = scene.get("/")
    assert "3 things need attention" in page.words
    assert HOSTILE in page.words
    assert "<script" not in page.text


def test_a_node_that_is_down(scene: OperatorScene) -> None:
    scene.ledger.down = True
    page = scene.unlock()
    assert "The node does not answer; start it." in page.words
    assert "Relayer: well" in page.words
    assert "does not answer" in scene.get("/governance").words


def test_proposals_and_members(scene: OperatorScene) -> None:
    scene.unlock()
    page = scene.get("/governance")
    assert "2 proposals are pending" in page.words
    assert f"You act for member 2, {HOSTILE}" in page.words
    assert "<script" not in page.text
    assert "Member 3, Bank active suspended" in page.words


def test_a_veto(scene: OperatorScene) -> None:
    scene.unlock()
    page = scene.get(EARLY_PAGE)
    assert "Veto it" in page.words
    assert "Execute it" not in page.words
    done = scene.browser.press(page, "/veto")
    assert "was vetoed: nothing of it happens" in done.words
    assert scene.ledger.sent == [("Governance", "cancel", EARLY)]
    again = scene.browser.press(page, "/veto")  # from a second tab
    assert "needs nothing more" in again.words
    assert len(scene.ledger.sent) == 1


def test_an_execution(scene: OperatorScene) -> None:
    scene.unlock()
    page = scene.get(READY_PAGE)
    assert "This proposal was executed" in scene.browser.press(page, "/execute").words
    assert [call[1] for call in scene.ledger.sent] == ["executeBatch"]


def test_refused_by_the_ledger(scene: OperatorScene) -> None:
    scene.unlock()
    scene.ledger.refuses = True
    assert "ask another to veto" in scene.browser.press(scene.get(EARLY_PAGE), "/veto").words
    assert "No proposal has this number" in scene.get("/proposals/..").words
    assert "No proposal has this number" in scene.get(f"/proposals/{EARLY.hex()[:-1]}").words


def test_without_an_account(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = OperatorScene(monkeypatch, has_account=False)
    assert "Relayer: well" in scene.browser.press(scene.get("/unlock"), "/unlock").words
    assert "You only look" in scene.get("/governance").words
    page = scene.get(READY_PAGE)
    assert "none that may is open here" in page.words
    refused = scene.browser.post(f"{scene.base}{READY_PAGE}/veto", {"csrf": scene.guard.door.csrf})
    assert "account is locked, so nothing was sent" in refused.words
    assert scene.ledger.sent == []


def test_idle_and_forged(scene: OperatorScene) -> None:
    scene.unlock()
    page = scene.get(EARLY_PAGE)
    forged = scene.browser.post(f"{scene.base}{EARLY_PAGE}/veto", {"csrf": "guess"})
    assert (forged.status, scene.ledger.sent) == (403, [])
    scene.seconds += IDLE_SECONDS
    assert "Open your account" in scene.browser.press(page, "/veto").words
    scene.unlock()
    assert "from before Jamjar was locked" in scene.browser.press(page, "/veto").words
    assert scene.ledger.sent == []


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (59, "59 s"), (60, "1 min"), (3900, "1 h 5 min"), (90_061, "1 d 1 h"), (-5, "−5 s")],
)
def test_durations(seconds: int, said: Any) -> None:
    assert duration(seconds) == said
