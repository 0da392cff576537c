"""The contracts' events on the ledger, with the hashes and times of their blocks, for the transparency log."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from jamjar.errors import DeploymentError, InvalidInput, NodeUnavailable
from jamjar.ledger.rpc import refusal
from jamjar.protocol.deployment import Deployment
from jamjar.service.json_rpc import JsonRpc, RpcError, read_data
from jamjar.service.log_range import LogRange
from jamjar.tlog.leaf import RawEvent
from jamjar.tlog.policy import is_of_members

ANSWER_SECONDS: Final = 10


class LedgerSource:
    """The events of one deployment, through one node, as `jamjar.tlog.reading.EventSource`: all, or members' alone.

    Raises NodeUnavailable when the node does not answer, or its answer is invalid.
    """

    def __init__(self, url: str, deployment: Deployment, depth: int, log: str = "") -> None:
        """Connect to a node.

        depth  how many blocks must stand on one that is final
        log    the name of the log that the events are for: one of members has the Consortium's alone
        """
        if depth < 0:
            raise InvalidInput("The depth of a final block is at least 0; correct it.")
        self._rpc = JsonRpc(url, seconds=ANSWER_SECONDS, name="The node")
        self._deployment, self._depth, self._range = deployment, depth, LogRange()
        contracts = {"Consortium": deployment.consortium} if is_of_members(log) else deployment.contracts()
        self._addresses = [each.address for each in contracts.values()]
        chain = self._number("eth_chainId")
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
        return max(-1, self._number("eth_blockNumber") - self._depth)

    def events(self, first: int, last: int) -> Iterator[RawEvent]:
        """Yield the events of these blocks, in the order of block and index."""
        return self.events_of(self._addresses, first, last)

    def events_of(self, addresses: Sequence[str], first: int, last: int) -> Iterator[RawEvent]:
        """Yield the events of these contracts in these blocks, in the order of block and index."""
        block, time = None, 0
        for log in self._range.over(first, last, partial(self._logs, addresses)):
            with self._rpc.reading():
                if log["blockHash"] != block:
                    block, time = log["blockHash"], self._time(log["blockHash"])
                event = self._event(time, log)
            yield event

    def _logs(self, addresses: Sequence[str], first: int, last: int) -> list[Any]:
        asked = {"address": list(addresses), "fromBlock": hex(first), "toBlock": hex(last)}
        found = self._ask("eth_getLogs", asked)
        with self._rpc.reading():
            return sorted(found, key=lambda log: (int(log["blockNumber"], 16), int(log["logIndex"], 16)))

    def _time(self, block: str) -> int:
        return int(self._ask("eth_getBlockByHash", block, False)["timestamp"], 16)

    def _event(self, time: int, log: Any) -> RawEvent:
        try:
            return RawEvent(
                self._deployment.chain_id,
                read_data(log["address"]),
                int(log["blockNumber"], 16),
                read_data(log["blockHash"]),
                time,
                read_data(log["transactionHash"]),
                int(log["logIndex"], 16),
                tuple(read_data(topic) for topic in log["topics"]),
                read_data(log["data"]),
            )
        except InvalidInput as error:
            raise NodeUnavailable(f"The node's answer makes no sense ({error}); ask another.") from error

    def _number(self, method: str) -> int:
        answer = self._ask(method)
        with self._rpc.reading():
            return int(answer, 16)

    def _ask(self, method: str, *parameters: Any) -> Any:
        answer = self._rpc.one(method, *parameters)
        if isinstance(answer, RpcError):
            raise refusal(answer)
        return answer
