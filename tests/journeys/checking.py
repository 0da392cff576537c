"""A log, its witnesses and a web server as processes of their own, a node that lies, and who checks, for journeys."""

import json
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import requests

from jamjar.crypto.hashing import keccak256
from jamjar.sandbox.network import SampleNetwork
from jamjar.service.ports import free_port
from jamjar.tlog.note import LOG, WITNESS, generate
from tests.unit.cli.home import Done, alone, here

WITNESSES = ("bank", "charity", "university")
USED = "0x" + keccak256(b"ConsentUsed(address,uint32,address,bytes32,uint16)").hex()
Lie = Callable[[str, Any], Any]
"""Given a method and the true result, what the node says instead."""


@contextmanager
def process(*command: object, folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """Run a program until the block ends."""
    with (folder / "processes.log").open("a") as log:
        started = subprocess.Popen(list(map(str, command)), cwd=folder, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        yield started
    finally:
        started.terminate()
        started.communicate(timeout=60)


@dataclass(frozen=True)
class Checkers:
    """A folder in which the log, its three witnesses and the policy are: two of the witnesses are enough."""

    folder: Path
    keys: dict[str, str]
    stack: ExitStack

    @classmethod
    def start(cls, folder: Path, stack: ExitStack, logs: tuple[str, ...]) -> "Checkers":
        """Make keys for these logs, and start all witnesses but the last, which is down."""
        keys = {name: _key(folder, LOG, name) for name in logs}
        keys |= {name: _key(folder, WITNESS, name) for name in WITNESSES}
        made = cls(folder, keys, stack)
        urls = [*(made.serve(name) for name in WITNESSES[:-1]), f"http://127.0.0.1:{free_port()}"]
        for log in logs:
            made.write_policy(f"{log}.policy", log, dict(zip(WITNESSES, urls, strict=True)), 2)
        return made

    def serve(self, name: str) -> str:
        """Start a witness that knows all the logs, and return its address."""
        logs = [word for log, key in self.keys.items() if log not in WITNESSES for word in ("--log", key)]
        words = ("witness", "serve", "--key-file", f"{name}.key", "--state", f"{name}.db", "--port", 0, *logs)
        started = self.stack.enter_context(process(sys.executable, "-m", "jamjar", *words, folder=self.folder))
        assert started.stdout is not None
        said = started.stdout.readline()
        assert "listens at" in said, (self.folder / "processes.log").read_text()
        return said.split()[-1].rstrip(".")

    def write_policy(self, file: str, log: str, urls: dict[str, str], least: int) -> None:
        """Write a policy: this log, and so many of these witnesses."""
        lines = [f"log {self.keys[log]}", *(f"witness {name} {self.keys[name]} {url}" for name, url in urls.items())]
        lines += [f"group enough {least} {' '.join(urls)}", "quorum enough", ""]
        (self.folder / file).write_text("\n".join(lines))

    def publish(self, log: str, *words: object) -> Done:
        """Publish a log into the folder of its name, from the node that the environment or the words name."""
        named = ("--key-file", f"{log}.key", "--folder", log, "--policy", f"{log}.policy", "--depth", 0)
        return alone(self.folder, "log", "publish", *named, *words)

    def web(self, folder: str) -> str:
        """Serve a folder as any web server does, and return its address."""
        port = free_port()
        words = ("-m", "http.server", port, "--bind", "127.0.0.1", "--directory", folder)
        self.stack.enter_context(process(sys.executable, *words, folder=self.folder))
        url, deadline = f"http://127.0.0.1:{port}", time.monotonic() + 60
        while True:
            try:
                requests.get(url, timeout=5)
            except requests.RequestException:
                assert time.monotonic() < deadline
                time.sleep(0.05)
            else:
                return url


def _key(folder: Path, kind: int, name: str) -> str:
    """Make a key, as the commands do, in less time."""
    signer = generate(f"{name}.example", kind, secrets.token_bytes)
    (folder / f"{name}.key").write_text(f"{signer.to_text()}\n")
    return str(signer.verifier)


@contextmanager
def lying(url: str, lie: Lie) -> Iterator[str]:
    """Run a node that answers as another does, but for a lie; yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = requests.post(url, body, headers={"Content-Type": "application/json"}, timeout=30).json()
            if "result" in answer:
                answer["result"] = lie(json.loads(body)["method"], answer["result"])
            data = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def hides(method: str, result: Any) -> Any:
    """Lack the uses."""
    return [log for log in result if log["topics"][0] != USED] if method == "eth_getLogs" else result


def swaps(method: str, result: Any) -> Any:
    """Have two logs of the newest block that has two in each other's place."""
    if method == "eth_getLogs":
        pairs = [pair for pair in pairwise(result) if pair[0]["blockHash"] == pair[1]["blockHash"]]
        for one, other in pairs[-1:]:
            one["logIndex"], other["logIndex"] = other["logIndex"], one["logIndex"]
    return result


def forges(method: str, result: Any) -> Any:
    """Have every block a second later."""
    return {**result, "timestamp": hex(int(result["timestamp"], 16) + 1)} if method == "eth_getBlockByHash" else result


LIES: dict[str, Lie] = {"hides": hides, "swaps": swaps, "forges": forges}


@dataclass(frozen=True)
class Home:
    """A claimant's folder with one consent that was used, and whoever checks the record."""

    folder: Path
    network: SampleNetwork
    checkers: Checkers
    consent: str

    def run(self, *words: object, status: int = 0) -> Done:
        """Run a command in this process, which takes less time."""
        done = here(*words)
        assert done.status == status, done
        return done

    def alone(self, *words: object, status: int = 0) -> Done:
        """Run a command as a process of its own."""
        done = alone(self.folder, *words)
        assert done.status == status, done
        return done

    def use(self) -> None:
        self.network.ledger.use(self.consent, self.network.ledger.head_of(self.consent), self.network.accounts[2])

    def monitor(self, folder: str, *words: object, log: str = "network", status: int = 0) -> Done:
        """Look at a log in a folder with one's own node, going on from the last look at it."""
        state = ("--state", f"{log}.state", "--deployment", self.folder / "1337.json", "--node", self.network.url)
        return self.run("monitor", "--log", folder, "--policy", f"{log}.policy", *state, *words, status=status)
