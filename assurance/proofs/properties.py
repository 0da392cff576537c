"""Writes docs/proofs.md: which proofs, invariants, fuzz tests and differential tests check each property.

python -m assurance.proofs.properties            compare docs/proofs.md with the comments in the suites
python -m assurance.proofs.properties --write    write it again

The comment of a test begins with the properties that it checks: `/// @notice L2, P3.2: ...`, or likewise a docstring.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "proofs.md"
PROMISES = ROOT / "docs" / "promises.md"
KINDS = {
    "proofs": "proven",
    "invariants": "invariant in random calls",
    "fuzz": "fuzzed",
    "differential": "against the model",
}
HEAD = """# What holds each property

Written by `python -m assurance.proofs.properties --write` from what the suites say of themselves; a test compares.
The sentence of each id, where it is enforced and its other tests are in [promises.md](promises.md).
Paths are below `tests/`.

| id | how | by |
|---|---|---|
"""
IDENTIFIER = r"[PLM]\d+(?:\.\d+)?"
NAMED = re.compile(rf"({IDENTIFIER}(?:, {IDENTIFIER})*):")
FUNCTION = re.compile(r"((?:^ *///[^\n]*\n)+) *function ((?:check|invariant|test)\w*)\(", re.MULTILINE)

Holder = tuple[str, str, str]
"""A kind of KINDS, a file below tests/, and a function in it."""


def holders() -> dict[str, list[Holder]]:
    """Return the tests that check each property, by its id."""
    found: dict[str, list[Holder]] = defaultdict(list)
    for kind, path, function, comment in [*_in_solidity(), *_in_python()]:
        if named := NAMED.match(comment):
            for identifier in named[1].split(", "):
                found[identifier].append((kind, path, function))
    return found


def silent() -> list[str]:
    """Return the proofs and invariants whose comments name no property."""
    return [f"{path}: {name}" for _, path, name, comment in _in_solidity() if not NAMED.match(comment)]


def known() -> list[str]:
    """Return the ids of docs/promises.md, in its order."""
    return re.findall(rf"^\| ({IDENTIFIER}) \|", PROMISES.read_text(encoding="utf-8"), re.MULTILINE)


def document() -> str:
    """Return docs/proofs.md as it should be."""
    rows, found = [], holders()
    for identifier in known():
        for kind, how in KINDS.items():
            places = defaultdict(list)
            for path, function in sorted({(p, f) for k, p, f in found[identifier] if k == kind}):
                places[path].append(function)
            by = "; ".join(f"`{path}`: {', '.join(f'`{name}`' for name in names)}" for path, names in places.items())
            rows += [f"| {identifier} | {how} | {by} |\n"] if by else []
    return HEAD + "".join(rows)


def _in_solidity() -> Iterator[tuple[str, str, str, str]]:
    for kind in ("proofs", "invariants", "fuzz"):
        for path in sorted((ROOT / "tests" / "solidity" / kind).rglob("*.sol")):
            for comment, name in FUNCTION.findall(path.read_text(encoding="utf-8")):
                text = re.sub(r"^ */// ?(@notice )?", "", comment, flags=re.MULTILINE)
                yield kind, path.relative_to(ROOT / "tests").as_posix(), name, text


def _in_python() -> Iterator[tuple[str, str, str, str]]:
    for path in sorted((ROOT / "tests" / "differential").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and (comment := ast.get_docstring(node)):
                yield "differential", path.relative_to(ROOT / "tests").as_posix(), node.name, comment


def main() -> None:
    """Compare or write."""
    if sys.argv[1:] == ["--write"]:
        DOCUMENT.write_text(document(), encoding="utf-8")
    elif DOCUMENT.read_text(encoding="utf-8") != document():
        sys.exit(
            f"{DOCUMENT} differs from the comments in the suites; run python -m assurance.proofs.properties --write"
        )


if __name__ == "__main__":
    main()
