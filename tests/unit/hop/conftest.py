"""A hop between a wallet and a gateway."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from jamjar.service.refusal import Refused
from tests.unit.hop.world import HopWorld


@pytest.fixture
def world(tmp_path: Path) -> Iterator[HopWorld]:
    made = HopWorld(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def served(world: HopWorld) -> Iterator[HopWorld]:
    with world.running():
        yield world


@pytest.fixture
def refuses() -> Any:
    """Expect a refusal with this code."""

    @contextmanager
    def expect(code: str) -> Iterator[None]:
        with pytest.raises(Refused) as refused:
            yield
        assert refused.value.refusal.code == code

    def made(code: str) -> AbstractContextManager[None]:
        return expect(code)

    return made
