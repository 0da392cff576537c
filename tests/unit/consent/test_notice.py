"""The notice of a request: whatever is asked for is said, the same in both languages, under one digest.

notice
├── Every number, date, jar and purpose of the request is in both texts
├── What an adviser writes stands between quotation marks, the same in both
└── Both are under the one digest of the terms
"""

import re
from dataclasses import replace

import pytest

from jamjar.consent import welsh
from jamjar.consent.labels import LABELS
from jamjar.consent.notice import notice, terms_of
from jamjar.consent.purpose import ALLOWED_PURPOSES
from jamjar.consent.scope import Detail, ScopeItem
from jamjar.errors import InvalidTerms
from tests.unit.consent.test_request import ASKED


def test_both_texts_say_the_same() -> None:
    text = notice(ASKED)
    english, cymraeg = text.split("\n\n")
    assert english.startswith("[English]\nTown Debt Advice (member 2 of the ledger) asks")
    assert cymraeg.startswith("[Cymraeg]\nMae Town Debt Advice (aelod 2 o'r cyfriflyfr) yn gofyn")
    numbers = [re.findall(r"\d+", each) for each in (english, cymraeg)]
    assert numbers[0] == numbers[1] == ["2", "1", "2026", "30", "2027", "3", "180", "90", "01234", "567890"]
    assert "1 November 2026 to 30 April 2027" in english
    assert "1 Tachwedd 2026 hyd 30 Ebrill 2027" in cymraeg
    assert english.count("“Your rent arrears”") == cymraeg.count("“Your rent arrears”") == 1
    assert len(english.splitlines()) == len(cymraeg.splitlines())
    assert terms_of(ASKED).notice == text
    assert terms_of(ASKED).digest(b"\1" * 32) != terms_of(replace(ASKED, looks=1)).digest(b"\1" * 32)


def test_everything_has_a_word_in_both() -> None:
    assert welsh.LABELS.keys() == LABELS.keys()
    assert welsh.PURPOSES.keys() == ALLOWED_PURPOSES.keys()
    assert welsh.DETAILS.keys() == {detail.value for detail in Detail}
    for words in (LABELS, welsh.LABELS):
        assert len({*words.values()}) > 90
    assert "am 30 diwrnod" in notice(replace(ASKED, retention_days=30))


def test_the_longest_request_has_a_notice() -> None:
    longest = sorted(LABELS.keys() - {"outgoings", "balance"}, key=lambda code: len(LABELS[code]))[-40:]
    scope = frozenset(ScopeItem(code, Detail.LINES) for code in longest)
    asked = replace(ASKED, scope=scope, about="ŵ" * 300, contact="ŵ" * 200, recipient_name="ŵ" * 200)
    assert all(welsh.LABELS[code] in terms_of(asked).notice for code in longest)
    with pytest.raises(InvalidTerms, match="more than 40 jars"):
        replace(asked, scope=scope | {ScopeItem("balance", Detail.TOTAL)})
