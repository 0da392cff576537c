"""Pages of one answer that are given together are one statement, in any order; a page that is missing is told."""

import pytest

from jamjar.vault.vault import Vault
from jamjar.wallet.imports import Given, Imported, Imports
from tests.unit.wallet.bank_files import BUS, Take, answer, links


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


@pytest.mark.parametrize("more", [{"Prev": "u1"}, {}])
def test_a_later_page_alone_leaves_what_is_pending(take: Take, more: dict[str, str]) -> None:
    take(answer("1", (11, "A", "PDNG"), BUS, **links(1, 2)))
    later = {"Links": {"Self": "u2", **more}, "Meta": {"TotalPages": 2}}
    assert take(answer("2", BUS, (9, "C", "BOOK"), **later)) == [{"new": 1, "known": 1}]
