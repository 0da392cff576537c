"""Requests: what hides, raises or alters something is refused, and only less than what is asked for is agreed to.

ConsentRequest
├── When a text is too long, of several lines, has controls, turns text round, or ends its quotation: it is refused
├── When looks, days or reconfirmations are unusual: it is refused
├── When it is answered before it was made, or after its last day: it is refused
└── When more is agreed to than is asked for: it is refused
SignedConsentRequest
├── When any of its fields is altered: its signer is another
├── When it is for another ledger: its signer is another
├── When the file is cut off anywhere, repeats a field or has another: one error
└── When it is bare terms: the error says what to ask for
"""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data

from jamjar.consent.request import ConsentLimits, SignedConsentRequest, sign_request
from jamjar.consent.scope import Detail, ScopeItem
from jamjar.errors import InvalidInput, InvalidTerms
from jamjar.protocol.signing import AccountSigner, ConsentKey
from jamjar.protocol.typed_data import Domain
from tests.unit.wallet.scene import TERMS, asked

DAY = date(2026, 11, 29)
REGISTRY = Domain(1337, "0x" + 40 * "1")
ASKED = asked(
    replace(
        TERMS,
        scope=frozenset({ScopeItem("fixed.home", Detail.LINES), ScopeItem("outgoings", Detail.COVERED)}),
        data_from=date(2026, 11, 1),
        data_until=date(2027, 4, 30),
    ),
    about="Your rent arrears", asked=DAY, answer_by=DAY + timedelta(days=30), nonce=b"\1" * 16,
)  # fmt: skip
KEY = ConsentKey(b"\3" * 32)
SIGNED = sign_request(ASKED, KEY, REGISTRY)


@pytest.mark.parametrize("name", ["about", "contact"])
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x" * 301, "longer than"), ("two\nlines", "visible"), ("\x1b[2Jcleared", "visible"), (" spaces", "visible"),
        ("\u202e0001 srebmun", "visible"), ("hidden\u200b", "visible"), ("end.” You must agree. “", "quotation marks"),
        ("\U000107ba", "not every version of Unicode"), ("\t", "has no text"), (7, "has no text"),
    ],
)  # fmt: skip
def test_a_hostile_text(name: str, text: Any, why: str) -> None:
    with pytest.raises(InvalidTerms, match=why):
        replace(ASKED, **{name: text})


@pytest.mark.parametrize("name", ["Lake\nAdvice", "Advice\u202eevil", " Lake", "", "x" * 201])
def test_a_hostile_name(name: str) -> None:
    with pytest.raises(InvalidTerms, match="recipient's name"):
        replace(ASKED, recipient_name=name)


@pytest.mark.parametrize(
    "change",
    [
        {"looks": 2}, {"looks": 13}, {"looks": True}, {"looks": "3"}, {"days": 181}, {"days": 0},
        {"reconfirm_days": 91}, {"reconfirm_days": None}, {"answer_by": DAY - timedelta(days=1)},
        {"answer_by": DAY + timedelta(days=91)}, {"asked": None}, {"nonce": b"\1" * 15}, {"purpose": "dpv:Marketing"},
        {"scope": frozenset()}, {"retention_days": -1}, {"recipient": 0}, {"data_until": date(2026, 10, 31)},
    ],
    ids=str,
)  # fmt: skip
def test_what_nobody_may_ask_for(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidTerms):
        replace(ASKED, **change)


def test_the_days_on_which_it_is_answered() -> None:
    for day in (DAY - timedelta(days=1), DAY, ASKED.answer_by):
        ASKED.check_day(day)
    with pytest.raises(InvalidTerms, match="could be answered until 2026-12-29"):
        ASKED.check_day(ASKED.answer_by + timedelta(days=1))
    with pytest.raises(InvalidTerms, match="dated 2026-11-29, which is to come"):
        ASKED.check_day(DAY - timedelta(days=2))


def test_only_less_is_agreed_to() -> None:
    assert ASKED.lowered() == ConsentLimits(3, 180, 90)
    assert ASKED.lowered(looks=1, days=30, reconfirm_days=30) == ConsentLimits(1, 30, 30)
    for more in ({"looks": 4}, {"days": 181}, {"reconfirm_days": 91}):
        with pytest.raises(InvalidTerms, match="at most"):
            ASKED.lowered(**more)


def test_the_signature_is_as_eth_account_makes_it() -> None:
    account = Account.from_key(b"\5" * 32)
    signed = sign_request(ASKED, AccountSigner(account), REGISTRY)
    message = encode_typed_data(full_message=ASKED.full_message(REGISTRY))
    assert signed.signature.to_bytes65() == bytes(account.sign_message(message).signature)
    assert signed.account(REGISTRY) == account.address


ALTERED = {
    "looks": 12, "days": 365, "reconfirm_days": 30, "retention_days": 30, "recipient": 3, "recipient_name": "Other",
    "contact": "09", "about": "", "purpose": "dpv:CustomerCare", "data_from": "2026-10-01", "data_until": "2027-05-30",
    "asked": "2026-11-30", "answer_by": "2026-12-30", "nonce": "02" * 16, "lines": ["fixed"], "totals": ["balance"],
    "covered": [],
}  # fmt: skip


def test_an_altered_field_has_another_signer() -> None:
    record = json.loads(SIGNED.to_json())
    assert ALTERED.keys() == record.keys() - {"format", "signature"}
    for name, value in ALTERED.items():
        altered = SignedConsentRequest.from_json(json.dumps(record | {name: value}))
        assert altered.account(REGISTRY) != KEY.address, name
    assert SIGNED.account(REGISTRY) == KEY.address
    assert SIGNED.account(replace(REGISTRY, chain_id=1)) != KEY.address


def test_a_file_comes_back_and_a_part_of_it_does_not() -> None:
    text = SIGNED.to_json()
    assert SignedConsentRequest.from_json(json.dumps(json.loads(text), indent=2)) == SIGNED
    for end in range(len(text)):
        with pytest.raises(InvalidInput):
            SignedConsentRequest.from_json(text[:end])


@pytest.mark.parametrize(
    "change",
    [
        {"format": "jamjar.request.2"}, {"more": 1}, {"notice_cy": "Dim byd"}, {"lines": ["fixed.home", "fixed.home"]},
        {"lines": "fixed.home"}, {"lines": [[]]}, {"signature": "00"}, {"signature": None}, {"nonce": 1},
        {"about": None}, {"about": []}, {"purpose": {}}, {"recipient_name": 1}, {"asked": "29/11/2026"},
        {"looks": 3.0}, {"looks": 10**30}, {"about": "x" * 9000},
    ],
    ids=lambda change: str(change)[:40],
)  # fmt: skip
def test_what_no_file_may_hold(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        SignedConsentRequest.from_json(json.dumps(json.loads(SIGNED.to_json()) | change))


def test_terms_are_no_request() -> None:
    with pytest.raises(InvalidTerms, match="jamjar adviser ask"):
        SignedConsentRequest.from_json(TERMS.to_json())
