"""An Anvil node of one's own, spoken to in plain JSON-RPC: nothing else is fast enough here."""

import http.client
import json
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ANVIL = ROOT / "node_modules/.bin/anvil"
GENESIS = 1_800_000_000
"""A fixed start, so that a run is the same on every day."""
CHAIN_ID = 1337
START_SECONDS = 20.0


class RpcError(Exception):
    """The node refused a request; `data` is what a reverting call returned."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error.get("message"))
        self.data = error.get("data") or "0x"


class Rpc:
    """One connection to a node, kept open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def call(self, method: str, *params: Any) -> Any:
        """Return the result of one request; raises RpcError."""
        answer = self._post(_request(0, method, params))
        if "error" in answer:
            raise RpcError(answer["error"])
        return answer["result"]

    def batch(self, requests: Sequence[tuple[str, Sequence[Any]]]) -> list[Any]:
        """Return results in the order of the requests, an RpcError in the place of a refused one."""
        answers = self._post([_request(i, method, params) for i, (method, params) in enumerate(requests)])
        by_id = {answer["id"]: answer for answer in answers}
        ordered = [by_id[i] for i in range(len(requests))]
        return [RpcError(a["error"]) if "error" in a else a["result"] for a in ordered]

    def _post(self, body: Any) -> Any:
        self._connection.request("POST", "/", json.dumps(body), {"Content-Type": "application/json"})
        return json.loads(self._connection.getresponse().read())

    def close(self) -> None:
        self._connection.close()


def _request(number: int, method: str, params: Sequence[Any]) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": list(params)}


@contextmanager
def anvil() -> Iterator[Rpc]:
    """Run a node until the block ends; it also ends when this process is killed."""
    if not ANVIL.exists():
        raise RuntimeError(f"There is no {ANVIL}: run `npm ci`.")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = (
        f"--quiet --port {port} --chain-id {CHAIN_ID} --timestamp {GENESIS} --accounts 10"
        " --block-base-fee-per-gas 0 --gas-limit 30000000 --no-mining --order fifo"
    )
    # The shell waits for the end of its input, which comes with the end of this process however that ends, and
    # then ends its own process group: the npm command is a wrapper on some platforms, so one pid is not enough.
    process = subprocess.Popen(
        ["/bin/sh", "-c", '"$@" & read _; kill 0', "sh", str(ANVIL), *options.split()],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdin is not None
    rpc = Rpc(port)
    try:
        _wait(rpc)
        yield rpc
    finally:
        rpc.close()
        process.stdin.close()
        process.wait(timeout=10)


def _wait(rpc: Rpc) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            rpc.call("eth_chainId")
        except OSError as error:
            rpc.close()
            if time.monotonic() > deadline:
                raise RuntimeError(f"{ANVIL} did not answer in {START_SECONDS} s: start it by hand.") from error
            time.sleep(0.02)
        else:
            return
