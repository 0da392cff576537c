"""Sets of named values: what a claimant commits to, shows and answers questions about besides a budget.

Whoever defines a set, such as a module, gives it an identifier and its names with their kinds. A value has the leaf of
a budget's entry, a text one of its own format (`jamjar.disclosure.text_leaf`); its name in the leaf is the identifier,
a colon and the name. A date is the number YYYYMMDD, as a budget's dates are: it is read without a calendar, and "at
least" and "at most" hold of it as of the days, but the difference of two such numbers is no number of days.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from jamjar.consent.named import (
    NamedItem,
    NamedValue,
    Showing,
    ValueKind,
    check_identifier,
    check_name,
    check_text,
    entry_name,
    number_for,
    short_name,
)
from jamjar.consent.terms import Terms
from jamjar.disclosure.commitment import LEAVES
from jamjar.disclosure.disclosure import Disclosure
from jamjar.disclosure.statement import BudgetStatement, Relation
from jamjar.disclosure.text_leaf import TextEntry
from jamjar.errors import InvalidBudget, InvalidInput, VerificationFailed
from jamjar.plan.budget import Entry
from jamjar.plan.entries import day_of

MOST_NAMES: Final = LEAVES
"""The most names of one set."""


@dataclass(frozen=True, slots=True)
class NamedSet:
    """The public description of a set; every instance is valid.

    identifier  such as "org.example.identity": up to 60 characters of a-z, 0-9, "-" and "_", a letter first, in parts
                joined by dots
    kinds       1 to 64 names, each up to 64 characters of the same, with the kind of its value

    Whoever changes a name's meaning or kind gives the set another identifier. Raises InvalidInput for anything else.
    """

    identifier: str
    kinds: Mapping[str, ValueKind]

    def __post_init__(self) -> None:
        check_identifier(self.identifier)
        if not isinstance(self.kinds, Mapping) or not 1 <= len(self.kinds) <= MOST_NAMES:
            raise InvalidInput(f"The set does not have 1 to {MOST_NAMES} names; give each with its kind, or split it.")
        for name, kind in self.kinds.items():
            check_name(name)
            if not isinstance(kind, ValueKind):
                raise InvalidInput(f"The name {name!r} of the set has no ValueKind; choose NUMBER, DATE or TEXT.")
        object.__setattr__(self, "kinds", MappingProxyType(dict(self.kinds)))

    def kind_of(self, name: str) -> ValueKind:
        """Return the kind of a name; raises InvalidInput when the set does not have it."""
        if name not in self.kinds:
            raise InvalidInput(
                f"The set {self.identifier} has no name {name!r}; choose one of {', '.join(self.kinds)}."
            )
        return self.kinds[name]

    def scope(self, shown: Iterable[str] = (), asked: Iterable[str] = ()) -> frozenset[NamedItem]:
        """Return the scope of terms: names whose values may be shown, and names that may only be asked about.

        Raises InvalidInput for a name that the set does not have, and for questions about a text.
        """
        parts = ((Showing.VALUE, shown), (Showing.THRESHOLD, asked))
        return frozenset(
            NamedItem(self.identifier, name, self.kind_of(name), what) for what, names in parts for name in names
        )

    def fill(self, values: Mapping[str, NamedValue]) -> "SetValues":
        """Return values of this set, of all its names or of some; raises InvalidInput, which never repeats a value."""
        return SetValues(self, values)

    def at_least(self, name: str, value: NamedValue) -> BudgetStatement:
        """Return the statement that a number or a date is at least this; raises InvalidInput for a text."""
        return self._statement(Relation.AT_LEAST, name, value)

    def at_most(self, name: str, value: NamedValue) -> BudgetStatement:
        """Return the statement that a number or a date is at most this; raises InvalidInput for a text."""
        return self._statement(Relation.AT_MOST, name, value)

    def _statement(self, relation: Relation, name: str, value: NamedValue) -> BudgetStatement:
        number = number_for(name, self.kind_of(name), value)
        return BudgetStatement(relation, ((1, entry_name(self.identifier, name)),), number)


@dataclass(frozen=True, slots=True)
class SetValues:
    """Values of a set, which a wallet commits to in place of a budget; made by `NamedSet.fill`."""

    of: NamedSet
    values: Mapping[str, NamedValue] = field(repr=False)

    def __post_init__(self) -> None:
        if not isinstance(self.values, Mapping) or not self.values:
            raise InvalidInput(f"No value of the set {self.of.identifier} is given; give at least one by its name.")
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))
        for name, value in self.values.items():
            if (kind := self.of.kind_of(name)) is not ValueKind.TEXT:
                number_for(name, kind, value)
            elif not isinstance(value, str):
                raise InvalidInput(f"The value of {name!r} is no text; give one, as its set says.")
            else:
                check_text(name, value)

    def check_terms(self, terms: Terms) -> None:
        """Raise InvalidInput unless terms are about this set and its kinds, and about one of these values at least."""
        own = {entry_name(self.of.identifier, name): kind for name, kind in self.of.kinds.items()}
        if terms.set_id != self.of.identifier:
            about = f"the set {terms.set_id}" if terms.set_id else "a budget"
            raise InvalidInput(f"The terms are about {about}, not about {self.of.identifier}; commit to what they say.")
        if not terms.kinds.items() <= own.items():
            raise InvalidInput(f"The terms say other kinds than {self.of.identifier} has; ask for terms of this set.")
        if not self._named(terms.concerns):
            raise InvalidInput("The terms allow none of the values that are given; give one that they name.")

    def entries(self, concerns: Callable[[str], bool]) -> tuple[Entry, ...]:
        """Return the numbers and dates, sorted by name, whose names in the leaves `concerns` allows."""
        return tuple(
            Entry(name, number_for(short_name(name), self.of.kinds[short_name(name)], value))
            for name, value in self._named(concerns)
            if self.of.kinds[short_name(name)] is not ValueKind.TEXT
        )

    def texts(self, concerns: Callable[[str], bool]) -> tuple[TextEntry, ...]:
        """Return the texts, likewise."""
        return tuple(TextEntry(name, value) for name, value in self._named(concerns) if isinstance(value, str))

    def _named(self, concerns: Callable[[str], bool]) -> list[tuple[str, NamedValue]]:
        named = ((entry_name(self.of.identifier, name), value) for name, value in self.values.items())
        return sorted((each for each in named if concerns(each[0])), key=lambda each: each[0])


def values_of(disclosure: Disclosure) -> dict[str, NamedValue]:
    """Return the values that a disclosure of a set shows, by their names in the set, each of its kind.

    Raises VerificationFailed for a value of another kind than its terms say, and for a disclosure of a budget.
    Warning: nothing else is checked here; `jamjar.disclosure.verification.verify_set` does that first.
    """
    kinds = disclosure.terms.kinds
    if not kinds:
        raise VerificationFailed("The disclosure is of a budget, not of a set; read its figures.")
    found: dict[str, NamedValue] = {}
    for opening in disclosure.openings:
        if (kind := kinds.get(opening.name)) not in (ValueKind.NUMBER, ValueKind.DATE):
            raise _other_kind(opening.name)
        try:
            found[short_name(opening.name)] = day_of(opening.value) if kind is ValueKind.DATE else opening.value
        except InvalidBudget:
            raise _other_kind(opening.name) from None
    for text in disclosure.texts:
        if kinds.get(text.name) is not ValueKind.TEXT:
            raise _other_kind(text.name)
        found[short_name(text.name)] = text.text
    return found


def value_words(value: NamedValue) -> str:
    """Return a value of a set as text for people: a date as YYYY-MM-DD, a number in digits, a text as it is."""
    return value.isoformat() if isinstance(value, date) else str(value)


def statement_words(statement: BudgetStatement, kinds: Mapping[str, ValueKind]) -> str:
    """Return a statement in words, with its amount as a date where it is about one; `kinds` are the terms'."""
    if statement.is_pence:
        return str(statement)
    relation = "at least" if statement.relation is Relation.AT_LEAST else "at most"
    return f"{statement.sum} is {relation} {number_words(statement.amount, statement.figures, kinds)}"


def number_words(number: int, figures: tuple[tuple[int, str], ...], kinds: Mapping[str, ValueKind]) -> str:
    """Return a number about the signed entries of a set: as a date where it is one and is about one date alone."""
    if [kinds.get(name) for _, name in figures] == [ValueKind.DATE]:
        try:
            return day_of(number).isoformat()
        except InvalidBudget:  # between two dates, or beyond all
            pass
    return str(number)


def _other_kind(name: str) -> VerificationFailed:
    return VerificationFailed(f"The value of {name!r} is not of the kind that the terms say; do not rely on it.")
