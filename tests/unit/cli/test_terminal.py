"""Commands at a terminal: secrets are asked for without echo, questions are answered, completion is printed."""

import os
import pty
import select
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.unit.cli.home import alone
from tests.unit.wallet.scene import PASSPHRASE


def typed(answers: list[tuple[str, str]], *words: str) -> tuple[int, str]:
    """Run a command at a terminal, answer each question as it comes; return how it ended, and the screen."""
    ours, theirs = pty.openpty()
    # A session's leader gets the first terminal that it opens for its own: getpass asks there, Ctrl-C comes from there.
    program = "import os, sys; os.open(sys.argv.pop(1), os.O_RDWR); from jamjar.cli.main import run; run()"
    process = subprocess.Popen(
        [sys.executable, "-c", program, os.ttyname(theirs), *words],
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    screen, seen, until = "", 0, time.monotonic() + 300
    while time.monotonic() < until:
        if answers and answers[0][0] in screen[seen:]:
            seen = len(screen)
            while "Do you agree" not in answers[0][0] and termios.tcgetattr(ours)[3] & termios.ECHO:
                time.sleep(0.01)  # the question is there before the echo is off
            os.write(ours, answers.pop(0)[1].encode())
        if select.select([ours], [], [], 0.1)[0]:
            try:
                part = os.read(ours, 4096)
            except OSError:  # how Linux says that nobody is at the other end
                break
            screen += part.decode()
    os.close(ours)
    return process.wait(60), screen


@pytest.fixture
def asked(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("JAMJAR_PASSPHRASE_FILE")
    return home


def test_a_passphrase_is_not_shown(asked: Path) -> None:
    status, screen = typed([("Passphrase:", f"{PASSPHRASE}\n")], "wallet", "check")
    assert (status, "records are intact" in screen) == (0, True)
    assert PASSPHRASE not in screen


def test_two_that_differ_make_nothing(asked: Path) -> None:
    answers = [("New passphrase:", "some passphrase\n"), ("again:", "sum passphrase\n")]
    status, screen = typed(answers, "wallet", "--vault", "new.vault", "create")
    assert (status, "The two entries differ" in screen) == (1, True)
    assert not (asked / "new.vault").exists()


@pytest.mark.parametrize(("keys", "status"), [("\x04", 1), ("\x03", 130)], ids=["end of input", "Ctrl-C"])
def test_stopped_at_the_question(asked: Path, keys: str, status: int) -> None:
    ended, screen = typed([("Passphrase:", keys)], "wallet", "check")
    assert (ended, "Traceback" in screen) == (status, False)


def test_terms_that_are_not_agreed_to(home: Path) -> None:
    status, screen = typed([("Do you agree", "n\n")], "wallet", "grant", "request.json", "--offline")
    assert (status, "Nothing was signed" in screen) == (1, True)
    status, screen = typed([("Do you agree", "y\n")], "wallet", "grant", "request.json", "--offline")
    assert (status, "Signed: Grant" in screen) == (0, True)


def test_completion_in_bash(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Typer looks for the shell that started it, and here there may be none.
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    script = alone(home, "--show-completion", "bash").out
    assert "complete -o default" in script
    environment = {**os.environ, "_JAMJAR_COMPLETE": "complete_bash", "COMP_CWORD": "2"}
    for so_far, completed in (("jamjar wallet un", "unassigned"), ("jamjar wallet refu", "refuse")):
        done = subprocess.run(
            [sys.executable, "-m", "jamjar"], env={**environment, "COMP_WORDS": so_far},
            capture_output=True, text=True, timeout=300, check=True,
        )  # fmt: skip
        assert completed in done.stdout.split()
