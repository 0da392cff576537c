"""The outbox: a carrier's journalled transactions that are to be sent to the node, several in one request."""

from collections.abc import Collection, Sequence
from typing import Final

from jamjar.errors import LedgerError, NodeAnswerInvalid, NodeUnavailable
from jamjar.relayer.journal import Attempt, Carriage
from jamjar.relayer.node_port import NodePort

AT_ONCE: Final = 8
"""Transactions in one request: with the most items that the contracts take they are less than 1.5 MB; nodes take 2."""
FORGIVEN: Final = 4
"""After how many times `resend_after` a transaction that the node refused is as good as any other."""
_LONGEST: Final = 300
"""Characters of a refusal that are kept."""


class Outbox:
    """What waits to go out, when each carriage was last handed over, and what the node refused."""

    def __init__(self, chain: NodePort, resend_after: int) -> None:
        """Take the chain, and the seconds until a transaction is handed over again."""
        self._chain, self._resend_after = chain, resend_after
        self._waiting: dict[int, Attempt] = {}
        self._sent: dict[int, int] = {}
        self._refusals: dict[int, str] = {}
        self._refused: dict[bytes, int] = {}

    @property
    def refusals(self) -> list[str]:
        """Why the node refused carriages that it has not taken since."""
        return list(dict.fromkeys(self._refusals.values()))

    def look_afresh(self, under_way: Collection[int]) -> None:
        """Let go of what a pass that was cut off did not send: it counts as never sent, so it is due.

        What was refused of carriages that are not under way, by number, matters no longer.
        """
        self._waiting.clear()
        self._refusals = {number: why for number, why in self._refusals.items() if number in under_way}

    def is_refused(self, carriage: Carriage) -> bool:
        """Whether the node refused what it was handed last for a carriage."""
        return carriage.number in self._refusals

    def due(self, carriage: Carriage, attempts: Sequence[Attempt], now: int) -> Attempt | None:
        """Return which of some transactions of a carriage is to go now, None while none is.

        It is the dearest that was not refused lately, or else that which was refused longest ago. One is due when none
        was ever sent, or so long ago that it may be lost; after a refusal the next is due at once.
        """
        order = {each.transaction: place for place, each in enumerate(attempts)}
        before = now - FORGIVEN * self._resend_after
        fresh = [each for each in attempts if self._refused.get(each.transaction, before) <= before]
        sent = self._sent.get(carriage.number)
        is_late = sent is None or now - sent >= self._resend_after
        if not is_late and not (fresh and self.is_refused(carriage)):
            return None
        if fresh:
            return max(fresh, key=lambda each: (each.price, order[each.transaction]))
        return min(attempts, key=lambda each: self._refused[each.transaction])

    def put(self, carriage: Carriage, attempt: Attempt, now: int) -> None:
        """Have a carriage's transaction wait until `send`, or until as many wait as go in one request."""
        self._waiting[carriage.number] = attempt
        if len(self._waiting) == AT_ONCE:
            self.send(now)

    def again(self, carriage: Carriage) -> None:
        """Have a carriage be due: it has another transaction."""
        self._sent.pop(carriage.number, None)

    def mined(self, carriage: Carriage) -> None:
        """Forget what was refused of a carriage whose nonce is used."""
        self._refusals.pop(carriage.number, None)

    def forget(self, carriage: Carriage) -> None:
        """Forget a carriage, which has ended."""
        self.again(carriage)
        self.mined(carriage)
        for attempt in carriage.attempts:
            self._refused.pop(attempt.transaction, None)

    def send(self, now: int) -> None:
        """Hand over what waits, and keep what the node refuses; raises NodeUnavailable where it does not answer.

        All of it counts as sent: the node may have it nevertheless, so it is followed, and sent again.
        """
        if not self._waiting:
            return
        going, self._waiting = self._waiting, {}
        self._sent |= dict.fromkeys(going, now)
        try:
            refusals: Sequence[LedgerError | None] = self._chain.send([each.raw for each in going.values()])
        except LedgerError as error:
            if isinstance(error, NodeUnavailable) and not isinstance(error, NodeAnswerInvalid):
                raise
            refusals = [error] * len(going)
        for (number, attempt), refusal in zip(going.items(), refusals, strict=True):
            if refusal is None:
                self._refusals.pop(number, None)
                self._refused.pop(attempt.transaction, None)
            else:
                self._refusals[number] = str(refusal)[:_LONGEST]
                self._refused[attempt.transaction] = now
