"""network.processes: each node by its own id, and no other process, ever.

When a node is started             it goes on, its output is in its log, and it is found by its record
When it is told to end             it ends; one that ignores that is killed
Given its id is another process'   that one is left alone, and the node does not run
Given the record is damaged        it does not run
When it ends by itself             it does not run
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.network import processes
from jamjar.network.engine import Command, NetworkError


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    processes.end(tmp_path)


def python(source: str) -> Command:
    return Command([sys.executable, "-c", source], {"TOLD": "here"})


def said(folder: Path, what: str) -> None:
    while what not in (folder / "log").read_text():
        time.sleep(0.01)


def test_a_node(folder: Path) -> None:
    source = "import os, time; print('at work', os.environ['TOLD'], flush=True); time.sleep(600)"
    pid = processes.start(folder, python(source))
    said(folder, "at work here")
    assert processes.running(folder) == pid
    assert os.getpgid(pid) == pid
    assert processes.end(folder)
    assert (processes.running(folder), processes.end(folder)) == (0, False)
    processes.start(folder, python("print('again')"))
    said(folder, "again")
    assert (folder / "log").read_text() == "at work here\nagain\n"


def test_one_that_ignores_it_is_killed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "END_SECONDS", 0.2)
    source = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
    processes.start(folder, python(source))
    said(folder, "deaf")
    assert processes.end(folder)
    assert not processes.running(folder)


def test_another_process_with_its_id_is_left_alone(folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        for began in ("Thu Jan  1 00:00:00 1970", ""):
            (folder / "process.json").write_text(json.dumps({"pid": other.pid, "began": began}))
            assert (processes.running(folder), processes.end(folder)) == (0, False)
        assert other.poll() is None
        other.kill()


@pytest.mark.parametrize("record", ["", "{}", "[]", "null", '{"pid": "x", "began": ""}', '{"pid": 1}', "\xff"])
def test_a_damaged_record(folder: Path, record: str) -> None:
    (folder / "process.json").write_text(record, encoding="latin-1")
    assert (processes.running(folder), processes.end(folder)) == (0, False)


def test_it_ended_by_itself(folder: Path) -> None:
    processes.start(folder, python("print('done')"))
    said(folder, "done")
    while processes.running(folder):
        time.sleep(0.01)


def test_a_command_that_fails(folder: Path) -> None:
    processes.once(folder, python("print('well')"))
    with pytest.raises(NetworkError, match=r"the end of .*log says why"):
        processes.once(folder, python("raise SystemExit(3)"))
