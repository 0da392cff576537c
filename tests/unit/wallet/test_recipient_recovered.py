"""A key that was changed once the council gave the member an account: the wallet says that, beside who changed it.

Given the council gave it one before the change     named, with its day, also where another account changed the key
Given it did so since, or for another member        not named
"""

import pytest

from jamjar.crypto.sealing import EncryptionKey
from jamjar.errors import InvalidInput
from jamjar.protocol.events import Origin, RecoveryCompleted
from jamjar.wallet.recipient import checked_key, remember_key
from jamjar.wallet.wallet import Wallet
from tests.unit.wallet.scene import DESK, TERMS, FakeLedger

GIVEN = f"0x{77:040x}"


@pytest.mark.parametrize(
    ("member", "account", "block", "is_said"),
    [(2, DESK, 1, True), (2, GIVEN, 1, True), (2, GIVEN, 3, False), (3, GIVEN, 1, False)],
)
def test_what_the_council_gave(wallet: Wallet, member: int, account: str, block: int, is_said: bool) -> None:
    ledger = FakeLedger(wallet)
    key = checked_key(wallet.vault, ledger, TERMS)
    with wallet.vault.writing() as transaction:
        remember_key(transaction, TERMS, key)
    ledger.recorded.append(RecoveryCompleted(Origin(block, "0x", 5, "0x"), member, account))
    ledger.keys.append(EncryptionKey(b"\x66" * 32).public_bytes)  # in block 2
    with pytest.raises(InvalidInput) as refused:
        checked_key(wallet.vault, ledger, TERMS)
    words = f"in block 2, after the council gave it account {account} on 1970-01-01, and whoever"
    assert (words in str(refused.value), f"changed by its account {DESK}" in str(refused.value)) == (is_said, True)
