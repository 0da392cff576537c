"""The outcome of a call: the events it records, or the one error of its refusal."""

from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from jamjar.model.state import Emitted
from jamjar.protocol.typed_data import Message

M = TypeVar("M", bound=Message)


@dataclass(frozen=True, slots=True)
class Revert:
    """A custom error, its arguments in the order of the interface; the name is empty when there is no error data."""

    name: str = ""
    arguments: tuple[Any, ...] = ()


Outcome: TypeAlias = tuple[Emitted, ...] | Revert
"""The events of a call, in their order, or its refusal. In a `...Rejected`, `reason` is the item's Revert."""


@dataclass(frozen=True, slots=True)
class SignedBy(Generic[M]):
    """A message, and the address whose key signed it for the contract called; empty when there is none."""

    message: M
    signer: str


def first(*refusals: tuple[Any, ...]) -> Revert | None:
    """Return the refusal of the first (applies, error, arguments ...) that applies."""
    return next((Revert(name, tuple(arguments)) for applies, name, *arguments in refusals if applies), None)


def decided(refused: Revert | None, *events: Emitted) -> Outcome:
    """Return the refusal if there is one, otherwise the events."""
    return refused or events
