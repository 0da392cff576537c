"""A wallet in a file with one consent and a budget committed to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.vault.vault import Vault
from jamjar.wallet.wallet import Wallet
from tests.unit.wallet.bank_files import Take, taking
from tests.unit.wallet.scene import BUDGET, CHEAP, DEPLOYMENT, PASSPHRASE, SIGNED_AT, TERMS, TIMES, drawn


@pytest.fixture
def where(tmp_path: Path) -> str:
    return str(tmp_path / "wallet.vault")


@pytest.fixture
def wallet(where: str) -> Iterator[Wallet]:
    with Vault.create(where, PASSPHRASE, cost=CHEAP) as vault:
        wallet = Wallet(DEPLOYMENT, vault, drawn(), lambda: SIGNED_AT)
        consent = wallet.grant(TERMS, **TIMES, max_uses=3).message.consent
        wallet.commit(consent, BUDGET)
        yield wallet


@pytest.fixture
def consent(wallet: Wallet) -> str:
    return wallet.consents()[0]


@pytest.fixture
def vault(wallet: Wallet) -> Vault:
    return wallet.vault


@pytest.fixture
def take(vault: Vault) -> Take:
    """Import files, and return for each its counts that are not zero, or why it was refused."""
    return taking(vault)
