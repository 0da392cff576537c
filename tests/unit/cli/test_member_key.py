"""The commands about a member's encryption key, with the vault that has it.

When it is rotated                            the vault has the new key before it is published, and keeps the old one
Given nobody agrees                           nothing is published, and the next time the same key is
Given the key on the ledger is another's      that is said, and it is replaced all the same
When an older key is dropped                  not while a package may wait for it, unless told to
"""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from eth_account import Account

from jamjar.adviser import keys
from jamjar.cli.options import Locations
from jamjar.ledger import governed
from jamjar.ledger.governed import Governed
from jamjar.ledger.ledger import TransactionReceipt
from jamjar.model.state import LedgerState, Member, Standing
from jamjar.vault.vault import Vault
from tests.unit.cli.governing_scene import RULES
from tests.unit.cli.home import WHOLE, here
from tests.unit.wallet.scene import PASSPHRASE

KEY = Account.from_key(b"\7" * 32)


class Ledger:
    """Has one member's key, which is the last that was sent."""

    deployment = WHOLE

    def __init__(self, place: Path) -> None:
        self.place, self.sent = place, list[bytes]()
        with Vault.open(str(place), PASSPHRASE) as vault:
            self.digest = keys.digest_of(keys.make_encryption_key(vault))

    def attempt(self, sender: Any, *call: Any) -> None:
        """Succeed."""

    def send(self, sender: Any, contract: str, function: str, public: bytes) -> TransactionReceipt:
        assert function == "changeEncryptionKey"
        self.sent.append(public)
        self.digest = keys.keccak256(public)
        return TransactionReceipt("0x1", 7, 1, ())

    def now(self) -> Governed:
        member = Member(Standing.ACTIVE, "Town Debt Advice", self.digest)
        return Governed(LedgerState(RULES, members={2: member}, accounts={KEY.address: 2}), 1000)


@pytest.fixture
def ledger(home: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    ledger = Ledger(home / "my.vault")
    monkeypatch.setattr(Locations, "ledger", lambda _: ledger)
    monkeypatch.setattr(governed, "read", lambda _: ledger.now())
    (home / "our.keystore").write_text(json.dumps(KEY.encrypt("pass", kdf="pbkdf2", iterations=2)))
    (home / "password").write_text("pass")
    monkeypatch.setenv("JAMJAR_ACCOUNT", "our.keystore")
    monkeypatch.setenv("JAMJAR_PASSWORD_FILE", "password")
    monkeypatch.setenv("COLUMNS", "250")
    return ledger


def held(ledger: Ledger) -> tuple[bytes, list[bytes]]:
    with Vault.open(str(ledger.place), PASSPHRASE) as vault:
        return keys.digest_of(keys.encryption_key(vault)), keys.older(vault)


def test_rotated(ledger: Ledger) -> None:
    old = ledger.digest
    done = here("member", "key", "rotate", "--yes")
    assert (done.status, held(ledger)) == (0, (ledger.digest, [old]))
    listed = here("member", "key", "list").out
    assert [listed.count(word) for word in ("current", "older", "not published")] == [1, 1, 0]


def test_nobody_agrees(ledger: Ledger) -> None:
    old = ledger.digest
    for _ in range(2):
        assert here("member", "key", "rotate").status == 1
    assert (ledger.sent, held(ledger)) == ([], (old, []))
    assert here("member", "key", "list").out.count("not published") == 1
    here("member", "key", "rotate", "--yes")
    assert held(ledger) == (ledger.digest, [old])


def test_stopped_once_it_was_published(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    old = ledger.digest
    with monkeypatch.context() as patch:
        patch.setattr(keys, "adopt", lambda _: (_ for _ in ()).throw(OSError("no room")))
        assert here("member", "key", "rotate", "--yes").status == 1
    assert held(ledger) == (old, [])
    assert here("member", "key", "rotate").status == 0  # there is nothing to agree to
    assert (held(ledger), len(ledger.sent)) == ((ledger.digest, [old]), 1)


def test_a_thief_changed_it(ledger: Ledger) -> None:
    ledger.digest = b"\1" * 32
    done = here("member", "key", "rotate", "--yes")
    assert "which is not in this vault" in " ".join(done.out.replace("│", " ").split())
    assert held(ledger)[0] == ledger.digest


@pytest.mark.parametrize("waits", [b"", None])
def test_dropped(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, waits: bytes | None) -> None:
    old = ledger.digest
    here("member", "key", "rotate", "--yes")
    body = SimpleNamespace(sealed_to=old if waits is None else waits)
    client = SimpleNamespace(waiting=lambda: ("one",), fetch=lambda _: SimpleNamespace(body=body))
    monkeypatch.setattr("jamjar.cli.member_key.connection", lambda *_: client)
    beginning = f"0x{old.hex()[:8]}"
    assert "1 packages wait that this key may open" in here("member", "key", "drop", beginning, "--yes").refusal
    assert "No older keys begin so" in here("member", "key", "drop", f"0x{ledger.digest.hex()}", "--yes").refusal
    assert here("member", "key", "drop", beginning, "--anyway").status == 1
    assert held(ledger)[1] == [old]
    assert here("member", "key", "drop", beginning, "--anyway", "--yes").status == 0
    assert held(ledger)[1] == []


def test_dropped_once_nothing_waits(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    old = ledger.digest
    here("member", "key", "rotate", "--yes")
    body = SimpleNamespace(sealed_to=ledger.digest)
    client = SimpleNamespace(waiting=lambda: ("one",), fetch=lambda _: SimpleNamespace(body=body))
    monkeypatch.setattr("jamjar.cli.member_key.connection", lambda *_: client)
    assert here("member", "key", "drop", old.hex()[:8], "--yes").status == 0
    assert held(ledger)[1] == []
