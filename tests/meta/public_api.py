"""The record of the public Python interface: each public name of the modules of docs/api.md, with its signature.

python -m tests.meta.public_api     writes tests/meta/public_api.txt anew, and what jamjar module check reads of it

Read from the source, not from the running module, so that each Python says the same.
"""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from tests.meta.places import ROOT, tables

RECORD = Path(__file__).with_name("public_api.txt")
NAMES = ROOT / "jamjar" / "module" / "public_names.json"
Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> list[str]:
    """The modules that docs/api.md lists."""
    [table] = [t for t in tables((ROOT / "docs" / "api.md").read_text(encoding="utf-8")) if t.head[0] == "module"]
    return [row[0].strip("`") for row in table.rows]


def parsed(module: str) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse((ROOT / module.replace(".", "/")).with_suffix(".py").read_text(encoding="utf-8"))


def public(body: list[ast.stmt], within: str) -> Iterator[tuple[str, ast.stmt]]:
    """Each public definition of a module or class, and of its classes, by its full name."""
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                pass
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                pass
            case _:
                continue
        if name.startswith("_") and name != "__init__":
            continue
        yield f"{within}.{name}", node
        if isinstance(node, ast.ClassDef):
            yield from public(node.body, f"{within}.{name}")


def shown(name: str, node: ast.stmt) -> str:
    """One line of the record; a constant is shown by its type, a field by its type and default."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            marks = "".join(f"@{ast.unparse(mark)} " for mark in node.decorator_list)
            returned = f" -> {ast.unparse(node.returns)}" if node.returns else ""
            return f"{marks}{name}({ast.unparse(node.args)}){returned}"
        case ast.ClassDef():
            return f"class {name}({', '.join(map(ast.unparse, node.bases))})"
        case ast.AnnAssign():
            kind = ast.unparse(node.annotation)
            default = f" = {ast.unparse(node.value)}" if node.value and "Final" not in kind else ""
            return f"{name}: {kind}{default}"
        case _:
            return name


def record() -> str:
    """The record as the code is now."""
    return "".join(
        f"{shown(name, node)}\n" for module in modules() for name, node in public(parsed(module).body, module)
    )


def names() -> str:
    """The public names of each module, as `jamjar.module.python_rules` reads them."""
    found = {module: [name for name, _ in public(parsed(module).body, module)] for module in modules()}
    own = {module: sorted({name.removeprefix(f"{module}.") for name in names}) for module, names in found.items()}
    return json.dumps({module: [name for name in names if "." not in name] for module, names in own.items()}, indent=1)


if __name__ == "__main__":
    RECORD.write_text(record(), encoding="utf-8")
    NAMES.write_text(names(), encoding="utf-8")
