"""The scope of terms as a whole: jars of a budget, or names of one set with their kinds; and its JSON."""

from collections.abc import Iterable
from enum import Enum
from typing import Any, Final, TypeAlias, TypeVar

from jamjar.consent.named import NamedItem, Showing, ValueKind
from jamjar.consent.scope import Detail, ScopeItem
from jamjar.encoding import strict_json
from jamjar.errors import InvalidTerms

Item: TypeAlias = ScopeItem | NamedItem
MOST_NAMES: Final = 64
_E = TypeVar("_E", bound=Enum)
_NOUNS: Final[dict[type[Enum], str]] = {ValueKind: "kind of a value", Showing: "detail"}


def check_scope(scope: object) -> None:
    """Raise InvalidTerms unless this is a scope: at least one item, all of a budget, or all of one set."""
    if not isinstance(scope, frozenset) or not all(isinstance(item, ScopeItem | NamedItem) for item in scope):
        raise InvalidTerms("The scope is not a frozenset of ScopeItem, or of NamedItem; make it one.")
    if not scope:
        raise InvalidTerms("The scope is empty; name at least one jar and what of it is shown.")
    if len({item.set_id if isinstance(item, NamedItem) else "" for item in scope}) != 1:
        raise InvalidTerms("The scope is of more than one set, or of a budget too; make terms for each.")
    named = {(item.name, item.kind) for item in scope if isinstance(item, NamedItem)}
    if len(named) > MOST_NAMES:
        raise InvalidTerms(f"The scope has more than the {MOST_NAMES} names that a set has; leave some out.")
    if len({name for name, _ in named}) != len(named):
        raise InvalidTerms("A name of the scope has two kinds; give it the one that its set says.")


def scope_fields(scope: Iterable[Item]) -> list[dict[str, Any]]:
    """Return the items of a scope, in the order of their names, then of what is shown."""
    ordered = sorted(scope, key=lambda item: (item.jar, item.what.value))
    return [
        {"name": item.name, "kind": item.kind.value, "what": item.what.value}
        if isinstance(item, NamedItem)
        else {"jar": item.jar, "what": item.what.value}
        for item in ordered
    ]


def read_scope(value: object, set_id: str = "") -> frozenset[Item]:
    """Read what `scope_fields` gave: of a set where its identifier is given, of a budget otherwise.

    Raises InvalidTerms or InvalidInput for anything else, and for a repeated item.
    """
    keys = ("jar", "what") if set_id == "" else ("name", "kind", "what")
    found = [
        strict_json.fields(item, "A scope item", *keys) for item in strict_json.items(value, "The items of the scope")
    ]
    scope = frozenset(_item(item, set_id) for item in found)
    if len(scope) != len(found):
        raise InvalidTerms("A scope item is repeated; keep one of each.")
    return scope


def read_enum(kind: type[_E], value: object) -> _E:
    """Return the member of an enumeration that has a value; raises InvalidTerms when none has."""
    try:
        return kind(value)
    except ValueError:
        allowed = ", ".join(member.value for member in kind)
        noun = _NOUNS.get(kind, kind.__name__.lower())
        raise InvalidTerms(f"The {noun} is unknown; choose one of {allowed}.") from None


def _item(found: dict[str, Any], set_id: str) -> Item:
    if set_id == "":
        return ScopeItem(found["jar"], read_enum(Detail, found["what"]))
    return NamedItem(set_id, found["name"], read_enum(ValueKind, found["kind"]), read_enum(Showing, found["what"]))
