"""The claimant's door, attacked.

Given the address                 it opens once; a second browser, a replay and a guess see nothing
Given a page before unlocking     the passphrase is asked for, and nothing is done
Given a form without its token    nothing is done
Given the door is locked          the vault is closed; what older pages send is refused, and so is a used session
Given it is idle                  the same
Given another user's browser      nothing but that it is not let in
"""

import re

import pytest

from jamjar.errors import VaultUnavailable
from jamjar.pages.session import IDLE_SECONDS
from tests.support.browsing import HOST, Browser
from tests.unit.wallet.scene import PASSPHRASE
from tests.unit.wallet_pages.scene import Scene

PAGES = (
    "/", "/requests", "/looks", "/advice", "/month", "/plan", "/bank", "/payees", "/rules", "/card", "/card/print",
    "/card/file", "/backup", "/about", "/tokens",
)  # fmt: skip


def other(scene: Scene) -> Browser:
    return Browser(scene.browser.app)


def test_the_address_opens_once(scene: Scene) -> None:
    address = scene.guard.door.opening_path()
    entered = scene.browser.get(address, {"sec-fetch-site": "none"})
    assert entered.status == 303
    assert address.rpartition("/")[2] not in entered.headers["location"]
    cookie = entered.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", f"Path={scene.base}/"))
    assert scene.browser.get(address).status == 303  # its own browser, going back
    replayed = other(scene).get(address)
    assert (replayed.status, "opened before" in replayed.words) == (403, True)
    assert "set-cookie" not in replayed.headers


def test_a_guess_and_another_browser(scene: Scene) -> None:
    for token in ("x", "", scene.base[1:]):
        assert other(scene).get(f"{scene.base}/enter/{token}").status in {403, 404}
    scene.unlock()
    stranger = other(scene)
    for path in PAGES:
        seen = stranger.get(f"{scene.base}{path}")
        assert (seen.status, "has not entered here" in seen.words) == (403, True)
    for cookie in ("", "x", scene.guard.door.csrf, scene.base):
        stranger.cookies = {"jamjar": (cookie, "/")}
        assert stranger.get(f"{scene.base}/").status == 403
    assert stranger.post(f"{scene.base}/unlock", {"passphrase": PASSPHRASE}).status == 403


def test_a_cookie_is_for_paths_that_nobody_else_knows(scene: Scene) -> None:
    scene.unlock()
    assert [path for _, path in scene.browser.cookies.values()] == [f"{scene.base}/"]
    assert len(scene.base) > 40
    assert other(scene).get("/").status == 404


def test_before_the_passphrase_there_is_nothing(scene: Scene) -> None:
    consent = scene.granted()
    scene.browser.follow(scene.enter())
    for path in PAGES:
        assert scene.get(path).headers["location"] == f"{scene.base}/unlock"
    assert scene.browser.post(f"{scene.base}/consents/{consent}/end", {"csrf": ""}).status == 303
    assert scene.ledger.carried == []
    with pytest.raises(VaultUnavailable):
        _ = scene.claimant.wallet


def test_a_wrong_passphrase(scene: Scene) -> None:
    scene.browser.follow(scene.enter())
    page = scene.get("/unlock")
    wrong = scene.browser.press(page, "/unlock", **{"passphrase": "wrong passphrase"})
    assert (wrong.status, "does not open the vault" in wrong.words) == (400, True)
    assert "wrong passphrase" not in wrong.text
    assert scene.opened == 0


@pytest.mark.parametrize("sent", ["", "x", "the cookie's"])
def test_a_form_without_its_token(inside: Scene, sent: str) -> None:
    consent = inside.granted()
    fields = {"csrf": inside.browser.cookies["jamjar"][0] if sent == "the cookie's" else sent}
    refused = inside.browser.post(f"{inside.base}/consents/{consent}/end", fields)
    assert (refused.status, inside.ledger.carried) == (403, [])
    assert inside.browser.post(f"{inside.base}/consents/{consent}/end", {}).status == 403


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "http://evil.example"}]
)
def test_a_form_of_another_site(inside: Scene, headers: dict[str, str]) -> None:
    consent, csrf = inside.granted(), inside.guard.door.csrf
    sent = inside.browser.post(f"{inside.base}/consents/{consent}/end", {"csrf": csrf}, headers)
    assert (sent.status, inside.ledger.carried) == (403, [])
    inside.browser.host = "jamjar.evil.example"
    assert inside.browser.post(f"{inside.base}/consents/{consent}/end", {"csrf": csrf}).status == 403
    inside.browser.host = HOST
    assert inside.browser.post(f"{inside.base}/consents/{consent}/end", {"csrf": csrf}).status == 303


def lock(scene: Scene) -> None:
    assert "Passphrase" in scene.browser.press(scene.get("/"), "/lock").words


def test_a_locked_door(inside: Scene) -> None:
    consent = inside.granted()
    page = inside.get("/")
    lock(inside)
    with pytest.raises(VaultUnavailable), inside.vault.reading():
        pass
    for path in PAGES:
        assert inside.get(path).headers["location"] == f"{inside.base}/unlock"
    action, fields = page.form(f"{consent}/end")
    assert inside.browser.post(action, fields).headers["location"] == f"{inside.base}/unlock"
    inside.guard.door.unlock()  # as if the passphrase were typed again, with a vault that opens
    assert inside.browser.post(action, fields).status == 403
    assert inside.ledger.carried == []


@pytest.mark.parametrize("asked", [True, False])
def test_an_idle_door(inside: Scene, asked: bool) -> None:
    inside.seconds = IDLE_SECONDS - 1
    inside.guard.lock_if_idle()
    assert inside.get("/about").status == 200
    inside.seconds += IDLE_SECONDS
    if asked:
        assert inside.get("/about").headers["location"] == f"{inside.base}/unlock"
    inside.guard.lock_if_idle()
    assert not inside.guard.door.is_open
    with pytest.raises(VaultUnavailable), inside.vault.reading():
        pass


def test_no_page_is_kept_framed_or_has_a_secret_in_an_address(inside: Scene) -> None:
    inside.granted()
    secrets = {inside.guard.door.csrf, inside.browser.cookies["jamjar"][0], PASSPHRASE}
    for path in PAGES:
        page = inside.get(path)
        assert page.status == 200, page.words
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert not {s for s in secrets for a in re.findall(r'(?:href|action|src)="([^"]*)"', page.text) if s in a}
        assert "<script" not in page.text
