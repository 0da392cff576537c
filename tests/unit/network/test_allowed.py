"""network.allowed: whose list has what others have not.

When all are alike, but for order and case     nothing differs
Given a list has more, or less                 each entry is named, with who has it and who lacks it
When a running node is asked                   its lists are compared with the others
Given no lists, other files, a node that refuses    one sentence says which
"""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from jamjar.errors import InvalidInput, NodeUnavailable
from jamjar.network.allowed import differences, read

NODES = [f"enode://{n}{'a' * 127}@192.0.2.{n}:30303" for n in range(1, 5)]
ACCOUNTS = [f"0x{'ab' * 19}{n:02d}" for n in range(1, 5)]


def listed(folder: Path, nodes: list[str], accounts: list[str]) -> str:
    folder.mkdir()
    text = f"accounts-allowlist={json.dumps(accounts)}\nnodes-allowlist={json.dumps(nodes)}\n"
    (folder / "permissions_config.toml").write_text(text)
    return str(folder)


@pytest.fixture
def node() -> Iterator[tuple[str, dict[str, Any]]]:
    """A node's address, and its answers by method, which a test may change."""
    answers: dict[str, Any] = {"perm_getNodesAllowlist": NODES, "perm_getAccountsAllowlist": ACCOUNTS}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = answers[asked["method"]]
            refusal = {"error": {"code": -32601, "message": "Method not enabled"}}
            body = json.dumps({"jsonrpc": "2.0", "id": asked["id"], **({"result": answer} if answer else refusal)})
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", answers
    server.shutdown()
    server.server_close()


def test_alike(tmp_path: Path, node: tuple[str, Any]) -> None:
    one = listed(tmp_path / "one", NODES, ACCOUNTS)
    two = listed(tmp_path / "two", NODES[::-1], [each.upper().replace("X", "x") for each in ACCOUNTS])
    assert differences({place: read(place) for place in (one, two, f"{two}/permissions_config.toml", node[0])}) == []


def test_what_differs(tmp_path: Path) -> None:
    lists = {
        "A": read(listed(tmp_path / "a", NODES, ACCOUNTS[:3])),
        "B": read(listed(tmp_path / "b", NODES[:3], ACCOUNTS[:3])),
        "C": read(listed(tmp_path / "c", NODES, ACCOUNTS)),
    }
    assert [str(each) for each in differences(lists)] == [
        f"The account {ACCOUNTS[3]} is allowed by C, and not by A, B.",
        f"The node {NODES[3]} is allowed by A, C, and not by B.",
    ]


def test_a_node_that_runs_with_another_list(tmp_path: Path, node: tuple[str, Any]) -> None:
    url, answers = node
    answers["perm_getAccountsAllowlist"] = ACCOUNTS[:2]
    found = differences({"file": read(listed(tmp_path / "a", NODES, ACCOUNTS[:3])), url: read(url)})
    assert [(each.kind, each.entry, each.has) for each in found] == [("account", ACCOUNTS[2], ("file",))]


def test_a_node_that_refuses(node: tuple[str, Any]) -> None:
    url, answers = node
    answers["perm_getNodesAllowlist"] = None
    with pytest.raises(NodeUnavailable, match="refuses perm_getNodesAllowlist"):
        read(url)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no list of nodes, so it allows every one"),
        ("nodes-allowlist=[]", "no list of accounts"),
        ("nodes-allowlist=[1]\naccounts-allowlist=[]", "no list of nodes"),
        ("nodes-allowlist=", "not TOML"),
        ("\xff", "no list|not TOML"),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "permissions_config.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(InvalidInput, match=says):
        read(str(tmp_path))


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        read(str(tmp_path / "nothere"))
