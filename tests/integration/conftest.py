"""A town to test in: the deployed system with its members, advisers and claimants, through `jamjar` alone."""

import pytest

from sandbox.network import Town


@pytest.fixture(scope="module")
def town(module_isolation: None) -> Town:
    return Town.build()


@pytest.fixture(autouse=True)
def town_isolation(request: pytest.FixtureRequest) -> None:
    """Take every test's changes to the chain back, where there is a town."""
    if "town" in request.fixturenames:
        request.getfixturevalue("town")
        request.getfixturevalue("fn_isolation")
