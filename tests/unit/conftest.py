"""A node that says what a test tells it to, over real HTTP; nothing in it knows a chain."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from jamjar.protocol.deployment import DeployedContract, Deployment
from tests.support.postgres import Server
from tests.support.postgres import server as running_server

CODE = "0x6001"
CODE_HASH = "0x309c67890bde4c575dc23d2cc3b5c3a3d599e312e980e9b61b5bc8f3cd87c8bb"  # Keccak-256 of CODE, by eth-utils


class FakeNode:
    """Answers each method with what `answers` says: a result, {"error": ...}, raw bytes, an HTTP status."""

    def __init__(self) -> None:
        self.reset()
        self.stop = threading.Event()
        node = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version, wbufsize = "HTTP/1.1", -1

            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                for each in request if isinstance(request, list) else [request]:
                    node.asked.append(each["method"])
                    node.parameters[each["method"]] = each["params"]
                status, body = node._answer(request)
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def reset(self) -> None:
        block = {"number": "0x1", "timestamp": "0x1", "gasLimit": "0x1c9c380"}
        self.answers: dict[str, Any] = {"eth_chainId": "0x539", "eth_getCode": CODE, "eth_gasPrice": "0x0"}
        self.answers["eth_getBlockByNumber"] = block
        self.asked: list[str] = []
        self.parameters: dict[str, Any] = {}

    def _answer(self, request: Any) -> tuple[int, bytes]:
        several = isinstance(request, list)
        answers = [self._one(each) for each in (request if several else [request])]
        for each in answers:
            if isinstance(each, int):
                return each, b"broken"
            if isinstance(each, bytes):
                return 200, each
        return 200, json.dumps(answers if several else answers[0]).encode()

    def _one(self, request: dict[str, Any]) -> Any:
        answer = self.answers.get(request["method"], {"error": {"code": -32601, "message": "no such method"}})
        if callable(answer):
            answer = answer()
        if isinstance(answer, int | bytes):
            return answer
        members = answer if isinstance(answer, dict) and "error" in answer else {"result": answer}
        return {"jsonrpc": "2.0", "id": request["id"], **members}

    def close(self) -> None:
        self.stop.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="session")
def server() -> Iterator[FakeNode]:
    fake = FakeNode()
    yield fake
    fake.close()


@pytest.fixture
def node(server: FakeNode) -> FakeNode:
    """The node, answering as at the start: on chain 1337, with code."""
    server.reset()
    return server


@pytest.fixture
def free_url() -> str:
    """Where no node is."""
    fake = FakeNode()
    fake.close()
    return fake.url


@pytest.fixture(scope="session")
def deployment_of() -> Callable[..., Deployment]:
    """Make a deployment whose contracts all have one code."""

    def make(chain_id: int = 1337, code_hash: str = CODE_HASH) -> Deployment:
        contracts = [DeployedContract(f"0x{number:040x}", code_hash) for number in range(11, 16)]
        return Deployment(chain_id, 1, "unknown", *contracts)

    return make


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server; skips where it is not installed."""
    with running_server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.db'}"
    return str(request.getfixturevalue("postgres").new_database())
