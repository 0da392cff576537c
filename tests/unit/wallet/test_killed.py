"""A wallet whose process is killed (-9) at any statement is as before, or as afterwards; never between."""

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from jamjar.consent.notice import terms_of
from jamjar.vault.vault import Vault
from jamjar.wallet.erasure import ERASED, erase, finish
from jamjar.wallet.mail import ClaimantMail
from jamjar.wallet.recipient import RECIPIENT_KEY
from jamjar.wallet.requests import agree
from jamjar.wallet.wallet import PACKAGE, Wallet
from tests.support.killing import dies
from tests.unit.wallet.scene import (
    BUDGET,
    PASSPHRASE,
    TERMS,
    TIMES,
    FakeLedger,
    FakeMailbox,
    Records,
    asking,
    content,
    open_wallet,
)

ASKED = asking()
ACTS: dict[str, Callable[[Wallet, str], object]] = {
    "grant": lambda wallet, consent: wallet.grant(TERMS, **TIMES, max_uses=3),
    "agree": lambda wallet, consent: wallet.grant(
        terms_of(ASKED.request),
        **TIMES,
        max_uses=3,
        also=lambda transaction, made: agree(transaction, ASKED, made, ASKED.request.lowered(), 5),
    ),
    "commit": lambda wallet, consent: wallet.commit(consent, BUDGET),
    "pause": lambda wallet, consent: wallet.pause(consent),
    "withdraw": lambda wallet, consent: wallet.withdraw(consent),
    "follow": lambda wallet, consent: wallet.follow(consent, head=bytes(32), sequence=0),
    "settle": lambda wallet, consent: wallet.settle(wallet.outgoing()[0]),
}


def after(act: Callable[[Wallet], object], where: str) -> Records:
    """What is in a copy of the vault once nothing has stopped the act."""
    shutil.copy(where, where + ".copy")
    wallet = open_wallet(where + ".copy")
    with wallet.vault as vault:
        act(wallet)
        return content(vault)


def kill_everywhere(act: Callable[[Wallet], object], where: str, tmp_path: Path) -> list[Records]:
    """What is found after being killed at each statement of an act, on a vault as it was at first."""
    kept = shutil.copy(where, tmp_path / "kept")
    found: list[Records] = []
    opened: list[Wallet] = []
    while dies(len(found) + 1, lambda: act(opened[0]), beforehand=lambda: opened.append(open_wallet(where))):
        with Vault.open(where, PASSPHRASE) as vault:
            finish(vault)
            assert vault.check() == len(content(vault))
            found.append(content(vault))
        shutil.copy(kept, where)
    return found


@pytest.mark.parametrize("name", ACTS)
def test_between_nothing_and_all(wallet: Wallet, where: str, consent: str, tmp_path: Path, name: str) -> None:
    before = content(wallet.vault)
    wallet.vault.close()

    def act(wallet: Wallet) -> object:
        return ACTS[name](wallet, consent)

    expected = after(act, where)
    found = kill_everywhere(act, where, tmp_path)
    assert all(each in (before, expected) for each in found)
    assert before in found
    assert expected in found
    assert before != expected


def test_while_erasing(wallet: Wallet, where: str, consent: str, tmp_path: Path) -> None:
    """What was begun is ended when the wallet is opened again."""
    before = content(wallet.vault)
    ledger = FakeLedger(wallet, "WITHDRAWN")
    digest = ledger.terms_digest(consent)
    wallet.vault.close()
    ledger.terms_digest = lambda consent: digest

    def act(wallet: Wallet) -> object:
        return erase(wallet, consent, ledger)

    expected = _without_marks(after(act, where))
    found = [_without_marks(each) for each in kill_everywhere(act, where, tmp_path)]
    assert all(each in (before, expected) for each in found)
    assert before in found
    assert expected in found


def test_while_disclosing(
    wallet: Wallet, where: str, consent: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is made, or the package waits and is sent again, or it is sent."""
    before = content(wallet.vault)
    head = wallet.head_of(consent)
    wallet.vault.close()
    ledger = FakeLedger()
    ledger.head_of = lambda consent: head

    def act(wallet: Wallet) -> object:
        return ClaimantMail(wallet, ledger, FakeMailbox()).show(consent, ["fixed.home.rent"])

    found = kill_everywhere(act, where, tmp_path)
    kinds = [sorted(kind for kind, _ in each.keys() - before.keys()) for each in found]
    waits, sent = ["disclosed", PACKAGE, RECIPIENT_KEY], ["disclosed", RECIPIENT_KEY]
    assert [k for k in kinds if k not in ([], waits, sent)] == []
    assert waits in kinds
    waiting = next(each for each in found if any(kind == PACKAGE for kind, _ in each))
    reopened = open_wallet(where)
    with reopened.vault as vault:
        with vault.writing() as transaction:
            for (kind, name), value in waiting.items():
                transaction.put(kind, name, value)
        mailbox = FakeMailbox()
        assert ClaimantMail(reopened, ledger, mailbox).send() == 1
        assert [one.content.root for one in mailbox.packages] == [head]
        assert ClaimantMail(reopened, ledger, mailbox).send() == 0
        assert secrets.compare_digest(mailbox.packages[0].to_bytes(), next(iter(_packages(waiting))))


def _packages(records: Records) -> list[bytes]:
    return [value for (kind, _), value in records.items() if kind == PACKAGE]


def _without_marks(records: Records) -> Records:
    """The records but for the marks of erasing, which have names by chance, and must all say that all is done."""
    assert all(b'"overwritten":true' in value for (kind, _), value in records.items() if kind == ERASED)
    return {key: value for key, value in records.items() if key[0] != ERASED}
