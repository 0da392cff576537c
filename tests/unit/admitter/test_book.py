"""The book of an admitter, on SQLite and PostgreSQL: never more than the quota, whatever comes, restarts or repeats.

When a person asks for more than the quota    refused, and nothing is written
When the same request comes again             nothing is counted
Given the book is opened again                it goes on where it was
"""

import pytest

from jamjar.admitter.book import Book
from jamjar.errors import InvalidInput

FIRST, SECOND = [b"1", b"2"], [b"3", b"4"]


@pytest.fixture
def book(url):
    opened = Book(url)
    yield opened
    opened.close()


def test_a_person_has_the_quota_and_no_more(book):
    book.count(4, 202612, "person 1", FIRST, 2)
    with pytest.raises(InvalidInput, match="2 of 2"):
        book.count(4, 202612, "person 1", SECOND, 2)
    with pytest.raises(InvalidInput, match="2 of 2"):
        book.count(4, 202612, "person 1", [b"1", b"3"], 2)
    assert book.counts() == [(4, 202612, 1, 2)]


def test_the_same_request_costs_nothing_again(book):
    for _ in range(3):
        book.count(4, 202612, "person 1", FIRST, 2)
    assert book.counts() == [(4, 202612, 1, 2)]


def test_other_persons_months_and_admitters_have_their_own(book):
    for admitter, epoch, person in ((4, 202612, "a"), (4, 202612, "b"), (4, 202701, "a"), (6, 202612, "a")):
        book.count(admitter, epoch, person, FIRST, 2)
    assert book.counts() == [(4, 202701, 1, 2), (4, 202612, 2, 4), (6, 202612, 1, 2)]


def test_a_restart_gives_no_more(url):
    for _ in range(2):
        opened = Book(url)
        opened.count(4, 202612, "person 1", FIRST, 2)
        with pytest.raises(InvalidInput):
            opened.count(4, 202612, "person 1", SECOND, 2)
        opened.close()


@pytest.mark.parametrize("person", [" Zoë  1 ", "Zoe\u0308\t1"])
def test_a_label_typed_in_another_way_is_the_same_person(book, person):
    book.count(4, 202612, "Zoë 1", FIRST, 2)
    with pytest.raises(InvalidInput, match="2 of 2"):
        book.count(4, 202612, person, SECOND, 2)


@pytest.mark.parametrize("person", ["", " ", "x" * 201])
def test_a_label_that_is_none(book, person):
    with pytest.raises(InvalidInput, match="label"):
        book.count(4, 202612, person, FIRST, 2)
    assert book.counts() == []
