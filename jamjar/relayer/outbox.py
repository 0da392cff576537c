"""The outbox: a carrier's journalled transactions that are to be sent to the node, several in one request."""

from collections.abc import Callable, Sequence
from typing import Final

from jamjar.errors import LedgerError, NodeUnavailable
from jamjar.relayer.journal import Carriage
from jamjar.relayer.node_port import NodePort

AT_ONCE: Final = 8
"""Transactions in one request: with the largest batches they are less than 1.5 MB; nodes take 2."""


class Outbox:
    """The transactions to send, and when the last transaction of each carriage was sent."""

    def __init__(self, chain: NodePort, resend_after: int, tell: Callable[[str], object]) -> None:
        """Take the chain, the seconds until a transaction is sent again, and a function to call with refusals."""
        self._chain, self._resend_after, self._tell = chain, resend_after, tell
        self._waiting: dict[int, bytes] = {}
        self._sent: dict[int, int] = {}

    def look_afresh(self) -> None:
        """Drop what an interrupted pass did not send: it counts as never sent, so it is due."""
        self._waiting.clear()

    def is_due(self, carriage: Carriage, now: int) -> bool:
        """Whether a carriage's last transaction was never sent, or so long ago that it may be lost."""
        sent = self._sent.get(carriage.number)
        return sent is None or now - sent >= self._resend_after

    def put(self, carriage: Carriage, now: int) -> None:
        """Queue a carriage's last transaction until `send`, or until one request is full."""
        self._waiting[carriage.number] = carriage.attempts[-1].raw
        if len(self._waiting) == AT_ONCE:
            self.send(now)

    def forget(self, carriage: Carriage) -> None:
        """Forget when a carriage was sent: it has ended, or has another transaction."""
        self._sent.pop(carriage.number, None)

    def send(self, now: int) -> None:
        """Send what is queued and report refusals; raises NodeUnavailable when the node does not answer.

        All of it counts as sent: the node may have it nevertheless, so it is followed, and sent again.
        """
        if not self._waiting:
            return
        going, self._waiting = self._waiting, {}
        self._sent |= dict.fromkeys(going, now)
        try:
            refusals: Sequence[LedgerError | None] = self._chain.send(list(going.values()))
        except NodeUnavailable:
            raise
        except LedgerError as error:
            refusals = [error]
        for refusal in filter(None, refusals):
            self._tell(str(refusal))
