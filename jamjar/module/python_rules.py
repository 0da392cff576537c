"""What the Python of a module may import, found in its source: Jamjar's public names, its own files, what it declares.

This hinders accidents and is read by people; it cannot hold code that hides what it does. Whoever runs a module's
Python trusts it as any program.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Final

from jamjar.module.manifest import ModuleManifest

MOST_LINES: Final = 400
LONGEST_LINE: Final = 120
_FOR_TESTS: Final = frozenset({"pytest", "hypothesis"})
_ROUNDABOUT: Final = (
    frozenset(
        {"builtins", "code", "codeop", "ctypes", "gc", "imp", "importlib", "inspect", "marshal", "multiprocessing"}
    )
    | frozenset(
        {"bdb", "cProfile", "doctest", "pdb", "pickle", "pkgutil", "profile", "pty", "pydoc", "runpy", "shelve"}
    )
    | {"subprocess", "timeit", "trace", "zipimport"}
)
"""Modules of the standard library by which any other can be reached, or run unread."""
_CODING: Final = re.compile(r"[ \t\f]*#.*?coding[:=][ \t]*(?!utf-?8\b)[-\w.]", re.I)
"""A line that has Python read another encoding than the one in which people read it (PEP 263)."""
_NAMES: Final = frozenset(
    {"__builtins__", "__import__", "__loader__", "__spec__", "compile", "eval", "exec", "globals"}
)
_ATTRIBUTES: Final = _NAMES - {"compile", "eval", "exec", "globals"} | frozenset(
    {"__dict__", "__getattribute__", "__globals__", "__subclasses__", "meta_path", "modules", "path_hooks", "sys"}
)


@cache
def public_names() -> Mapping[str, frozenset[str]]:
    """Return the public names of each public module of Jamjar, as docs/api.md lists them."""
    text = (resources.files("jamjar") / "module" / "public_names.json").read_text(encoding="utf-8")
    return {module: frozenset(names) for module, names in json.loads(text).items()}


def is_test(path: str) -> bool:
    """Return whether a file is a test, which no other file of the module may import."""
    name = path.rpartition("/")[2]
    return name.startswith("test_") or name == "conftest.py"


def import_findings(path: str, text: str, manifest: ModuleManifest) -> Iterator[str]:
    """Yield a sentence for each import that one Python file of a module may not have.

    path, text  the file's path in the module's folder, and its content
    """
    if any(len(line) > LONGEST_LINE for line in text.splitlines()):
        yield f"{path} has a line of more than {LONGEST_LINE} characters; wrap it, so that people read all of it."
        return
    if any(map(_CODING.match, text.splitlines()[:2])):
        yield f"{path} declares an encoding, in which Python reads another text than people; save it as UTF-8."
        return
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        yield f"{path} is no Python that this version reads; correct it."
        return
    seen = _Imports(path, manifest.name, {*manifest.packages, *(_FOR_TESTS if is_test(path) else ())})
    for node in ast.walk(tree):
        for said in seen.of(node):
            yield f"{path}, line {getattr(node, 'lineno', 1)}: {said}"
    for line, said in seen.uses(tree):
        yield f"{path}, line {line}: {said}"


class _Imports:
    """The imports of one file, and what it calls Jamjar's modules."""

    def __init__(self, path: str, name: str, packages: Collection[str]) -> None:
        self._depth = path.count("/")
        self._is_test = is_test(path)
        self._module_name = name
        self._packages = packages
        self._called = dict[str, str]()

    def of(self, node: ast.AST) -> Iterator[str]:
        """Yield what is wrong with one node."""
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from self._module(alias.name, alias.asname)
        elif isinstance(node, ast.ImportFrom) and node.level:
            if node.level > self._depth + 1:
                yield "a relative import leads out of the module; import Jamjar's public modules by their full names."
            yield from self._unless_test([*(node.module or "").split("."), *(alias.name for alias in node.names)])
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield from self._name(node.module or "", alias)
        elif isinstance(node, ast.Name) and node.id in _NAMES:
            yield f"{node.id} can import or run what nobody reads here; write an ordinary import."
        elif isinstance(node, ast.Attribute) and node.attr in _ATTRIBUTES:
            yield f"{node.attr} can import or run what nobody reads here; write an ordinary import."
        elif isinstance(node, ast.MatchClass) and (found := _ATTRIBUTES & {*node.kwd_attrs}):
            yield f"{min(found)} can import or run what nobody reads here; write an ordinary import."
        elif isinstance(node, ast.Attribute) and node.attr == "path" and _is_named(node.value, "sys"):
            yield "sys.path leads to every module; write an ordinary import."

    def uses(self, tree: ast.AST) -> Iterator[tuple[int, str]]:
        """Yield where a module of Jamjar is used but for a public name of it, after `of` saw the imports."""
        fine = set[int]()
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                module = self._called.get(node.value.id, "")
                if node.attr in public_names().get(module, ()):
                    fine.add(id(node.value))
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and node.id in self._called and id(node) not in fine:
                module = self._called[node.id]
                yield node.lineno, f"{module} is used but for a public name; use {node.id}.NAME, as docs/api.md has it."

    def _module(self, name: str, called: str | None) -> Iterator[str]:
        top = name.partition(".")[0]
        if top == "sys" and called not in (None, "sys"):
            yield "sys is imported under another name; write import sys, so that its use can be read."
        if top != "jamjar":
            yield from self._other(name)
        elif name not in public_names():
            yield f"{name} is no public module of Jamjar; import only those of docs/api.md."
        elif called is None:
            yield f"{name} is imported under no name of its own; write from {name} import NAME."
        else:
            self._called[called] = name

    def _name(self, module: str, alias: ast.alias) -> Iterator[str]:
        whole = f"{module}.{alias.name}"
        if module.partition(".")[0] != "jamjar":
            yield from self._other(module, alias.name)
        elif whole in public_names():
            self._called[alias.asname or alias.name] = whole
        elif alias.name not in public_names().get(module, ()):
            yield f"{whole} is no public name of Jamjar; import only what docs/api.md promises."

    def _other(self, module: str, *names: str) -> Iterator[str]:
        parts = module.split(".")
        if parts[0] in _ROUNDABOUT or (parts[0][:1] == "_" and parts[0] != "__future__"):
            yield f"{parts[0]} can import or run what nobody reads here; do without it."
        elif any(name.startswith("__") for name in names):
            yield f"{module} gives by this name what can import or run unread; do without it."
        elif {*names} & {"sys"} or (
            parts[0] == "sys" and {*names} & {"modules", "path", "meta_path", "path_hooks", "*"}
        ):
            yield "sys leads to every module by this name; write import sys, and no more."
        elif parts[0] == "modules" and [*parts, *names][1:2] != [self._module_name]:
            yield f"{module} is or has another module, which may change or go; do without it."
        elif parts[0] not in {self._module_name, *self._packages, "modules", "__future__"} | sys.stdlib_module_names:
            yield f"{parts[0]} is not declared; add it to packages in module.toml, or do without it."
        if parts[0] in (self._module_name, "modules"):
            yield from self._unless_test([*parts, *names])

    def _unless_test(self, parts: list[str]) -> Iterator[str]:
        if not self._is_test and any(is_test(f"{part}.py") for part in parts if part):
            yield "a test is imported, which does not count as the module's code; move what is needed out of it."


def _is_named(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
