"""jamjar audit: what it prints and writes, and its exit status.

When no node answers, or a file is damaged or another's     2, and one line that says what to do
When the record is not sound                                1, and the breach
Given a sound record                                        0, and a report as a page and as JSON
Given a node that was named and could not be asked          3, and up to where it is sound
Given it is killed on its way                               the next goes on from there, and says the same
When it is asked whether a consent was live                 0 or 1, and why not, by block and by time
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from jamjar.cli.audit import app
from jamjar.ledger import deployment_file
from jamjar.protocol.typed_data import Withdraw
from jamjar.sandbox.local_chain import LocalChain, local_chain
from tests.nodes.audited import live
from tools.creation_code import ROOT


@pytest.fixture(scope="module")
def chain() -> Iterator[LocalChain]:
    with local_chain() as chain:
        live(chain)
        yield chain


@pytest.fixture
def options(chain: LocalChain, tmp_path: Path) -> list[str]:
    place = deployment_file.write(chain.deployment, tmp_path)
    state = f"sqlite:///{tmp_path / 'audit.db'}"
    return ["--node", chain.node.url, "--deployment", str(place), "--state", state, "--build", str(ROOT)]


def run(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.parametrize(
    ("changed", "to"),
    [
        ("--node", "http://127.0.0.1:1"),
        ("--node", "ftp://node.example"),
        ("--deployment", "nowhere.json"),
        ("--state", "audit.db"),
        ("--state", "mysql://host/audit"),
    ],
)
def test_it_cannot_be_audited(options: list[str], changed: str, to: str) -> None:
    options[options.index(changed) + 1] = to
    done = run(*options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("jamjar: ")
    assert done.stderr.count("\n") == 1


def test_a_sound_record(chain: LocalChain, options: list[str], tmp_path: Path) -> None:
    page, told = tmp_path / "audit.html", tmp_path / "audit.json"
    for _ in range(2):
        done = run(*options, "--report", page, "--json", told)
        assert done.exit_code == 0, done.output
    assert "Sound: blocks 1 to " in done.stdout
    assert "no other node was named to compare it with" in done.stdout
    assert "The record is sound." in page.read_text(encoding="utf-8")
    report = json.loads(told.read_text(encoding="utf-8"))
    assert report["sound"] is True
    assert report["blocks"]["last"] == chain.node.height()
    assert report["statuses"] == {"ACTIVE": 3}
    assert not any("http" in each["what"] for each in report["findings"])


def test_without_a_build_it_says_so(options: list[str], tmp_path: Path) -> None:
    options[options.index("--build") + 1] = str(tmp_path)
    done = run(*options)
    assert done.exit_code == 0
    assert "doubt code-unchecked" in done.stdout


def test_a_breach(chain: LocalChain, options: list[str]) -> None:
    before = chain.ask("evm_snapshot")
    chain.ask("anvil_setBalance", chain.at["AdviceLog"], "0x1")
    chain.wait_until(chain.now() + 1)
    done = run(*options)
    chain.ask("evm_revert", before)
    assert done.exit_code == 1
    assert "breach payable: AdviceLog" in done.stdout
    assert "Not sound" in done.stdout


def test_a_node_that_could_not_be_asked(chain: LocalChain, options: list[str]) -> None:
    done = run(*options, "--node", "http://127.0.0.1:1")
    assert done.exit_code == 3, done.output
    told = f"Sound up to no block yet, {chain.node.height()} blocks compared with one node only: blocks 1 to "
    assert told in done.stdout
    assert "no other node" not in done.stdout


def test_killed_on_its_way(chain: LocalChain, options: list[str], tmp_path: Path) -> None:
    killed = (
        "import os, signal; from jamjar.audit.store import AuditStore; from jamjar.cli.audit import app\n"
        "write = AuditStore.write\n"
        "def dies(*given):\n    write(*given)\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        "AuditStore.write = dies\napp()"
    )
    command = [sys.executable, "-c", killed, *options, "--samples", "1"]
    assert subprocess.run(command, cwd=ROOT, env=os.environ, timeout=300, check=False).returncode == -signal.SIGKILL
    resumed, whole = tmp_path / "resumed.json", tmp_path / "whole.json"
    assert run(*options, "--samples", 0, "--json", resumed).exit_code == 0
    options[options.index("--state") + 1] = f"sqlite:///{tmp_path / 'fresh.db'}"
    assert run(*options, "--samples", 0, "--json", whole).exit_code == 0
    assert resumed.read_text() == whole.read_text()


def test_was_it_live(chain: LocalChain, options: list[str]) -> None:
    keys, _ = live(chain, 1)
    consent, height, now = keys[0].address, chain.node.height(), chain.now()
    chain.wait_until(now + 10)
    chain.carry(chain.signed(keys[0], Withdraw(consent)))
    asked = ["live", consent, *options[:4]]
    for words, status, why in (
        ([], 1, "Its claimant withdrew it."),
        (["--at-block", height], 0, "Live at"),
        (["--at-block", height - 3], 1, "It was not granted."),
        (["--at-block", height - 2], 1, "It begins at"),
        (["--at-time", now], 0, f"Live at {now}, after block {height}"),
        (["--at-time", 1], 2, "younger"),
        (["--at-time", now, "--at-block", height], 2, "name one of them"),
    ):
        done = run(*asked, *words)
        assert (done.exit_code, why in done.output) == (status, True), done.output
