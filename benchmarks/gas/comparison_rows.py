"""The gas of EAS, Jamjar and the floor side by side, a row for each kind of record and each batch size."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.gas.floor import floor
from benchmarks.gas.meter import SIZES

_SINGLE: Final = {
    "grant": "grant",
    "commitment, first": "commit, first",
    "commitment, replacing": "commit, replacing",
    "use": "use",
    "withdrawal": "withdraw",
}
_BATCH: Final = {
    "grant": "grantBatch",
    "commitment, first": "commitBatch, first",
    "commitment, replacing": "commitBatch, replacing",
    "use": "useBatch",
    "withdrawal": "withdrawBatch",
}
"""The names in benchmarks/gas/meter.py, alone and in a batch."""


@dataclass(frozen=True, slots=True)
class Row:
    """Gas an item in a transaction with `size` items; `bound` is the most that Jamjar may use, if there is one."""

    kind: str
    size: int
    eas: int
    jamjar: int
    floor: int
    bound: int | None

    @property
    def times(self) -> float:
        """EAS's gas as a multiple of Jamjar's."""
        return self.eas / self.jamjar

    @property
    def above(self) -> float:
        """Jamjar's gas as a multiple of the floor."""
        return self.jamjar / self.floor


def rows(eas: Mapping[str, int], jamjar: Mapping[str, int], bounds: Mapping[str, int]) -> list[Row]:
    """Return a row for each kind and size; the names in `eas` are EasMeter's, in the others Meter's."""
    found = []
    for kind in _SINGLE:
        for size in SIZES:
            ours = _SINGLE[kind] if size == 1 else f"{_BATCH[kind]}, each of {size}"
            row = Row(kind, size, eas[f"{kind} of {size}"], jamjar[ours], floor(kind, size), bounds.get(ours))
            found.append(row)
    return found


def over(found: Iterable[Row]) -> list[str]:
    """Return a sentence for each row above its bound."""
    return [
        f"{row.kind}, {row.size} in one transaction: {row.jamjar:,} gas each, more than {row.bound:,}."
        for row in found
        if row.bound is not None and row.jamjar > row.bound
    ]
