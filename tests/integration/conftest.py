"""A sample network to test in: the deployed system with its members, advisers and claimants, through `jamjar` alone."""

import pytest

from sandbox.network import SampleNetwork


@pytest.fixture(scope="module")
def network(module_isolation: None) -> SampleNetwork:
    return SampleNetwork.build()


@pytest.fixture(autouse=True)
def network_isolation(request: pytest.FixtureRequest) -> None:
    """Take every test's changes to the chain back, where there is one."""
    if "network" in request.fixturenames:
        request.getfixturevalue("network")
        request.getfixturevalue("fn_isolation")
