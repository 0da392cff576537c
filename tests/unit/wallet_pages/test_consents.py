"""Who can see what now, and ending it.

Given a consent                       who, what, how often, until when; one End button
When End is pressed                   signed and sent, and the page says when and in which block
Given nobody carries, or no node      it says so, and what can be done; pressed again it is sent again
Given two windows                     what one did the other neither repeats nor undoes
Given hostile text                    it is text
"""

from dataclasses import replace

import pytest

from jamjar.protocol.typed_data import Pause, Withdraw
from tests.unit.wallet.scene import BUDGET, TERMS
from tests.unit.wallet_pages.scene import Scene

HOSTILE = "<script>alert(1)</script><b x='\"&%(name)s"


def test_nobody_can_see_anything(inside: Scene) -> None:
    assert "Nobody can see anything." in inside.get("/").words


def test_who_can_see_what(inside: Scene) -> None:
    consent = inside.granted()
    inside.ledger.use(consent, b"\1" * 32)
    words = inside.get("/").words
    for said in ("Town Debt Advice", "Home (each line)", "1 of 3 used", "Last look", "End Town Debt Advice"):
        assert said in words
    assert [action for action, _ in inside.get("/").forms() if action.endswith("/end")] == [
        f"{inside.base}/consents/{consent}/end"
    ]


def test_end(inside: Scene) -> None:
    consent = inside.granted()
    ended = inside.browser.press(inside.get("/"), f"{consent}/end")
    assert "Ended Town Debt Advice: ended 1 June 2026" in ended.words
    assert "in block 33" in ended.words
    assert inside.ledger.carried == [Withdraw(consent)]
    assert inside.wallet.outgoing() == ()
    assert "over: you ended it" in inside.get("/").words


def test_back_after_the_end(inside: Scene) -> None:
    consent = inside.granted()
    before = inside.get("/")
    inside.browser.press(before, f"{consent}/end")
    again = inside.browser.press(before, f"{consent}/end")
    assert "in block 33" in again.words
    assert inside.ledger.carried == [Withdraw(consent)]


def test_nobody_carries_it() -> None:
    scene = Scene(has_way=False)
    scene.unlock()
    consent = scene.granted()
    told = scene.browser.press(scene.get("/"), f"{consent}/end")
    assert "Signed, and not sent yet" in told.words
    assert "can still look" in told.words
    assert "What you can do" in told.words
    assert [each.message for each in scene.wallet.outgoing()] == [Withdraw(consent)]
    assert "Send the end again" in scene.get("/").words
    card = scene.get("/card/file")
    assert consent.lower() in card.text.lower()


def test_no_node(inside: Scene) -> None:
    consent = inside.granted()
    inside.ledger.down = True
    home = inside.get("/")
    assert "not known: your node does not answer" in home.words
    told = inside.browser.press(home, f"{consent}/end")
    assert "Signed, and not sent yet" in told.words
    assert [each.message for each in inside.wallet.outgoing()] == [Withdraw(consent)]
    inside.ledger.down = False
    assert "in block 33" in inside.browser.press(told, f"{consent}/end").words
    assert inside.wallet.outgoing() == ()


def test_two_windows(inside: Scene) -> None:
    consent = inside.granted()
    one = inside.get(f"/consents/{consent}")
    two = inside.get(f"/consents/{consent}")
    assert "paused" in inside.browser.press(one, "/pause").words
    late = inside.browser.press(two, "/pause")
    assert "has changed since" in late.words
    assert inside.ledger.carried == [Pause(consent, 0)]
    paused = inside.get(f"/consents/{consent}")
    inside.browser.press(paused, "/resume")
    assert "has changed since" in inside.browser.press(paused, "/resume").words
    inside.browser.press(inside.get("/"), f"{consent}/end")
    assert "has changed since" in inside.browser.press(two, "/pause").words
    assert inside.ledger.states == {consent: "WITHDRAWN"}


@pytest.mark.parametrize("action", ["end", "pause", "resume", "confirm"])
def test_a_consent_that_is_not_there(inside: Scene, action: str) -> None:
    for name in ("0x" + "1" * 40, "..", "<b>"):
        sent = inside.browser.post(f"{inside.base}/consents/{name}/{action}", {"csrf": inside.guard.door.csrf})
        assert sent.status in {400, 404}
        assert "<b>" not in sent.text


def test_hostile_text_is_text(inside: Scene) -> None:
    consent = inside.granted(replace(TERMS, recipient_name="Evil", notice=HOSTILE))
    inside.ledger.name = HOSTILE
    for path in ("/", f"/consents/{consent}", f"/consents/{consent}/end", "/card"):
        page = inside.get(path)
        assert page.status == 200
        assert "<script" not in page.text
        assert "<b x" not in page.text
    assert HOSTILE in inside.get("/").words
    assert HOSTILE in inside.get(f"/consents/{consent}").words


def test_in_welsh(inside: Scene) -> None:
    inside.granted()
    page = inside.get("/?language=cy")
    assert "Cartref" in page.words
    assert '<html lang="cy"' in page.text
    assert '<html lang="cy"' in inside.get("/about").text


def test_a_plan_that_is_committed(inside: Scene) -> None:
    consent = inside.granted()
    assert "you have shown nothing yet" in inside.get("/").words
    inside.wallet.commit(consent, BUDGET)
    assert "can look" in inside.get("/").words
