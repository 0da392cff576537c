"""A network of three toy nodes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.network import running
from jamjar.network.plan import NetworkPlan
from tests.unit.network.toy import toys


@pytest.fixture
def resting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, NetworkPlan]]:
    """Its folder and plan; no node runs."""
    with toys(tmp_path / "net", monkeypatch) as plan:
        yield tmp_path / "net", plan


@pytest.fixture
def network(resting: tuple[Path, NetworkPlan]) -> tuple[Path, NetworkPlan]:
    """The same, and all of them run."""
    folder, plan = resting
    running.up(folder, plan, [1, 2, 3], print)
    return folder, plan
