"""An error is a sentence of one grammar: what is wrong; what to do.

When a message is given to an error of this package   it begins with a capital or a value, has both parts, ends in "."
When a message begins with its caller's noun, `what`  the noun begins with a capital or a value
When a contract refuses                               the advice on its error is such a sentence
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.protocol.rejections import ADVICE
from tests.meta.imports import ROOT

ROOMS = ("bank", "consent", "crypto", "disclosure", "encoding", "model", "module", "plan", "protocol")

VALUE = "\0"
"""Stands for a formatted value."""
SENTENCE = re.compile(rf"[A-Z{VALUE}].*(; |\. )\S.*\.", re.DOTALL)
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "jamjar").rglob("*.py"))}


def room(path: Path) -> str:
    return path.relative_to(ROOT / "jamjar").with_suffix("").parts[0]


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def error_classes() -> set[str]:
    """The names of `JamjarError` and all that is derived from it, in whatever room."""
    classes = [node for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    found, size = {"JamjarError"}, 0
    while size < len(found):
        size = len(found)
        found |= {each.name for each in classes if found & {name_of(base) for base in each.bases}}
    return found


ERRORS = error_classes()


def texts(node: ast.expr) -> Iterator[str]:
    """The texts that an expression can be, as far as they are literals; `VALUE` where a value is formatted."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else VALUE for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)
    elif isinstance(node, ast.BinOp):
        yield from (left + right for left in texts(node.left) for right in texts(node.right))


def messages(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The messages given to errors, which take theirs last, each with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in ERRORS and node.args:
            yield from ((node.lineno, text) for text in texts(node.args[-1]))


NOUNS = {
    node.name: (path.stem, [each.arg for each in node.args.args].index("what"))
    for path, tree in TREES.items()
    if room(path) in ROOMS
    for node in ast.walk(tree)
    if isinstance(node, ast.FunctionDef) and "what" in [each.arg for each in node.args.args]
}
"""The functions whose messages begin with a noun of the caller's: the module, and the noun's place."""


def nouns(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The nouns given to those functions, each with its line; a constant of the module counts as its text."""
    constants = {
        node.target.id: node.value
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in NOUNS:
            module, place = NOUNS[name_of(node.func)]
            through = name_of(node.func.value) if isinstance(node.func, ast.Attribute) else module
            if through == module and len(node.args) > place:
                noun = node.args[place]
                yield from ((node.lineno, text) for text in texts(constants.get(name_of(noun), noun)))


@pytest.mark.parametrize("path", [path for path in TREES if room(path) in ROOMS], ids=lambda path: path.stem)
def test_messages_are_sentences(path: Path) -> None:
    assert [(line, text) for line, text in messages(TREES[path]) if not SENTENCE.fullmatch(text)] == []


@pytest.mark.parametrize("path", [path for path in TREES if room(path) in ROOMS], ids=lambda path: path.stem)
def test_nouns_can_begin_a_sentence(path: Path) -> None:
    assert [(line, text) for line, text in nouns(TREES[path]) if not text[:1].isupper() and text[:1] != VALUE] == []


def test_advice_is_a_sentence() -> None:
    assert [name for name, text in ADVICE.items() if not SENTENCE.fullmatch(text)] == []


@pytest.mark.parametrize("given", ROOMS)
def test_every_room_is_read(given: str) -> None:
    count = sum(len(list(messages(tree))) for path, tree in TREES.items() if room(path) == given)
    assert count, f"no error of {given} was read"


@pytest.mark.parametrize("given", ["loads", "items", "require_word", "decode", "clean", "pence", "amount"])
def test_nouns_are_found(given: str) -> None:
    assert given in NOUNS


def test_nouns_are_read() -> None:
    assert sum(len(list(nouns(tree))) for path, tree in TREES.items() if room(path) in ROOMS) > 50


@pytest.mark.parametrize(
    "source",
    [
        'InvalidInput("the sum is negative; give zero or more.")',
        'InvalidInput("The sum is negative: give zero or more.")',
        'InvalidInput("The sum is negative; give zero or more")',
        'InvalidInput("The sum is negative.")',
        'InvalidInput(f"{what} is negative: give zero or more")',
        'errors.LedgerError("The node is " + "away.")',
        'SealBroken("It is broken; fetch it again." if again else "It is broken.")',
        'Rejected("Unknown", (), "ask another node")',
    ],
)
def test_other_forms_are_noticed(source: str) -> None:
    assert [text for _, text in messages(ast.parse(source)) if not SENTENCE.fullmatch(text)]


@pytest.mark.parametrize(
    "source",
    [
        'InvalidInput(f"{what} is negative; give zero or more.")',
        'InvalidInput("No key made this. Sign it again.")',
        'InvalidInput("The code is unknown; choose " f"one ({hint(code)}).")',
    ],
)
def test_the_grammars_own_forms_pass(source: str) -> None:
    assert [text for _, text in messages(ast.parse(source)) if SENTENCE.fullmatch(text)]
