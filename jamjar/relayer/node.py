"""A carrier's node over JSON-RPC, as `NodePort`."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from hexbytes import HexBytes
from web3 import Web3
from web3.exceptions import Web3RPCError
from web3.types import RPCEndpoint

from jamjar.errors import LedgerError, NodeUnavailable
from jamjar.ledger.ledger import LOG_RANGE, Ledger
from jamjar.ledger.rpc import ask, provider
from jamjar.protocol.deployment import Deployment
from jamjar.relayer.node_port import Head, Mined, NodeLog

ANSWER_SECONDS: Final = 5
EARLIER: Final = 3600
"""Seconds that a block's time, and a node, may be behind this program's clock."""
_HAS_IT: Final = ("already known", "known transaction", "already imported")
"""What nodes answer to a transaction that they already have."""


class CarrierNode:
    """One deployment, as one node shows it to a carrier."""

    def __init__(self, node: Web3 | str, deployment: Deployment) -> None:
        """Take a node (a Web3 or a URL), which is not called yet and may be down."""
        self._web3 = Web3(provider(node, ANSWER_SECONDS)) if isinstance(node, str) else node
        self._deployment, self._is_checked = deployment, False

    def head(self) -> Head:
        """Return the newest block; raises DeploymentError when this is not the deployment's chain."""
        if not self._is_checked:
            Ledger(self._web3, self._deployment)
            self._is_checked = True
        found = self._ask("eth_getBlockByNumber", "latest", False)
        return ask(lambda: Head(_number(found["number"]), _number(found["gasLimit"])))

    def block_hash(self, number: int) -> bytes | None:
        """Return the hash of a block, None if there is none yet."""
        found = self._ask("eth_getBlockByNumber", hex(number), False)
        return None if found is None else ask(lambda: _bytes(found["hash"]))

    def count(self, account: str, block: int | None = None) -> int:
        """Return how many transactions an account has up to a block, by default the newest."""
        found = self._ask("eth_getTransactionCount", account, "latest" if block is None else hex(block))
        return ask(lambda: _number(found))

    def mined(self, transactions: Sequence[bytes]) -> Sequence[Mined | None]:
        """Return each transaction's outcome, None while it is in no block that this node knows."""
        answers = self._ask_of_each("eth_getTransactionReceipt", transactions)
        pairs = zip(answers, transactions, strict=True)
        return ask(lambda: [_mined(_result(answer), transaction) for answer, transaction in pairs])

    def logs(self, consents: Sequence[str], since: int, until: int) -> Sequence[NodeLog]:
        """Return the events about consents from the time `since` (Unix seconds) up to block `until`, oldest first."""
        return [ask(lambda log=log: _log(log)) for log in self._logs(consents, since, until)]  # type: ignore[misc]

    def price(self) -> int:
        """Return the current price of a unit of gas, in wei."""
        found = self._ask("eth_gasPrice")
        return ask(lambda: _number(found))

    def estimate(self, account: str, contract: str, data: bytes) -> int:
        """Return the gas that a call takes now; raises Rejected with the reason when it would revert."""
        to = self._deployment.contracts()[contract].address
        found = self._ask("eth_estimateGas", {"from": account, "to": to, "data": _hex(data)})
        return ask(lambda: _number(found))

    def send(self, raws: Sequence[bytes]) -> Sequence[LedgerError | None]:
        """Send signed transactions and return why the node refuses each, None for one that it has now."""
        return [_refusal(answer) for answer in self._ask_of_each("eth_sendRawTransaction", raws)]

    def _logs(self, consents: Sequence[str], since: int, until: int) -> Iterator[Any]:
        topics = [None, [f"0x{consent[2:].lower().rjust(64, '0')}" for consent in consents]]
        addresses = [at.address for at in self._deployment.contracts().values()]
        for first in range(self._first_since(since - EARLIER, until), until + 1, LOG_RANGE):
            span = {"fromBlock": hex(first), "toBlock": hex(min(first + LOG_RANGE - 1, until))}
            yield from self._ask("eth_getLogs", {"address": addresses, "topics": topics, **span})

    def _first_since(self, time: int, until: int) -> int:
        """Return the first block up to `until` whose time is `time` or later; `until` + 1 if there is none."""
        low, high = self._deployment.block, until + 1
        while low < high:
            middle = (low + high) // 2
            found = self._ask("eth_getBlockByNumber", hex(middle), False)
            if ask(lambda found=found: _number(found["timestamp"])) < time:  # type: ignore[misc]
                low = middle + 1
            else:
                high = middle
        return low

    def _ask(self, method: str, *arguments: Any) -> Any:
        """Return a result as JSON: web3's own types cost more time than all else that a carrier does."""
        return ask(lambda: _result(self._web3.provider.make_request(RPCEndpoint(method), list(arguments))))

    def _ask_of_each(self, method: str, arguments: Sequence[bytes]) -> list[Any]:
        """Return one answer for each argument, with its result or its error, from one request."""
        provider: Any = self._web3.provider
        found = ask(lambda: provider.make_batch_request([(RPCEndpoint(method), [_hex(each)]) for each in arguments]))
        if not isinstance(found, list):
            ask(lambda: _result(found))  # raises an error about the whole request
        if not isinstance(found, list) or len(found) != len(arguments):
            raise NodeUnavailable("The node did not answer each call of a request; ask another node.")
        return found


def _result(answer: Any) -> Any:
    if answer.get("error") is not None:
        raise Web3RPCError(str(answer["error"]), rpc_response=answer)
    if "result" not in answer:
        raise NodeUnavailable("The node's answer has no result; ask another node.")
    return answer["result"]


def _refusal(answer: Any) -> LedgerError | None:
    if any(known in str(answer).lower() for known in _HAS_IT):
        return None
    try:
        ask(lambda: _result(answer))
    except LedgerError as error:
        return error
    return None


def _mined(found: Any, transaction: bytes) -> Mined | None:
    if found is None or found["blockHash"] is None:  # some nodes answer before it is mined
        return None
    if _bytes(found["transactionHash"]) != transaction:
        raise NodeUnavailable("The receipt is of another transaction; ask another node.")
    logs = tuple(_log(log) for log in found["logs"])
    block = _number(found["blockNumber"])
    return Mined(block, _bytes(found["blockHash"]), _number(found["status"]) == 1, _number(found["gasUsed"]), logs)


def _log(log: Any) -> NodeLog:
    return NodeLog(
        log["address"][2:].lower(),
        tuple(topic[2:].lower() for topic in log["topics"]),
        log["data"][2:].lower(),
        _number(log["blockNumber"]),
        _bytes(log["transactionHash"]),
        _number(log["logIndex"]),
    )


def _number(text: Any) -> int:
    return int(text, 16)


def _bytes(text: Any) -> bytes:
    return bytes(HexBytes(text))


def _hex(data: bytes) -> str:
    return f"0x{data.hex()}"
