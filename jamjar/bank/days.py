"""Days as banks write them: the one place that knows their forms, and in which zone a moment is a day."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from jamjar.errors import InvalidInput
from jamjar.plan.period import FIRST_YEAR, LAST_YEAR

ISO = "iso"
"""The form of ISO 8601: a day, or a day and a time, with or without an offset from UTC."""

USUAL = ("dd/mm/yyyy", ISO)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = {
    "yyyy": r"(?P<year>[0-9]{4})", "yy": r"(?P<short>[0-9]{2})", "mmm": r"(?P<name>[A-Za-z]{3})[A-Za-z]*\.?",
    "mm": r"(?P<month>[0-9]{2})", "m": r"(?P<month>[0-9]{1,2})",
    "dd": r"(?P<day>[0-9]{2})", "d": r"(?P<day>[0-9]{1,2})",
}  # fmt: skip
_TOKENS = re.compile("yyyy|yy|mmm|mm|m|dd|d|.")
_TIME_OF_DAY = r"(?:,? (?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)?"
_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d{1,9})?)?(?: ?(Z|[+-]\d{2}:?(?:\d{2})?))?",
    re.ASCII | re.IGNORECASE,
)
_LONGEST = 40


class Moment(NamedTuple):
    """A day in the United Kingdom, its time there as HH:MM:SS, or "" where none is known, and the day as written."""

    day: date
    time: str = ""
    written: date | None = None


def moment(text: str, what: str, forms: tuple[str, ...] = USUAL) -> Moment:
    """Return the day that `text` states in one of `forms`, such as "dd/mm/yyyy", "dd mmm yy" or "iso".

    A moment with an offset from UTC is the day and time of UK clocks; one without is theirs already; midnight is taken
    for a day without a time. Raises InvalidInput, which begins with `what`, for other forms and other centuries.
    """
    if found := _moment(text, forms):
        return found
    written = " or ".join("yyyy-mm-dd" if form == ISO else form for form in forms)
    raise InvalidInput(
        f"{what} is not a day of {FIRST_YEAR} to {LAST_YEAR} written as {written}; export the file again, unaltered."
    )


@lru_cache(maxsize=4096)
def _moment(text: str, forms: tuple[str, ...]) -> Moment | None:
    text = " ".join(text.split())
    for form in forms if len(text) <= _LONGEST else ():
        try:
            found = _iso(text) if form == ISO else _plain(text, form)
        except (ValueError, OverflowError):
            continue
        if found and FIRST_YEAR <= found.day.year <= LAST_YEAR:
            return found
    return None


def is_day(text: str, form: str) -> bool:
    """Return whether a text is a day in this form."""
    return _moment(text, (form,)) is not None


def is_form(form: object) -> bool:
    """Return whether a layout may name this form of days."""
    if form == ISO:
        return True
    parts = _TOKENS.findall(form) if isinstance(form, str) and re.fullmatch(r"[dmy./ -]{6,12}", form) else []
    letters = [part for part in parts if part.isalpha()]
    return set(letters) <= _PARTS.keys() and sorted(part[0] for part in letters) == ["d", "m", "y"]


@cache
def _pattern(form: str) -> re.Pattern[str]:
    parts = (_PARTS.get(part, re.escape(part)) for part in _TOKENS.findall(form))
    return re.compile("".join(parts) + _TIME_OF_DAY)


def _plain(text: str, form: str) -> Moment | None:
    match = _pattern(form).fullmatch(text)
    if match is None:
        return None
    part = match.groupdict()
    year = int(part["year"]) if part.get("year") else 2000 + int(part["short"])
    month = int(part["month"]) if part.get("month") else _MONTHS.index(part["name"].lower()) + 1
    return Moment(date(year, month, int(part["day"])))


def _iso(text: str) -> Moment | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    day, minute, second, offset = date.fromisoformat(match[1]), match[2], match[3] or ":00", match[4]
    if minute is None:
        return Moment(day, written=day)
    clock = datetime.fromisoformat(f"{day.isoformat()}T{minute}{second}")
    midnight = clock.time().isoformat() == "00:00:00"
    if offset:
        clock = (clock - _offset(offset)).replace(tzinfo=timezone.utc).astimezone(_uk())
    return Moment(clock.date(), "" if midnight else clock.strftime("%H:%M:%S"), day)


def _offset(text: str) -> timedelta:
    if text in "Zz":
        return timedelta()
    hours, minutes = int(text[1:3]), int(text[3:].lstrip(":") or 0)
    if hours > 14 or minutes > 59:
        raise ValueError
    return (-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes)


@cache
def _uk() -> ZoneInfo:
    return ZoneInfo("Europe/London")
