"""The pages of docs/walkthroughs, played: each block of commands as it stands there, by the person of its page."""

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

import pytest
from typer.main import get_command

from jamjar.cli.main import app
from jamjar.consent.schedule import Begin
from jamjar.plan.budget import Budget, Line
from jamjar.plan.period import AssessmentPeriod
from jamjar.sandbox.anvil import anvil
from jamjar.vault.vault import Vault
from tests.nodes.governing import FOUNDER, FRESH, STRANGER, Office
from tests.unit.cli.home import Done, here
from tests.unit.wallet.scene import CHEAP

PAGES = Path(__file__).parents[2] / "docs" / "walkthroughs"
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SERVERS = {
    "relayer": ("--port", "0", "--depth", "1", "--epoch", "5", "--margin", "3"),
    "mailbox": ("--port", "0", "--depth", "1"),
}
"""What is added to the commands that serve, so that a run does not wait for the night."""
KEYSTORES = {
    "deployer": STRANGER, "founder": FOUNDER, "operator": 1, "council": 4, "second": FRESH,
}  # fmt: skip
OURS = {"adviser": 2, "sponsor": 4, "governing": 2, "operator": 1}
"""Whose account `our.keystore` is, on each page."""
PERIOD = AssessmentPeriod.containing(date(2026, 11, 12), date(2026, 11, 12))
PLAN = Budget(PERIOD, (Line("income.benefits.universal-credit", 42490), Line("fixed.home.rent", 11914)))
SOON = 90
"""Seconds after which a consent begins here that begins `now`, which is five minutes elsewhere."""
WAIT = 180


def blocks(page: str) -> list[list[str]]:
    """The blocks of commands on a page, without empty lines."""
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
    return [[line for line in block.splitlines() if line.strip()] for block in BLOCK.findall(text)]


def pages() -> list[str]:
    return sorted(path.stem for path in PAGES.glob("*.md") if path.stem != "README")


class Walk:
    """A node with nobody on it, a folder for each person, and what the commands printed so far."""

    def __init__(self, office: Office, folder: Path, stack: ExitStack) -> None:
        self.office, self.folder, self.stack = office, folder, stack
        self.known = {"JAMJAR_NODE": office.node.url, "JAMJAR_DEPLOYMENT": f"{folder}/governing/deployments/1337.json"}
        self.known |= {"SECOND": office.address(FRESH), "NEW": office.address(6)}
        self.known |= {"JAMJAR_PASSWORD_FILE": str(office.password), "JAMJAR_PASSPHRASE_FILE": str(office.password)}
        self.played: list[tuple[str, int]] = []
        self.served: dict[str, subprocess.Popen[str]] = {}
        for page in pages():
            (folder / page).mkdir()
            for name, number in {**KEYSTORES, "our": OURS.get(page, 1)}.items():
                (folder / page / f"{name}.keystore").write_text(office.keystore(number).read_text())
        (folder / "claimant" / "november.json").write_text(PLAN.to_json())
        (folder / "adviser" / "advice.txt").write_text("Ask for a social tariff.")
        (folder / "governing" / "lake.key").write_text("ab" * 1216)

    def play(self, page: str, number: int) -> list[Done]:
        """Run every line of a block; each must end as the page says, with 0 unless it says otherwise."""
        self.played.append((page, number))
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder / page)
            for name, value in self.known.items():
                patch.setenv(name, value)
            patch.setenv("JAMJAR_VAULT", str(self.folder / page / "my.vault"))
            patch.setenv("COLUMNS", "160")
            patch.setenv("HOME", str(self.folder / page))
            patch.setenv("ACCOUNT", self.office.address(OURS.get(page, 1)))
            patch.setenv("MEMBER", str(OURS.get(page, 1)))
            if page == "adviser":
                patch.setenv("JAMJAR_ACCOUNT", "our.keystore")
            done = [self._line(page, line) for line in blocks(page)[number]]
        return [each for each in done if each is not None]

    def _line(self, page: str, line: str) -> Done | None:
        status = re.search(r"#.*exit status (\d)", line)
        words = shlex.split(os.path.expandvars(line), comments=True)
        if words[0] == "export":
            name = words[1].partition("=")[0]
            assert name in self.known or name in {"JAMJAR_ACCOUNT", "JAMJAR_MAILBOX", "JAMJAR_RELAYER"}, line
            return None
        assert words[0] == "jamjar", line
        assert "$" not in " ".join(words), line
        if words[2:3] == ["serve"]:
            self._serve(words[1], words[1:])
            return None
        out = words.pop() if words[-2] == ">" else ""
        words = words[1:-1] if out else words[1:]
        if _asks(words):
            words.append("--yes")
        if words[:2] == ["wallet", "backup"]:
            words += ["--backup-passphrase-file", self.known["JAMJAR_PASSPHRASE_FILE"]]
        done = here(*words)
        assert done.status == (int(status[1]) if status else 0), (line, done)
        if out:
            (self.folder / page / out).write_text(done.out)
        return done

    def _serve(self, what: str, words: list[str]) -> None:
        command = [sys.executable, "-m", "jamjar", *words, *SERVERS[what]]
        started = self.stack.enter_context(_running(command))
        assert started.stdout is not None
        said = started.stdout.readline()
        found = re.search(r"(?:port |127\.0\.0\.1:)(\d+)", said)
        assert found, said
        self.known[f"JAMJAR_{what.upper()}"] = f"http://127.0.0.1:{found[1]}"
        self.served[what] = started

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something is on the ledger."""
        end = time.monotonic() + WAIT
        while not holds():
            assert time.monotonic() < end
            time.sleep(0.2)

    def give(self, file: str, giver: str, taker: str) -> None:
        """Hand a file to somebody."""
        (self.folder / taker / file).write_bytes((self.folder / giver / file).read_bytes())


def _asks(words: list[str]) -> bool:
    """Whether a command asks before it does something."""
    command = get_command(app)
    for word in words:
        if not hasattr(command, "commands") or word not in command.commands:
            break
        command = command.commands[word]
    return any("--yes" in parameter.opts for parameter in command.params)


@contextmanager
def _running(command: list[str]) -> Iterator["subprocess.Popen[str]"]:
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=nowhere, text=True)
    try:
        yield started
    finally:
        started.terminate()
        started.communicate(timeout=60)


@contextmanager
def walk(folder: Path) -> Iterator[Walk]:
    """Run a node with blocks of a second, on which nothing is."""
    with (
        pytest.MonkeyPatch.context() as patch,
        anvil("--block-time", 1) as node,
        ExitStack() as stack,
    ):
        patch.setitem(Vault.create.__func__.__kwdefaults__, "cost", CHEAP)  # as create does, at a lower cost
        patch.setattr(Begin, "ahead", property(lambda _: SOON))
        (keys := folder / "keys").mkdir()
        yield Walk(Office(node, keys), folder, stack)


def founders_file(made: Walk, adviser_key: str) -> None:
    """Fill the template in: the sample network's members, with the adviser's own key."""
    file = made.office.founders_file([made.office.address(FOUNDER)])
    text = file.read_text()
    second = text.index("number = 2")
    start = text.index('encryption_key = "', second) + len('encryption_key = "0x')
    text = text[:start] + adviser_key + text[text.index('"', start) :]
    (made.folder / "governing" / "founders.toml").write_text(text)
