"""Consents that were made ahead, with their tokens: one for each new consent, in its months, until it is erased."""

import pytest

from jamjar.protocol import vouched
from jamjar.protocol.settings import DAY
from jamjar.protocol.token import begin_of
from jamjar.wallet import enrolment, erasure, spare
from jamjar.wallet.wallet import Wallet
from tests.support.tokens import ADMITTER, QUOTA
from tests.unit.wallet.enrolling import ADMITTING, BEGIN, EPOCH, LATE, enrol, spares
from tests.unit.wallet.scene import DEPLOYMENT, TERMS, FakeLedger, content


@pytest.fixture
def enrolled(wallet: Wallet) -> Wallet:
    enrol(wallet)
    return wallet


def grant(wallet: Wallet, valid_from: int):
    times = {"valid_from": valid_from, "valid_until": valid_from + 9, "reconfirm_by": valid_from + 9}
    return wallet.grant(TERMS, **times, max_uses=1)


def test_each_new_consent_uses_one_while_there_are_any(enrolled):
    ahead = {each.token.consent for each in spares(enrolled)}
    granted = [grant(enrolled, LATE + DAY) for _ in range(QUOTA + 1)]
    consents = [each.message.consent for each in granted]
    assert (set(consents[:QUOTA]), consents[QUOTA] in ahead, spares(enrolled)) == (ahead, False, [])
    tokens = [spare.token_of(enrolled.vault, each) for each in consents]
    whys = [vouched.why_not(each.message, token, DEPLOYMENT, ADMITTING.find) for each, token in
            zip(granted, tokens, strict=True)]  # fmt: skip
    assert (whys[:QUOTA], "No admitter's token" in whys[QUOTA]) == ([""] * QUOTA, True)


def test_not_before_its_month_nor_after_the_next(enrolled):
    grant(enrolled, BEGIN - DAY)
    assert len(spares(enrolled)) == QUOTA
    late = grant(enrolled, begin_of(202702))
    assert (spares(enrolled), spare.token_of(enrolled.vault, late.message.consent)) == ([], None)


def test_it_is_erased_with_its_consent(enrolled):
    consent = grant(enrolled, LATE).message.consent
    ledger = FakeLedger(enrolled, "WITHDRAWN")
    assert erasure.erase(enrolled, consent, ledger).is_complete
    assert spare.token_of(enrolled.vault, consent) is None
    assert not [value for value in content(enrolled.vault).values() if consent.encode() in value]


def test_the_request_that_is_kept_names_no_consent(enrolled):
    record = content(enrolled.vault)[enrolment.ENROLMENT, f"{ADMITTER}/{EPOCH}"].decode()
    assert '"drawn": []' in record
