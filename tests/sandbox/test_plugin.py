"""The plugin of pytest, by pytest's own pytester: what it starts, what it skips, what it refuses.

Given each development node, and a node of a network         consents are granted, used and withdrawn on it
Given a development node, and a test that changed much       the next test begins with the consortium as it was founded
Given no option, and no node                                 the tests are skipped, with what to install
Given a node that was asked for, and is not there            an error that says so; also of another name or address
Given tests that use none of it                              nothing of the package but the plugin is imported
"""

from collections.abc import Callable

import pytest

from jamjar.sandbox import consortium, evm_node
from jamjar.sandbox.anvil import anvil
from tests.support.plain_node import plain_node

pytest_plugins = "pytester"

INSIDE = (consortium, evm_node)
"""Imported here, they stay imported for the runs within, which start in this process."""

Run = Callable[..., pytest.RunResult]

A_DISCLOSURE = """
    from jamjar.plan.budget import Budget, Line
    from jamjar.sandbox.claimant import PERIOD

    def test_a_disclosure(consortium, claimant, adviser):
        consent = claimant.grant(adviser.member, lines=["fixed.home"])
        consortium.wait()
        claimant.commit(consent, Budget(PERIOD, (Line("fixed.home.rent", 52000),)))
        adviser.use(consent)
        assert adviser.verify(claimant.disclose(consent, "fixed.home.rent"))["fixed.home.rent"] == 52000
"""
UNDONE = """
    import pytest
    from jamjar.errors import Rejected

    heights = []

    @pytest.mark.parametrize("run", range(2))
    def test_begins_as_founded(consortium, claimant, adviser, run):
        heights.append(consortium.ledger.height())
        assert len(set(heights)) == 1
        assert list(consortium.ledger.events("ConsentGranted")) == []
        consent = claimant.grant(adviser.member, totals=["balance"])
        consortium.wait(3 * 24 * 3600)
        claimant.withdraw(consent)
        with pytest.raises(Rejected):
            adviser.use(consent)
"""


@pytest.fixture
def run(pytester: pytest.Pytester) -> Run:
    """Run a test file, and a conftest beside it, with the plugin as it is installed."""

    def started(source: str, *options: str, conftest: str = "") -> pytest.RunResult:
        pytester.makepyfile(source)
        pytester.makeconftest(conftest)
        return pytester.runpytest_inprocess("-p", "no:pytest-brownie", "-p", "no:cacheprovider", *options)

    return started


@pytest.mark.parametrize("node", ["anvil", "ganache", "pyrevm"])
def test_development_nodes(run: Run, node: str) -> None:
    run(A_DISCLOSURE + UNDONE, "--jamjar-node", node).assert_outcomes(passed=3)


def test_a_node_of_a_network(run: Run) -> None:
    """It holds no account, moves no clock and undoes nothing, as a node of several institutions."""
    with anvil("--block-time", "1") as node, plain_node(node.url) as proxy:
        run(A_DISCLOSURE, "--jamjar-node", proxy.url).assert_outcomes(passed=1)
        assert {"evm_snapshot", "evm_mine"}.isdisjoint(proxy.refused)


def test_the_configuration_names_a_node(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\njamjar_node = nowhere")
    result = run("def test_it(claimant): ...")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*'nowhere' is no node; name one of anvil, pyrevm, ganache, or give the address*"])


NOTHING_INSTALLED = """
    from jamjar.sandbox import consortium

    consortium.found = lambda program: None
    consortium.NODES = ("anvil", "ganache")
"""


def test_no_node_is_a_skip_that_says_what_to_install(run: Run) -> None:
    result = run("def test_it(claimant): ...", "-rs", conftest=NOTHING_INSTALLED)
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["SKIPPED*There is no development node; *anvil on PATH*'FILE.whl[[]sandbox]'*address*"])


@pytest.mark.parametrize(
    ("node", "sentence"),
    [
        ("anvil", "anvil is not installed; put Foundry's anvil on PATH*, or give the address of a node that runs."),
        ("ganache", "ganache is not installed; put it on PATH*, or give the address of a node that runs."),
        ("http://127.0.0.1:1", "The node did not answer (ConnectionError); start or check it."),
    ],
)
def test_a_node_that_was_asked_for_and_is_not_there_is_an_error(run: Run, node: str, sentence: str) -> None:
    result = run("def test_it(claimant): ...", "--jamjar-node", node, conftest=NOTHING_INSTALLED)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([sentence])


def test_what_uses_none_of_it_imports_none_of_it(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_it():
            ours = {name for name in sys.modules if name.partition(".")[0] == "jamjar"}
            assert ours == {"jamjar", "jamjar.sandbox", "jamjar.sandbox.pytest_plugin"}
            assert "web3" not in sys.modules
        """
    )
    pytester.runpytest_subprocess("-p", "no:pytest-brownie").assert_outcomes(passed=1)


def test_it_can_be_left_out(run: Run) -> None:
    result = run("def test_it(claimant): ...", "-p", "no:jamjar")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*fixture 'claimant' not found*"])
