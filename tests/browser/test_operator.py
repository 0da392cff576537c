"""The operator's pages in Chromium: with and without JavaScript, at three widths, with larger letters, by axe-core.

Given each page          nothing that axe-core finds wrong, nothing wider than the window, nothing asked of others
Given no JavaScript      a proposal is vetoed, by keyboard alone
Given JavaScript         another is executed
"""

import pytest

from tests.browser.walking import NEEDED, walk, wrong_with
from tests.unit.operator_pages.scene import EARLY, PASSWORD, READY, OperatorScene

pytestmark = NEEDED


def test_it_works_for_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = OperatorScene(monkeypatch)
    early, ready = (f"/proposals/{name.hex()}" for name in (EARLY, READY))
    paths = ["/", "/governance", early, ready]
    veto = [["go", "/governance"], ["follow", "Proposal 01010101"], ["press", "Veto it"], ["read", "was vetoed"]]
    execute = [["go", ready], ["press", "Execute it"], ["read", "was executed"]]
    found = walk(scene.guard, PASSWORD, paths, {"without": veto, "with": execute}, "operator")
    assert wrong_with(found, paths) == []
    assert [call[1] for call in scene.ledger.sent] == ["cancel", "executeBatch"]
