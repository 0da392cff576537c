"""Records in the transactions of a vault: kept like those of a dictionary, in the order of adding, turn by turn."""

import pickle
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamjar.vault.vault import Vault
from tests.support.counting import counted

from .conftest import CHEAP, PASSPHRASE, content, fill


@pytest.fixture
def vault(where: str) -> Iterator[Vault]:
    with fill(where) as made:
        yield made


def test_threads_take_turns(vault: Vault) -> None:
    def count_up() -> None:
        with vault.writing() as transaction:
            number = int(transaction.get("count", "n") or b"0")
            time.sleep(0.01)
            transaction.put("count", "n", b"%d" % (number + 1))

    threads = [threading.Thread(target=count_up) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert content(vault)["count", "n"] == b"5"


def test_the_order_is_that_of_adding(vault: Vault) -> None:
    with vault.writing() as transaction:
        assert transaction.add("budget", "0", b"new")
        assert not transaction.add("budget", "2026-01", b"other")
        transaction.put("budget", "2026-01", b"x" * 9000)
        assert transaction.delete("budget", "2026-02")
        assert not transaction.delete("budget", "2026-02")
        assert transaction.add_all("budget", [("b", b"1"), ("0", b"2"), ("a", b"3"), ("b", b"4")]) == 2
        assert list(transaction.all("budget")) == [("2026-01", b"x" * 9000), ("0", b"new"), ("b", b"1"), ("a", b"3")]
        assert list(transaction.all("none")) == []
        for name, value in transaction.all("budget"):
            transaction.put("budget", name, value + b"!")
            transaction.put("budget", name + "'", value)
        assert len(list(transaction.all("budget"))) == 8
    assert vault.check() == 9


def test_names_are_not_run_together(vault: Vault) -> None:
    with vault.writing() as transaction:
        assert transaction.add_all("a", [("bc", b"1"), ("b\0c", b"2"), ("caf\u00e9", b"3"), ("cafe\u0301", b"4")]) == 4
        assert transaction.get("ab", "c") is None
        assert transaction.get("a", "caf\u00e9") == b"3"
    assert transaction.manifest.count == 7


NAMES = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=3)


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(st.sampled_from("pad"), st.sampled_from(["k", "m"]), NAMES, st.binary(max_size=600)), max_size=12
    )
)
def test_as_a_dictionary_does(steps: list[tuple[str, str, str, bytes]]) -> None:
    model: dict[tuple[str, str], bytes] = {}
    with Vault.create(":memory:", PASSPHRASE, cost=CHEAP) as vault:
        for act, kind, name, value in steps:
            with vault.writing() as transaction:
                if act == "p":
                    transaction.put(kind, name, value)
                    model[kind, name] = value
                elif act == "a":
                    assert transaction.add(kind, name, value) == ((kind, name) not in model)
                    model.setdefault((kind, name), value)
                else:
                    assert transaction.delete(kind, name) == (model.pop((kind, name), None) is not None)
                assert transaction.get(kind, name) == model.get((kind, name))
        assert list(content(vault).items()) == list(model.items())
        assert vault.check() == len(model)


def test_nothing_shows_what_is_inside() -> None:
    vault = fill(":memory:")
    with vault.reading() as transaction:
        shown = repr([vault, transaction, vault._keys, vault._header, *transaction.records()])
    assert all(part not in shown for part in ("rent", "2026", "sss", vault._header.wrapped.hex(), PASSPHRASE))
    with pytest.raises(TypeError, match="cannot be copied or pickled"):
        pickle.dumps(vault._keys)


def test_adding_many_costs_a_statement_for_thousands(tmp_path: Path) -> None:
    """And no more work for each of many than for each of few."""
    counts = []
    for many in (2_000, 20_000):
        Vault.create(str(tmp_path / f"{many}"), PASSPHRASE, cost=CHEAP).close()
        items = ((str(number), b"v" * 40) for number in range(many))
        with counted() as count, Vault.open(str(tmp_path / f"{many}"), PASSPHRASE) as vault, vault.writing() as to:
            assert to.add_all("many", items) == many
        counts.append(count)
    few, many = counts
    assert many["statements"] - few["statements"] == 2 * 9
    assert few["steps"] / 2_000 < 50
    for what in ("calls", "steps"):
        assert many[what] < 10.2 * few[what]
