"""The blocks of the ledger and their events over JSON-RPC, as a replay reads them.

The events of a single block are asked for by its hash (EIP-234), so that a node that does not have that very block
refuses, rather than answering with another's events or with none.
"""

from collections.abc import Sequence
from typing import Any, Final

from jamjar.errors import LedgerError
from jamjar.ledger.ledger import Ledger
from jamjar.ledger.rpc import refusal
from jamjar.model.state import Consent
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.event_decoding import decode, topic_of
from jamjar.protocol.events import Event, Origin
from jamjar.relayer.replayed_state import OF_CONSENTS, OF_MEMBERS, ReplayedBlock
from jamjar.service.json_rpc import JsonRpc, RpcError, read_data, write_data
from jamjar.service.log_range import LogRange

ANSWER_SECONDS: Final = 5
_TOPICS: Final = [[topic_of(name) for name in (*OF_CONSENTS, *OF_MEMBERS)]]


class NodeEvents:
    """One deployment's events, as one node shows them; everything raises LedgerError when it cannot be read."""

    def __init__(self, url: str, deployment: Deployment) -> None:
        """Name the node's address, which is first asked when something is; it may be down until then."""
        self._rpc = JsonRpc(url, seconds=ANSWER_SECONDS, name="The node")
        self._range = LogRange()
        self._deployment = deployment
        self._connected: Ledger | None = None
        self._asked = {"address": [at.address for at in deployment.contracts().values()], "topics": _TOPICS}

    def newest(self) -> ReplayedBlock:
        """Return the newest block; raises DeploymentError when this is not the deployment's chain."""
        self._ledger()
        with self._rpc.reading():
            return _block(_unless_refused(self._rpc.one("eth_getBlockByNumber", "latest", False)))

    def blocks(self, numbers: Sequence[int]) -> list[ReplayedBlock | None]:
        """Return the blocks with these numbers, None for each that is not there."""
        answers = self._rpc.ask([("eth_getBlockByNumber", [hex(number), False]) for number in numbers])
        with self._rpc.reading():
            return [None if found is None else _block(found) for found in map(_unless_refused, answers)]

    def events_of(self, blocks: Sequence[ReplayedBlock]) -> list[list[Event]]:
        """Return the events of each of these very blocks, in order."""
        asked = [("eth_getLogs", [{**self._asked, "blockHash": write_data(block.hash)}]) for block in blocks]
        answers = self._rpc.ask(asked)
        with self._rpc.reading():
            found = map(_logs, answers)
            return [[_event(log, block) for log in logs] for block, logs in zip(blocks, found, strict=True)]

    def events_from(self, first: int, last: int) -> list[Event]:
        """Return the events of blocks that no reorganisation takes back, in order."""

        def search(start: int, end: int) -> list[Any]:
            asked = {**self._asked, "fromBlock": hex(start), "toBlock": hex(end)}
            return _logs(self._rpc.one("eth_getLogs", asked))

        with self._rpc.reading():
            return [_event(log) for log in self._range.over(first, last, search)]

    def states(self, consents: Sequence[str], block: ReplayedBlock) -> list[tuple[Consent, bytes]]:
        """Return consents and their heads as stored in this very block."""
        views = ("ConsentRegistry", "getConsent"), ("CommitmentRegistry", "headOf")
        found = self._ledger().read_all(*((*view, each) for each in consents for view in views), block=block.number)
        if self.blocks([block.number]) != [block]:
            raise LedgerError("The node's newest block changed while it was read; it is read again.")
        with self._rpc.reading():
            return [(Consent(*stored), bytes(head)) for stored, head in zip(found[::2], found[1::2], strict=True)]

    def _ledger(self) -> Ledger:
        if self._connected is None:
            self._connected = Ledger(self._rpc.url, self._deployment)
        return self._connected


def _unless_refused(answer: Any) -> Any:
    if isinstance(answer, RpcError):
        raise refusal(answer)
    return answer


def _logs(answer: Any) -> list[Any]:
    if not isinstance(found := _unless_refused(answer), list):
        raise TypeError
    return found


def _block(found: Any) -> ReplayedBlock:
    number, time = int(found["number"], 16), int(found["timestamp"], 16)
    return ReplayedBlock(number, read_data(found["hash"]), read_data(found["parentHash"]), time)


def _event(log: Any, block: ReplayedBlock | None = None) -> Event:
    if log.get("removed") or (block is not None and read_data(log["blockHash"]) != block.hash):
        raise LedgerError("The node reports an event of another block than was asked for; ask another node.")
    origin = Origin(int(log["blockNumber"], 16), str(log["transactionHash"]), int(log["logIndex"], 16), log["address"])
    return decode(origin, [read_data(topic) for topic in log["topics"]], read_data(log["data"]))
