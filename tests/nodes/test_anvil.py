"""jamjar.sandbox.anvil: a node that is there while it is wanted, and not a moment longer than whoever started it.

When the block ends                           nothing listens any more
When whoever started it is killed (-9)        nothing listens any more
Given it is frozen                            it ends all the same
When it is started again                      it is at the same port
When it cannot start                          RuntimeError, and nothing is left
"""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jamjar.sandbox.anvil import CHAIN_ID, Anvil, anvil
from jamjar.service.ports import listens

ROOT = Path(__file__).parents[2]
STARTS_ONE = """
from jamjar.sandbox.anvil import Anvil
node = Anvil()
node.start()
print(node.port, flush=True)
input()
"""
PATIENCE = 60


def test_it_ends_with_the_block() -> None:
    with anvil() as node:
        assert int(node.ask("eth_chainId"), 16) == CHAIN_ID
        with pytest.raises(RuntimeError, match="no_such_method was refused"):
            node.ask("no_such_method")
    assert not listens(node.port)


def test_it_ends_when_frozen() -> None:
    with anvil() as node:
        node.signal(signal.SIGSTOP)
    assert not listens(node.port)


def test_it_ends_with_whoever_started_it() -> None:
    program = [sys.executable, "-c", STARTS_ONE]
    with subprocess.Popen(program, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
        assert started.stdout
        port = int(started.stdout.readline())
        assert listens(port)
        started.kill()
    until = time.monotonic() + PATIENCE
    while listens(port):
        assert time.monotonic() < until, "it is still there"
        time.sleep(0.05)


def test_it_starts_again() -> None:
    node = Anvil()
    for _ in range(2):
        node.start("--no-mining")
        assert int(node.ask("eth_blockNumber"), 16) == 0
        node.end()
        assert not listens(node.port)


def test_it_cannot_start(capfd: pytest.CaptureFixture[str]) -> None:
    node = Anvil()
    with pytest.raises(RuntimeError, match=f"anvil --port {node.port}"):
        node.start("--no-such-option")
    assert "no-such-option" in capfd.readouterr().err
    assert not listens(node.port)


def test_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jamjar.sandbox.anvil.shutil.which", lambda *_, **__: None)
    with pytest.raises(RuntimeError, match="make setup"):
        Anvil().start()
