"""Puts marks into Solidity source, which record at run time that a function, statement or condition was reached.

The places come from the compiler's own syntax tree. A *condition* is every comparison, and every other boolean that
decides an `if`, `require`, `assert`, `?:` or loop or is an operand of `&&` or `||`. So `a || b == c` has two, and each
has two branches: it was true, and it was false.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

Node = Mapping[str, Any]

COMPARISONS = {"==", "!=", "<", "<=", ">", ">="}
DECIDERS = {"require", "assert"}
IMPORT = 'import {{decided_, reached_}} from "{}"; '


@dataclass(frozen=True, slots=True)
class Point:
    """A place that can be reached: where it is, and its marks; a condition has one for true and one for false."""

    kind: str
    file: str
    function: str
    text: str
    start: tuple[int, int]
    end: tuple[int, int]
    marks: tuple[int, ...]
    within: int | None


@dataclass
class Marking:
    """One source file and the points found in it so far; `marks` yields numbers that no other file uses."""

    file: str
    source: bytes
    marks: Iterator[int] = field(default_factory=lambda: count(1))
    points: list[Point] = field(default_factory=list)
    _before: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    _after: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    _function: str = ""
    _within: int | None = None

    def mark(self, tree: Node) -> None:
        """Find every point in a source file's syntax tree; raises ValueError for an unsupported statement."""
        for contract in tree["nodes"]:
            for node in contract.get("nodes", []):
                if node["nodeType"] in {"FunctionDefinition", "ModifierDefinition"} and node.get("body"):
                    self._mark_function(node)

    def marked(self, marks: str) -> str:
        """Return the source with its marks; the functions that they call are in the file `marks`."""
        parts, last = [IMPORT.format(marks)], 0
        for offset in sorted(self._before.keys() | self._after.keys()):
            parts += [self.source[last:offset].decode(), *self._after[offset], *self._before[offset]]
            last = offset
        return "".join([*parts, self.source[last:].decode()])

    def _mark_function(self, node: Node) -> None:
        self._function, self._within = node["name"] or node["kind"], None
        self._within, number = self._point("function", node, 1)
        start, _ = _span(node["body"])
        self._before[start + 1].append(f" reached_({number});")
        self._block(node["body"])

    def _block(self, node: Node) -> None:
        for statement in node["statements"]:
            self._statement(statement, braces=False)

    def _statement(self, node: Node, braces: bool = True) -> None:
        """Mark a statement; a body of a single statement gets braces, so that the mark is part of the body."""
        kind = node["nodeType"]
        if kind in {"Block", "UncheckedBlock"}:
            return self._block(node)
        outer = self._within
        self._within, number = self._point("statement", node, 1)
        start, end = _span(node)
        self._before[start].append(f"{'{ ' * braces}reached_({number}); ")
        self._parts(node, kind)
        if braces:
            self._after[self._with_semicolon(end)].append(" }")
        self._within = outer
        return None

    def _parts(self, node: Node, kind: str) -> None:
        if kind in {"IfStatement", "ForStatement", "WhileStatement", "DoWhileStatement"}:
            self._expression(node.get("condition"), decides=True)
            for part in ("initializationExpression", "loopExpression"):
                self._expression(node.get(part))
            for part in ("trueBody", "falseBody", "body"):
                if node.get(part):
                    self._statement(node[part])
        elif kind in {"TryStatement", "InlineAssembly"}:
            raise ValueError(
                f"{self.file}: {kind} is not supported; extend assurance/coverage/instrumentation.py to mark it."
            )
        else:
            self._children(node)

    def _children(self, node: Node) -> None:
        for value in node.values():
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, Mapping) and "nodeType" in child:
                    self._expression(child)

    def _expression(self, node: Node | None, decides: bool = False) -> None:
        """Mark the conditions in an expression; with `decides` it is itself a condition, or made of some."""
        if node is None:
            return
        kind, operator = node["nodeType"], node.get("operator")
        if operator in {"&&", "||"}:
            self._expression(node["leftExpression"], decides=True)
            self._expression(node["rightExpression"], decides=True)
        elif operator == "!":
            self._expression(node["subExpression"], decides)
        elif kind == "TupleExpression" and len(node["components"]) == 1:
            self._expression(node["components"][0], decides)
        elif decides or operator in COMPARISONS:
            self._condition(node)
        else:
            self._inside(node)

    def _condition(self, node: Node) -> None:
        _, number = self._point("condition", node, 2)
        start, end = _span(node)
        self._before[start].append(f"decided_({number}, ")
        self._inside(node)
        self._after[end].append(")")

    def _inside(self, node: Node) -> None:
        if node["nodeType"] == "Conditional":
            self._expression(node["condition"], decides=True)
            self._expression(node["trueExpression"])
            self._expression(node["falseExpression"])
        elif node["nodeType"] == "FunctionCall" and node["expression"].get("name") in DECIDERS:
            first, *others = node["arguments"]
            self._expression(first, decides=True)
            for other in others:
                self._expression(other)
        else:
            self._children(node)

    def _point(self, kind: str, node: Node, marks: int) -> tuple[int, int]:
        """Record a point; return its index and its first mark."""
        start, end = _span(node)
        numbers = tuple(next(self.marks) for _ in range(marks))
        text = self.source[start:end].decode().split("\n")[0].strip()
        where = self._line_and_column(start), self._line_and_column(end)
        self.points.append(Point(kind, self.file, self._function, text, *where, numbers, self._within))
        return len(self.points) - 1, numbers[0]

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        before = self.source[:offset].decode()
        return before.count("\n") + 1, len(before) - before.rfind("\n") - 1

    def _with_semicolon(self, end: int) -> int:
        """Return the end of a statement with its semicolon, which the compiler leaves out."""
        rest = self.source[end:]
        blank = len(rest) - len(rest.lstrip())
        return end + blank + 1 if rest[blank : blank + 1] == b";" else end


def _span(node: Node) -> tuple[int, int]:
    start, length, _ = (int(part) for part in node["src"].split(":"))
    return start, start + length
