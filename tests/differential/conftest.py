"""One system in this process, and scenes that each begin with it as it was deployed."""

from collections.abc import Iterator

import pytest

from jamjar.model.state import LedgerState
from tests.differential.evm import Evm
from tests.differential.machine import MEMBERS
from tests.differential.scene import Scene
from tests.stateful.report import Tally
from tests.stateful.system import System


@pytest.fixture(scope="session")
def deployed() -> System:
    return System(Evm(), MEMBERS)


@pytest.fixture(scope="session")
def start(deployed: System) -> LedgerState:
    return deployed.deployed


@pytest.fixture
def scene(deployed: System, start: LedgerState) -> Iterator[Scene]:
    bound: type[Scene] = type("Scene", (Scene,), {"system": deployed, "start": start, "tally": Tally()})
    scene = bound()
    scene.begin()
    yield scene
    scene.teardown()
