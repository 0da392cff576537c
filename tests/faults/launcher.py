"""Starts the command `jamjar` with one stage at which it stops until it is told to go on, and a clock that is set.

    python -m tests.faults.launcher STAGE TELL GO relayer serve ...

TELL and GO are file descriptors: the first thread that comes to the stage writes a byte to the one, and waits for a
byte from the other. SIGUSR1 sets the machine's clock, as this process sees it, an hour forward, SIGUSR2 an hour back.
"""

import os
import signal
import sys
import threading
import time
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from jamjar.cli import main
from jamjar.relayer.admission import Admission
from jamjar.relayer.journal import Journal
from jamjar.relayer.node import CarrierNode

HOUR = 3600
STAGES = {
    "accepting": (Admission, "_admit_all", "commit", 3),
    "batching": (Journal, "open", "commit", 1),
    "submitting": (CarrierNode, "send", "before", 1),
    "submitted": (CarrierNode, "send", "after", 1),
    "confirming": (Journal, "end", "commit", 1),
}
"""Where a relayer stops: before a method, after it, or before it commits, at the nth time.

accepting   messages are checked, and in the queue's transaction
batching    a carriage is signed, and in the journal's transaction
submitting  it is in the journal, and not sent
submitted   it is sent, and not known to be mined
confirming  its receipt is final, and its outcomes are in the journal's transaction
"""


class Gate:
    """Holds up whoever comes to a stage the nth time."""

    def __init__(self, tell: int, go: int, nth: int) -> None:
        self._tell, self._go, self._left, self._lock = tell, go, nth, threading.Lock()

    def come(self) -> None:
        """Pass, or wait."""
        with self._lock:
            self._left -= 1
            is_held = self._left == 0
        if is_held:
            os.write(self._tell, b"!")
            os.read(self._go, 1)


def stop_at(stage: str, tell: int, go: int) -> None:
    """Put a gate at a stage."""
    owner, name, where, nth = STAGES[stage]
    gate, inside, method = Gate(tell, go, nth), threading.local(), getattr(owner, name)

    def gated(*arguments: Any, **named: Any) -> Any:
        inside.now = where == "commit"
        try:
            if where == "before":
                gate.come()
            result = method(*arguments, **named)
        finally:
            inside.now = False
        if where == "after":
            gate.come()
        return result

    @event.listens_for(Engine, "commit")
    def before_commit(_: Any) -> None:
        if getattr(inside, "now", False):
            gate.come()

    setattr(owner, name, gated)


def set_clock() -> None:
    """Have signals set the clock."""
    real, ahead = time.time, 0

    def jump(number: int, _: Any) -> None:
        nonlocal ahead
        ahead += HOUR if number == signal.SIGUSR1 else -HOUR

    signal.signal(signal.SIGUSR1, jump)
    signal.signal(signal.SIGUSR2, jump)
    time.time = lambda: real() + ahead


if __name__ == "__main__":
    stage, tell, go, *rest = sys.argv[1:]
    if stage in STAGES:
        stop_at(stage, int(tell), int(go))
    set_clock()
    sys.argv = ["jamjar", *rest]
    main.run()
