"""Erasing: only what has ended, all of it, and what is left opens nothing.

Given the consent has not ended                   erase is refused, and nothing is gone
Given its grant was never carried
├── and can still be                              erase is refused
└── and can no longer be                          it is erased
When a consent that has ended is erased
├── its secret, budgets, advice, packages are gone, and the other consent's are not
├── no 32 bytes that are left make its key, in the file or in the records
└── nothing can be signed or shown under it
"""

import secrets
from pathlib import Path

import pytest

from jamjar.errors import InvalidInput
from jamjar.model.status_words import STATUS
from jamjar.protocol.signing import ConsentKey
from jamjar.vault.secret import CONSENT_KEY, ConsentSecret
from jamjar.wallet.consent_keys import key_of
from jamjar.wallet.erasure import erase, erased, finish
from jamjar.wallet.mail import ClaimantMail
from jamjar.wallet.recipient import RECIPIENT_KEY
from jamjar.wallet.wallet import SECRET, Wallet, record_name
from tests.unit.wallet.scene import BUDGET, TERMS, TIMES, FakeLedger, FakeMailbox, content


@pytest.mark.parametrize("status", ["SCHEDULED", "ACTIVE", "PAUSED", "STALE", "EXHAUSTED"])
def test_what_has_not_ended_stays(wallet: Wallet, consent: str, status: str) -> None:
    before = content(wallet.vault)
    with pytest.raises(InvalidInput, match=f"is {STATUS[status]}; withdraw it"):
        erase(wallet, consent, FakeLedger(wallet, status))
    assert content(wallet.vault) == before


def test_a_grant_that_may_still_be_carried(wallet: Wallet, consent: str) -> None:
    ledger = FakeLedger(wallet, "NONE")
    ledger.clock = TIMES["valid_from"]
    with pytest.raises(InvalidInput, match="is not on the ledger"):
        erase(wallet, consent, ledger)
    ledger.clock += 1
    assert erase(wallet, consent, ledger).is_complete


@pytest.mark.parametrize("status", ["WITHDRAWN", "EXPIRED", "RELEASED"])
def test_nothing_of_it_is_left(wallet: Wallet, consent: str, status: str) -> None:
    other = wallet.grant(TERMS, **TIMES, max_uses=3).message.consent
    wallet.commit(other, BUDGET)
    kept = {key: value for key, value in content(wallet.vault).items() if consent not in key[1]}
    ClaimantMail(wallet, FakeLedger(wallet), FakeMailbox()).show(consent, ["fixed.home.rent"])
    done = erase(wallet, consent, FakeLedger(wallet, status))
    assert done.is_complete
    assert (done.consent, done.status, done.records) == (consent, status, 8)
    left = content(wallet.vault)
    assert left.pop((RECIPIENT_KEY, "2"))  # the other consent's, too
    (mark,) = left.keys() - kept.keys()
    assert (mark[0], left.pop(mark)) == ("erased", b'{"overwritten":true,"status":"%s"}' % status.encode())
    assert left == kept
    assert consent not in mark[1]
    assert (wallet.consents(), erased(wallet.vault)) == ((other,), 1)


def test_no_bytes_that_are_left_make_its_key(wallet: Wallet, where: str, consent: str) -> None:
    with wallet.vault.reading() as transaction:
        secret = transaction.get(SECRET, consent)
    assert secret is not None
    assert key_of(ConsentSecret(secret)).address == consent  # so the search would find it
    assert erase(wallet, consent, FakeLedger(wallet, "WITHDRAWN")).is_complete
    left = b"".join(content(wallet.vault).values())
    wallet.vault.close()
    raw = Path(where).read_bytes()
    windows = {data[at : at + 32] for data in (left, raw) for at in range(len(data) - 31)}
    windows = {w for w in windows if any(w)}
    assert secret not in windows
    assert consent not in {ConsentKey(ConsentSecret(w).derive(CONSENT_KEY)).address for w in windows}
    assert len(windows) > 1000


def test_nothing_can_be_done_under_it(wallet: Wallet, consent: str) -> None:
    erase(wallet, consent, FakeLedger(wallet, "WITHDRAWN"))
    for act in (wallet.withdraw, wallet.pause, wallet.stored, wallet.secret, wallet.head_of):
        with pytest.raises(InvalidInput, match="has no consent"):
            act(consent)
    assert wallet.outgoing() == ()


def test_a_failed_try_shows(wallet: Wallet, consent: str) -> None:
    """What is tried can succeed: with the secret kept elsewhere in the vault, all is found."""
    with wallet.vault.writing() as transaction:
        transaction.put(SECRET, "a copy", transaction.get(SECRET, consent) or b"")
    done = erase(wallet, consent, FakeLedger(wallet, "WITHDRAWN"))
    assert [holds for _, holds in done.tried] == [True, True, False, False, False, True]
    assert not done.is_complete


def test_erases_once(wallet: Wallet, consent: str) -> None:
    erase(wallet, consent, FakeLedger(wallet, "WITHDRAWN"))
    assert finish(wallet.vault) == ()
    with pytest.raises(InvalidInput, match="has no consent"):
        erase(wallet, consent, FakeLedger(wallet, "WITHDRAWN"))


def test_names_of_records(consent: str) -> None:
    word = secrets.token_bytes(32)
    assert record_name(consent, word) == f"{consent}/0x{word.hex()}"
