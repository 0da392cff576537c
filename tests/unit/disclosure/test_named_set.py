"""Sets of named values: what is no set or no value of it, and what is shown comes back in its kind.

When a set or its values are of another form        one error, which never repeats a value
When names are shown                                 they come back in their kinds
"""

import json
from datetime import date, datetime

import pytest

from jamjar.consent.named import ValueKind
from jamjar.disclosure.commitment import commit
from jamjar.disclosure.disclosure import Disclosure
from jamjar.disclosure.named_set import NamedSet, statement_words, value_words
from jamjar.disclosure.statement import BudgetStatement, Relation
from jamjar.disclosure.text_leaf import TextEntry
from jamjar.disclosure.verification import verify
from jamjar.errors import InvalidInput
from jamjar.plan.budget import Entry
from tests.support.named_sets import (
    ALL,
    IDENTITY,
    PERSON,
    SALT,
    SECRET,
    SURNAME,
    set_terms,
    shown_set,
    verified,
)

TERMS = set_terms(shown=ALL)
SHOWN = shown_set(TERMS, ALL)


class TestASet:
    @pytest.mark.parametrize("kinds", [{}, {f"n{i}": ValueKind.TEXT for i in range(65)}, [], {"A": ValueKind.TEXT}])
    def test_without_names_or_with_too_many(self, kinds):
        with pytest.raises(InvalidInput, match="name"):
            NamedSet("org.example.identity", kinds)

    def test_a_kind_that_is_none(self):
        with pytest.raises(InvalidInput, match="'born' of the set has no ValueKind"):
            NamedSet("org.example.identity", {"born": "date"})

    @pytest.mark.parametrize(
        ("name", "value"),
        [("born", 20010228), ("born", "2001-02-28"), ("born", datetime(2001, 2, 28)), ("children", date(2001, 2, 28)),
         ("children", "2"), ("surname", 2), ("surname", None), ("surname", b"A"), ("children", 2**53)],
    )  # fmt: skip
    def test_a_value_of_another_kind(self, name, value):
        with pytest.raises(InvalidInput, match=f"{name!r}") as caught:
            IDENTITY.fill({name: value})
        assert "2001" not in str(caught.value)

    @pytest.mark.parametrize("call", [lambda: IDENTITY.fill({"age": 3}), lambda: IDENTITY.scope(["age"]),
                                      lambda: IDENTITY.at_most("age", 3)])  # fmt: skip
    def test_a_name_that_is_not_in_it(self, call):
        with pytest.raises(InvalidInput, match="has no name 'age'; choose one of born"):
            call()

    def test_no_value_and_a_statement_about_a_text(self):
        with pytest.raises(InvalidInput, match="No value of the set"):
            IDENTITY.fill({})
        with pytest.raises(InvalidInput, match="'surname'"):
            IDENTITY.at_least("surname", 5)

    def test_words(self):
        assert [value_words(each) for each in PERSON.values()] == ["2001-02-28", "O'Brien-Müller", "Tŷ Ddewi", "2"]
        kinds = set_terms(asked=["born", "children"]).kinds
        assert statement_words(IDENTITY.at_most("children", 1), {}) == "org.example.identity:children is at most 1"
        no_day = BudgetStatement(Relation.AT_LEAST, ((1, "org.example.identity:born"),), 20081131)
        assert statement_words(no_day, kinds) == "org.example.identity:born is at least 20081131"
        said = [statement_words(each, kinds) for each in (IDENTITY.at_most("born", date(2008, 11, 29)),
                                                          IDENTITY.at_least("children", 1))]  # fmt: skip
        assert said == [
            "org.example.identity:born is at most 2008-11-29",
            "org.example.identity:children is at least 1",
        ]


class TestShown:
    def test_each_in_its_kind_after_json(self):
        assert verified(Disclosure.from_json(SHOWN.to_json())) == PERSON
        assert SHOWN.to_json() == Disclosure.from_json(SHOWN.to_json()).to_json()
        assert json.loads(SHOWN.to_json())["format"] == "jamjar.disclosure.5"

    def test_a_text_alone(self):
        shown = shown_set(TERMS, ["surname"])
        assert verified(shown) == {"surname": PERSON["surname"]}
        assert verify(shown, root=shown.root, terms_digest=shown.terms.digest(SALT)) == {}

    def test_64_texts_and_no_65th(self):
        texts = tuple(TextEntry(f"org.example.identity:n{i}", "ŷ") for i in range(65))
        made = commit((), lambda size: SECRET.derive("jamjar/1/commitment/", size), texts=texts[:64])
        assert len(made.names) == 64
        with pytest.raises(InvalidInput, match="1 to 64"):
            commit((Entry("a:b", 1),), SECRET.derive, texts=texts[:64])

    def test_a_name_twice_among_numbers_and_texts(self):
        with pytest.raises(InvalidInput, match="Two entries are named"):
            commit((Entry(SURNAME, 1),), lambda size: SECRET.derive("x", size), texts=(TextEntry(SURNAME, "A"),))
