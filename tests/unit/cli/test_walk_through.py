"""The pages that walk a person through: each command of them is typed, and prints what the page says."""

from pathlib import Path

import pytest

from jamjar.vault.vault import Vault
from tests.support.walking import Typed, fits, steps
from tests.unit.cli.home import here
from tests.unit.cli.test_imports import Answers
from tests.unit.wallet.scene import CHEAP

DOCS = Path(__file__).parents[3] / "docs"


def test_what_fits_and_what_does_not() -> None:
    assert fits("a\nb\nc\n", ["a", "...", "c"])
    assert fits("a\n", ["a", "..."])
    assert not fits("a\nb\n", ["a"])
    assert not fits("a\n", ["a", "b"])


def test_a_plan(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAMJAR_VAULT", str(home / "new.vault"))
    monkeypatch.setenv("JAMJAR_DEPLOYMENT", "nothere.json")
    monkeypatch.setitem(Vault.create.__kwdefaults__, "cost", CHEAP)
    typed = 0
    for step in steps(DOCS / "planning.md"):
        if isinstance(step, Typed):
            monkeypatch.setattr("sys.stdin", Answers("\n" * 100))
            done = here(*step.words)
            assert done.status == 0, done
            assert fits(done.out, step.prints), f"{step.words} prints:\n{done.out}"
            typed += 1
        else:
            (home / step.name).write_text(step.text)
    assert typed > 10
