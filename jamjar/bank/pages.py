"""Answers that are pages of one: as they say themselves, or as their rows go on from one file to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jamjar.bank.matching import MOST_COMPARED
from jamjar.bank.row import BankRow
from jamjar.bank.statement import PageLinks, Statement
from jamjar.bank.text import alike


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One file of JSON, read: its name, its rows, and what else was read."""

    name: str
    rows: list[BankRow] = field(repr=False)
    statement: Statement = field(repr=False)


def grouped(answers: Sequence[AnswerPage]) -> list[list[AnswerPage]]:
    """Return the answers, in groups of those that are pages of one; a page that repeats another stands alone."""
    groups: list[list[AnswerPage]] = []
    for answer in answers:
        for group in groups:
            if any(_is_repeated(each, answer) for each in group):
                continue
            if any(_says_so(each, answer) for each in group) or _goes_on(group, answer):
                group.append(answer)
                break
        else:
            groups.append([answer])
    return groups


def missing(group: Sequence[AnswerPage]) -> str:
    """Return a sentence about pages that belong to these, and were not given; "" if there are none."""
    links = _links(group)
    total, rows = (max((getattr(each, name) for each in links), default=0) for name in ("total", "rows"))
    selves = {each.self_ for each in links if each.self_}
    unmet = [each.next_ for each in links if each.next_ and each.next_ not in selves]
    ends = any(not each.next_ for each in links)
    given = max(len(selves), len(group))
    if given < total:
        return f"{given} of {total} pages were given; give all pages of the answer together."
    read = sum(len(each.rows) + sum(each.statement.skipped.values()) for each in group)
    if read < rows:
        return f"{read} of {rows} rows were given; get the other pages too, and give all together."
    if unmet and not total and not rows and (not ends or len(selves) == len(links)):
        return "The answer goes on on another page; get that too, and give all pages together."
    return ""


def is_continued(group: Sequence[AnswerPage]) -> bool:
    """Return whether these are only later pages, which say nothing of what is pending."""
    links = _links(group)
    return bool(links) and all(
        (each.previous and each.previous != each.self_) or (each.total > len(group) and each.self_ and not each.next_)
        for each in links
    )


def _links(group: Sequence[AnswerPage]) -> list[PageLinks]:
    return [links for each in group for links in each.statement.pages]


def _says_so(one: AnswerPage, other: AnswerPage) -> bool:
    for first in one.statement.pages:
        for second in other.statement.pages:
            if _is_linked(first, second) or _is_linked(second, first):
                return True
            totals = (first.total, first.rows), (second.total, second.rows)
            if totals[0] == totals[1] and (first.total > 1 or first.rows > max(len(one.rows), len(other.rows))):
                return _accounts(one) == _accounts(other)
    return False


def _is_linked(first: PageLinks, second: PageLinks) -> bool:
    return bool((first.next_ and first.next_ == second.self_) or (first.self_ and first.self_ == second.previous))


def _is_repeated(one: AnswerPage, other: AnswerPage) -> bool:
    """Return whether two files are one page: a bank's link to the next may lead to the same page again."""
    first, second = ([links.self_ for links in each.statement.pages if links.self_] for each in (one, other))
    return one.rows == other.rows and (first == second or not first or not second)


def _goes_on(group: Sequence[AnswerPage], answer: AnswerPage) -> bool:
    """Return whether the rows of an answer follow those of a group, which says nothing of pages, and are others."""
    if any(links.total or links.rows or links.next_ for links in _links((*group, answer))):
        return False
    rows = [row for each in group for row in each.rows]
    if not rows or not answer.rows or not _accounts(answer) & {row.source for row in rows}:
        return False
    days = [row.day for row in (*rows, *answer.rows)]
    if days not in (sorted(days), sorted(days, reverse=True)):
        return False
    before, after = _booked(rows), _booked(answer.rows)
    numbered = {row[:7] for row in before if row.number}
    if any(row[:7] in numbered for row in after):
        return False
    return not (_holds(before, after) or _holds(after, before))


def _accounts(answer: AnswerPage) -> set[str]:
    return {row.source for row in answer.rows}


def _booked(rows: Sequence[BankRow]) -> list[BankRow]:
    return [row for row in rows if row.status == "booked"]


def _holds(some: Sequence[BankRow], others: Sequence[BankRow]) -> bool:
    """Return whether every one of `others` may be one of `some`."""
    left: dict[tuple[object, ...], list[BankRow]] = {}
    for row in some:
        left.setdefault((row.source, row.day, row.pence), []).append(row)
    for row in others:
        found = left.get((row.source, row.day, row.pence), [])
        place = next((place for place, each in enumerate(found[:MOST_COMPARED]) if _may_be(each, row)), None)
        if place is None:
            return False
        found.pop(place)
    return True


def _may_be(one: BankRow, other: BankRow) -> bool:
    numbers = not one.number or not other.number or one.number == other.number
    return numbers and alike(one.payee, other.payee) and (not one.time or not other.time or one.time == other.time)
