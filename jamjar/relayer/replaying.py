"""The thread in which a relayer replays the ledger, until it is stopped."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from jamjar.encoding import strict_json
from jamjar.errors import JamjarError
from jamjar.protocol.deployment import Deployment
from jamjar.relayer.node_events import NodeEvents
from jamjar.relayer.replayed_view import ReplayedView

LOG: Final = logging.getLogger("jamjar.relayer")


@contextmanager
def replaying(node: str, deployment: Deployment, carrier: str, most: int) -> Iterator[ReplayedView]:
    """Replay a deployment from the node at an address during the block, which gets the view.

    carrier  the address of the account that carries grants
    most     how many consents are remembered; with 0, nothing is read, and the view says nothing
    """
    view = ReplayedView(NodeEvents(node, deployment), deployment.block, carrier, most=most)
    thread = ReplayThread(view)
    if most:
        thread.start()
    try:
        yield view
    finally:
        thread.stop()


class ReplayThread:
    """One thread that follows the ledger; `pause` is the seconds between looks at the node once nothing is behind."""

    def __init__(self, view: ReplayedView, pause: float = 0.5) -> None:
        self._view, self._pause = view, pause
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="replay", daemon=True)
        self.problem = ""

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stop the thread; one that waits for its node ends with the program."""
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            before, is_behind = self.problem, False
            try:
                is_behind = self._view.follow()
                self.problem = ""
            except JamjarError as error:
                self.problem = str(error)
            except Exception as error:  # otherwise it would end the thread
                self.problem = f"The ledger cannot be replayed ({type(error).__name__}); check the node."
            if self.problem != before:
                LOG.warning(strict_json.dumps({"event": "replay", "problem": self.problem}))
            if not is_behind:
                self._stop.wait(self._pause)
