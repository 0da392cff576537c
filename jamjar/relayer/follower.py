"""How a carriage ends: its transaction is final, or another transaction has finally used its nonce.

A block is final when it is in the node's own chain with `depth` blocks after it. The node's newest block number is not
trusted: the block that far above must exist.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from jamjar.errors import LedgerError
from jamjar.relayer.calldata import Load
from jamjar.relayer.item import Outcome, Place, Reason
from jamjar.relayer.journal import Attempt, Carriage, Journal
from jamjar.relayer.node_port import Mined, NodePort
from jamjar.relayer.outcomes import outcomes_of, recorded


@dataclass(frozen=True, slots=True)
class Ending:
    """The outcomes of a carriage's items, by their numbers, and the mined transaction, if it is the carriage's."""

    outcomes: dict[int, Outcome]
    attempt: Attempt | None = None
    mined: Mined | None = None


class Follower:
    """Reads the chain for a carrier."""

    def __init__(self, chain: NodePort, journal: Journal, depth: int, doubt: int) -> None:
        """Take the chain, the journal, the depth, and for how many seconds an unexpected result must persist."""
        self._chain, self._journal, self._depth, self._doubt = chain, journal, depth, doubt
        self._hashes: dict[int, bytes | None] = {}
        self._doubted: dict[int, int] = {}
        self._mined: dict[bytes, Mined] = {}
        self._ahead: dict[bytes, Mined | None] = {}

    def look_afresh(self) -> None:
        """Forget the blocks that were read."""
        self._hashes.clear()
        self._ahead.clear()

    def look_ahead(self, carriages: Iterable[Carriage]) -> None:
        """Read in one request the outcomes of the carriages' transactions that were in no block so far.

        As with `ending`, the accounts' numbers of transactions are read before.
        """
        sent = (attempt.transaction for carriage in carriages for attempt in reversed(carriage.attempts))
        if unknown := [transaction for transaction in sent if transaction not in self._mined]:
            with suppress(LedgerError):  # each is then read alone, which reports the error
                self._ahead.update(zip(unknown, self._chain.mined(unknown), strict=True))

    def is_deep(self, block: int) -> bool:
        """Whether there are `depth` blocks after this one."""
        return self._hash(block + self._depth) is not None

    def ending(self, carriage: Carriage, used: int, newest: int, now: int) -> tuple[bool, Ending | None]:
        """Return whether a carriage's nonce is used, as far as this node knows, and how it ends once that is final.

        used    how many transactions its account had, according to an earlier call
        newest  the newest block's number
        """
        for attempt in reversed(carriage.attempts):
            mined = self._mined_now(attempt.transaction)
            if mined is not None:
                self._doubted.pop(carriage.number, None)
                if not self.is_deep(mined.block):
                    return True, None
                del self._mined[attempt.transaction]
                return True, Ending(self._outcomes(carriage, mined), attempt, mined)
        if used <= carriage.nonce:
            self._doubted.pop(carriage.number, None)
            return False, None
        return True, self._without_us(carriage, newest - self._depth, now)

    def on_the_ledger(self, loads: Sequence[Load], until: int) -> dict[int, Outcome]:
        """Return the items that are on the ledger already, up to a block: another relayer may have carried them."""
        since = self._journal.accepted_at([load.number for load in loads])
        return recorded(loads, self._chain.logs([load.consent for load in loads], since, until))

    def refused(self, load: Load, reason: Reason, since: int, newest: int) -> dict[int, Outcome]:
        """Return the outcome of an item that the contract refuses since a block: {} until that block is final.

        If another relayer carried it, its event is the outcome.
        """
        if not self.is_deep(since):
            return {}
        found = self.on_the_ledger([load], newest)
        deep = all(isinstance(each, Place) and self.is_deep(each.block) for each in found.values())
        return {load.number: reason, **found} if deep else {}

    def _mined_now(self, transaction: bytes) -> Mined | None:
        """Return the outcome of a transaction in the node's own chain; a block's outcome never changes."""
        mined = self._mined.get(transaction)
        if mined is None or self._hash(mined.block) != mined.block_hash:
            mined = self._ahead.pop(transaction) if transaction in self._ahead else self._chain.mined([transaction])[0]
            if mined is None or self._hash(mined.block) != mined.block_hash:
                self._mined.pop(transaction, None)
                return None
            self._mined[transaction] = mined
        return mined

    def _outcomes(self, carriage: Carriage, mined: Mined) -> dict[int, Outcome]:
        outcomes = outcomes_of(mined, carriage.loads)
        if refused := [load for load in carriage.loads if isinstance(outcomes.get(load.number), Reason)]:
            outcomes |= self.on_the_ledger(refused, mined.block)
        return outcomes

    def _without_us(self, carriage: Carriage, final: int, now: int) -> Ending | None:
        """Return how a carriage ends whose nonce another transaction used, once that is final and has persisted.

        A node that lost its receipts would look the same. Carrying again is safe only if none of the carriage's
        transactions left an event; a failed one leaves none, and has no effect. A node that lies about the nonce would
        look the same, too, but takes the transactions, or says that it has them.
        """
        if final < 0 or self._chain.count(carriage.account, final) <= carriage.nonce:
            return None
        if not carriage.loads:
            return Ending({})
        since = self._journal.accepted_at([load.number for load in carriage.loads])
        logs = self._chain.logs([load.consent for load in carriage.loads], since, final)
        ours = {attempt.transaction for attempt in carriage.attempts}
        if any(log.transaction in ours for log in logs):
            raise LedgerError("The node has a transaction's events but not its receipt; ask another node.")
        if now - self._doubted.setdefault(carriage.number, now) < self._doubt:
            return None
        if None in self._chain.send([attempt.raw for attempt in carriage.attempts]):
            raise LedgerError(
                f"The node counts nonce {carriage.nonce} of {carriage.account} as used, and takes a transaction with "
                "it; ask another node."
            )
        del self._doubted[carriage.number]
        return Ending(recorded(carriage.loads, logs))

    def _hash(self, block: int) -> bytes | None:
        if block not in self._hashes:
            self._hashes[block] = self._chain.block_hash(block)
        return self._hashes[block]
