"""What every event of the contracts has: the place on the ledger where it stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Where on the ledger an event stands; `index` is its place among the block's logs."""

    block: int
    transaction: str
    index: int
    contract: str


@dataclass(frozen=True, slots=True)
class Event:
    """What all events have: where they stand."""

    origin: Origin
