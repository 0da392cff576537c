"""The contracts' events on the ledger, with the hashes and times of their blocks, for the transparency log."""

from collections.abc import Iterator
from functools import partial
from typing import Any, cast

from web3 import Web3
from web3.types import FilterParams

from jamjar.errors import DeploymentError, InvalidInput, NodeUnavailable
from jamjar.ledger.ledger import ANSWER_SECONDS, LOG_RANGE
from jamjar.ledger.rpc import ask, provider
from jamjar.protocol.deployment import Deployment
from jamjar.tlog.leaf import RawEvent


class LedgerSource:
    """The logs of one deployment, through one node, as `jamjar.tlog.reading.EventSource`.

    Raises NodeUnavailable when the node does not answer, or its answer is invalid.
    """

    def __init__(self, node: Web3 | str, deployment: Deployment, depth: int) -> None:
        """Connect to a node (a Web3 or a URL); `depth` is how many blocks must follow a final one."""
        if depth < 0:
            raise InvalidInput("The depth of a final block is below 0; choose 0 or more.")
        self._web3 = Web3(provider(node, ANSWER_SECONDS)) if isinstance(node, str) else node
        self._deployment, self._depth = deployment, depth
        chain = ask(lambda: self._web3.eth.chain_id)
        if chain != deployment.chain_id:
            raise DeploymentError(
                f"The node is on chain {chain}, the deployment on {deployment.chain_id}; use the file of that chain."
            )

    @property
    def first(self) -> int:
        """The block of the deployment."""
        return self._deployment.block

    def final(self) -> int:
        """Return the newest block that counts as final, -1 when there is none."""
        return max(-1, ask(lambda: int(self._web3.eth.block_number)) - self._depth)

    def events(self, first: int, last: int) -> Iterator[RawEvent]:
        """Yield the events of these blocks, in the order of block and index."""
        block, time = None, 0
        for start in range(first, last + 1, LOG_RANGE):
            for log in ask(partial(self._logs, start, min(start + LOG_RANGE - 1, last))):
                if log["blockHash"] != block:
                    block, time = log["blockHash"], ask(partial(self._time, log["blockHash"]))
                yield ask(partial(_event, self._deployment.chain_id, time, log))

    def _logs(self, first: int, last: int) -> list[Any]:
        addresses = [at.address for at in self._deployment.contracts().values()]
        asked = {"address": addresses, "fromBlock": first, "toBlock": last}
        found = self._web3.eth.get_logs(cast(FilterParams, asked))
        return sorted(found, key=lambda log: (log["blockNumber"], log["logIndex"]))

    def _time(self, block: Any) -> int:
        return int(self._web3.eth.get_block(block)["timestamp"])


def _event(chain: int, time: int, log: Any) -> RawEvent:
    try:
        return RawEvent(
            chain,
            bytes.fromhex(log["address"][2:]),
            log["blockNumber"],
            bytes(log["blockHash"]),
            time,
            bytes(log["transactionHash"]),
            log["logIndex"],
            tuple(bytes(topic) for topic in log["topics"]),
            bytes(log["data"]),
        )
    except InvalidInput as error:
        raise NodeUnavailable(f"The node's answer is invalid ({error}); ask another node.") from error
