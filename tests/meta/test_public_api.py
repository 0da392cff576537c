"""What docs/api.md promises to other organisations' programs stays as it is recorded.

When a public name goes, or its signature changes    it differs from the record
When a public name is looked at                      it has a docstring, and types; a constant, too
When a service's HTTP interface is listed            it has an OpenAPI document, which becomes a page of the site
"""

import ast

import pytest

from scripts.http_documents import documents
from tests.meta.places import read, tables
from tests.meta.public_api import NAMES, RECORD, modules, names, parsed, public, record, shown


def test_it_is_as_recorded() -> None:
    now, recorded = record().splitlines(), RECORD.read_text(encoding="utf-8").splitlines()
    assert [f"gone or changed: {line}" for line in recorded if line not in now] == []
    assert [f"new: {line}; make api-record" for line in now if line not in recorded] == []
    assert now == recorded
    assert names() == NAMES.read_text(encoding="utf-8"), "make api-record"


@pytest.mark.parametrize("module", modules())
def test_it_is_documented(module: str) -> None:
    tree = parsed(module)
    assert ast.get_docstring(tree)
    defined = list(public(tree.body, module))
    assert defined
    made = [(name, node) for name, node in defined if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert [name for name, node in made if "__init__" not in name and not ast.get_docstring(node)] == []


@pytest.mark.parametrize("module", modules())
def test_a_constant_says_what_it_is(module: str) -> None:
    body = parsed(module).body
    constants = {name.rpartition(".")[2]: node for name, node in public(body, module) if node in body}
    silent = [
        name
        for name, node in constants.items()
        if isinstance(node, ast.Assign | ast.AnnAssign) and not is_text(body, body.index(node) + 1)
    ]
    assert silent == []


def is_text(body: list[ast.stmt], place: int) -> bool:
    """Whether a text alone comes next, perhaps after more constants, which share it."""
    after = (node for node in body[place:] if not isinstance(node, ast.Assign | ast.AnnAssign))
    node = next(after, None)
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


@pytest.mark.parametrize("module", modules())
def test_it_is_typed(module: str) -> None:
    for name, node in public(parsed(module).body, module):
        if isinstance(node, ast.FunctionDef):
            assert node.returns, name
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            assert [a.arg for a in given if a.annotation is None and a.arg not in ("self", "cls")] == [], name


def test_http_interfaces_are_the_services() -> None:
    [table] = [table for table in tables(read("api.md")) if table.head == ["service", "for"]]
    assert {row[0] for row in table.rows} == documents().keys()


def test_a_change_is_seen() -> None:
    before, after = (ast.parse(f"def look(uses: int{more}) -> bool: ...").body[0] for more in ("", ", at: int"))
    assert shown("m.look", before) == "m.look(uses: int) -> bool"
    assert shown("m.look", after) != shown("m.look", before)
