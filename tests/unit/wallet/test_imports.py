"""Imports into a vault: pages of one answer, one account under two names, trials, and taking an import back.

When files are given together       pages are one answer, in any order; a page that is missing is told
When an account is held elsewhere   it is asked whether it is the same, and nothing is imported until that is said
When an import is taken back        the vault holds what it held
"""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from jamjar.errors import InvalidInput
from jamjar.vault.vault import Vault
from jamjar.wallet.imports import Given, How, Imported, Imports, NotImported
from jamjar.wallet.jars import Jars
from jamjar.wallet.wallet import Wallet
from tests.unit.wallet.scene import content

STARLING = "Date,Counter Party,Reference,Type,Amount (GBP)\n"


def rows(*days: int, payee: str = "Shop") -> str:
    return "".join(f"{day:02d}/11/2026,{payee} {day},REF,CARD,-{day}.00\n" for day in days)


def given(name: str, text: str | bytes) -> Given:
    data = text.encode() if isinstance(text, str) else text
    return Given(name, lambda: io.BytesIO(data))


def starling(*days: int) -> Given:
    return given("s.csv", STARLING + rows(*days))


def answer(name: str, *entries: tuple[int, str, str], account: str = "A", **more: Any) -> Given:
    """An answer of Open Banking: the day of November, the text and the status of each row; of 2.00 each."""
    found = [
        {
            "AccountId": account, "Status": status, "CreditDebitIndicator": "Debit",
            "BookingDateTime": f"2026-11-{day:02d}T00:00:00Z", "Amount": {"Amount": "2.00", "Currency": "GBP"},
            "TransactionInformation": text,
        }
        for day, text, status in entries
    ]  # fmt: skip
    return given(name, json.dumps({"Data": {"Transaction": found}, **more}))


def links(number: int, of: int = 0, *, total: bool = True) -> dict[str, Any]:
    made = {"Self": f"u{number}", **({"Next": f"u{number + 1}"} if number < of else {})}
    return {"Links": made, "Meta": {"TotalPages": of} if total else {}}


@pytest.fixture
def vault(wallet: Wallet) -> Vault:
    return wallet.vault


Take = Callable[..., list[Any]]


@pytest.fixture
def take(vault: Vault) -> Take:
    """Import files, and return for each its counts that are not zero, or why it was refused."""

    def taken(*files: Given, ask: Any = lambda _: None, trial: bool = False, **how: Any) -> list[Any]:
        found = Imports(vault, ask).take(files, How(**how), trial=trial)
        return [
            {name: count for name in each.counts.__slots__ if (count := getattr(each.counts, name))}
            if isinstance(each, Imported)
            else each.reason
            for each in found
        ]

    return taken


BUS = (10, "BUS", "BOOK")


@pytest.mark.parametrize("total", [True, False])
@pytest.mark.parametrize("turned", [False, True])
def test_two_equal_fares_across_a_page_break_are_two(take: Take, total: bool, turned: bool) -> None:
    pages = [answer("1", BUS, **links(1, 2, total=total)), answer("2", BUS, **links(2, 2, total=total))]
    assert take(*(reversed(pages) if turned else pages)) == [{"new": 2}]
    assert take(*pages) == [{"known": 2}]


def test_pages_that_say_nothing_of_it_are_known_by_their_order(take: Take) -> None:
    pages = [answer("1", (11, "A", "PDNG"), (11, "B", "BOOK"), BUS), answer("2", BUS, (9, "C", "BOOK"))]
    assert take(*pages) == [{"new": 4, "pending": 1}]


def test_downloads_one_after_the_other_are_no_pages(take: Take) -> None:
    first = answer("1", (9, "C", "BOOK"), (10, "HOLD", "PDNG"))
    assert take(first, answer("2", (9, "C", "BOOK"), BUS)) == [
        {"new": 1, "pending": 1},
        {"new": 1, "known": 1, "lapsed": 1},
    ]
    assert take(answer("3", BUS), answer("4", BUS, (11, "D", "BOOK"))) == [{"known": 1}, {"new": 1, "known": 1}]


def test_a_page_that_leads_to_itself_is_one(take: Take) -> None:
    page = answer("1", BUS, Links={"Self": "u", "Next": "u"})
    assert take(page, page) == [{"new": 1}, {"known": 1}]


