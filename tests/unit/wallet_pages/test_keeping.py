"""The panic card and the backup in the claimant's pages.

Given live consents     a card of them, to print under a policy with the hash of its own style; and as a file
Given two passphrases   a backup that opens with the one that was typed twice; nothing of it is left on the disk
"""

import base64
import hashlib
import json
import re
from datetime import date
from pathlib import Path

import pytest

from jamjar.protocol.panic_card import Card
from jamjar.vault.vault import Vault
from tests.unit.wallet.scene import CHEAP, PASSPHRASE
from tests.unit.wallet_pages.scene import Scene


def test_no_card_without_consents(inside: Scene) -> None:
    assert "There is no consent that it could end." in inside.get("/card").words
    assert inside.get("/card/print").status == 400


def test_a_card(inside: Scene) -> None:
    consent = inside.granted()
    printed = inside.get("/card/print")
    (style,) = re.findall(r"<style>(.*?)</style>", printed.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in printed.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in printed.headers["content-security-policy"]
    assert printed.headers["cache-control"] == "no-store"
    file = inside.get("/card/file")
    assert Card.from_json(file.text).consents == (consent,)
    assert json.loads(file.text)["made"] == date(2026, 6, 1).isoformat()
    inside.ledger.states[consent] = "WITHDRAWN"
    assert inside.get("/card/file").status == 400


def test_a_backup(inside: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    consent = inside.granted()
    page = inside.get("/backup")
    words = "backup of " + PASSPHRASE
    for one, other, said in ((words, "x", "differ"), ("short", "short", "8")):
        refused = inside.browser.press(page, "/backup/file", **{"passphrase": one, "again": other})
        assert said in refused.words
        assert one not in refused.text
    done = inside.browser.press(page, "/backup/file", **{"passphrase": words, "again": words})
    assert 'attachment; filename="jamjar-2026-06-01.backup"' in done.headers["content-disposition"]
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "backup").write_bytes(done.body)
    new = str(tmp_path / "new")
    with (
        Vault.restore(tmp_path / "backup", words, new, PASSPHRASE, cost=CHEAP) as vault,
        vault.reading() as transaction,
    ):
        assert [name for name, _ in transaction.all("consent")] == [consent]
