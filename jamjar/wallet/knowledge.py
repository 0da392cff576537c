"""What a recipient can work out of a budget from what it was told: bounds of each figure, and of any sum.

It follows from figures and answers that were shown, statements that were proven, that only the balance can be below
zero, and that a total is the sum of its parts and the balance that of income and outgoings. Bounds are narrowed until
none changes. Of a set's numbers and dates it follows from what was shown and proven alone.

Warning: a recipient that knows more, such as last month's figures, can narrow them further.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from jamjar.consent.named import is_entry_name
from jamjar.disclosure.statement import MOST_AMOUNT, MOST_FIGURES, BudgetStatement, Relation
from jamjar.plan.entries import BALANCE, COVERED, OUTGOINGS, PARTS, cover_of, total_of
from jamjar.plan.money import MAX_PENCE, format_pounds

NARROW: Final = 10
"""An interval is narrow whose width is at most this part of its larger end, in per cent."""
BEYOND: Final = MOST_FIGURES * MOST_AMOUNT
"""No answer is about as many pence, so that a bound as far out, which only budgets' own limits give, says nothing."""
_ROUNDS: Final = 32
_COVERS: Final = {cover_of(code): total_of(code) for code in COVERED}
_Signed = tuple[tuple[int, str], ...]
_Constraint = tuple[_Signed, int, int]


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the most that a figure or a sum can be, in pence; the bounds of any budget where nothing is known.

    floor     what it is at least in any budget
    is_pence  whether it is an amount of a budget, and no number or date (YYYYMMDD) of a set
    """

    low: int
    high: int
    floor: int = 0
    is_pence: bool = True

    def __str__(self) -> str:
        """Return what is known, in words."""
        return self.words(format_pounds if self.is_pence else str)

    def words(self, written: Callable[[int], str]) -> str:
        """Return what is known, in words, with each number as `written`."""
        least, most = written(self.least), written(self.most)
        return {
            "exactly": f"exactly {least}",
            "between": f"between {least} and {most}",
            "at least": f"at least {least}",
            "at most": f"at most {most}",
            "nothing": "nothing",
        }[self.kind]

    @property
    def kind(self) -> str:
        """What is known: exactly (what it is), between (two amounts), at least, at most (one of them), or nothing."""
        bounded = self.high < BEYOND
        if self.low == self.high:
            return "exactly"
        if self.low > max(self.floor, -BEYOND):
            return "between" if bounded else "at least"
        return "at most" if bounded else "nothing"

    @property
    def least(self) -> int:
        """The least that it can be, within what amounts can be shown."""
        return _shown(self.low)

    @property
    def most(self) -> int:
        """The most that it can be, within what amounts can be shown."""
        return _shown(self.high)

    @property
    def is_narrow(self) -> bool:
        """Whether little is left to find out."""
        return (self.high - self.low) * 100 <= NARROW * max(abs(self.low), abs(self.high))


class Knowledge:
    """What is known of one budget's figures, from `shown` (values by name) and `told` (statements that were proven).

    values  of the whole budget, to tell which lines a total has: those that a proof of its lines names
    """

    def __init__(self, values: Mapping[str, int], shown: Iterable[str], told: Iterable[BudgetStatement]) -> None:
        constraints = list(_catalogue())
        constraints += [each for name in shown if name in values for each in _of_shown(name, values[name])]
        for statement in told:
            constraints += _of(statement, values)
        self._bounds: dict[str, tuple[int, int]] = {}
        self._constraints = constraints
        for _ in range(_ROUNDS):
            changed = [self._narrow(*each) for each in constraints]
            if not any(changed):
                break

    def of(self, statement: BudgetStatement) -> Interval:
        """Return what is known of the sum that a statement is about."""
        return self._interval(statement.figures)

    def figure(self, name: str) -> Interval:
        """Return what is known of a figure."""
        return self._interval(((1, name),))

    def _interval(self, figures: _Signed) -> Interval:
        low, high = self._sum(figures)
        for other, least, most in self._constraints:
            if other == figures:
                low, high = max(low, least), min(high, most)
            elif other == tuple((-sign, name) for sign, name in figures):
                low, high = max(low, -most), min(high, -least)
        floor = sum(_any(name)[0] if sign == 1 else -_any(name)[1] for sign, name in figures)
        return Interval(low, high, floor, not any(is_entry_name(name) for _, name in figures))

    def _bound(self, name: str) -> tuple[int, int]:
        return self._bounds.get(name, _any(name))

    def _sum(self, figures: _Signed) -> tuple[int, int]:
        ends = [(sign, *self._bound(name)) for sign, name in figures]
        low = sum(least if sign == 1 else -most for sign, least, most in ends)
        return low, sum(most if sign == 1 else -least for sign, least, most in ends)

    def _narrow(self, figures: _Signed, least: int, most: int) -> bool:
        """Narrow the bounds of each figure of a sum that lies between two numbers; whether any changed."""
        changed = False
        for sign, name in figures:
            others = tuple(each for each in figures if each[1] != name)
            low, high = self._sum(others)
            own_low, own_high = least - high, most - low
            if sign == -1:
                own_low, own_high = -own_high, -own_low
            before = self._bound(name)
            after = max(before[0], own_low), min(before[1], own_high)
            if after != before and after[0] <= after[1]:
                self._bounds[name], changed = after, True
        return changed


def _any(name: str) -> tuple[int, int]:
    return (-MAX_PENCE, MAX_PENCE) if name == BALANCE or is_entry_name(name) else (0, MAX_PENCE)


def _catalogue() -> Iterator[_Constraint]:
    for total, parts in PARTS.items():
        yield ((1, total), *((-1, part) for part in parts)), 0, 0
    yield ((1, BALANCE), (-1, total_of("income")), (1, OUTGOINGS)), 0, 0


def _of_shown(name: str, value: int) -> Iterator[_Constraint]:
    yield ((1, name),), value, value
    if name in _COVERS:  # whether the income is at least that total
        figures = ((1, total_of("income")), (-1, _COVERS[name]))
        yield (figures, 0, MAX_PENCE) if value else (figures, -MAX_PENCE, -1)


def _of(statement: BudgetStatement, values: Mapping[str, int]) -> Iterator[_Constraint]:
    beyond = len(statement.figures) * MAX_PENCE
    if statement.relation is Relation.SUM_OF_LINES:
        yield statement.terms_of(values), 0, 0
    elif statement.relation is Relation.AT_LEAST:
        yield statement.figures, statement.amount, beyond
    else:
        yield statement.figures, -beyond, statement.amount


def _shown(amount: int) -> int:
    return max(-MAX_PENCE, min(MAX_PENCE, amount))
