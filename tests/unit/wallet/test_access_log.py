"""Who looked: each use, and whether the claimant had shown that budget as often by then."""

from jamjar.wallet.access_log import access_log
from jamjar.wallet.mail import ClaimantMail
from jamjar.wallet.wallet import Wallet
from tests.unit.wallet.scene import BUDGET, TERMS, FakeLedger, FakeMailbox


def test_more_looks_than_were_shown(wallet: Wallet, consent: str) -> None:
    ledger = FakeLedger(wallet)
    mail = ClaimantMail(wallet, ledger, FakeMailbox())
    old = wallet.head_of(consent)
    ledger.use(consent, old)
    assert [look.is_expected for look in access_log(wallet, ledger)] == [False]
    mail.show(consent, ["fixed.home.rent"])
    assert [look.is_expected for look in access_log(wallet, ledger)] == [True]
    ledger.use(consent, old)
    wallet.commit(consent, BUDGET)
    mail.show(consent, ["fixed.home.rent"])
    ledger.use(consent, wallet.head_of(consent))
    found = access_log(wallet, ledger)
    assert [look.is_expected for look in found] == [True, False, True]
    assert {(look.consent, look.recipient) for look in found} == {(consent, TERMS.recipient)}
    assert [look.commitment for look in found] == [old, old, wallet.head_of(consent)]
