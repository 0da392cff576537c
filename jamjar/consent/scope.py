"""The scope of a consent: jars of the catalogue, shown line by line, as a total, or only in answers to questions."""

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
    THRESHOLD = "threshold"


_PLAIN_LINES: Final = frozenset(code for code, line in LINES.items() if not line.is_debt)
_WITH: Final = {Detail.LINES: _HAS_LINES, Detail.TOTAL: _HAS_TOTAL, Detail.COVERED: frozenset(COVERED)}
_WITH[Detail.THRESHOLD] = _HAS_TOTAL | _PLAIN_LINES


@dataclass(frozen=True, slots=True)
class ScopeItem:
    """A jar (a code of the catalogue, or a group or section of it) and how much of it is shown.

    "fixed.home" with LINES covers its lines and `total.fixed.home`; with TOTAL, `total.fixed.home` alone.
    Debts are lines: "debts.priority" with LINES covers what is owed and offered to each priority creditor.
    With COVERED it covers `covers.fixed.home`: whether the total income is at least that total, a yes or no.
    With THRESHOLD no figure is shown: a question may ask whether `total.fixed.home`, or of a line the line, is at least
    or at most an amount, alone or in a sum with others of the scope.
    "outgoings" is a figure of the whole budget and has no lines; "balance" has TOTAL and THRESHOLD only.
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
            return name == self.figure
        if self.what is Detail.THRESHOLD:
            return False
        return _within(name.removeprefix("total."), self.jar)

    def asks(self, name: str) -> bool:
        """Return whether a question may be about the budget entry of this name, without its figure."""
        return self.what is Detail.THRESHOLD and name == self.figure

    @property
    def is_asked(self) -> bool:
        """Whether it is only about questions."""
        return self.what is Detail.THRESHOLD

    @property
    def figure(self) -> str:
        """The name of the one figure that it is about, unless it shows lines or whether income covers a total."""
        return total_of(self.jar) if self.jar in _HAS_TOTAL and self.jar != "balance" else self.jar


def _within(code: str, jar: str) -> bool:
    return code == jar or code.startswith(f"{jar}.")


def _check_jar(jar: str, what: Detail) -> None:
    if jar not in _WITH[what]:
        if jar in _ALL:
            raise InvalidTerms(f"The jar {jar} cannot be shown as {what.value}; choose another detail or another jar.")
        raise InvalidTerms("The scope names a jar that the catalogue does not have; choose one of its codes.")


_ORDER: Final = (*GROUPS, *SECTIONS, "outgoings", "balance", *LINES)
ASKABLE: Final = tuple(dict.fromkeys(each for each in _ORDER if each in _WITH[Detail.THRESHOLD]))
"""The codes that may be asked about, without their figures: totals first."""
ASKABLE_FIGURES: Final = tuple(ScopeItem(jar, Detail.THRESHOLD).figure for jar in ASKABLE)
"""The names of the figures that may be asked about."""
