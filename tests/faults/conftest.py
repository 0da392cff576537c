"""One chain for all tests here, and the rows of the matrix, some at a time."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.faults.anvil import Snapshot
from tests.faults.row import Row, run

AT_ONCE = 12
CONSENTS = 1000
TABLES = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return Snapshot.make(tmp_path_factory.mktemp("chain"), CONSENTS)


@pytest.fixture(scope="module")
def rows(
    request: pytest.FixtureRequest, snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[tuple[str, str], Future[Row]]]:
    """All rows that were asked for, `AT_ONCE` of them at a time."""
    asked = [item.callspec.params["row"] for item in request.session.items if "rows" in item.fixturenames]
    folder = tmp_path_factory.mktemp("rows")
    with ThreadPoolExecutor(AT_ONCE) as workers:
        begun = {row: workers.submit(run, *row, snapshot, folder / "-".join(row)) for row in asked}
        yield begun
    ended = [future.result() for future in begun.values() if not future.exception()]
    request.config.stash.setdefault(TABLES, []).append(table(ended))


@pytest.fixture(scope="session")
def report(request: pytest.FixtureRequest) -> list[str]:
    """What is printed after the tests."""
    return request.config.stash.setdefault(TABLES, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for text in config.stash.get(TABLES, []):
        terminalreporter.write_line(text)


def table(rows: list[Row]) -> str:
    lines = ["", f"{'fault':<14} {'stage':<11} accepted recorded rejected  seconds to settle"]
    for row in rows:
        counts = f"{row.accepted:8} {row.recorded:8} {row.rejected:8}"
        lines.append(f"{row.fault:<14} {row.stage:<11} {counts}  {row.seconds:17.1f}")
    return "\n".join(lines)
