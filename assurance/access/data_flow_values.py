"""What `assurance/access/data_flow.py` works on: nodes in their order, conditions, values, effects.

A *condition* precedes a change when the change is not reached, or is undone, unless the condition has one result: it is
required before or after, or an `if` leads there, or either holds for what such a condition depends on (an objection, a
result of a function that returns early).

What a condition weighs, that is, depends on, is a set of names: `msg.sender`, a state variable, a constant, a path into
an argument such as `item.grant`, another contract's function, `ECDSA.tryRecover`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

AUTHORITY: Final = {"msg.sender", "tx.origin", "ECDSA.tryRecover", "ecrecover(bytes32,uint8,bytes32,bytes32)"}
"""What a condition on the caller or on the signer weighs."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition: its text, what it weighs, the error when it fails, and the result it needs for the call to go on.

    It obeys when what it weighs was decided by the caller or the signer, as an objection is. It is settled where the
    call cannot go on otherwise, so that nothing later depends on it.
    """

    text: str
    weighs: frozenset[str]
    error: str = ""
    truth: bool = True
    obeys: bool = False
    settled: bool = False

    def __str__(self) -> str:
        if self.error:
            return f"{self.error} {'unless' if self.truth else 'if'} {self.text}"
        return self.text if self.truth else f"not ({self.text})"


@dataclass(frozen=True, slots=True)
class Value:
    """What a value is computed from: names, the conditions that it depends on, the storage that it points into."""

    names: frozenset[str] = frozenset()
    conditions: frozenset[Condition] = frozenset()
    storage: frozenset[str] = frozenset()
    path: str = ""

    def __or__(self, other: "Value") -> "Value":
        path = self.path if self.path == other.path else ""
        return Value(self.names | other.names, self.conditions | other.conditions, self.storage | other.storage, path)

    @property
    def decided(self) -> bool:
        """Return whether the caller or the signer decided it."""
        return any(condition.weighs & AUTHORITY for condition in self.conditions)

    def under(self, conditions: frozenset[Condition]) -> "Value":
        """Return the value where these conditions hold: it depends on those that are not settled."""
        return replace(self, conditions=self.conditions | {each for each in conditions if not each.settled})

    def member(self, name: str) -> "Value":
        """Return a member of this struct."""
        path = f"{self.path}.{name}" if self.path else ""
        names = frozenset({path}) if path else self.names
        return Value(names, self.conditions, frozenset(f"{each}.{name}" for each in self.storage), path)

    def element(self, index: "Value") -> "Value":
        """Return an element of this array or mapping."""
        path = f"{self.path}[]" if self.path else ""
        names = (frozenset({path}) if path else self.names) | index.names
        return Value(names, self.conditions | index.conditions, self.storage, path)


NOTHING = Value()


def joined(values: Iterable[Value]) -> Value:
    """Return the value computed from several."""
    result = NOTHING
    for value in values:
        result |= value
    return replace(result, storage=frozenset(), path="")


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that a call may do, of one kind: writes, emits, calls, refuses, loops, assembly."""

    kind: str
    name: str
    conditions: frozenset[Condition] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What following a function found: its results, what holds if it returns (None: it never does), its effects."""

    results: tuple[Value, ...]
    holds: frozenset[Condition] | None
    effects: frozenset[Effect]

    def of(self, kind: str) -> list[str]:
        """Return the names of the effects of a kind."""
        return sorted({effect.name for effect in self.effects if effect.kind == kind})


def error_in(expression: object) -> str:
    """Return the custom error that an expression in Slither's notation names, "" if it names none."""
    found = re.search(r"revert (\w+)\(", str(expression))
    return found.group(1) if found else ""


def in_order(entry: Any) -> Iterator[Any]:
    """Return the nodes so that each comes after those that lead to it, and what follows a loop after the loop."""

    def sons(node: Any) -> Iterator[Any]:
        return iter(sorted(node.sons, key=lambda son: son != node.son_false))

    done, seen, stack = list[Any](), {entry}, [(entry, sons(entry))]
    while stack:
        son = next((each for each in stack[-1][1] if each not in seen), None)
        if son is None:
            done.append(stack.pop()[0])
        else:
            seen.add(son)
            stack.append((son, sons(son)))
    yield from reversed(done)
