"""A copy of the project with marked contracts, in which the tests run.

The real build stays untouched. One compiler setting differs: marks make the code longer, so the compiler optimises for
size, to stay within the limit for deployed code. Each worker that runs tests has its own Anvil.
"""

import json
import os
import random
import shutil
import socket
import subprocess
from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import yaml

from assurance.coverage.instrumentation import Marking, Point
from tools.compilation import REMAPPINGS, ROOT, compiled

MARKS = "Marks.sol"
CONFIG = "brownie-config.yaml"
COPIED = (
    "interfaces",
    "jamjar",
    "modules",
    "tools",
    "scripts",
    "tests",
    CONFIG,
    ".env",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "packages",
    "vectors",
)
COUNTS = "counts"
MOST_WORKERS = 4
PORTS = range(20_000, 30_000)
"""Below the ports that systems assign to outgoing connections."""


def make_copy(folder: Path) -> dict[str, list[Point]]:
    """Write and compile the marked copy; return the points by file. Raises SystemExit when it does not compile."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "contracts").mkdir(parents=True)
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules", "solidity")
            )
        else:
            shutil.copy(ROOT / name, folder)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    points = _mark(folder / "contracts")
    _set(folder / CONFIG, "compiler.solc.optimizer.runs", 1)
    log = folder / "compile.log"
    with log.open("w", encoding="utf-8") as output:
        done = subprocess.run(  # noqa: S603
            [program("brownie"), "compile", "--all"], cwd=folder, stdout=output, stderr=subprocess.STDOUT, check=False
        )
    if done.returncode != 0 or not (folder / "build" / "contracts" / "AdviceLog.json").exists():
        raise SystemExit(f"The marked contracts do not compile; see {log}.")
    return points


def run_tests(folder: Path, tests: Sequence[str]) -> Counter[int]:
    """Run the tests in the copy, and return how often each mark was reached; raises SystemExit when a test fails."""
    program("anvil")
    counts = folder / COUNTS
    counts.mkdir()
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    _set(folder / CONFIG, "networks.anvil.cmd_settings.port", _free_ports(workers))
    environment = {**os.environ, "PYTEST_PLUGINS": "tests.coverage.plugin", "JAMJAR_COVERAGE": str(counts)}
    command = [program("brownie"), "test", *tests, "-n", str(workers), "--network", "anvil"]
    if subprocess.run(command, cwd=folder, env=environment, check=False).returncode != 0:  # noqa: S603
        raise SystemExit(f"Tests fail in {folder}, so coverage is not measured; see above.")
    reached: Counter[int] = Counter()
    for path in counts.glob("*.json"):
        counted = json.loads(path.read_text(encoding="utf-8"))
        reached.update({int(mark): times for mark, times in counted.items()})
    return reached


def program(name: str) -> str:
    """Return the path of a program that the project installs; raises SystemExit when it is not on PATH."""
    found = shutil.which(name)
    if found is None:
        raise SystemExit(f"{name} is not on PATH; run make build, and . tools/env.sh.")
    return found


def _mark(folder: Path) -> dict[str, list[Point]]:
    trees = compiled(ROOT, {"remappings": REMAPPINGS}, [])["sources"]
    points, numbers = {}, count(1)
    for path in sorted((ROOT / "contracts").rglob("*.sol")):
        file = path.relative_to(ROOT).as_posix()
        marking = Marking(file, path.read_bytes(), numbers)
        marking.mark(trees[file]["ast"])
        inside = path.relative_to(ROOT / "contracts")
        (folder / inside).parent.mkdir(exist_ok=True)
        up = "../" * (len(inside.parts) - 1)
        (folder / inside).write_text(marking.marked(f"./{up}{MARKS}"), encoding="utf-8")
        points[file] = marking.points
    shutil.copy(ROOT / "tests" / "coverage" / MARKS, folder)
    return points


def _set(config: Path, name: str, value: int) -> None:
    settings = part = yaml.safe_load(config.read_text(encoding="utf-8"))
    *parts, last = name.split(".")
    for each in parts:
        part = part[each]
    part[last] = value
    config.write_text(yaml.safe_dump(settings), encoding="utf-8")


def _free_ports(number: int) -> int:
    """Return the first of some consecutive free ports: Brownie gives each worker the next."""
    starts = random.sample(PORTS, len(PORTS))
    found = next((first for first in starts if all(_is_free(first + i) for i in range(number))), None)
    if found is None:
        raise SystemExit(f"No {number} consecutive ports from {PORTS.start} on are free for Anvil; stop other nodes.")
    return found


def _is_free(port: int) -> bool:
    with socket.socket() as one:
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
