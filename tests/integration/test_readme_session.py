"""The console session in README.md, run line by line in what `brownie console` starts with; docs/using.md goes on."""

import doctest
from pathlib import Path

import brownie
import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/using.md")
FENCE = "```python\n>>> "
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.fixture
def sessions() -> list[str]:
    """Of each page the one fenced block of Python that is a session; there is no other."""
    found = []
    for page in PAGES:
        _, block = (ROOT / page).read_text(encoding="utf-8").split(FENCE)
        found.append(">>> " + block.split("\n```")[0] + "\n")
    return found


def test_the_sessions_run_as_written(fn_isolation: None, sessions: list[str]) -> None:
    names = dict(vars(brownie))
    for page, session in zip(PAGES, sessions, strict=True):
        examples = doctest.DocTestParser().get_examples(session)
        assert len(examples) == session.count(">>> ") >= 8
        test = doctest.DocTest(examples, names, page, str(ROOT / page), 0, session)
        said: list[str] = []
        result = doctest.DocTestRunner(optionflags=OPTIONS).run(test, out=said.append, clear_globs=False)
        assert result.attempted == len(examples)
        assert result.failed == 0, "".join(said)
        names = test.globs


def test_a_session_that_is_not_so_fails() -> None:
    examples = doctest.DocTestParser().get_examples(">>> 1 + 1\n3\n")
    test = doctest.DocTest(examples, {}, "README.md", None, 0, "")
    assert doctest.DocTestRunner(optionflags=OPTIONS).run(test, out=lambda _: None).failed == 1
