"""The moment that a reader asks for: a block, or a time in UTC."""

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Final

from jamjar.errors import InvalidInput
from jamjar.explorer.consents import AsOf
from jamjar.explorer.record import EventRecord

_FORMS: Final = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d")
_DIGITS: Final = 15
"""Of the largest number that is read."""


def moment_asked(record: EventRecord, time_of: Callable[[int], int], block: str, time: str) -> AsOf | None:
    """Return the moment that somebody typed, None for neither; `time_of` is the time of a block as the node has it.

    Raises InvalidInput for what cannot be read, for both, and for a moment that the record does not reach.
    """
    block, time = block.strip(), time.strip()
    if block and time:
        raise InvalidInput("A block and a time were typed; type one of them.")
    if block:
        return _block(record, time_of, block)
    return _time(record, time) if time else None


def _block(record: EventRecord, time_of: Callable[[int], int], text: str) -> AsOf:
    first, last = record.deployment.block, record.last.number
    number = _number(text)
    if number is None or not first <= number <= last:
        raise InvalidInput(f"There is no such block here; type a number from {first} to {last}.")
    return AsOf(number, record.last.time if number == last else time_of(number))


def _time(record: EventRecord, text: str) -> AsOf:
    seconds = _number(text)
    if seconds is None:
        seconds = _seconds(text)
    if seconds is None:
        raise InvalidInput("The time cannot be read; type it as 2026-11-29 14:02, in UTC.")
    if seconds > record.last.time:
        raise InvalidInput("The record does not reach this time; type an earlier one.")
    return AsOf(record.last.number, seconds)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def _seconds(text: str) -> int | None:
    for form in _FORMS:
        try:
            return int(datetime.strptime(text, form).replace(tzinfo=timezone.utc).timestamp())
        except (ValueError, OverflowError):
            continue
    return None
