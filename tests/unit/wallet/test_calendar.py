"""The calendar of a consent: when what was signed under it is sent.

When a message can wait              at the consent's own second, of the day of signing or the next
When a grant begins at an hour       at a moment between its signing and 15 minutes before it begins
When it is urgent                    at once; a pause takes with it what its sequence comes after
When two consents wait for the same  their times have nothing in common
"""

import inspect
from datetime import datetime, timezone
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.errors import InvalidInput
from jamjar.protocol.settings import DAY, HOUR
from jamjar.protocol.signing import ConsentKey, SignedMessage, sign
from jamjar.protocol.typed_data import Acknowledge, Commit, Domain, Grant, Pause, Reconfirm, Resume, Withdraw
from jamjar.vault import secret as labels
from jamjar.vault.secret import ConsentSecret, commitment_label
from jamjar.wallet.calendar import BEFORE, Calendar, Waiting, due_times

KEY, DOMAIN, ROOT = ConsentKey(b"\1" * 32), Domain(1337, "0x" + 40 * "1"), b"\7" * 32
EVENING = 20_800 * DAY + 20 * HOUR
CALENDAR = Calendar(ConsentSecret(b"\2" * 32))


def signed(kind, *values) -> SignedMessage:
    return sign(KEY, DOMAIN, kind(KEY.address, *values))


def grant(begins: int) -> SignedMessage:
    return signed(Grant, 2, begins, begins + 90 * DAY, begins + 60 * DAY, 3, ROOT)


def due(*messages: SignedMessage, since: int = EVENING) -> list[int]:
    return list(due_times([Waiting(each, since) for each in messages], CALENDAR))


def test_no_two_labels_are_one():
    found = {name: value for name, value in inspect.getmembers(labels) if name.isupper() and isinstance(value, str)}
    every = [*found.values(), commitment_label(bytes(16))]
    assert "jamjar/1/calendar" in every
    assert len(set(every)) == len(every) >= 6
    seeds = {ConsentSecret(b"\2" * 32).derive(label) for label in every}
    assert len(seeds) == len(every)


@given(st.binary(min_size=32, max_size=32), st.integers(0, 2**33))
def test_a_second_of_each_day(secret: bytes, time: int):
    calendar, today = Calendar(ConsentSecret(secret)), time // DAY
    assert all(calendar.on(day) // DAY == day for day in range(today, today + 5))
    assert time < calendar.after(time) < (today + 2) * DAY
    assert calendar.after(time) in (calendar.on(today), calendar.on(today + 1))
    assert time <= calendar.between(time, time + 500) < time + 500
    assert calendar.between(time, time) == time


@pytest.mark.parametrize("kind", [(Commit, ROOT, bytes(32)), (Reconfirm, 1, EVENING), (Resume, 1),
                                  (Acknowledge, ROOT, ROOT)], ids=lambda kind: kind[0].__name__)  # fmt: skip
def test_what_can_wait(kind):
    assert due(signed(*kind)) == [CALENDAR.after(EVENING)]


def test_grants():
    midnight = 20_801 * DAY
    (at,) = due(grant(midnight))
    assert EVENING <= at < midnight - BEFORE
    assert due(grant(EVENING + 300)) == [EVENING]  # a meeting that takes place
    assert due(grant(midnight), since=midnight - 60) == [midnight - 60]


def test_what_is_urgent():
    assert due(signed(Pause, 1), signed(Withdraw)) == [EVENING, EVENING]
    later = CALENDAR.after(EVENING)
    assert due(signed(Commit, ROOT, bytes(32)), signed(Reconfirm, 0, EVENING), signed(Pause, 1)) == [
        later, EVENING, EVENING,
    ]  # fmt: skip
    assert due(signed(Resume, 0), signed(Withdraw)) == [later, EVENING]


def test_nothing_overtakes_what_it_builds_on():
    at, after = due(grant(20_801 * DAY), signed(Commit, ROOT, bytes(32)))
    assert at <= after


@given(st.binary(min_size=32, max_size=32), st.integers(0, 2**33))
def test_a_day_of_each_month(secret: bytes, time: int):
    calendar = Calendar(ConsentSecret(secret))
    first = calendar.in_month(time)
    second = calendar.in_month(first)
    days = [datetime.fromtimestamp(at, timezone.utc) for at in (first, second)]
    assert time < first <= time + 32 * DAY
    assert (days[0].day, (days[1].month - days[0].month) % 12) == (days[1].day, 1)
    assert first == calendar.on(first // DAY)


def test_who_is_patient_waits_with_new_budgets_alone():
    waiting = [Waiting(signed(*kind), EVENING) for kind in ((Commit, ROOT, bytes(32)), (Commit, ROOT, ROOT))]
    first, second = due_times(waiting, CALENDAR, patient=True)
    assert (first, second) == (CALENDAR.after(EVENING), CALENDAR.in_month(EVENING))


def test_what_an_older_version_signed_and_what_no_version_did():
    message = signed(Resume, 1)
    assert due_times([Waiting.from_json(message, None)], CALENDAR) == (0,)
    assert Waiting.from_json(message, Waiting(message, 7, True).to_json()) == Waiting(message, 7, True)
    for wrong in (b'{"format":"jamjar.waiting.2","is_given":true,"since":7}', b"{}"):
        with pytest.raises(InvalidInput):
            Waiting.from_json(message, wrong)


def test_two_consents_have_nothing_in_common():
    """300 claimants sign two commitments in one evening: whose is sent nearest in time?"""
    random, times = Random(1), list[int]()  # noqa: S311
    for _ in range(300):
        evening = 20_800 * DAY + random.randrange(18 * HOUR, 22 * HOUR)
        calendars = [Calendar(ConsentSecret(random.randbytes(32))) for _ in range(2)]
        times += [due_times([Waiting(signed(Commit, ROOT, bytes(32)), evening)], each)[0] for each in calendars]
    right = sum(
        min((n for n in range(600) if n != mine), key=lambda n: abs(times[n] - at)) == mine ^ 1
        for mine, at in enumerate(times)
    )
    assert right <= 6  # by chance one of 600
