"""What tests of governing on a node share."""

from collections.abc import Iterator

import pytest

from tests.nodes.governing import Office


@pytest.fixture
def office(founded: Office) -> Iterator[Office]:
    """The office that the tests of a module found, as it was founded: each test's changes are taken back."""
    before = founded.node.ask("evm_snapshot")
    yield founded
    founded.node.ask("evm_revert", before)
