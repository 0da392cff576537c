"""jamjar explore: the pages of a chain, in a folder and served.

Given all that can happen, and a log              every page of it, with proofs that verify; the same bytes twice
Given a node that tells another story by then     it is not shown
When a page is asked for                          it answers, to its own address alone
Given a log without a policy, or what is no log   one line that says what to do
Given a folder that is not empty, or no node      the same
"""

import http.client
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from jamjar.explorer import exploring
from jamjar.ledger import deployment_file
from jamjar.sandbox.local_chain import LocalChain, local_chain
from jamjar.tlog.leaf import RawEvent
from jamjar.tlog.ledger_source import LedgerSource
from jamjar.tlog.receipt import verify
from tests.nodes.audited import live_through_all
from tests.unit.cli.home import here
from tests.unit.explorer.scene import log_files
from tests.unit.tlog import world
from tools.creation_code import ROOT


@pytest.fixture(scope="module")
def chain() -> Iterator[LocalChain]:
    with local_chain() as chain:
        live_through_all(chain)
        yield chain


@pytest.fixture
def options(chain: LocalChain, tmp_path: Path) -> list[Any]:
    source = LedgerSource(chain.node.url, chain.deployment, 0)
    files = log_files([event.to_bytes() for event in source.events(source.first, source.final())])
    for name, data in files.items():
        (tmp_path / "www" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "www" / name).write_bytes(data)
    (tmp_path / "policy").write_text(world.policy_text(2))
    place = deployment_file.write(chain.deployment, tmp_path)
    state = f"sqlite:///{tmp_path / 'audit.db'}"
    named = ["explore", "--node", chain.node.url, "--deployment", place, "--state", state, "--build", ROOT]
    return [*named, "--log", tmp_path / "www", "--policy", tmp_path / "policy"]


def test_pages_in_a_folder(options: list[Any], tmp_path: Path) -> None:
    contents = []
    for name in ("one", "two"):
        assert here(*options, "--export", tmp_path / name).status == 0
        found = (each for each in (tmp_path / name).rglob("*") if each.is_file())
        contents.append({str(each.relative_to(tmp_path / name)): each.read_bytes() for each in found})
    assert contents[0] == contents[1]
    assert b"The record is sound up to block" in contents[0]["index.html"]
    receipts = [data for name, data in contents[0].items() if re.fullmatch(r"en/events/\d+\.tlog-proof", name)]
    assert len(receipts) == sum(bool(re.fullmatch(r"en/events/\d+\.html", name)) for name in contents[0]) > 50
    for each in receipts[::10]:
        verify(each, world.policy(2))
    assert "is there already" in here(*options, "--export", tmp_path / "one").refusal


def test_pages_that_are_served(options: list[Any], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "jamjar", *map(str, options)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, bufsize=1) as served:
        assert served.stdout is not None
        line = served.stdout.readline()
        try:
            address = urlsplit(line.split()[-1])
            for host, status in ((address.netloc, 200), ("evil.example", 403)):
                connection = http.client.HTTPConnection(address.netloc, timeout=300)
                connection.request("GET", "/", headers={"Host": host})
                assert connection.getresponse().status == status
                connection.close()
        finally:
            served.send_signal(signal.SIGTERM)
    assert served.returncode == 0
    assert address.hostname == "127.0.0.1"


class Forgets(LedgerSource):
    """A node that leaves out the last event, once it was audited."""

    def events(self, first: int, last: int) -> Iterator[RawEvent]:
        yield from list(super().events(first, last))[:-1]


def test_a_node_that_tells_two_stories(options: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exploring, "LedgerSource", Forgets)
    done = here(*options, "--export", tmp_path / "site")
    assert (done.status, done.out, (tmp_path / "site").exists()) == (1, "", False)
    assert "another state than those that were audited" in done.err.splitlines()[-1]  # after an audit's progress


@pytest.mark.parametrize(
    ("changed", "to", "told"),
    [
        ("--node", "http://127.0.0.1:1", "start or check it"),
        ("--policy", "nowhere", "name the policy"),
        ("--log", "nowhere", "name the log's folder"),
        ("--state", "audit.db", "correct --state"),
        ("--deployment", "nowhere.json", "--deployment"),
    ],
)
def test_what_cannot_be_shown(options: list[Any], changed: str, to: str, told: str) -> None:
    options[options.index(changed) + 1] = to
    assert told in here(*options).refusal


def test_a_log_without_a_policy(options: list[Any]) -> None:
    assert "name a policy with --policy" in here(*options[: options.index("--policy")]).refusal
