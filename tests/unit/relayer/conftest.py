"""A relayer's database on SQLite and PostgreSQL, and the world around its door."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jamjar.relayer.queue import Queue
from jamjar.service.refusal import Refused
from tests.unit.relayer.carrying import Carrying
from tests.unit.relayer.replayed_ledger import ReplaysEachTime
from tests.unit.relayer.world import SETTINGS, World


@pytest.fixture
def queue(url) -> Iterator[Queue]:
    opened = Queue(url)
    yield opened
    opened.close()


@pytest.fixture(params=["asked", "replayed"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    made = World(f"sqlite:///{tmp_path / 'relayer.db'}")
    if request.param == "replayed":
        made.replayed = ReplaysEachTime(made.ledger, made.operator.address).look
        made.intake = made.door(SETTINGS)
    yield made
    made.queue.close()


@pytest.fixture
def refuses():
    """Expect a refusal with this code."""

    @contextmanager
    def expect(code):
        with pytest.raises(Refused) as refused:
            yield refused
        assert refused.value.refusal.code == code

    return expect


@pytest.fixture
def at_work(tmp_path: Path) -> Carrying:
    return Carrying(f"sqlite:///{tmp_path / 'relayer.db'}")
