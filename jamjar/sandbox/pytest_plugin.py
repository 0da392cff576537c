"""A plugin of pytest: the fixtures `consortium`, `claimant` and `adviser`, and the option `--jamjar-node`.

It is found by its entry point, `jamjar`, and imports the rest of the package when a test first asks for a fixture.
Without the option (or `jamjar_node` in pytest's configuration) the first development node that is installed is started,
and the tests are skipped, by name of what to install, where there is none; a node that was asked for and is not there
is an error, so that a run that names its node never passes by skipping.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from jamjar.adviser.desk import Desk
    from jamjar.sandbox.claimant import Claimant
    from jamjar.sandbox.network import SampleNetwork

_ADVISER = 2
_WHAT = "the node of Jamjar's fixtures: anvil, ganache, pyrevm, or the http(s) address of one that runs"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--jamjar-node`, and `jamjar_node` for the configuration's file."""
    parser.getgroup("jamjar").addoption("--jamjar-node", metavar="NODE", help=_WHAT)
    parser.addini("jamjar_node", _WHAT, default="")


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Leave out of what pytest prints what is said of a package that web3 imports, also where a conftest imports it."""
    early_config.addinivalue_line("filterwarnings", "ignore:websockets.legacy is deprecated:DeprecationWarning")
    yield


@pytest.fixture(scope="session")
def jamjar_network(request: pytest.FixtureRequest) -> Iterator[SampleNetwork]:
    """Yield the consortium as it was founded, once for all tests of a process; use `consortium` in a test."""
    from jamjar.errors import JamjarError
    from jamjar.sandbox import consortium as sandbox

    node = str(request.config.getoption("--jamjar-node") or request.config.getini("jamjar_node"))
    with ExitStack() as stack:
        try:
            network = stack.enter_context(sandbox.consortium(node))
        except JamjarError as error:
            if not node and sandbox.first_installed() is None:
                pytest.skip(str(error))
            pytest.fail(str(error), pytrace=False)
        yield network


@pytest.fixture
def consortium(jamjar_network: SampleNetwork) -> Iterator[SampleNetwork]:
    """Yield a consortium of five sample members, as it was founded.

    What a test does to it is undone after the test on a development node; it stays on a node of a network.
    """
    with jamjar_network.chain.undone():
        yield jamjar_network


@pytest.fixture
def claimant(consortium: SampleNetwork) -> Iterator[Claimant]:
    """Yield a new claimant, with a vault in memory, which ends with the test."""
    with (made := consortium.claimant()).wallet.vault:
        yield made


@pytest.fixture
def adviser(consortium: SampleNetwork) -> Desk:
    """Return the desk of Town Debt Advice, `adviser.member` of the consortium."""
    return consortium.desks[_ADVISER]
