"""Questions about the numbers and dates of a set, from an adviser's desk.

When a date is asked about                 it is proven, without the date; or refused
When the terms do not name what is asked   nothing is sent
"""

from datetime import date

import pytest

from jamjar.disclosure.named_set import NamedSet
from jamjar.errors import InvalidInput
from jamjar.wallet.answering import known, outlook, send_answer
from tests.support.named_sets import IDENTITY
from tests.unit.adviser.set_scene import ADULT, AskingSetDesk


def test_a_question_about_a_date_is_proven_without_it() -> None:
    desk = AskingSetDesk()
    kept = desk.asks(ADULT)
    preview = outlook(desk.claimant, kept)
    assert preview.is_true
    assert (str(preview.told[0].before), str(preview.told[0].after)) == ("nothing", "at most 20081129")
    assert str(kept.question.statement) == "org.example.identity:born is at most 20081129"
    seen = desk.look(send_answer(desk.claimant, desk.ledger, desk.letters, kept, prove=True).hex())
    assert seen.is_proven
    assert (dict(seen.values), dict(seen.figures)) == ({}, {})
    assert b"20010228" not in seen.opened.content.to_json()
    assert [str(each.interval) for each in known(desk.claimant, desk.consent)] == ["at most 20081129"]


def test_a_question_that_is_false_or_refused_tells_nothing() -> None:
    desk = AskingSetDesk()
    kept = desk.asks(IDENTITY.at_least("born", date(2008, 11, 30)))
    assert not outlook(desk.claimant, kept).is_true
    with pytest.raises(InvalidInput, match="cannot be proven"):
        send_answer(desk.claimant, desk.ledger, desk.letters, kept, prove=True)
    seen = desk.look(send_answer(desk.claimant, desk.ledger, desk.letters, kept, prove=False).hex())
    assert seen.is_proven is False


def test_a_question_about_what_may_only_be_shown_is_not_answered() -> None:
    desk = AskingSetDesk()
    other = NamedSet("org.example.other", IDENTITY.kinds)
    kept = desk.asks(other.at_most("born", date(2008, 11, 29)))
    with pytest.raises(InvalidInput, match="did not agree to question"):
        send_answer(desk.claimant, desk.ledger, desk.letters, kept, prove=True)
