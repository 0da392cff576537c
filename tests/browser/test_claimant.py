"""The claimant's pages in Chromium: with and without JavaScript, at three widths, with larger letters, by axe-core.

Given each page          nothing that axe-core finds wrong, nothing wider than the window, nothing asked of others
Given no JavaScript      a request is agreed to, and the consent ended, by keyboard alone
Given JavaScript         the same
"""

import time

import pytest

from tests.browser.walking import NEEDED, walk, wrong_with
from tests.unit.wallet.scene import BUDGET, PASSPHRASE, asking
from tests.unit.wallet_pages.scene import Scene
from tests.unit.wallet_pages.test_asked import take
from tests.unit.wallet_pages.test_money import look, start
from tests.unit.wallet_pages.test_seen import letter

pytestmark = NEEDED


@pytest.fixture
def scene(inside: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    consents = [inside.granted() for _ in range(3)]
    start(inside)
    inside.browser.press(look(inside), "/bank/take")
    monkeypatch.setattr(inside.claimant, "_clock", time.time)
    inside.ledger.clock = int(time.time())
    inside.ledger.read = lambda *_: 1
    for _ in range(3):
        take(inside, asking(about="A line of words that is rather longer than a telephone is wide.").to_json().encode())
    letter(inside, consents[0], "Ask for a social tariff.")
    inside.wallet.settle(inside.wallet.commit(consents[0], BUDGET))
    inside.ledger.use(consents[0], inside.wallet.head_of(consents[0]))
    inside.ledger.states[consents[2]] = "PAUSED"
    inside.guard.door.lock()
    inside.guard.door._token = "once"  # noqa: S105
    return inside


def test_it_works_for_everybody(scene: Scene) -> None:
    first = scene.wallet.consents()[0]
    paths = [
        "/", f"/consents/{first}", f"/consents/{first}/end", f"/consents/{first}/show",
        "/requests", "/requests/1", "/looks", "/advice", "/month",
        "/plan", "/plan/line", "/plan/line/fixed.home.rent", "/plan/debt", "/bank", "/card", "/backup", "/about",
        "/tokens", "/?language=cy", "/?language=en",
    ]  # fmt: skip

    def journey(request: int) -> list[list[str]]:
        return [
            ["go", "/requests"], ["go", f"/requests/{request}"], ["press", "Agree"], ["read", "It is on the ledger."],
            ["go", "/"], ["press", "End Town Debt Advice"], ["read", "in block 33"],
            ["go", "/plan/line/fixed.home.rent"], ["type", "How much, in pounds?", "103"], ["press", "Store"],
            ["read", "£103.00"],
        ]  # fmt: skip

    found = walk(scene.guard, PASSPHRASE, paths, {"without": journey(2), "with": journey(3)}, "claimant")
    assert wrong_with(found, paths) == []
    assert found["journey"] == ["It is on the ledger.", "in block 33", "£103.00"] * 2
    assert list(scene.ledger.states.values()).count("WITHDRAWN") == 2
