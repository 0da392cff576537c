"""Which modules of this project import which, read from the sources: every form of import, wherever it stands."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
GROUND = ("jamjar", "modules", "tools", "benchmarks", "assurance", "scripts", "tests")
"""The top-level folders of Python."""


def name_of(path: Path, root: Path = ROOT) -> str:
    """The dotted name of a module, or of a package for its `__init__`."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules(*folders: str, root: Path = ROOT) -> dict[str, Path]:
    """All modules and packages below these folders, by their dotted names."""
    return {name_of(path, root): path for folder in folders for path in sorted((root / folder).rglob("*.py"))}


def imported(source: str, module: str, is_package: bool = False) -> set[str]:
    """The absolute names that a module imports: of `from a import b`, both `a` and `a.b`.

    Followed are `import`, `from`, relative and late imports, and `import_module` or `__import__` of a literal.
    """
    package = module.split(".") if is_package else module.split(".")[:-1]
    found = set[str]()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call):
            found |= set(_called(node, ".".join(package)))
    return found


def _called(node: ast.Call, package: str) -> Iterator[str]:
    function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if function in ("import_module", "__import__") and node.args:
        (name, *_) = node.args
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            yield f"{package}{name.value}" if name.value.startswith(".") else name.value


def uses(paths: Mapping[str, Path]) -> dict[str, set[str]]:
    """The modules of `paths` that each of them imports; a package that is passed through counts."""
    return {
        module: {
            known
            for name in imported(path.read_text(encoding="utf-8"), module, path.stem == "__init__")
            for known in _passed(name)
            if known in paths and known != module
        }
        for module, path in paths.items()
    }


def _passed(name: str) -> Iterator[str]:
    parts = name.split(".")
    return (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def reached(start: Iterable[str], arrows: Mapping[str, set[str]]) -> set[str]:
    """All that is imported by these modules, by what they import, and so on."""
    seen, waiting = set[str](), list(start)
    while waiting:
        if (name := waiting.pop()) not in seen:
            seen.add(name)
            waiting += arrows[name]
    return seen


@cache
def outside(path: Path, module: str) -> frozenset[str]:
    """The top-level packages that a module imports."""
    return frozenset(name.partition(".")[0] for name in imported(path.read_text(encoding="utf-8"), module))
