"""Keeps a record of what the tests in this folder exercise of the ABIs, and fails a whole run that left some out."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from web3 import HTTPProvider

from tests.meta.abi_record import IMPOSSIBLE, Record, artifacts

HERE = Path(__file__).parent
# It calls everything with everything, and so proves nothing of any one function.
SWEEPS = {"test_no_ether.py"}
FINDINGS = pytest.StashKey[list[str]]()


class Watch:
    """The record, and which of this folder's tests it covers."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.active = False
        self.run: set[str] = set()
        self.deselected = False

    def over(self, make_request: Callable[..., Any]) -> Callable[..., Any]:
        def watched(provider: Any, method: Any, params: Any) -> Any:
            response = make_request(provider, method, params)
            if self.active:
                self.record.watch(method, params, response)
            return response

        return watched

    def not_whole(self, session: pytest.Session) -> str:
        """Why this was not a run of the whole folder; empty if it was."""
        collected = {item.nodeid for item in session.items if HERE in item.path.parents}
        files = {item.path for item in session.items}
        if any(path not in files for path in HERE.rglob("test_*.py")):
            return "not every file of tests/contracts was run"
        if self.deselected or any("::" in argument for argument in session.config.args):
            return "tests were selected by name"
        if session.config.getoption("update", False) or collected - self.run:
            return "not every test was run"
        return ""


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


def pytest_sessionfinish(session: pytest.Session) -> None:
    watch = _watch(session.config)
    findings = session.config.stash[FINDINGS] = []
    if why := watch.not_whole(session):
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
