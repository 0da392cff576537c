"""The console session in README.md, run line by line as it stands there, in what `brownie console` starts with."""

import doctest
from pathlib import Path

import brownie
import pytest

README = Path(__file__).parents[2] / "README.md"
FENCE = "```python\n>>> "
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.fixture
def session() -> str:
    """The one fenced block of Python that is a session; there is no other."""
    _, *blocks = README.read_text(encoding="utf-8").split(FENCE)
    [block] = blocks
    return ">>> " + block.split("\n```")[0] + "\n"


def test_the_session_runs_as_written(fn_isolation: None, session: str) -> None:
    examples = doctest.DocTestParser().get_examples(session)
    assert len(examples) == session.count(">>> ") >= 8
    test = doctest.DocTest(examples, dict(vars(brownie)), "README.md", str(README), 0, session)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=OPTIONS).run(test, out=said.append)
    assert result.attempted == len(examples)
    assert result.failed == 0, "".join(said)


def test_a_session_that_is_not_so_fails(session: str) -> None:
    examples = doctest.DocTestParser().get_examples(">>> 1 + 1\n3\n")
    test = doctest.DocTest(examples, {}, "README.md", None, 0, "")
    assert doctest.DocTestRunner(optionflags=OPTIONS).run(test, out=lambda _: None).failed == 1
