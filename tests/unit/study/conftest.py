"""Three members who took the same reports, and a closed study that tests only read."""

import pytest

from tests.unit.study.scene import Closed, Three, closed, people


@pytest.fixture(scope="session")
def done() -> Closed:
    return closed()


@pytest.fixture
def three() -> Three:
    made = Three()
    made.take(*people())
    return made
