"""A set's disclosure of which something was changed, exchanged or forged does not open, also if signed again.

When anything of it is changed                       VerificationFailed, or InvalidInput where it has another form
When it is of another set, kind or of a budget       VerificationFailed
When a leaf is read as one of another format         it opens to nothing
"""

import json
from dataclasses import replace

import pytest

from jamjar.disclosure import commitment as commitments
from jamjar.disclosure.commitment import PEDERSEN_FORMAT, Opening, commit
from jamjar.disclosure.disclosure import Disclosure
from jamjar.disclosure.text_leaf import TextEntry
from jamjar.disclosure.verification import verify_set
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.plan.budget import Entry
from tests.support.disclosures import disclosure
from tests.support.named_sets import (
    ALL,
    CONSENT,
    OTHER,
    SALT,
    SECRET,
    SURNAME,
    committed,
    disclosed,
    resigned,
    set_terms,
    shown_set,
    verified,
)

TERMS = set_terms(shown=ALL)
SHOWN = shown_set(TERMS, ALL)


def edited(change):
    """The disclosure after a change of its JSON."""
    record = json.loads(SHOWN.to_json())
    change(record)
    return Disclosure.from_json(json.dumps(record))


class TestChanged:
    @pytest.mark.parametrize(
        "change",
        [
            lambda r: r["texts"][0].update(text="Smith"),
            lambda r: r["texts"][0].update(salt="0x" + "11" * 32),
            lambda r: r["texts"][0].update(name="org.example.identity:town"),
            lambda r: r["texts"][0].update(name="org.example.other:surname"),
            lambda r: r["texts"].append(r["texts"][0]),
            lambda r: r["openings"].append(r["openings"][0]),
            lambda r: r["openings"][0].update(value=20010301),
            lambda r: r.update(root="0x" + "22" * 32),
            lambda r: r["terms"].update(set="org.example.other"),
            lambda r: r["terms"]["scope"][0].update(kind="number"),
            lambda r: r["terms"]["scope"].pop(),
        ],
        ids=range(11),
    )
    def test_is_not_verified(self, change):
        with pytest.raises(VerificationFailed):
            verified(edited(change), root=SHOWN.root, terms_digest=SHOWN.terms.digest(SALT))

    @pytest.mark.parametrize(
        "change",
        [
            lambda r: r["texts"][0].update(text="Mu\u0308ller"),
            lambda r: r["texts"][0].update(text="x" * 1025),
            lambda r: r["texts"][0].update(text=5),
            lambda r: r["texts"][0].update(name="surname"),
            lambda r: r["texts"][0]["proof"].pop(),
            lambda r: r.pop("texts"),
            lambda r: r.pop("pq_signature"),
            lambda r: r.update(format="jamjar.disclosure.3"),
            lambda r: r.update(format="jamjar.disclosure.6"),
            lambda r: r.update(openings=[], texts=[]),
            lambda r: r["terms"].update(pq_key="", es256_key=""),
        ],
        ids=range(11),
    )
    def test_is_not_read(self, change):
        with pytest.raises(InvalidInput):
            edited(change)

    def test_of_another_set_with_the_same_names_and_salts(self):
        theirs = shown_set(set_terms(shown=ALL, of=OTHER), ALL, of=OTHER)
        assert theirs.root != SHOWN.root
        with pytest.raises(VerificationFailed, match="outside the scope"):
            verified(resigned(SHOWN, openings=theirs.openings, texts=theirs.texts, root=theirs.root))
        with pytest.raises(VerificationFailed, match="does not belong"):
            verified(resigned(SHOWN, root=theirs.root))

    def test_of_another_kind_than_the_terms_say(self):
        """A claimant that cheats commits a number where the terms say a text or a date, and shows it."""
        names = (SURNAME, "org.example.identity:born")
        made = commit(tuple(Entry(name, 20011399) for name in names), lambda size: SECRET.derive("x", size))
        for name in names:
            with pytest.raises(VerificationFailed, match="not of the kind"):
                verified(disclosed(made, TERMS, [name]))
        born = TextEntry("org.example.identity:born", "2001-02-28")
        texts = commit((), lambda size: SECRET.derive("x", size), texts=(born,))
        with pytest.raises(VerificationFailed, match="not of the kind"):
            verified(disclosed(texts, TERMS, [born.name]))

    def test_a_budget_in_its_place_and_the_other_way_round(self):
        budget = disclosure(CONSENT)
        with pytest.raises(VerificationFailed, match="of a budget"):
            verify_set(budget, root=budget.root, terms_digest=budget.terms.digest(budget.terms_salt))
        with pytest.raises(InvalidInput):
            replace(SHOWN, terms=budget.terms, signed=None)
        with pytest.raises(InvalidInput):
            replace(budget, terms=SHOWN.terms)


class TestLeavesOfOtherFormats:
    def test_a_text_is_no_number_and_no_point(self):
        [text] = shown_set(TERMS, ["surname"]).texts
        for leaf_format in (1, PEDERSEN_FORMAT):
            forged = Opening(text.name, 0, text.salt, text.proof, leaf_format)
            with pytest.raises(VerificationFailed):
                commitments.verify(SHOWN.root, forged)

    def test_numbers_under_questions_are_points_and_their_texts_are_not(self):
        made = committed(set_terms(shown=["surname"], asked=["born"]))
        born, surname = made.opening("org.example.identity:born"), made.text_opening(SURNAME)
        assert born.leaf_format == PEDERSEN_FORMAT
        commitments.verify(made.root, surname)
        with pytest.raises(VerificationFailed):
            commitments.verify(made.root, replace(born, leaf_format=1))
