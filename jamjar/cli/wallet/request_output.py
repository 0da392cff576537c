"""What a request is in words, on the claimant's terminal: a row of the list, and all that is agreed to."""

from __future__ import annotations

import time
from datetime import date, datetime, timezone
from typing import TYPE_CHECKING, Final

from jamjar.cli import output
from jamjar.consent.purpose import ALLOWED_PURPOSES
from jamjar.encoding.shown import minute

if TYPE_CHECKING:
    from jamjar.consent.request import ConsentLimits, ConsentRequest
    from jamjar.consent.schedule import Schedule
    from jamjar.wallet.requests import ReceivedRequest

_ANSWERS: Final = {"agreed": "you agreed", "refused": "you refused"}


def row(each: ReceivedRequest) -> dict[str, object]:
    """Return a request for programs."""
    return {"number": each.number, "came": each.came, "answer": each.answer.value, **each.request.fields()}


def answer(each: ReceivedRequest) -> str:
    """Return how a request was answered, or until when it can be."""
    if each.answer.value != "none":
        return _ANSWERS[each.answer.value]
    over = utc_day(int(time.time())) > each.request.answer_by
    return "none, and its time is over" if over else f"none yet; until {each.request.answer_by}"


def print_request(asked: ConsentRequest, limits: ConsentLimits, times: Schedule, *, err: bool) -> None:
    """Print all that is agreed to, and the notice, which says the same of what was asked for."""
    from jamjar.consent.notice import terms_of
    from jamjar.consent.translated import scope_words

    table = output.OutputTable("", "", title=f"{asked.recipient_name} (member {asked.recipient}) asks")
    days = asked.retention_days
    table.add("what for", ALLOWED_PURPOSES[asked.purpose])
    if asked.about:
        table.add("in its words", f"“{asked.about}”")
    table.add("to see", scope_words(asked.scope, "en"))
    table.add("of the days", f"{asked.data_from} to {asked.data_until}")
    table.add("and", f"keeps it for {days} days" if days else "looks, and keeps nothing")
    if asked.questions:
        table.add(
            "to be asked", f"{asked.questions} questions at most; you decide each time, and each answer is a look"
        )
    table.add("looks", f"{limits.looks} at most{_less(limits.looks, asked.looks)}")
    table.add("begins", f"{minute(times.valid_from)} UTC")
    table.add("ends", f"{minute(times.valid_until)} UTC{_less(limits.days, asked.days)}")
    table.add("confirm by", f"{minute(times.reconfirm_by)} UTC{_again(limits, times)}")
    table.add("questions", f"“{asked.contact}”")
    table.add("notice", terms_of(asked).notice)
    table.print(err=err)


def _less(agreed: int, most: int) -> str:
    return f" ({most} were asked for)" if agreed < most else ""


def _again(limits: ConsentLimits, times: Schedule) -> str:
    ends = times.reconfirm_by == times.valid_until
    return ", when it ends" if ends else f", then every {limits.reconfirm_days} days; otherwise nobody can look"


def utc_day(now: int) -> date:
    """Return the day of a time in Unix seconds, in UTC."""
    return datetime.fromtimestamp(now, timezone.utc).date()
