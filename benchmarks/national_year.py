"""How many people a module would serve, and what each does with it in a year: assumptions, for benchmarks.modules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple


class Cost(NamedTuple):
    """What one item costs: gas, and bytes of the block and its events."""

    gas: float
    size: float


@dataclass(frozen=True, slots=True)
class Year:
    """A number of people (or traders, or areas), who they are, and how often each does what in a year.

    each  times a year, by `grant`, `commit`, `commit again`, `use`, `withdraw`, or a function of the module's contract
    """

    people: int
    of: str
    each: Mapping[str, float]


YEARS: Final[Mapping[str, Year]] = {}
