"""What a request asks to see, as values for JSON: jars by how much of them, or names of a set with their kinds."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from jamjar.consent.named import NamedItem, Showing, ValueKind
from jamjar.consent.scope import Detail, ScopeItem
from jamjar.consent.whole_scope import Item, read_enum
from jamjar.encoding import strict_json
from jamjar.errors import InvalidTerms

FORMAT: Final = "jamjar.request.1"
QUESTIONS_FORMAT: Final = "jamjar.request.2"
SET_FORMAT: Final = "jamjar.request.3"
"""The format of requests that ask for questions about a budget, and for values of a set; others have the first."""
_JARS: Final = {"lines": Detail.LINES, "totals": Detail.TOTAL, "covered": Detail.COVERED}
_ASKED: Final = {"threshold": Detail.THRESHOLD}
_DETAILS: Final = {FORMAT: _JARS, QUESTIONS_FORMAT: _JARS | _ASKED}
_SHOWING: Final = {"values": Showing.VALUE, "threshold": Showing.THRESHOLD}
KEYS: Final = {
    FORMAT: (*_JARS,),
    QUESTIONS_FORMAT: (*_JARS, *_ASKED, "questions"),
    SET_FORMAT: ("set", *_SHOWING, "questions"),
}
"""The fields of a request that say what it asks to see, by its format."""


def asked_fields(scope: Iterable[Item], questions: int) -> dict[str, Any]:
    """Return the format of a request, and the fields that say what it asks to see."""
    items = tuple(scope)
    if named := [item for item in items if isinstance(item, NamedItem)]:
        lists = {key: {i.name: i.kind.value for i in named if i.what is what} for key, what in _SHOWING.items()}
        return {"format": SET_FORMAT, "set": named[0].set_id, "questions": questions, **lists}
    of = QUESTIONS_FORMAT if questions else FORMAT
    jars = {key: sorted(item.jar for item in items if item.what is what) for key, what in _DETAILS[of].items()}
    return {"format": of, **jars, **({"questions": questions} if questions else {})}


def read_asked(format_name: str, found: dict[str, Any]) -> frozenset[Item]:
    """Take the fields that say what is asked out of `found`, but the number of questions, and return the scope.

    Raises InvalidTerms or InvalidInput for anything that is none.
    """
    if format_name == SET_FORMAT:
        set_id = found.pop("set")
        lists = [(found.pop(key), what) for key, what in _SHOWING.items()]
        if not all(isinstance(names, dict) for names, _ in lists):
            raise InvalidTerms("The names of the request are not an object of names and kinds; ask for another.")
        return frozenset(
            NamedItem(set_id, name, read_enum(ValueKind, kind), what)
            for names, what in lists
            for name, kind in names.items()
        )
    return frozenset(item for key, what in _DETAILS[format_name].items() for item in _jars(found.pop(key), what))


def _jars(codes: object, what: Detail) -> Iterator[ScopeItem]:
    found = strict_json.items(codes, "The jars of a request")
    if any(not isinstance(code, str) for code in found) or len(set(found)) != len(found):
        raise InvalidTerms("A jar of the request is repeated, or no code; keep one of each.")
    yield from (ScopeItem(code, what) for code in found)
