"""What importing loads: a library without its services, and commands that load only what they use.

The seconds are `python -m benchmarks.startup`'s to print; here stands which packages are loaded, which decides them.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.meta.imports import ROOT, modules

HEAVY = ("fastapi", "uvicorn", "sqlalchemy", "web3", "requests", "eth_account", "eth_abi", "typer", "rich")
PURE = ("encoding", "crypto", "plan", "protocol", "model", "consent", "disclosure", "bank")
REPORT = f"print(*(name for name in {HEAVY!r} if name in sys.modules), sep=' ', file=sys.stderr)"
RUN = f"""
import sys
from jamjar.cli.main import run
try:
    run()
finally:
    {REPORT}
"""
ABI = {"jamjar.protocol.rejections", "jamjar.protocol.event_decoding"}


def loaded(*command: str) -> set[str]:
    """Which heavy packages a program has loaded at its end."""
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    lines = done.stderr.splitlines()
    assert lines, done
    return set(lines[-1].split())


def test_the_package() -> None:
    assert loaded("-c", f"import sys, jamjar; {REPORT}") == set()


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room(room: str) -> None:
    names = [name for name in modules("jamjar") if f"{name}.".startswith(f"jamjar.{room}.")]
    assert len(names) > 1
    allowed = {"eth_abi"} if room == "protocol" else {"rich"} if room == "bank" else set()
    assert loaded("-c", f"import sys, {', '.join(names)}; {REPORT}") <= allowed


@pytest.mark.parametrize("name", sorted(set(modules("jamjar/protocol")) - ABI))
def test_what_signs_needs_no_decoder(name: str) -> None:
    assert loaded("-c", f"import sys, {name}; {REPORT}") == set()


@pytest.mark.parametrize("words", [(), ("wallet",), ("wallet", "grant"), ("relayer", "serve"), ("audit",), ("log",)])
def test_help(words: tuple[str, ...]) -> None:
    assert loaded("-c", RUN, *words, "--help") == {"typer", "rich"}


def test_the_version() -> None:
    assert loaded("-c", RUN, "--version") == {"typer"}


@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("rule",),
        ("unassigned",),
        ("transactions",),
        ("refusals",),
        ("plan", "--show"),
        ("plan", "--template"),
        ("month",),
        ("payday", "--claim-day", "5"),
        ("consents", "--offline"),
        ("inbox", "--offline"),
        ("receipts", "--offline"),
    ],
    ids=" ".join,
)
def test_commands_that_need_no_node(home: Path, words: tuple[str, ...]) -> None:
    assert loaded("-c", RUN, "wallet", *words) <= {"typer", "rich", "sqlalchemy"}
