"""Prints what it costs to start commands: processor time and memory, beside `python -c pass` and `brownie --version`.

python -m benchmarks.startup      each is started five times, and the best counts

The bounds hold on a quiet core: below 0.35 s and 45 MB for help, 0.8 s for a command that needs no node, most of which
is the passphrase's key (Argon2id). Exit status 1 when one is missed.
"""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROUNDS = 5
MOST_MEMORY = 45
JAMJAR = (sys.executable, "-m", "jamjar")


@dataclass(frozen=True, slots=True)
class Start:
    """A command, with the most seconds of processor time and megabytes it may take; 0 where there is no bound."""

    name: str
    command: tuple[str, ...]
    seconds: float = 0.0
    megabytes: int = 0


def starts(folder: Path) -> list[Start]:
    """Return what is started; a vault is made in `folder` for those that open one."""
    (folder / "passphrase").write_text("five random words are good\n", encoding="utf-8")
    vault = ("--vault", str(folder / "a.vault"), "--passphrase-file", str(folder / "passphrase"))
    subprocess.run([*JAMJAR, "wallet", *vault, "create"], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    wallet = (*JAMJAR, "wallet", *vault)
    return [
        Start("python -c pass", (sys.executable, "-c", "pass")),
        Start("brownie --version", ("brownie", "--version")),
        Start("jamjar --help", (*JAMJAR, "--help"), 0.35, MOST_MEMORY),
        Start("jamjar wallet --help", (*JAMJAR, "wallet", "--help"), 0.35, MOST_MEMORY),
        Start("jamjar wallet codes", (*JAMJAR, "wallet", "codes"), 0.8),
        Start("jamjar wallet check", (*wallet, "check"), 0.8),
        Start("jamjar wallet rule", (*wallet, "rule"), 0.8),
        Start("jamjar wallet transactions", (*wallet, "transactions"), 0.8),
    ]


def measured(command: tuple[str, ...]) -> tuple[float, float]:
    """Return the least processor time in seconds, and the memory in megabytes, of a few runs."""
    seconds, memory = list[float](), list[float]()
    for _ in range(ROUNDS):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603
            _, _, used = os.wait4(process.pid, 0)
            process.returncode = 0
        seconds.append(used.ru_utime + used.ru_stime)
        memory.append(used.ru_maxrss / 1024)
    return min(seconds), min(memory)


def main() -> int:
    """Print the table; exit status 1 when a bound is missed."""
    table = Table(title="Starting, the best of five", title_justify="left")
    for column in ("command", "seconds", "x python", "MB", "bound"):
        table.add_column(column, justify="left" if column == "command" else "right")
    missed, floor = False, 0.0
    with tempfile.TemporaryDirectory() as folder:
        for start in starts(Path(folder)):
            seconds, memory = measured(start.command)
            floor = floor or seconds
            bound = f"{start.seconds:g} s" * bool(start.seconds) + f", {start.megabytes} MB" * bool(start.megabytes)
            missed |= bool(
                (start.seconds and seconds > start.seconds) or (start.megabytes and memory > start.megabytes)
            )
            table.add_row(start.name, f"{seconds:.2f}", f"{seconds / floor:.0f}", f"{memory:.0f}", bound)
    Console(highlight=False, width=100).print(table)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
