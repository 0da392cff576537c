"""docs/threat-model.md: every dishonest actor is there, and everything said to be impossible was tried."""

import pytest

from tests.meta.places import ROOT, missing, named, rows

ACTORS = [
    "Claimant",
    "Recipient",
    "Operator",
    "Sponsor",
    "Council",
    "Minority of founders",
    "Majority of founders",
    "Thief of a founder's key",
    "Thief of a member's key",
    "Relayer",
    "Node of a relayer",
    "Majority of validators",
    "Outsider",
]
ACTORS += ["Log", "Witness", "Auditor", "Thief", "Neighbour of a page", "Member of a study"]
ACTORS += ["Server of the phone's page", "Module"]
ROWS = rows("threat-model.md")
CANNOT = [row for row in ROWS if row[1].startswith("cannot")]


def test_every_actor_has_its_table():
    text = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    tables = {part.partition("\n")[0]: part for part in text.split("\n## ")[1:]}
    assert list(tables) == ACTORS
    for actor, table in tables.items():
        assert "| can" in table, actor
        assert "| cannot" in table, actor


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:60] for row in ROWS])
def test_a_row_says_what_shows_it(row):
    does, can, shown = row
    assert does
    assert can.startswith(("can", "cannot"))
    assert shown


@pytest.mark.parametrize("row", CANNOT, ids=[row[0][:60] for row in CANNOT])
def test_what_cannot_be_done_was_tried(row):
    places = [place for place in named(row[2]) if "/" in place]
    assert places
    assert [missing(place) for place in places if missing(place)] == []
