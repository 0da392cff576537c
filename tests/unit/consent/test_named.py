"""Terms about a set of named values: format 4, beside the others unchanged.

When a name, an identifier, a kind or a scope is wrong      one error that names it
When a question is about a text                             refused
When a purpose is refused, or another field is wrong        as in every format
When all is right                                           one encoding, and a digest of its own
"""

import json
from dataclasses import replace

import pytest
from sha3 import keccak_256

from jamjar.consent import record, schema
from jamjar.consent.named import NamedItem, Showing, ValueKind, is_entry_name
from jamjar.consent.parties import Controller, Registries
from jamjar.consent.scope import Detail, ScopeItem
from jamjar.consent.terms import Terms
from jamjar.consent.translated import scope_words
from jamjar.consent.words import words
from jamjar.errors import InvalidTerms
from tests.support.named_sets import IDENTITY, set_terms

# Written by hand after RFC 8785, section 3.2, as that of the first format in test_terms_json.
CANONICAL = (
    '{"data_from":"2026-01-01","data_until":"2026-12-31","es256_key":"","format":"jamjar.terms.4","language":"en-GB",'
    '"notice":"You let a clerk look.","pq_key":"","purpose":"dpv:RequestedServiceProvision","questions":3,'
    '"recipient":2,"recipient_name":"Town Debt Advice","retention_days":0,"scope":['
    '{"kind":"date","name":"born","what":"threshold"},{"kind":"text","name":"surname","what":"value"}],'
    '"set":"org.example.identity","storage":"view"}'
)
TERMS = set_terms(("surname",), ("born",))
BORN = NamedItem("org.example.identity", "born", ValueKind.DATE, Showing.VALUE)
WORDS = ["", "A", "1a", "a b", "é", "a..b", ".a", "a.", "a:b", "a/b", "a\n", 7, None]


def changed(**fields):
    return json.dumps(json.loads(CANONICAL) | fields)


def item(**fields):
    return [{"kind": "date", "name": "born", "what": "threshold"} | fields]


class TestItems:
    @pytest.mark.parametrize("word", [*WORDS, "a" * 65])
    def test_a_name_of_another_form(self, word):
        with pytest.raises(InvalidTerms, match="name of the set"):
            replace(BORN, name=word)

    @pytest.mark.parametrize("word", [*WORDS, "a" * 61])
    def test_an_identifier_of_another_form(self, word):
        with pytest.raises(InvalidTerms, match="identifier of the set"):
            replace(BORN, set_id=word)

    @pytest.mark.parametrize("change", [{"kind": "date"}, {"what": Detail.LINES}, {"what": "value"}])
    def test_neither_kind_nor_detail(self, change):
        with pytest.raises(InvalidTerms, match="no ValueKind, or no Showing"):
            replace(BORN, **change)

    def test_no_question_about_a_text(self):
        with pytest.raises(InvalidTerms, match="No question can be about the text 'surname'"):
            IDENTITY.scope(asked=["surname"])

    def test_its_entry_has_a_name_that_no_budget_has(self):
        assert BORN.jar == BORN.figure == "org.example.identity:born"
        assert is_entry_name(BORN.jar)
        names = ("total.fixed", "fixed.home.rent", "debts.priority.offer/a:b", "period.start", "a:b:c", ":a", "a:")
        assert not any(map(is_entry_name, (*names, "a" * 61 + ":b", "a:" + "b" * 65, "a:b\n")))


class TestTerms:
    def test_the_encoding_and_its_digest(self):
        assert TERMS.to_json() == CANONICAL
        assert Terms.from_json(CANONICAL) == TERMS
        hashed = keccak_256(keccak_256(b"jamjar.terms.4").digest() + b"\1" * 32)
        hashed.update(keccak_256(CANONICAL.encode()).digest())
        assert TERMS.digest(b"\1" * 32) == hashed.digest()

    def test_what_they_allow(self):
        assert (TERMS.set_id, TERMS.always_shown, TERMS.asked) == (IDENTITY.identifier, (), (BORN.jar,))
        assert TERMS.allows("org.example.identity:surname")
        assert not any(map(TERMS.allows, ("surname", BORN.jar, "period.start", "org.example.other:surname")))
        assert TERMS.asks(BORN.jar)
        assert not any(map(TERMS.asks, ("born", "org.example.identity:surname", "org.example.other:born")))

    @pytest.mark.parametrize(
        ("scope", "error"),
        [
            ({BORN, replace(BORN, set_id="org.example.other", name="town")}, "more than one set"),
            ({BORN, ScopeItem("fixed.home", Detail.LINES)}, "or of a budget too"),
            ({BORN, replace(BORN, kind=ValueKind.NUMBER)}, "two kinds"),
            ({replace(BORN, name=f"n{i}") for i in range(65)}, "more than the 64 names"),
            ({"born"}, "not a frozenset"),
            (set(), "empty"),
        ],
    )
    def test_a_scope_that_is_none(self, scope, error):
        with pytest.raises(InvalidTerms, match=error):
            replace(set_terms(), scope=frozenset(scope))

    @pytest.mark.parametrize(
        "fields",
        [
            {"format": "jamjar.terms.3"}, {"format": "jamjar.terms.5"}, {"set": ""}, {"set": None}, {"set": "A"},
            {"scope": [{"jar": "fixed.home", "what": "threshold"}]}, {"scope": item(kind="day")},
            {"scope": item(what="lines")}, {"scope": item(name="Born")}, {"scope": item() * 2},
            {"scope": item(jar="a")}, {"scope": item(set="org.example.other")}, {"questions": 0}, {"pq_key": "00"},
        ],
    )  # fmt: skip
    def test_json_of_another_form(self, fields):
        with pytest.raises(InvalidTerms):
            Terms.from_json(changed(**fields))

    def test_a_set_under_the_number_of_a_budget(self):
        for number in (1, 2, 3):
            with pytest.raises(InvalidTerms):
                Terms.from_json(changed(format=f"jamjar.terms.{number}"))

    def test_a_record_says_what_is_shown(self):
        registries = Registries(1337, f"0x{11:040x}", f"0x{12:040x}")
        controller = Controller("1 High Street, Leeds", "help@advice.example", "GB")
        made = record.refusal(registries, controller, "8f14e45f-ceea-467f-9c3a-1c2b3d4e5f60", terms=TERMS, now=1)
        assert schema.read(json.dumps(made)) == made
        assert made["dct:hasVersion"] == "jamjar.consent-record.2"
        assert "pd:Financial" not in json.dumps(made["dpv:hasPersonalData"])
        said = "; ".join(words(made))
        assert "surname (its value)" in said
        assert "born (only whether it is at least or at most" in said
        receipt = record.receipt(made)
        assert schema.read(json.dumps(receipt)) == receipt
        assert scope_words(TERMS.scope, "cy").endswith("org.example.identity:surname (ei werth)")

    @pytest.mark.parametrize("purpose", ["dpv:FraudPreventionAndDetection", "dpv:Marketing", "dpv:Advertising"])
    def test_a_refused_purpose_stays_refused(self, purpose):
        with pytest.raises(InvalidTerms):
            Terms.from_json(changed(purpose=purpose))
