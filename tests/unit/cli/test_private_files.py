"""What commands write is for their owner only, whatever the umask, and never goes through a symbolic link.

When a command writes files              each is 0600, and each new folder 0700
Given a symbolic link where it writes    one line, exit status 1, and what it points to is untouched
When a command runs                      it leaves no core dump
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.cli.home import here
from tests.unit.cli.test_receipts import put
from tests.unit.service.test_private_file import modes
from tests.unit.tlog.world import policy_text

KEY = ("--deployment", "1337.json", "--node", "http://127.0.0.1:9")
WRITERS = {
    ("wallet", "--vault", "a/b/new.vault", "create"): "a/b/new.vault",
    ("wallet", "backup", "my.backup", "--backup-passphrase-file", "passphrase"): "my.backup",
    ("wallet", "backup", "my.text", "--phone", "--backup-passphrase-file", "passphrase"): "my.text",
    ("wallet", "card", "card.json", "--page", "card.html", "--offline"): "card.json",
    ("wallet", "send", "--to", "a/b/messages"): "a/b/messages",
    ("wallet", "jars", "--day", "2026-05-31", "--picture", "jars.svg"): "jars.svg",
    ("wallet", "receipts", "--log", "www", "--policy", "policy", "--to", "a/mine"): "a/mine",
    ("log", "key", "log.example", "--out", "log.key"): "log.key",
    ("witness", "key", "witness.example", "--out", "witness.key"): "witness.key",
    ("monitor", "--log", "www", "--policy", "policy", "--state", "log.state"): "log.state",
}


@pytest.fixture(params=[0o000, 0o022], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.fixture
def ready(home: Path) -> Path:
    """A home with a consent, a plan, and a log with what is under the consent."""
    consent = here("wallet", "grant", "request.json", "--yes", "--offline", "--json").json["consent"]
    assert here("wallet", "plan", "plan.json").status == 0
    put(home, 9, consent)
    (home / "policy").write_text(policy_text())
    return home


@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
def test_modes(ready: Path, umask: None, words: tuple[str, ...]) -> None:
    before = modes(ready).keys()
    done = here(*words)
    assert done.status == 0, done
    new = {name: mode for name, mode in modes(ready).items() if name not in before}
    assert WRITERS[words] in new
    assert new == {name: 0o700 if (ready / name).is_dir() else 0o600 for name in new}


@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
def test_links(ready: Path, words: tuple[str, ...]) -> None:
    link, theirs = ready / WRITERS[words], ready / "theirs"
    link.parent.mkdir(parents=True, exist_ok=True)
    theirs.mkdir()
    link.symlink_to(theirs / "file")
    done = here(*words)
    assert (done.status, done.err.count("jamjar: ")) == (1, 1), done
    assert link.is_symlink()
    assert list(theirs.iterdir()) == []


def test_no_core_dump() -> None:
    code = (
        "import resource, sys; from jamjar.cli.main import run\n"
        "try: run()\nfinally: print(*resource.getrlimit(resource.RLIMIT_CORE), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, "--version"], capture_output=True, text=True, check=True)
    assert done.stderr.split() == ["0", "0"]
