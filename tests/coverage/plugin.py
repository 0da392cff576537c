"""Counts the marks that the contracts reach while tests run them; see assurance/coverage/instrumentation.py.

Everything that a test has the node execute is traced afterwards: every transaction, and every call of a view.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from web3 import HTTPProvider

MARKS = "0x" + b"mark".hex().zfill(40)
"""The address that Marks.sol calls."""
TRACER = {"tracer": "callTracer"}
CALLS = {"eth_call", "eth_estimateGas"}
SENDS = {"eth_sendTransaction", "eth_sendRawTransaction"}
PATIENCE = 120.0
FOLDER = "JAMJAR_COVERAGE"
"""The environment variable that names the folder for the counts."""
MEASURES_GAS = "batches/test_sizes.py::test_the_most"
"""A test that is left out, because marks cost gas."""

Request = Callable[..., Mapping[str, Any]]


class Counts:
    """How often each mark was reached."""

    def __init__(self) -> None:
        self.marks: Counter[int] = Counter()

    def over(self, make_request: Request) -> Request:
        """Return the provider's method, which also requests and counts traces."""

        def counted(provider: Any, method: Any, params: Any) -> Mapping[str, Any]:
            response = make_request(provider, method, params)
            if method in CALLS:
                block = params[1] if len(params) > 1 else "latest"
                self.count(make_request(provider, "debug_traceCall", [params[0], block, TRACER]))
            elif method in SENDS and response.get("result"):
                sent = response["result"]
                _await_mined(make_request, provider, sent)
                self.count(make_request(provider, "debug_traceTransaction", [sent, TRACER]))
            return response

        return counted

    def count(self, trace: Mapping[str, Any]) -> None:
        """Count the marks in a trace; raises RuntimeError when the node returned none."""
        if "type" not in (trace.get("result") or {}):
            raise RuntimeError(f"The node returned no trace ({trace.get('error')}); run coverage on Anvil.")
        self.marks.update(_marks(trace["result"]))


def _await_mined(make_request: Request, provider: Any, sent: Any) -> None:
    """Wait for a transaction's block, which Anvil mines after its answer: until then the trace is empty."""
    end = time.monotonic() + PATIENCE
    while not make_request(provider, "eth_getTransactionReceipt", [sent]).get("result"):
        if time.monotonic() > end:
            raise RuntimeError("A transaction was not mined in time, so it cannot be traced; check the node.")
        time.sleep(0.001)


def _marks(frame: Mapping[str, Any]) -> Iterator[int]:
    if str(frame.get("to")).lower() == MARKS:
        yield int(frame["input"], 16)
    for call in frame.get("calls", []):
        yield from _marks(call)


@pytest.hookimpl
def pytest_configure(config: pytest.Config) -> None:
    counts = Counts()
    HTTPProvider.make_request = counts.over(HTTPProvider.make_request)  # type: ignore[assignment, method-assign]
    config.pluginmanager.register(counts, "coverage-counts")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [item for item in items if MEASURES_GAS in item.nodeid]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    terminalreporter.write_line(f"Left out, because marks cost gas: {MEASURES_GAS}.")


def pytest_sessionfinish(session: pytest.Session) -> None:
    counts = session.config.pluginmanager.get_plugin("coverage-counts")
    assert isinstance(counts, Counts)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "only")
    Path(os.environ[FOLDER], f"{worker}.json").write_text(json.dumps(counts.marks), encoding="utf-8")
