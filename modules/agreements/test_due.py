"""What is due, to the day and to the penny, with days and amounts that were computed by hand."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timezone
from fractions import Fraction

import pytest

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.ledger.own_contract import ContractEvent
from jamjar.sandbox.network import SampleNetwork

from .due import day_of, due, interest, total
from .record import NOTHING, Kind
from .terms import Terms
from .test_deal import OTHER, PAYEE, PAYER, agreed, terms_of

TERMS = terms_of(1_000_00, 250_00)
FIRST, SECOND = (each.digest for each in TERMS.milestones)


def event(name: str, at: str = "2026-04-01T12:00", **arguments: bytes | int) -> ContractEvent:
    seconds = int(datetime.fromisoformat(at).replace(tzinfo=timezone.utc).timestamp())
    times = {} if name == "Proposed" else {"at": seconds}
    return ContractEvent(name, {"agreement": b"", **times, **arguments}, 1, "0x")


PROPOSED = event("Proposed", byMember=PAYER, otherMember=PAYEE)
AGREED = event("Accepted", kind=Kind.TERMS, subject=NOTHING, digest=TERMS.digest)


def met(at: str, subject: bytes = FIRST) -> ContractEvent:
    return event("Accepted", at, kind=Kind.MILESTONE, subject=subject, digest=b"")


def amounts(today: date, *events: ContractEvent, terms: Terms = TERMS) -> list[tuple[int, int]]:
    return [(row.amount, row.interest) for row in due(terms, (PROPOSED, AGREED, *events), today)]


@pytest.fixture
def in_auckland(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 5, 30), (0, 0)),  # accepted on 1 May: 30 days later is 31 May
        (date(2026, 5, 31), (1_000_00, 0)),
        (date(2026, 6, 1), (1_000_00, 21)),  # 8 % of £1,000 is £80 a year, 21.9p a day
        (date(2026, 6, 10), (1_000_00, 219)),  # and £2.19 in ten days, not ten times 21p
        (date(2027, 5, 31), (1_000_00, 80_00)),
        (date(2028, 5, 31), (1_000_00, 160_21)),  # 731 days, of 365 a year
    ],
)
def test_an_accepted_milestone_falls_due_and_then_bears_simple_interest(today: date, expected: tuple[int, int]) -> None:
    assert amounts(today, met("2026-05-01T12:00")) == [expected, (0, 0)]


@pytest.mark.parametrize(("accepted", "first"), [("2028-01-30", date(2028, 2, 29)), ("2027-01-30", date(2027, 3, 1))])
def test_february_has_its_days(accepted: str, first: date) -> None:
    event = met(f"{accepted}T12:00")
    assert amounts(first, event)[0] == (1_000_00, 0)
    assert amounts(first.replace(day=first.day - 1) if first.day > 1 else date(2027, 2, 28), event)[0] == (0, 0)


def test_nothing_is_due_before_a_milestone_s_own_date() -> None:
    early = replace(TERMS, milestones=(replace(TERMS.milestones[0], due=date(2026, 12, 1)),))
    agreed = event("Accepted", kind=Kind.TERMS, subject=NOTHING, digest=early.digest)
    events = (PROPOSED, agreed, met("2026-05-01T12:00", early.milestones[0].digest))
    assert [total(due(early, events, day)) for day in (date(2026, 11, 30), date(2026, 12, 1))] == [0, 1_000_00]
    assert "not accepted, and 2 days late" in due(early, events[:2], date(2026, 12, 3))[0].why


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-06-30T22:59", date(2026, 6, 30)),
        ("2026-06-30T23:00", date(2026, 7, 1)),  # summer time: midnight in London
        ("2026-12-31T23:59", date(2026, 12, 31)),
        ("2028-02-29T23:59", date(2028, 2, 29)),
    ],
)
def test_a_day_is_that_of_the_united_kingdom_wherever_one_is(in_auckland: None, at: str, day: date) -> None:
    assert day_of(event("Disputed", at).arguments["at"]) == day


@pytest.mark.parametrize("today", [datetime(2026, 6, 1, 23), "2026-06-01", date(1999, 1, 1), None])
def test_a_day_is_no_time(today: object) -> None:
    with pytest.raises(InvalidInput):
        due(TERMS, (PROPOSED, AGREED), today)  # type: ignore[arg-type]


def test_interest_is_never_above_the_fraction_and_below_it_by_less_than_a_penny() -> None:
    for amount, rate, days in ((1, 1, 1), (99, 1175, 7), (10**11, 10_000, 36_500), (1_000_01, 850, 366)):
        exact = Fraction(amount) * rate * days / 3_650_000
        assert 0 <= exact - interest(amount, rate, days) < 1


def test_a_dispute_holds_its_milestone_until_it_is_settled() -> None:
    accepted, disputed = met("2026-05-01T12:00"), event("Disputed", "2026-06-05T12:00", milestone=FIRST)
    settled = event("Accepted", "2026-06-09T12:00", kind=Kind.SETTLEMENT, subject=FIRST, digest=b"")
    days = [date(2026, 6, number) for number in (4, 5, 8, 9)]
    found = [amounts(day, accepted, disputed, settled)[0] for day in days]
    assert found == [(1_000_00, 87), (0, 0), (0, 0), (1_000_00, 197)]


def test_a_change_keeps_what_it_does_not_change() -> None:
    newer = replace(
        TERMS, milestones=(TERMS.milestones[0], replace(TERMS.milestones[1], amount=1)), salt=bytes(31) + b"1"
    )
    changed = event("Accepted", "2026-05-03T12:00", kind=Kind.TERMS, subject=TERMS.digest, digest=newer.digest)
    both = met("2026-05-01T12:00"), met("2026-05-01T12:00", SECOND)
    assert amounts(date(2026, 5, 31), *both, changed, terms=newer) == [(1_000_00, 0), (0, 0)]
    assert amounts(date(2026, 5, 2), *both, changed) == [(0, 0), (0, 0)]  # on that day the old ones held
    with pytest.raises(VerificationFailed):
        amounts(date(2026, 5, 31), *both, changed)


def test_a_record_of_others_or_of_two_is_refused() -> None:
    others = event("Proposed", byMember=PAYER, otherMember=OTHER)
    for events in ((AGREED,), (others, AGREED), (PROPOSED, PROPOSED, AGREED), (PROPOSED,)):
        with pytest.raises(VerificationFailed):
            due(TERMS, events, date(2026, 6, 1))


def test_both_parties_compute_the_same_from_the_ledger(consortium: SampleNetwork) -> None:
    deal, terms = agreed(consortium), terms_of(100_00, 250_00)
    deal.both(deal.matter(Kind.MILESTONE, terms.milestones[1].digest, bytes([7]) * 32))
    rows = due(Terms.read(terms.text), deal.history(), day_of(deal.network.ledger.time()).replace(year=2100, day=1))
    assert [row.amount for row in rows] == [0, 250_00]
    assert rows[1].interest > 0
