"""jamjar wallet grant and disclose, and who the recipient is; there is a fake ledger, and no mailbox.

Given the ledger has another name of the member   refused, and nothing is signed
Given the ledger has another key than before      refused until --new-key, by grant and disclose alike
When no node is asked                             it says that name and key were not compared
Given the chain has had no block for long         it begins in the future all the same, and so when it is ahead
"""

import time
from pathlib import Path

import pytest

from jamjar.cli.options import Locations
from tests.unit.cli.home import WHOLE, Done, here, write_request
from tests.unit.wallet.scene import FakeLedger

GRANT = ("wallet", "grant", "request.json", "--yes")


@pytest.fixture
def ledger(home: Path, monkeypatch: pytest.MonkeyPatch) -> FakeLedger:
    made = FakeLedger()
    made.deployment, made.clock = WHOLE, int(time.time())
    monkeypatch.setattr(Locations, "ledger", lambda _: made)
    return made


def another(*words: str) -> Done:
    """Agree to another request of the same recipient."""
    write_request(Path("request.json"))
    return here(*GRANT, *words)


def granted() -> int:
    return len(here("wallet", "consents", "--offline", "--json").json["consents"])


def test_another_name(ledger: FakeLedger) -> None:
    ledger.name = "Department for Benefits"
    done = here(*GRANT)
    assert done.status == 1
    assert "member 2 is 'Department for Benefits', and not 'Town Debt Advice'" in done.err
    assert granted() == 0


def test_another_key(ledger: FakeLedger) -> None:
    assert here(*GRANT).status == 0
    ledger.keys.append(bytes(1216))
    assert "was changed by its account" in another().err
    assert granted() == 1
    assert another("--new-key").status == 0
    assert another().status == 0
    assert granted() == 3


def test_disclosing_to_another_key(ledger: FakeLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    consent = here(*GRANT, "--json").json["consent"]
    signed = here("wallet", "commit", consent, "plan.json")
    assert signed.status == 0, signed
    head = here("wallet", "consents", "--offline", "--json").json["consents"][0]
    assert head["committed"]
    monkeypatch.setattr("jamjar.wallet.wallet.Wallet.disclose", lambda wallet, name, _: _Shown(wallet, name))
    ledger.head_of = lambda _: b"\1" * 32
    ledger.keys.append(bytes(1216))
    assert "was changed by its account" in here("wallet", "disclose", consent, "fixed.home.rent").refusal
    agreed = here("wallet", "disclose", consent, "fixed.home.rent", "--new-key").refusal
    assert "was changed" not in agreed


class _Shown:
    """What a wallet would show, as far as it is looked at before it is sealed."""

    root = b"\1" * 32

    def __init__(self, wallet, consent) -> None:
        self.consent, self.terms = consent, wallet.stored(consent).terms
        self.chain_id, self.contract = 0, ""  # so that sealing is refused: nothing is to be sent


def test_no_node(home: Path) -> None:
    done = here(*GRANT, "--offline")
    assert "No node was asked whether the recipient's number, name and key belong together." in done.err
    assert granted() == 1


@pytest.mark.parametrize("off", [-(10**9), -300, 7200])
def test_it_begins_in_the_future_whatever_the_newest_block_says(ledger: FakeLedger, off: int) -> None:
    before = int(time.time())
    ledger.clock = before + off
    done = here(*GRANT, "--begin", "now", "--json")
    assert done.json["carry_before"] >= max(before, ledger.clock) + 300
