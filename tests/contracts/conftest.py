"""What the tests of the contracts share.

Keeps a record of what they exercise of the ABIs, and fails a whole run that left some out.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from web3 import HTTPProvider

from tests.meta.abi_record import IMPOSSIBLE, Item, Record, artifacts
from tests.support.governing import Governing

HERE = Path(__file__).parent
# It calls everything with everything, and so proves nothing of any one function.
SWEEPS = {"test_no_ether.py"}
FINDINGS = pytest.StashKey[list[str]]()
PART = "abi-watch"


class Watch:
    """The record, which of this folder's tests it covers, and what other processes say of theirs."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.active = False
        self.run: set[str] = set()
        self.deselected = False
        self.parts: list[dict[str, Any]] = []

    def over(self, make_request: Callable[..., Any]) -> Callable[..., Any]:
        def watched(provider: Any, method: Any, params: Any) -> Any:
            response = make_request(provider, method, params)
            if self.active:
                self.record.watch(method, params, response)
            return response

        return watched

    def part(self, session: pytest.Session) -> dict[str, Any]:
        """What this process says of its share of the tests, in types that go from one process to another."""
        collected = {item.nodeid for item in session.items if HERE in item.path.parents}
        return {
            "partial": self._selected(session),
            "collected": sorted(collected),
            "run": sorted(self.run),
            "seen": [tuple(item) for item in self.record.seen],
        }

    def _selected(self, session: pytest.Session) -> str:
        """Why not the whole folder was to be run; empty if it was."""
        files = {item.path for item in session.items}
        if any(path not in files for path in HERE.rglob("test_*.py")):
            return "not every file of tests/contracts was run"
        if self.deselected or any("::" in argument for argument in session.config.args):
            return "tests were selected by name"
        return "only what changed was run" if session.config.getoption("update", False) else ""

    def add(self, parts: list[dict[str, Any]]) -> str:
        """Add what all processes saw; return why they did not run the whole folder, and nothing if they did."""
        for part in parts:
            self.record.seen |= {Item(*item) for item in part["seen"]}
        run = {name for part in parts for name in part["run"]}
        missed = any(set(part["collected"]) - run for part in parts)
        reasons = [part["partial"] for part in parts] + ["not every test was run" if missed or not parts else ""]
        return next(filter(None, reasons), "")


@pytest.fixture(scope="module")
def governing(claimants: Any) -> Governing:
    return Governing(claimants)


@pytest.fixture(scope="session")
def spare() -> Any:
    """An account that acts for no member."""
    from brownie import accounts

    return accounts[6]


@pytest.hookimpl
def pytest_configure(config: pytest.Config) -> None:
    watch = Watch(Record(artifacts()))
    HTTPProvider.make_request = watch.over(HTTPProvider.make_request)  # type: ignore[method-assign]
    config.pluginmanager.register(watch, "abi-watch")


def pytest_deselected(items: list[pytest.Item]) -> None:
    if items and any(HERE in item.path.parents for item in items):
        _watch(items[0].config).deselected = True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    watch = _watch(item.config)
    watch.active = item.path.name not in SWEEPS
    watch.run.add(item.nodeid)
    try:
        return (yield)
    finally:
        watch.active = False


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take what a worker said as it ended."""
    _watch(node.config).parts += filter(None, [getattr(node, "workeroutput", {}).get(PART)])


def pytest_sessionfinish(session: pytest.Session) -> None:
    watch, config = _watch(session.config), session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput[PART] = watch.part(session)
        return
    findings = config.stash[FINDINGS] = []
    split = bool(getattr(config.option, "numprocesses", None))
    if why := watch.add(watch.parts if split else [watch.part(session)]):
        findings.append(f"The ABIs were not compared: {why}.")
        return
    findings += [f"never exercised: {' '.join(item)}" for item in watch.record.missing()]
    findings += [f"said to be impossible, yet seen: {' '.join(item)}" for item in watch.record.surprising()]
    if findings:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    else:
        exercised = len(watch.record.entries) - len(IMPOSSIBLE)
        findings.append(f"All {exercised} entries of the ABIs were exercised; {len(IMPOSSIBLE)} more cannot occur.")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for finding in config.stash.get(FINDINGS, []):
        terminalreporter.write_line(finding)


def _watch(config: pytest.Config) -> Watch:
    watch = config.pluginmanager.get_plugin("abi-watch")
    assert isinstance(watch, Watch)
    return watch
