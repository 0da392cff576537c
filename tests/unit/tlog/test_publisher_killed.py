"""A publisher that is killed (-9) at any step on the disk: the next one goes on, and the files are those of one run."""

import multiprocessing
import os
import signal
from pathlib import Path
from typing import Any

from jamjar.tlog.checkpoint import read_checkpoint
from jamjar.tlog.folder import Folder
from jamjar.tlog.note import read_note
from jamjar.tlog.publisher import CHECKPOINT
from jamjar.tlog.tiles import TileTree
from jamjar.tlog.tree import root

from .world import Ledger, content, publisher


def killed(at: Path, step: int) -> bool:
    """Publish in a process of its own, killed at its nth step on the disk; whether there was one."""

    def act() -> None:
        seen = [0]

        def counted(real: Any) -> Any:
            def call(*arguments: Any) -> Any:
                seen[0] += 1
                if seen[0] == step:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*arguments)

            return call

        os.fsync = counted(os.fsync)
        Path.replace = counted(Path.replace)  # type: ignore[method-assign]
        publisher(at, Ledger(270)).publish()

    process = multiprocessing.get_context("fork").Process(target=act)
    process.start()
    process.join(300)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def test_killed_at_any_step_it_goes_on(tmp_path: Path) -> None:
    publisher(tmp_path / "whole", Ledger(270)).publish()
    step = 1
    while True:
        at = tmp_path / str(step)
        publisher(at, Ledger(4)).publish()
        was_killed = killed(at, step)
        shown = read_checkpoint(read_note((at / CHECKPOINT).read_text()).text)
        assert root(TileTree(Folder(at), shown.size), shown.size) == shown.root
        assert publisher(at, Ledger(270)).publish().checkpoint.size == 270
        assert content(tmp_path / "whole").items() <= content(at).items()
        if not was_killed:
            break
        step += 1
    assert step > 15
