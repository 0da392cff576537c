"""docs/promises.md: every sentence has an id of its own, a place that enforces it, and tests and proofs that exist."""

import pytest

from assurance.proofs import properties
from tests.meta.places import ROOT, TESTS, missing, named, rows

ROWS = rows("promises.md")
IDS = [row[0] for row in ROWS]
HOLDERS = properties.holders()
RANDOM = {"invariants", "fuzz"}


def enforced_on_chain(row):
    return any(place.startswith("contracts/") for place in named(row[2]))


def kinds(identifier):
    return {kind for kind, _, _ in HOLDERS[identifier]}


def test_every_family_has_sentences():
    assert {identifier.split(".")[0][:2] for identifier in IDS if identifier[0] == "P"} == {
        f"P{n}" for n in range(1, 9)
    }
    assert [i for i in IDS if i[0] == "L"] == [f"L{n}" for n in range(1, 20)]
    assert [i for i in IDS if i[0] == "M"] == [f"M{n}" for n in range(1, 11)]


def test_ids_are_unique():
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_places_exist(row):
    identifier, sentence, enforced, tested = row
    assert sentence.endswith("."), identifier
    assert named(enforced), identifier
    assert named(tested), identifier
    assert [missing(place, ROOT) for place in named(enforced) if missing(place, ROOT)] == []
    assert [missing(place, TESTS) for place in named(tested) if missing(place, TESTS)] == []


@pytest.mark.parametrize("row", [row for row in ROWS if row[0][0] in "LM"], ids=[i for i in IDS if i[0] in "LM"])
def test_every_rule_is_proven_and_met_at_random(row):
    held = kinds(row[0])
    assert "proofs" in held
    assert held & RANDOM


@pytest.mark.parametrize("row", [r for r in ROWS if r[0][0] == "P" and enforced_on_chain(r)], ids=lambda row: row[0])
def test_every_promise_of_the_contracts_is_proven_or_met_at_random(row):
    assert kinds(row[0])


def test_suites_hold_only_what_is_promised():
    assert set(HOLDERS) - set(IDS) == set()


def test_every_proof_and_invariant_says_what_it_holds():
    assert properties.silent() == []


def test_the_list_is_what_the_suites_say():
    assert properties.DOCUMENT.read_text(encoding="utf-8") == properties.document(), (
        "python -m assurance.proofs.properties --write"
    )
