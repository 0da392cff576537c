"""The claimant's wallet: one fresh key a consent, messages in the order the contracts want, nothing secret shown.

Given the wallet does not hold the consent         everything but grant is refused
Given nothing is committed                         disclose is refused
When an entry is outside the scope                 disclose is refused
When pauses, resumptions, reconfirmations follow   each names the next sequence; other messages count none
When commitments follow                            each replaces the one before, and no root returns
When the ledger refused what was signed            the wallet follows the ledger, never to a strange head
When consents are granted                          keys, terms' salts, leaves' salts are all fresh
When the wallet, or what it holds, is shown        no key, salt, amount or notice is
"""

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from jamjar.errors import InvalidInput, OutsideScope
from jamjar.protocol.deployment import Deployment
from jamjar.vault.passphrase import Cost
from jamjar.vault.vault import Vault
from jamjar.wallet.stored import NO_ROOT
from jamjar.wallet.wallet import Wallet
from tests.unit.wallet.scene import BUDGET, TERMS, TIMES

STRANGE = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"  # from EIP-55


@pytest.fixture
def vault() -> Iterator[Vault]:
    with Vault.create(":memory:", "a passphrase", cost=Cost(8, 1, 1)) as made:
        yield made


@pytest.fixture
def wallet(deployment_of: Callable[..., Deployment], vault: Vault) -> Wallet:
    return Wallet(deployment_of(), vault)


@pytest.fixture
def consent(wallet: Wallet) -> str:
    return wallet.grant(TERMS, **TIMES, max_uses=3).message.consent


@pytest.mark.parametrize(
    "act",
    [
        lambda w: w.commit(STRANGE, BUDGET), lambda w: w.pause(STRANGE), lambda w: w.resume(STRANGE),
        lambda w: w.reconfirm(STRANGE, 600), lambda w: w.withdraw(STRANGE), lambda w: w.head_of(STRANGE),
        lambda w: w.acknowledge(STRANGE, b"\1" * 32, b"\2" * 32), lambda w: w.disclose(STRANGE, ["fixed.home.rent"]),
    ],
)  # fmt: skip
def test_a_consent_it_does_not_hold(wallet: Wallet, consent: str, act: Callable[[Wallet], Any]) -> None:
    with pytest.raises(InvalidInput, match="has no consent"):
        act(wallet)


def test_discloses_nothing_before_a_commitment(wallet: Wallet, consent: str) -> None:
    with pytest.raises(InvalidInput, match="commit a budget first"):
        wallet.disclose(consent, ["fixed.home.rent"])


def test_discloses_nothing_outside_the_scope(wallet: Wallet, consent: str) -> None:
    wallet.commit(consent, BUDGET)
    with pytest.raises(OutsideScope):
        wallet.disclose(consent, ["fixed.home.rent", "flexible.food.alcohol"])


def test_the_next_sequence(wallet: Wallet, consent: str) -> None:
    wallet.commit(consent, BUDGET)
    signed = [wallet.pause(consent), wallet.resume(consent), wallet.reconfirm(consent, 600), wallet.pause(consent)]
    assert [each.message.sequence for each in signed] == [0, 1, 2, 3]
    wallet.withdraw(consent)
    wallet.acknowledge(consent, b"\1" * 32, b"\2" * 32)
    assert wallet.resume(consent).message.sequence == 4


def test_a_grant_that_fails_is_not_held(wallet: Wallet) -> None:
    with pytest.raises(InvalidInput):
        wallet.grant(TERMS, **TIMES, max_uses=-1)
    assert wallet.consents() == ()


def test_commitments_replace_each_other(wallet: Wallet, consent: str) -> None:
    signed = [wallet.commit(consent, BUDGET).message for _ in range(5)]
    roots = [message.root for message in signed]
    assert [message.replaces for message in signed] == [NO_ROOT, *roots[:-1]]
    assert len({*roots, NO_ROOT}) == 6
    assert wallet.head_of(consent) == roots[-1]


def test_follows_the_ledger_after_a_refusal(wallet: Wallet, consent: str) -> None:
    first, _, _ = (wallet.commit(consent, BUDGET).message.root, wallet.commit(consent, BUDGET), wallet.pause(consent))
    wallet.follow(consent, head=first, sequence=0)
    assert wallet.pause(consent).message.sequence == 0
    assert wallet.commit(consent, BUDGET).message.replaces == first
    wallet.follow(consent, head=NO_ROOT, sequence=1)
    assert wallet.resume(consent).message.sequence == 1


@pytest.mark.parametrize(("head", "sequence"), [(b"\1" * 32, 0), (NO_ROOT, 3)])
def test_follows_nothing_it_did_not_sign(wallet: Wallet, consent: str, head: bytes, sequence: int) -> None:
    with pytest.raises(InvalidInput, match="by this wallet"):
        wallet.follow(consent, head=head, sequence=sequence)
    assert (wallet.head_of(consent), wallet.pause(consent).message.sequence) == (NO_ROOT, 0)


def test_each_consent_is_fresh(deployment_of: Callable[..., Deployment], vault: Vault) -> None:
    drawn: list[bytes] = []

    def random_bytes(size: int) -> bytes:
        drawn.append(secrets.token_bytes(size))
        return drawn[-1]

    wallet = Wallet(deployment_of(), vault, random_bytes)
    one, other = (wallet.grant(TERMS, **TIMES, max_uses=3).message for _ in range(2))
    assert one.consent != other.consent
    assert one.terms_digest != other.terms_digest
    assert wallet.consents() == (one.consent, other.consent)
    roots = {wallet.commit(each, BUDGET).message.root for each in wallet.consents()}
    assert len(roots) == 2
    assert len(set(drawn)) == len(drawn)
    assert sorted(map(len, drawn)) == [16, 16, 32, 32]  # a secret for each consent, a nonce for each commitment
