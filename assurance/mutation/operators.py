"""Prints what slither-mutate's operators change in the contracts, as JSON; needs the provers' environment.

.venv-proofs/bin/python -m assurance.mutation.operators

Only the operators are used, not their runner, which compiles and tests every change by itself. Some of their changes
never compile, so that mutants would go missing unnoticed; these are corrected:
- of several comparisons in one statement the wrong one is replaced (ROR, LOR, AOR, BOR): generated here, in place;
- of a statement of several lines only the first is commented out (CR): the whole statement is removed;
- a whole function replaces its header (FHR): cut to the header;
- `++` and `!` within an expression are not changed (UOR): added;
- a variable that begins with a literal gets those of other types too, and a bool stops the operator (LIR): made here.
"""

import inspect
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from slither.core.declarations import Contract, Function
from slither.core.expressions.binary_operation import BinaryOperation
from slither.core.expressions.expression import Expression
from slither.core.expressions.literal import Literal
from slither.core.expressions.unary_operation import UnaryOperation
from slither.core.solidity_types.elementary_type import ElementaryType, Int, Uint
from slither.tools.mutator.mutators import AOR, BOR, LOR, ROR, all_mutators

from tools.compilation import ROOT
from tools.slither_project import load

IN_PLACE = {
    "ROR": ROR.relational_operators,
    "LOR": LOR.logical_operators,
    "AOR": AOR.arithmetic_operators,
    "BOR": BOR.bitwise_operators,
}
UNARY = {b"++": "--", b"--": "++", b"!": ""}

Patch = tuple[str, int, int, str]
"""An operator's name, the start and the end of the bytes to replace, and the new text."""


def patches(contract: Contract, source: bytes) -> list[Patch]:
    """Return the patches of a contract, without duplicates, in order."""
    found = {*_from_slither(contract, source), *_in_place(contract, source), *_literals(contract, source)}
    return sorted((p for p in found if source[p[1] : p[2]] != p[3].encode()), key=lambda p: (p[1], p))


def where(contract: Contract, start: int) -> str:
    """Return the function or modifier that contains a byte; outside them all, the contract."""
    for each in contract.functions_and_modifiers_declared:
        mapping = each.source_mapping
        real = not (isinstance(each, Function) and each.is_constructor_variables)
        if real and mapping.start <= start < mapping.start + mapping.length:
            return str(each.name)
    return str(contract.name)


def _from_slither(contract: Contract, source: bytes) -> Iterator[Patch]:
    mutators: list[tuple[str, Any]] = inspect.getmembers(all_mutators, inspect.isclass)
    for name, operator in mutators:
        if name in IN_PLACE or name == "LIR":
            continue
        mutator = operator(contract.compilation_unit, 0, "", "", contract, None, False, Path(), [])
        for made in mutator._mutate().get("patches", {}).values():
            for patch in made:
                start, end, new = patch["start"], patch["end"], re.sub(r"_scope_\d+", "", str(patch["new_string"]))
                if name == "CR":
                    start, end, new = _taken_out(source, start, end)
                elif name == "FHR":
                    new = new[: new.find("{")]
                yield name, start, end, new


def _taken_out(source: bytes, start: int, end: int) -> tuple[int, int, str]:
    """Return the patch that removes a statement: `{}` replaces what ends in a semicolon, and a modifier just goes."""
    semicolon = re.compile(rb"\s*;").match(source, end)
    return (start, semicolon.end(), "{}") if semicolon else (start, end, "")


def _in_place(contract: Contract, source: bytes) -> Iterator[Patch]:
    for function in contract.functions_and_modifiers_declared:
        for node in function.nodes:
            for part in _parts(node.expression, set()) if node.expression else ():
                if isinstance(part, BinaryOperation):
                    yield from _of_two(part, source)
                elif isinstance(part, UnaryOperation):
                    yield from _of_one(part, source)


def _parts(expression: Any, found: set[int]) -> Iterator[Expression]:
    """Yield an expression and all its parts, each once."""
    if id(expression) not in found:
        found.add(id(expression))
        yield expression
        for value in vars(expression).values():
            for each in value if isinstance(value, list | tuple) else (value,):
                if isinstance(each, Expression):
                    yield from _parts(each, found)


def _literals(contract: Contract, source: bytes) -> Iterator[Patch]:
    """Yield what a variable could begin with instead of its literal."""
    local = [each for function in contract.functions_and_modifiers_declared for each in function.local_variables]
    for variable in [*contract.state_variables_declared, *local]:
        first, kind = variable.expression, variable.type
        is_constant = variable in contract.state_variables_declared and variable.is_constant
        if is_constant or not isinstance(first, Literal) or not isinstance(kind, ElementaryType):
            continue
        start, end = first.source_mapping.start, first.source_mapping.start + first.source_mapping.length
        if kind.type == "bool":
            yield "LIR", start, end, "false" if source[start:end] == b"true" else "true"
        elif kind.type in {*Uint, *Int}:
            yield from (("LIR", start, end, str(value)) for value in (kind.min, kind.max, 1))


def _of_two(part: BinaryOperation, source: bytes) -> Iterator[Patch]:
    left, right = part.expression_left.source_mapping, part.expression_right.source_mapping
    is_operator = re.compile(rb"[\s)]*(%s)[\s(]*" % re.escape(str(part.type)).encode())
    place = is_operator.fullmatch(source, left.start + left.length, right.start)
    for name, operators in IN_PLACE.items():
        kind = {str(operator.value) for operator in operators}
        if place and str(part.type) in kind:
            for other in kind - {str(part.type)}:
                yield name, *place.span(1), other


def _of_one(part: UnaryOperation, source: bytes) -> Iterator[Patch]:
    start, end = part.source_mapping.start, part.source_mapping.start + part.source_mapping.length
    for old, new in UNARY.items():
        if source[start:end].startswith(old):
            yield "UOR", start, start + len(old), new
        elif source[start:end].endswith(old):
            yield "UOR", end - len(old), end, new


def main() -> None:
    """Print every patch of every contract in contracts/, by file and place."""
    found = []
    for contract in load(ROOT).contracts:
        path = Path(contract.source_mapping.filename.absolute)
        if path.parent == ROOT / "contracts":
            for operator, start, end, after in patches(contract, path.read_bytes()):
                at = {"file": path.relative_to(ROOT).as_posix(), "function": where(contract, start)}
                found.append({**at, "operator": operator, "start": start, "end": end, "after": after})
    json.dump(sorted(found, key=lambda each: (each["file"], each["start"])), sys.stdout)


if __name__ == "__main__":
    main()
