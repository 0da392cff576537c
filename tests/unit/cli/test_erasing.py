"""jamjar wallet erase says what it cannot reach; there is a fake ledger, and no mailbox.

When a consent is erased    each kind of file that may still name it is named, with the address to look for
"""

from pathlib import Path

import pytest

from jamjar.cli.options import Locations
from tests.unit.cli.home import WHOLE, here
from tests.unit.wallet.scene import FakeLedger


def test_what_is_out_of_reach(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAMJAR_MAILBOX")
    consent = here("wallet", "grant", "request.json", "--yes", "--offline", "--json").json["consent"]
    assert here("wallet", "card", "card.json", "--offline").status == 0
    assert here("wallet", "send", "--to", "messages").status == 0
    ledger = FakeLedger(status="WITHDRAWN")
    ledger.deployment, ledger.terms_digest = WHOLE, lambda _: bytes(32)
    monkeypatch.setattr(Locations, "ledger", lambda _: ledger)
    done = here("wallet", "erase", consent, "--yes")
    assert done.status == 0, done
    (line,) = (each for each in done.out.splitlines() if consent in each)
    kinds = ("panic cards", "records", "messages", "receipts", "backups")
    assert [kind for kind in kinds if kind not in line] == []
    naming = [each for each in home.rglob("*.json") if consent.lower() in each.read_text().lower()]
    assert {each.name for each in naming} == {"card.json", "001-grant.json"}  # so the sentence is true
