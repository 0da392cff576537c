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


YEARS: Final[Mapping[str, Year]] = {
    "agreements": Year(100_000, "agreements of councils", {"propose": 1, "offer": 6, "accept": 6, "dispute": 0.1}),
    "electoral_roll": Year(380, "registration areas, each with a poll", {"close": 1}),
    "identification": Year(
        8_000_000, "holders", {"anchor": 1, "revoke": 0.05, "grant": 3, "commit": 3, "use": 3, "withdraw": 0.3}
    ),
    "patient_data": Year(
        60_000_000,
        "patients",
        {"grant": 2, "commit": 2, "commit again": 2, "use": 3, "withdraw": 0.2, "breakGlass": 0.01},
    ),
    "tax_checks": Year(2_300_000, "traders", {"record": 1, "rely": 2, "grant": 2, "commit": 2, "use": 2}),
}
"""Round numbers near those of the United Kingdom, without a source, and guesses of what each would do."""
