"""Looking in the adviser's pages.

Given a package               whose, sent when, looks left, ends; looking says what it costs
Given a look                  one use, whatever is pressed again or sent again; a second is asked for
Given blocks that lack        the page says so, and pressing again costs no other use
Given terms to view only      gone once another page is opened, or the door locks
Given terms to keep           kept until it is due; advice goes out once
"""

import pytest

from jamjar.mailbox.refusal import MailboxCode as Code
from tests.unit.adviser.scene import STORE
from tests.unit.adviser_pages.scene import AdviserScene

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def viewing() -> AdviserScene:
    scene = AdviserScene()
    scene.unlock()
    return scene


@pytest.fixture
def keeping() -> AdviserScene:
    scene = AdviserScene(STORE)
    scene.unlock()
    return scene


def test_clients(viewing: AdviserScene) -> None:
    page = viewing.get("/")
    for said in ("Looks left 3", "Seen no", "running", "Ends 15 January 2027"):
        assert said in page.words
    named = viewing.browser.press(page, "/label", label=HOSTILE)
    assert HOSTILE in named.words
    assert "<script" not in named.text
    fields = {"csrf": viewing.guard.door.csrf, "label": "x", "consent": "0x" + "1" * 40}
    assert viewing.browser.post(f"{viewing.base}/label", fields).status == 400
    assert viewing.browser.press(page, "/label", label="x" * 61).status == 400


def test_one_look_is_one_use(viewing: AdviserScene) -> None:
    before = viewing.get(f"/look/{viewing.desk.package}")
    assert "Looking costs one of the uses" in before.words
    assert viewing.desk.uses() == 0
    shown = viewing.look(before)
    assert "Rent £119.14" in shown.words
    assert "Sum of these lines £119.14" in shown.words
    assert shown.headers["cache-control"] == "no-store"
    assert "has changed since" in viewing.look(before).words  # reloaded, or pressed twice
    assert viewing.desk.uses() == 1
    second = viewing.get(f"/look/{viewing.desk.package}")
    assert "You looked at this already" in second.words
    action, fields = second.form(viewing.desk.package)
    assert viewing.browser.post(action, {**fields, "again": ""}).status == 400
    assert viewing.desk.uses() == 1
    assert "Rent £119.14" in viewing.look(second).words
    assert viewing.desk.uses() == 2


def test_blocks_lack(viewing: AdviserScene) -> None:
    viewing.desk.mailbox.refusals = [Code.NOT_DEEP_ENOUGH] * 30
    told = viewing.look()
    assert "It costs no other look." in told.words
    assert viewing.paused == 20
    assert viewing.desk.uses() == 1
    viewing.desk.mailbox.refusals = []
    assert "Rent £119.14" in viewing.look(told).words
    assert viewing.desk.uses() == 1


@pytest.mark.parametrize("other", ["/", "/kept", "/ask"])
def test_what_is_viewed_is_gone(viewing: AdviserScene, other: str) -> None:
    shown = viewing.look()
    viewing.get(other)
    assert viewing.opened.viewing is None
    late = viewing.browser.press(shown, f"/advise/{viewing.desk.package}", text="Late.")
    assert "gone once you leave it" in late.words
    assert viewing.desk.opened() == []
    assert viewing.get(f"/kept/{viewing.desk.package}").status == 400


def test_what_is_viewed_is_gone_when_it_locks(viewing: AdviserScene) -> None:
    viewing.look()
    viewing.guard.lock()
    assert viewing.opened.viewing is None


def test_advice_beside_a_view(viewing: AdviserScene) -> None:
    shown = viewing.look()
    empty = viewing.browser.press(shown, f"/advise/{viewing.desk.package}", text="")
    assert (empty.status, viewing.desk.opened()) == (400, [])
    sent = viewing.browser.press(empty, f"/advise/{viewing.desk.package}", text=f"Ask.\r\n{HOSTILE}")
    assert "on the ledger, as a digest, and sent" in sent.words
    assert [each.text for each in viewing.desk.opened()] == [f"Ask.\n{HOSTILE}"]


def test_what_is_kept(keeping: AdviserScene) -> None:
    shown = keeping.look()
    assert "You may keep this until" in shown.words
    assert "Rent £119.14" in keeping.get(f"/kept/{keeping.desk.package}").words
    assert keeping.desk.uses() == 1
    keeping.browser.press(shown, f"/advise/{keeping.desk.package}", text="Ask.")
    again = keeping.browser.press(shown, f"/advise/{keeping.desk.package}", text="Ask.")
    assert "has changed since" in again.words
    assert len(keeping.desk.opened()) == 1
    kept = keeping.get("/kept")
    assert "Kept, encrypted, until it is due" in kept.words
    keeping.desk.ledger.clock += 3 * 86_400
    assert "1 of these is due." in keeping.get("/kept").words
    assert "You keep nothing." in keeping.browser.press(kept, "/kept").words


@pytest.mark.parametrize("name", ["0" * 64, "x", "<b>"])
def test_a_package_that_is_not_there(viewing: AdviserScene, name: str) -> None:
    page = viewing.get(f"/look/{name}")
    assert page.status in {400, 404}
    assert "<b>" not in page.text
    assert viewing.desk.uses() == 0
