"""Strict JSON: no floats, no repeated or unexpected keys, a bounded size.

`what` is the noun that begins the sentence of an error, such as "The budget", and a plural for `items`.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NoReturn

from jamjar.errors import InvalidInput

MAX_BYTES = 64 * 1024


def dumps(value: object) -> str:
    """Return `value` as canonical JSON: sorted keys, no spaces, ASCII, no NaN."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def loads(text: object, what: str, most: int = MAX_BYTES) -> Any:
    """Return the value of the JSON `text` (RFC 8259), of at most `most` bytes in UTF-8 (64 KiB by default).

    Raises InvalidInput, which never repeats the text, for floats, NaN, infinities and repeated keys.
    """
    if not isinstance(text, str):
        raise InvalidInput(f"{what} is a {type(text).__name__}; give JSON as text.")
    if len(text.encode("utf-8", "surrogatepass")) > most:
        raise InvalidInput(f"{what} is larger than {most // 1024} KiB; check that this is the right file.")
    try:
        return json.loads(text, object_pairs_hook=_once, parse_float=_no_float, parse_constant=_no_float)
    except InvalidInput:
        raise
    except (ValueError, RecursionError):
        # The decoder's own exception carries the whole text, which may hold amounts: it is not chained.
        raise InvalidInput(f"{what} is not readable as JSON; export it again.") from None


def fields(value: object, what: str, *names: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return `value` if it is an object with the keys `names`, and no others but `optional` ones.

    Raises InvalidInput otherwise.
    """
    if not isinstance(value, dict):
        raise InvalidInput(f"{what} is not an object; give one with {', '.join(names)}.")
    if missing := [name for name in names if name not in value]:
        raise InvalidInput(f"{what} lacks {', '.join(missing)}; give every field.")
    if value.keys() - {*names, *optional}:
        raise InvalidInput(f"{what} has unknown fields; give only {', '.join((*names, *optional))}.")
    return value


def items(value: object, what: str) -> list[Any]:
    """Return `value` if it is an array; raises InvalidInput otherwise."""
    if not isinstance(value, list):
        raise InvalidInput(f"{what} are not an array; give one, empty if there is nothing.")
    return value


def day(value: object) -> date | None:
    """Return the date that `value` states as YYYY-MM-DD, or None for any other value.

    Python 3.11 accepts further ISO 8601 forms, which 3.10 refuses; in a record each date has one form.
    """
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found and found.isoformat() == value else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise InvalidInput("An object has the same field twice; keep one of them.")
    return found


def _no_float(_: str) -> NoReturn:
    raise InvalidInput("A number is not an integer; write amounts in whole pence.")
