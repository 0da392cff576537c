"""The adviser's pages in Chromium: with and without JavaScript, at three widths, with larger letters, by axe-core.

Given each page          nothing that axe-core finds wrong, nothing wider than the window, nothing asked of others
Given no JavaScript      a look is recorded and advice sent, by keyboard alone
Given JavaScript         another look, asked for by itself
"""

from tests.browser.walking import NEEDED, walk, wrong_with
from tests.unit.adviser.scene import STORE
from tests.unit.adviser_pages.scene import AdviserScene
from tests.unit.wallet.scene import PASSPHRASE

pytestmark = NEEDED


def test_it_works_for_everybody() -> None:
    scene = AdviserScene(STORE)
    name = scene.desk.package
    paths = ["/", f"/look/{name}", "/ask", "/kept"]
    ask = [
        ["go", "/ask"], ["type", "Where do questions go?", "01234 567890"], ["press", "See the notice first"],
        ["read", "That cannot be asked"],
    ]  # fmt: skip
    looked = [
        ["go", f"/look/{name}"], ["press", "Record it, and look"], ["read", "Sum of these lines"],
        ["type", "What you advise", "Ask for a social tariff."], ["press", "Record it, and send it"],
        ["read", "on the ledger, as a digest, and sent"], *ask,
    ]  # fmt: skip
    kept = [["go", f"/kept/{name}"], ["read", "Sum of these lines"], *ask]
    found = walk(scene.guard, PASSPHRASE, paths, {"without": looked, "with": kept}, "adviser")
    assert wrong_with(found, paths) == []
    assert scene.desk.uses() == 1
    assert [each.text for each in scene.desk.opened()] == ["Ask for a social tariff."]
