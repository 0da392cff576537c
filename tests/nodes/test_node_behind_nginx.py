"""A bundle's nginx.conf, in a real nginx before a node: only who has a token asks, and only what services ask.

Given no token, or another               401, and the node hears nothing
Given a token, and a method of services  the node hears it, alone and in a batch; of the largest transaction, too
Given any other method, in any spelling  the node hears only that something was refused
Given another path or verb               refused
What comes through says nothing of who asks

Without Debian's nginx these are skipped.
"""

import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import requests

from jamjar.errors import NodeUnavailable
from jamjar.ledger.rpc import connect
from jamjar.network.bundle import METHODS
from jamjar.service.json_rpc import JsonRpc
from tests.nodes.asking import BYTES, OTHER, SPELLINGS, Upstream
from tests.support.nginx import SECONDS, nginx

TOKEN = "5f" * 16
REFUSED = {"jsonrpc": "2.0", "id": None, "method": "refused"}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Upstream]]:
    folder: Path = tmp_path_factory.mktemp("proxy")
    (folder / "tokens").write_text(f'"Bearer {TOKEN}" relayer;\n')
    upstream = Upstream()
    text = (resources.files("jamjar") / "bundle" / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("@METHODS@", "|".join(METHODS)).replace("@RPC@", str(upstream.server.server_port))
    with nginx(folder, text.replace("/etc/nginx/jamjar-tokens", str(folder / "tokens"))) as port:
        yield f"http://127.0.0.1:{port}/", upstream
    upstream.server.shutdown()
    upstream.server.server_close()


@pytest.fixture
def heard(node: tuple[str, Upstream]) -> list[Any]:
    node[1].heard.clear()
    node[1].headers.clear()
    return node[1].heard


def post(url: str, body: str | bytes, token: str | None = TOKEN) -> int:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token is not None else {})
    return requests.post(url, data=body, headers=headers, timeout=SECONDS).status_code


def call(method: str, *parameters: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 7, "method": method, "params": list(parameters)}


@pytest.mark.parametrize("token", [None, "", "x", TOKEN[:-1], TOKEN + "0", f"{TOKEN} ", "~.*"])
def test_without_a_token(node: tuple[str, Upstream], heard: list[Any], token: str | None) -> None:
    assert post(node[0], json.dumps(call("eth_blockNumber")), token) == (200 if token == f"{TOKEN} " else 401)
    assert len(heard) == (token == f"{TOKEN} ")  # a space at a header's end is none of it (RFC 9110, 5.5)


@pytest.mark.parametrize("method", METHODS)
def test_what_services_ask(node: tuple[str, Upstream], heard: list[Any], method: str) -> None:
    asked = call(method, {"to": "0x" + 40 * "a", "data": "0x00"}, "latest", True, None, [1, -2, 3.5e2])
    assert post(node[0], json.dumps(asked)) == post(node[0], json.dumps([asked, call("eth_chainId")])) == 200
    assert heard == [asked, [asked, call("eth_chainId")]]
    assert all(not {"Authorization", "X-Forwarded-For", "User-Agent"} & set(each) for each in node[1].headers)


def test_the_largest_transaction(node: tuple[str, Upstream], heard: list[Any]) -> None:
    """The 128 KiB that nodes take of one transaction, in hex digits; and no more than twice that."""
    asked = call("eth_sendRawTransaction", "0x" + "ab" * 128 * 1024)
    assert (post(node[0], json.dumps(asked)), heard) == (200, [asked])
    assert post(node[0], json.dumps(call("eth_sendRawTransaction", "0x" + "ab" * 256 * 1024))) == 413


def test_our_own_clients(
    node: tuple[str, Upstream], heard: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their JSON passes as they write it, with the token of ~/.netrc: the ledger's, by web3, and the audit's."""
    (tmp_path / "netrc").write_text(f"machine 127.0.0.1 login bearer password {TOKEN}\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert connect(node[0])[1] == 1
    assert JsonRpc(node[0], seconds=SECONDS).one("eth_blockNumber") == "0x1"
    assert {each["method"] for each in heard} == {"eth_chainId", "eth_blockNumber"}
    heard.clear()
    monkeypatch.setenv("NETRC", str(tmp_path / "nothere"))
    with pytest.raises(NodeUnavailable):
        JsonRpc(node[0], seconds=SECONDS).one("eth_blockNumber")
    assert heard == []


@pytest.mark.parametrize("method", OTHER)
def test_another_method(node: tuple[str, Upstream], heard: list[Any], method: str) -> None:
    for asked in (call(method), [call("eth_chainId"), call(method)], [call(method), call("eth_chainId")]):
        assert post(node[0], json.dumps(asked)) == 200
    assert heard == [REFUSED] * 3


@pytest.mark.parametrize("how", [*SPELLINGS, *BYTES])
def test_another_spelling(node: tuple[str, Upstream], heard: list[Any], how: str) -> None:
    post(node[0], SPELLINGS[how].encode() if how in SPELLINGS else BYTES[how])
    assert "perm" not in json.dumps(heard)


def test_pieces(node: tuple[str, Upstream], heard: list[Any]) -> None:
    """A body that comes in pieces (chunked) is looked at whole."""
    pieces = [b'{"id":1,"method":"per', b'm_addNodesToAllowlist"}']
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert requests.post(node[0], data=iter(pieces), headers=headers, timeout=SECONDS).status_code == 200
    good = [b'{"id":1,"method":"eth_', b'chainId"}']
    assert requests.post(node[0], data=iter(good), headers=headers, timeout=SECONDS).status_code == 200
    assert heard == [REFUSED, {"id": 1, "method": "eth_chainId"}]


def test_other_paths_and_verbs(node: tuple[str, Upstream], heard: list[Any]) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    for path in ("login", "metrics", "liveness", "x/../login"):
        assert requests.post(node[0] + path, headers=headers, timeout=SECONDS).status_code == 404
    for verb in ("GET", "PUT", "DELETE", "OPTIONS"):
        assert requests.request(verb, node[0], headers=headers, timeout=SECONDS).status_code in (403, 405)
    assert heard == []
