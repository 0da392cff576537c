"""Processes that are killed (-9) in the middle of their work, at each statement that they give their database."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine


def _die_at(statement: int, act: Callable[[], Any], beforehand: Callable[[], Any] | None) -> None:
    seen = 0
    if beforehand:
        beforehand()

    def count(*_: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("before_cursor_execute", "after_cursor_execute"):
        event.listen(Engine, moment, count)
    act()


def dies(statement: int, act: Callable[[], Any], *, beforehand: Callable[[], Any] | None = None) -> bool:
    """Act in a process of its own that is killed before or after its nth statement; whether there was one.

    What is done beforehand, in that process, does not count.
    """
    process = multiprocessing.get_context("fork").Process(target=_die_at, args=(statement, act, beforehand))
    process.start()
    process.join(300)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0
