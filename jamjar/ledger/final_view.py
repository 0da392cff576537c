"""What is final of the ledger: read through one node, in one block that no reorganisation takes back.

The depth is the one that mailbox, relayer, publisher and audit wait for, `jamjar.ledger.finality`. Times count, too: a
consent has in this view the status that it had at the block's time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from jamjar.errors import NotYet
from jamjar.ledger.finality import Finality, finality
from jamjar.ledger.ledger import Ledger
from jamjar.ledger.rpc import ask
from jamjar.model.state import Consent
from jamjar.protocol import rejections
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.events import Event


@dataclass(frozen=True, slots=True)
class FinalView:
    """The ledger as it is final by one block's number, and how deep that block had to be, on what consensus.

    Its methods raise what those of `Ledger` raise.
    """

    block: int
    finality: Finality
    ledger: Ledger = field(repr=False)

    def status(self, consent: str) -> str:
        """Return the status of a consent by its Solidity name, such as ACTIVE."""
        number = self._read("ConsentRegistry", "status", consent)
        return ask(lambda: rejections.STATUSES[number])

    def consent(self, consent: str) -> Consent:
        """Return a consent as stored; all zero for one that is not final yet, or unknown."""
        found = self._read("ConsentRegistry", "getConsent", consent)
        return ask(lambda: Consent(*found))

    def head_of(self, consent: str) -> bytes:
        """Return the newest commitment under a consent, 32 zero bytes if there is none."""
        return bytes(self._read("CommitmentRegistry", "headOf", consent))

    def events(self, name: str | Sequence[str] | None = None, consent: str | None = None) -> Iterator[Event]:
        """Yield the final events of these names, or about this consent, oldest first."""
        for event in self.ledger.events(name, consent):
            if event.origin.block <= self.block:
                yield event

    def _read(self, *view: Any) -> Any:
        (value,) = self.ledger.read_all(view, block=self.block)
        return value


def newest(url: str, deployment: Deployment) -> FinalView:
    """Return the newest final view through the node at an address.

    Raises NotYet where the deployment itself is not final, LedgerError for a node that does not answer or has another.
    """
    ledger = Ledger(url, deployment)
    height = ledger.height()  # before the depth, which is measured from a block that is no older
    final = finality(url)
    block = height - final.depth
    if block < deployment.block:
        raise NotYet(
            f"The contracts are in block {deployment.block}, which is final {final.depth} blocks later on "
            f"{final.consensus}; wait for {deployment.block - block} more."
        )
    return FinalView(block, final, ledger)