@pytest.mark.parametrize(
    "files",
    [
        [answer("1", BUS, **links(1, 2))],
        [answer("1", BUS, **links(1, 2, total=False))],
        [answer("1", BUS, **links(1, 3)), answer("2", (9, "C", "BOOK"), **links(2, 3))],
        [answer("1", BUS, **links(1, 3, total=False)), answer("3", (9, "C", "BOOK"), **links(3, 3, total=False))],
    ],
)
def test_a_missing_page_is_told(vault: Vault, files: list[Given]) -> None:
    found = Imports(vault).take(files)
    assert any("page" in remark for each in found if isinstance(each, Imported) for remark in each.remarks)


def test_a_later_page_alone_leaves_what_is_pending(take: Take) -> None:
    take(answer("1", (11, "A", "PDNG"), BUS, **links(1, 2)))
    later = {"Links": {"Self": "u2", "Prev": "u1"}, "Meta": {"TotalPages": 2}}
    assert take(answer("2", BUS, (9, "C", "BOOK"), **later)) == [{"new": 1, "known": 1}]


def test_a_refused_page_costs_no_other_file(take: Take) -> None:
    found = take(answer("1", BUS), given("bad", "{"), starling(1))
    assert (found[0], found[2]) == ({"new": 1}, {"new": 1})
    assert found[1].startswith("was not imported. The file is cut off")


def test_one_account_under_two_names(take: Take, vault: Vault) -> None:
    assert take(starling(1, 2, 3), account="joint") == [{"new": 3}]
    before = content(vault)
    (refused,) = take(starling(1, 2, 3, 4))
    assert "3 of 4 of its payments" in refused
    assert "--same-account-as" in refused
    assert content(vault) == before
    asked: list[str] = []
    assert take(starling(1, 2, 3, 4), ask=lambda question: asked.append(question) or True) == [{"new": 1, "known": 3}]
    assert "joint" in asked[0]
    assert take(starling(3, 4, 5)) == [{"new": 1, "known": 2}]  # what was said is remembered
    assert len({each.source for each in Jars(vault).transactions()}) == 1


def test_two_accounts_that_look_alike(take: Take) -> None:
    take(starling(1, 2), account="mine")
    assert take(starling(1, 2), account="theirs", another=True) == [{"new": 2}]
    assert take(starling(1, 2, 3), account="theirs") == [{"new": 1, "known": 2}]
    assert take(starling(1, 2, 3), account="mine", ask=lambda _: False) == [{"new": 1, "known": 2}]


@pytest.mark.parametrize("name", ["joint", "STARLING", "starling, joint"])
def test_a_renewed_consent_with_a_new_account_id(take: Take, name: str) -> None:
    take(starling(1, 2, 3), account="joint")
    entries = [(day, f"SHOP {day} LTD", "BOOK") for day in (1, 2, 3, 4)]
    two = [answer("x", *entries[:3], account=account) for account in ("OLD", "NEW")]
    assert take(two[0], same_as=name)[0]["new"] == 3  # other amounts: they are other payments
    assert "held already" in take(two[1])[0]
    assert take(answer("x", *entries, account="NEW"), ask=lambda _: True) == [{"new": 1, "known": 3}]


def test_a_name_of_no_account_is_refused(take: Take) -> None:
    take(starling(1), account="joint")
    with pytest.raises(InvalidInput, match=r"No accounts are named 'x'; name one of: \w{8} \(Starling, joint\)"):
        take(starling(1), same_as="x")


def test_a_trial_stores_nothing_and_says_all(take: Take, vault: Vault) -> None:
    before = content(vault)
    assert take(starling(1, 2), starling(2, 3), trial=True) == [{"new": 2}, {"new": 1, "known": 1}]
    assert content(vault) == before


def test_an_import_is_taken_back_as_a_whole(take: Take, vault: Vault) -> None:
    jars = Jars(vault)
    take(answer("0", (8, "P", "PDNG"), (7, "Q", "BOOK")))
    first = content(vault)
    take(answer("1", (9, "C", "BOOK"), (7, "Q", "BOOK")), starling(1, 2), account="mine")
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
