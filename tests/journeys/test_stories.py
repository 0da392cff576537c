"""The story and those who tell it: it passes whole, and any sentence that is not so ends it.

When a sentence is not so, or nothing is refused, or for another reason     StoryFailed
When the demo is run                                                        exit status 0, all sentences checked
When a check of the demo fails                                              exit status 1, and no such claim
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jamjar.errors import InvalidInput, JamjarError, OutsideScope, Rejected
from jamjar.sandbox.narrator import Narrator, StoryFailed
from jamjar.sandbox.network import SampleNetwork
from jamjar.sandbox.story import staged
from jamjar.sandbox.story_of_members import play

ROOT = Path(__file__).parents[2]
NO_SHORTFALL = """
import runpy, sys
from jamjar.plan.budget import Budget
Budget.shortfall = property(lambda self: 0)
sys.argv = ["demo", *sys.argv[1:]]
runpy.run_module("scripts.demo", run_name="__main__")
"""


@pytest.fixture
def narrator() -> Narrator:
    return Narrator(plain=True)


def _raise(error: Exception) -> Callable[[], Any]:
    def action() -> None:
        raise error

    return action


def test_a_sentence_that_is_not_so(narrator: Narrator) -> None:
    with pytest.raises(StoryFailed, match="not so: the moon is a jar"):
        narrator.check("the moon is a jar", False)
    assert narrator.checked == 0


NOT_LIVE = Rejected("ConsentNotLive", ("0xabc", "PAUSED"), "wait")


@pytest.mark.parametrize(
    ("action", "why", "about"),
    [
        (lambda: None, "ConsentNotLive", ()),
        (_raise(NOT_LIVE), "NotTheRecipient", ()),
        (_raise(NOT_LIVE), "ConsentNotLive", ("STALE",)),
        (_raise(NOT_LIVE), "ConsentNotLive", ("x", "0xabc", "PAUSED")),
        (_raise(NOT_LIVE), Rejected, ()),
        (_raise(NOT_LIVE), JamjarError, ()),
        (_raise(OutsideScope("no")), "ConsentNotLive", ()),
        (_raise(OutsideScope("no")), InvalidInput, ()),  # its base, which says less
    ],
)
def test_what_is_not_refused_so(narrator: Narrator, action: Any, why: Any, about: tuple[object, ...]) -> None:
    with pytest.raises(StoryFailed):
        narrator.refused("a use", action, why, *about)
    assert narrator.checked == 0


def test_what_is_refused_so(narrator: Narrator, capsys: pytest.CaptureFixture[str]) -> None:
    narrator.refused("a use", _raise(NOT_LIVE), "ConsentNotLive", "PAUSED")
    narrator.refused("a use", _raise(NOT_LIVE), "ConsentNotLive", "0xabc", "PAUSED")
    narrator.refused("a jar", _raise(OutsideScope("no")), OutsideScope)
    assert narrator.checked == 3
    assert "a use: refused, ConsentNotLive PAUSED" in capsys.readouterr().out


def test_the_story_fails_where_it_is_not_so(
    network: SampleNetwork, narrator: Narrator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jamjar.sandbox.network.Claimant.withdraw", lambda *_: None)
    monkeypatch.setattr("jamjar.wallet.wallet.Wallet.withdraw", lambda self, consent: self.pause(consent))
    with (
        staged(network, narrator) as story,
        pytest.raises(StoryFailed, match="not so: a stranger carried the withdrawal"),
    ):
        play(story)


@pytest.fixture
def demo() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the demo by itself, on a Ganache of its own."""

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        arguments = [sys.executable, *command, "--plain"]
        return subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)

    return run


def test_the_demo_passes(demo: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = demo("-m", "scripts.demo")
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if line and not line.startswith("Terminating")]
    said = [line for line in lines if line.startswith("  ok  ")]
    assert lines[-1] == f"{len(said)} sentences, all checked."
    assert any("bytes of calldata, logs and storage searched: no amount, no jar" in line for line in said)
    assert "\x1b" not in done.stdout
    assert "…" not in done.stdout  # nothing is cut off


def test_the_demo_fails_where_it_is_not_so(demo: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = demo("-c", NO_SHORTFALL)
    assert done.returncode == 1
    assert "The story failed: not so: both households on Universal Credit are short" in done.stderr
    assert "all checked" not in done.stdout
