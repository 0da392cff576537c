"""The life of a consent as a picture in characters: when somebody may look, when nobody may, and each look.

What is after now is as it will be if nothing more happens.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import pairwise
from typing import Final

from jamjar.consent.history import ConsentHistory
from jamjar.consent.words import DID
from jamjar.model.state import ENDED, Status

_USED: Final = "Used"
WORDS: Final = {
    Status.SCHEDULED: "not begun yet",
    Status.ACTIVE: "may look",
    Status.PAUSED: "paused",
    Status.STALE: "to be confirmed again",
    Status.EXHAUSTED: "used up",
}
"""What a stretch of a consent's life is called; what is after its end has no stretch."""
_DRAWN: Final = dict(zip(WORDS, "┄━░╌─", strict=True))
_PLAIN: Final = dict(zip(WORDS, ".=p?-", strict=True))


@dataclass(frozen=True, slots=True)
class LifeSpan:
    """A stretch from its first second to the one after its last, in Unix seconds, and the status in it."""

    begin: int
    end: int
    status: Status


@dataclass(frozen=True, slots=True)
class ConsentLife:
    """A consent's stretches, without gaps, from the grant to its end; its looks, and what happened, in words."""

    name: str
    begin: int
    end: int
    now: int
    spans: tuple[LifeSpan, ...]
    looks: tuple[int, ...]
    most: int
    steps: tuple[tuple[int, str], ...]


def life_of(history: ConsentHistory, name: str, now: int) -> ConsentLife:
    """Return the life of a consent for the recipient of this name, as of now (Unix seconds)."""
    times = [step.time for step in history.steps[: len(history.states)]]
    begin, end = times[0], history.granted.valid_until + 1
    turns = {begin, *times, history.granted.valid_from, *(state.reconfirm_by + 1 for state in history.states), end}
    bounds = sorted(turn for turn in turns if begin <= turn <= end)
    spans = list[LifeSpan]()
    for first, last in pairwise(bounds):
        state = history.states[max(place for place, time in enumerate(times) if time <= first)]
        status = state.status(first)
        if spans and spans[-1].status is status:
            first = spans.pop().begin  # noqa: PLW2901 - the stretch goes on
        spans.append(LifeSpan(first, last, status))
    looks = tuple(step.time for step in history.steps if step.kind == _USED)
    steps = tuple((step.time, DID[step.kind].format(name=name)) for step in history.steps)
    open_spans = tuple(span for span in spans if span.status not in ENDED)
    return ConsentLife(name, begin, end, now, open_spans, looks, history.granted.max_uses, steps)


def drawn(life: ConsentLife, *, width: int = 56, ascii_only: bool = False) -> str:
    """Return the picture as lines: the bar with a mark for each look, today, what the characters mean, what happened.

    `ascii_only` draws with plain characters.
    """
    kinds, look, today = (_PLAIN, "*", "^") if ascii_only else (_DRAWN, "●", "▲")
    whole = max(life.end - life.begin, 1)
    bar = [" "] * width
    for span in life.spans:
        first, last = (round((each - life.begin) * width / whole) for each in (span.begin, span.end))
        bar[first : max(last, first + 1)] = kinds[span.status] * max(last - first, 1)
    bar = bar[:width]
    for at in life.looks:
        bar[_column(at, life, width)] = look
    shown = [status for status in WORDS if any(span.status is status for span in life.spans)]
    legend = [f"{kinds[each]} {WORDS[each]}" for each in shown]
    lines = [
        head(life),
        f"{_day(life.begin)} {''.join(bar)} {_day(life.end)}",
        *([f"{' ' * (11 + _column(life.now, life, width))}{today} now"] if life.begin <= life.now <= life.end else []),
        "   ".join([*legend, *([f"{look} a look"] if life.looks else [])]),
        *(f"{minute(at)}  {words}" for at, words in life.steps),
    ]
    return "\n".join(lines) + "\n"


def head(life: ConsentLife) -> str:
    """Return the picture's title."""
    return f"{life.name}: {len(life.looks)} of {life.most} looks"


def minute(at: int) -> str:
    """Return a time in Unix seconds as the minute in UTC."""
    return datetime.fromtimestamp(at, timezone.utc).strftime("%Y-%m-%d %H:%M")


def _day(at: int) -> str:
    return minute(at)[:10]


def _column(at: int, life: ConsentLife, width: int) -> int:
    return min(max((at - life.begin) * width // max(life.end - life.begin, 1), 0), width - 1)
