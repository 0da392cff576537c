"""The scope of a consent: jars of the catalogue, shown line by line, as a total, or as whether income covers it."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from jamjar.errors import InvalidTerms
from jamjar.plan.catalogue import GROUPS, LINES, SECTIONS
from jamjar.plan.entries import COVERED, cover_of, total_of

_OVERALL: Final = frozenset({"outgoings", "balance"})
_HAS_LINES: Final = frozenset(GROUPS) | frozenset(SECTIONS) | frozenset(LINES)
_HAS_TOTAL: Final = frozenset(GROUPS) | frozenset(SECTIONS) | _OVERALL
_ALL: Final = _HAS_LINES | _HAS_TOTAL


class Detail(Enum):
    """How much of a jar is shown."""

    LINES = "lines"
    TOTAL = "total"
    COVERED = "covered"


_WITH: Final = {Detail.LINES: _HAS_LINES, Detail.TOTAL: _HAS_TOTAL, Detail.COVERED: frozenset(COVERED)}


@dataclass(frozen=True, slots=True)
class ScopeItem:
    """A jar (a code of the catalogue, or a group or section of it) and how much of it is shown.

    "fixed.home" with LINES covers its lines and `total.fixed.home`; with TOTAL, `total.fixed.home` alone.
    Debts are lines: "debts.priority" with LINES covers what is owed and offered to each priority creditor.
    With COVERED it covers `covers.fixed.home`: whether the total income is at least that total, a yes or no.
    "outgoings" is a figure of the whole budget and has no lines; "balance" has TOTAL only.
    Raises InvalidTerms for a jar that the catalogue does not have, and for a detail that the jar does not have.
    """

    jar: str
    what: Detail

    def __post_init__(self) -> None:
        if not isinstance(self.jar, str) or not isinstance(self.what, Detail):
            raise InvalidTerms("A scope item is not the code of a jar and a Detail; give both.")
        _check_jar(self.jar, self.what)

    def allows(self, name: str) -> bool:
        """Return whether the budget entry of this name is within this item."""
        if self.what is Detail.COVERED:
            return name == cover_of(self.jar)
        if self.what is Detail.TOTAL:
            return name == ("balance" if self.jar == "balance" else total_of(self.jar))
        return _within(name.removeprefix("total."), self.jar)


def _within(code: str, jar: str) -> bool:
    return code == jar or code.startswith(f"{jar}.")


def _check_jar(jar: str, what: Detail) -> None:
    if jar not in _WITH[what]:
        if jar in _ALL:
            raise InvalidTerms(f"The jar {jar} cannot be shown as {what.value}; choose another detail or another jar.")
        raise InvalidTerms("The scope names a jar that the catalogue does not have; choose one of its codes.")
