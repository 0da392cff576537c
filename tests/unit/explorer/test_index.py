"""The index, by which a folder is searched without a server.

Given an address, a hash, a block or a name    it is reached from the index, by how it begins
Given another beginning                        there is no such page
"""

import pytest

from jamjar.explorer import index
from tests.unit.explorer.scene import CONSENT, PROPOSAL
from tests.unit.explorer.test_app import SEEN, browser_of
from tests.unit.explorer.test_export import PAGES


def test_everything_is_in_it():
    record, governing = SEEN.record, SEEN.governing
    found = [
        each.name
        for start in index.beginnings(record, governing)
        for group in index.beginning(record, governing, start).values()
        for each in group
    ]
    accounts = [name for name, number in governing.accounts.items() if number]
    named = [*record.consents, *record.transactions, *governing.proposals, *accounts, *governing.founders]
    assert sorted(found) == sorted(named)
    assert len(found) > 30
    in_ranges = [block for first in index.ranges(record) for block in index.blocks_from(record, first)]
    assert in_ranges == sorted(record.blocks)


def test_it_is_sorted_and_grouped():
    for start in index.beginnings(SEEN.record, SEEN.governing):
        groups = index.beginning(SEEN.record, SEEN.governing, start)
        assert list(groups) == sorted(groups)
        for more, group in groups.items():
            names = [each.name.lower() for each in group]
            assert names == sorted(names)
            assert all(name.startswith(more) for name in names)


def test_in_a_folder():
    first = PAGES["en/find.html"]
    for start in {CONSENT[:3].lower(), f"0x{PROPOSAL.hex()}"[:3]}:
        assert f'href="./find/{start}.html"' in first
    page = PAGES[f"en/find/{CONSENT[:3].lower()}.html"]
    assert f'href="../consents/{CONSENT}.html"' in page
    assert f'id="{CONSENT[:4].lower()}"' in page
    assert 'href="../blocks/5.html"' in PAGES["en/find/blocks-0.html"]
    assert "A search by any part needs jamjar explore" in first


@pytest.mark.parametrize(
    "name", ["0x", "0xg", "x", "blocks-1", "blocks-1000", "blocks--1", "blocks-", "0xa1", "%3Cb%3E"]
)
def test_another_beginning(name):
    assert browser_of().get(f"/find/{name}").status == 404
