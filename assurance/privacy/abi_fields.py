"""The fields of ABI-encoded bytes with their positions, so that every byte belongs to exactly one field.

A decoder returns the values only. This also returns where they are, and fails when bytes lie between them, so that
nothing can hide in bytes that a decoder ignores.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

Argument: TypeAlias = Mapping[str, Any]
WORD: Final = 32
FRAME: Final = "frame"
"""The type of what only frames the values: offsets, lengths and zero padding."""


@dataclass(frozen=True, slots=True)
class Field:
    """A value of the Solidity type `kind` in the bytes from `start` up to `end`."""

    name: str
    kind: str
    start: int
    end: int
    value: bytes = field(repr=False)


def fields(arguments: Sequence[Argument], data: bytes, start: int = 0) -> list[Field]:
    """Return the fields of `data` from `start` on, in their order on chain (Contract ABI Specification).

    Raises ValueError when they do not fill the bytes to the last one, without a gap and without overlap.
    """
    found = sorted(_tuple(arguments, data, start), key=lambda each: (each.start, each.end))
    place = start
    for each in found:
        if each.start != place or each.end > len(data):
            raise ValueError("bytes that belong to no field, or to two")
        place = each.end
    if place != len(data):
        raise ValueError("bytes after the last field")
    if any(any(each.value) for each in found if each.name == "padding"):
        raise ValueError("padding that is not zero")
    return found


def _tuple(arguments: Sequence[Argument], data: bytes, base: int) -> Iterator[Field]:
    at = base
    for argument in arguments:
        if _is_dynamic(argument):
            yield _field("offset", FRAME, data, at, WORD)
            yield from _value(argument, data, base + _number(data, at))
            at += WORD
        else:
            yield from _value(argument, data, at)
            at += _size(argument)


def _value(argument: Argument, data: bytes, at: int) -> Iterator[Field]:
    kind = argument["type"]
    if kind == "tuple":
        yield from _tuple(argument["components"], data, at)
    elif kind.endswith("[]"):
        yield _field("length", FRAME, data, at, WORD)
        items = min(_number(data, at), len(data))
        yield from _tuple([{**argument, "type": kind[:-2]}] * items, data, at + WORD)
    elif kind in ("bytes", "string"):
        length = _number(data, at)
        yield _field("length", FRAME, data, at, WORD)
        yield _field(argument["name"], kind, data, at + WORD, length)
        yield _field("padding", FRAME, data, at + WORD + length, -length % WORD)
    else:
        yield _field(argument["name"], kind, data, at, WORD)


def _field(name: str, kind: str, data: bytes, at: int, size: int) -> Field:
    return Field(name, kind, at, at + size, data[at : at + size])


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + WORD], "big")


def _is_dynamic(argument: Argument) -> bool:
    kind = argument["type"]
    if kind == "tuple":
        return any(map(_is_dynamic, argument["components"]))
    return kind.endswith("[]") or kind in ("bytes", "string")


def _size(argument: Argument) -> int:
    return sum(map(_size, argument["components"])) if argument["type"] == "tuple" else WORD
