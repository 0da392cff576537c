"""Imports into a vault: trials, taking an import back, and files that are refused.

When a file is refused       the others are imported
When it is a trial           all is said, and nothing is stored
When an import is taken back the vault holds what it held
"""

from typing import Any

import pytest

from jamjar.errors import InvalidInput
from jamjar.vault.vault import Vault
from jamjar.wallet.imports import Given, Imports, NotImported
from jamjar.wallet.jars import Jars
from tests.unit.wallet.bank_files import BUS, Take, answer, given, starling
from tests.unit.wallet.scene import content


def test_a_refused_page_costs_no_other_file(take: Take) -> None:
    found = take(answer("1", BUS), given("bad", "{"), starling(1))
    assert (found[0], found[2]) == ({"new": 1}, {"new": 1})
    assert found[1].startswith("was not imported. The file is cut off")


def test_a_trial_stores_nothing_and_says_all(take: Take, vault: Vault) -> None:
    before = content(vault)
    assert take(starling(1, 2), starling(2, 3), trial=True) == [{"new": 2}, {"new": 1, "known": 1}]
    assert content(vault) == before


def test_an_import_is_taken_back_as_a_whole(take: Take, vault: Vault) -> None:
    jars = Jars(vault)
    take(answer("0", (8, "P", "PDNG"), (7, "Q", "BOOK")))
    first = content(vault)
    take(answer("1", (9, "C", "BOOK"), (7, "Q", "BOOK")), starling(1, 2))
    assert len(jars.transactions()) == 4
    take(starling(1), account="other", ask=lambda _: True)
    done = jars.undo(), jars.undo()
    assert [(each.files, each.removed, each.restored) for each in done] == [
        (("s.csv",), 0, 0),
        (("1", "s.csv"), 3, 1),
    ]
    assert content(vault) == first
    assert jars.undo().removed == 2
    with pytest.raises(InvalidInput, match="no import to take back"):
        jars.undo()


def test_what_is_hidden_counts_nowhere_and_stays_hidden(take: Take, vault: Vault) -> None:
    jars = Jars(vault)
    take(starling(1, 2))
    one = jars.transactions()[0]
    jars.hide(one)
    assert take(starling(1, 2)) == [{"known": 2}]
    assert [each.pence for each in jars.transactions()] == [-200]
    assert [each.pence for each in jars.without_jar()] == [-200]
    assert jars.transactions(hidden=True) == (one,)
    jars.hide(one, back=True)
    assert one in jars.transactions()


def test_a_file_that_cannot_be_opened_is_named(vault: Vault) -> None:
    def missing() -> Any:
        raise FileNotFoundError(2, "No such file or directory")

    assert Imports(vault).take([Given("x", missing)]) == [
        NotImported("x", "cannot be read (No such file or directory); name a bank's file.")
    ]
