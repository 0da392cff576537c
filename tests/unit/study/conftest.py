"""A closed study that tests only read."""

import pytest

from tests.unit.study.scene import Closed, closed


@pytest.fixture(scope="session")
def done() -> Closed:
    return closed()
