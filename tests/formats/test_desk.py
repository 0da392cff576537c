"""An adviser's vault made before: the member's key is in it, and what it may keep."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jamjar.adviser.keys import encryption_key
from jamjar.adviser.mail import AdviserMail
from jamjar.crypto.hashing import keccak256
from jamjar.vault.vault import Vault
from tests.formats.known import DEPLOYMENT, KNOWN, account

THERE = KNOWN["desk"]
NOWHERE: Any = SimpleNamespace(deployment=DEPLOYMENT)
"""A ledger and a mailbox that nobody asks."""


def test_the_key(files: Path) -> None:
    with Vault.open(str(files / "desk.vault"), KNOWN["passphrase"]) as vault:
        assert encryption_key(vault).to_bytes().hex() == KNOWN["chain"]["adviser_encryption_seed"]
        assert keccak256(encryption_key(vault).public_bytes).hex() == THERE["public_key_digest"]
        assert not vault.has_outdated_cost


def test_what_it_may_keep(files: Path) -> None:
    with Vault.open(str(files / "desk.vault"), KNOWN["passphrase"]) as vault:
        kept = AdviserMail(NOWHERE, account(2), vault, NOWHERE).kept()
    assert THERE["kept"] == {
        name: {"consent": seen.disclosure.consent, "keep_until": seen.keep_until, "figures": seen.figures}
        for name, seen in kept.items()
    }
