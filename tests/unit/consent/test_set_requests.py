"""Requests for values of a set: format 3, with the notice that a claimant's program makes of it.

When a field is changed, or of another format    refused
When all is right                                the same request, its terms, and a notice in both languages
"""

import json
from dataclasses import replace

import pytest

from jamjar.consent.notice import notice, terms_of
from jamjar.consent.request import SignedConsentRequest
from jamjar.errors import InvalidTerms
from tests.support.named_sets import set_terms
from tests.unit.wallet.scene import TERMS, asked, asking

ASKING = set_terms(("surname", "town"), ("born",))


def test_it_is_read_again_and_gives_the_terms():
    signed = asking(ASKING)
    again = SignedConsentRequest.from_json(signed.to_json())
    assert again == signed
    record = json.loads(signed.to_json())
    assert record["format"] == "jamjar.request.3"
    assert (record["set"], record["questions"]) == ("org.example.identity", 3)
    assert (record["values"], record["threshold"]) == ({"surname": "text", "town": "text"}, {"born": "date"})
    assert terms_of(again.request).format == "jamjar.terms.4"
    assert (terms_of(again.request).scope, terms_of(again.request).questions) == (ASKING.scope, 3)


def test_the_notice_says_what_is_seen_and_asked_in_both_languages():
    text = notice(asked(ASKING))
    assert "asks to see a part of your set of values “org.example.identity”.\nWhat for:" in text
    assert "“born” (only whether it is at least or at most an amount" in text
    assert "“surname” (its value); “town” (its value)" in text
    assert "rhan o'ch set o werthoedd “org.example.identity”" in text
    assert "“surname” (ei werth)" in text
    assert "budget" not in text
    assert "org.example" not in notice(asked(TERMS))


@pytest.mark.parametrize(
    "change",
    [
        {"format": "jamjar.request.1"}, {"format": "jamjar.request.2"}, {"format": "jamjar.request.4"}, {"set": ""},
        {"set": "A b"}, {"set": None}, {"values": []}, {"values": {"surname": "name"}},
        {"threshold": {"surname": "text"}},
        {"threshold": {}}, {"threshold": {}, "values": {}, "questions": 0}, {"values": {"born": "number"}},
        {"questions": 0}, {"questions": 13}, {"lines": []}, {"purpose": "dpv:Marketing"},
    ],
)  # fmt: skip
def test_changed(change):
    with pytest.raises(InvalidTerms):
        SignedConsentRequest.from_json(json.dumps(json.loads(asking(ASKING).to_json()) | change))


def test_more_names_than_a_notice_can_list():
    [surname] = set_terms(("surname",)).scope
    with pytest.raises(InvalidTerms, match="more than 40"):
        asked(ASKING, scope=frozenset(replace(surname, name=f"n{i}") for i in range(41)), questions=0)
