"""What a wallet signs others can check, and what is shown of it tells no secret."""

from eth_account import Account
from eth_account.messages import encode_typed_data

from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.typed_data import full_message
from jamjar.wallet.wallet import Wallet
from tests.unit.wallet.scene import BUDGET


def test_eth_account_finds_the_consent_in_every_signature(wallet: Wallet, consent: str) -> None:
    signed: list[SignedMessage] = [
        wallet.commit(consent, BUDGET), wallet.pause(consent), wallet.resume(consent), wallet.reconfirm(consent, 600),
        wallet.withdraw(consent), wallet.acknowledge(consent, b"\1" * 32, b"\2" * 32),
    ]  # fmt: skip
    for each in signed:
        domain = wallet.deployment.domain_of(type(each.message))
        shown = encode_typed_data(full_message=full_message(domain, each.message))
        assert Account.recover_message(shown, signature=each.signature.to_bytes65()) == consent


def test_shows_nothing_secret(wallet: Wallet, consent: str) -> None:
    wallet.commit(consent, BUDGET)
    stored, disclosure = wallet.stored(consent), wallet.disclose(consent, ["fixed.home.rent"])
    assert repr(wallet) == "Wallet(1 consents)"
    salts = [disclosure.terms_salt, *(opening.salt for opening in disclosure.openings)]
    for secret in ("11914", "fixed.home", "look", stored.head.hex(), *(salt.hex() for salt in salts)):
        assert secret not in repr(stored) + repr(wallet.secret(consent))
