"""A running mailbox for each test, on SQLite; and stores on SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jamjar.mailbox.store import MailboxStore
from jamjar.service.refusal import Refused
from tests.unit.mailbox.world import World


@pytest.fixture
def stopped(tmp_path: Path) -> World:
    """The world before its mailbox runs."""
    return World(f"sqlite:///{tmp_path / 'mailbox.db'}")


@pytest.fixture
def world(stopped: World) -> Iterator[World]:
    with stopped.running():
        yield stopped


@pytest.fixture
def refuses():
    """Expect a refusal with this code, and these details when given."""

    @contextmanager
    def expect(code, **details):
        with pytest.raises(Refused) as refused:
            yield refused
        assert refused.value.refusal.code == code
        if details:
            assert dict(refused.value.refusal.details) == details

    return expect


@pytest.fixture
def store(url):
    opened = MailboxStore(url)
    yield opened
    opened.close()
