"""The two programs that check a study's result, and what the folder of a closed study holds for everybody."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from jamjar.errors import JamjarError
from jamjar.study.result import StudyResult
from tests.unit.study.scene import Closed

ROOT = Path(__file__).parents[3]


def folder_of(done: Closed) -> dict[str, Any]:
    """What the folder of a closed study holds for everybody, as JSON values."""
    papers = {"reports": done.reports, "noise": done.papers}
    record = {name: [json.loads(each.to_json()) for each in made] for name, made in papers.items()}
    return record | {"result": json.loads(done.result().to_json())}


def theirs(records: Iterable[Any]) -> list[dict[str, Any]]:
    """What the program in JavaScript says of each, which is a line, or values for one."""
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules/@noble/curves").is_dir():
        pytest.fail("the second program needs Node 18 or newer and its packages; install Node, then run `npm ci`")
    lines = "".join((record if isinstance(record, str) else json.dumps(record)) + "\n" for record in records)
    done = subprocess.run(
        [node, str(ROOT / "tools/reference/study.mjs")],
        input=lines, capture_output=True, text=True, cwd=ROOT, timeout=600, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


def ours(result: dict[str, Any]) -> bool:
    """Whether Jamjar accepts it."""
    try:
        StudyResult.from_json(json.dumps(result)).check()
    except JamjarError:
        return False
    return True
