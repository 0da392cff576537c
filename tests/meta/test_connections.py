"""Only one module connects web3 to a node, so that every connection reads the blocks of every engine."""

import ast

import pytest

from tests.meta.imports import GROUND as FOLDERS
from tests.meta.imports import modules

CONNECTS = {"jamjar.ledger.rpc"}
SHOWS_WHAT_FAILS = {"tests.nodes.test_any_engine"}


def connected(source: str) -> list[int]:
    """The lines that make a Web3 with a provider; without one it only encodes."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if ast.unparse(call.func).split(".")[-1] == "Web3" and call.args]


@pytest.mark.parametrize("line", ["Web3(HTTPProvider(url))", "web3.Web3(Web3.HTTPProvider(url))"])
def test_a_connection_is_seen(line: str) -> None:
    assert connected(f"node = {line}") == [1]
    assert connected("Web3().eth.contract(abi=abi)") == []


def test_one_module_connects() -> None:
    found = {name for name, path in modules(*FOLDERS).items() if connected(path.read_text(encoding="utf-8"))}
    assert found == CONNECTS | SHOWS_WHAT_FAILS
