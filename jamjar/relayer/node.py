"""A carrier's node over JSON-RPC, as `NodePort`."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from hexbytes import HexBytes

from jamjar.errors import LedgerError, NodeAnswerInvalid, NodeUnavailable
from jamjar.ledger.ledger import Ledger
from jamjar.ledger.rpc import refusal
from jamjar.protocol.deployment import Deployment
from jamjar.relayer.node_port import Head, Mined, NodeLog
from jamjar.service.json_rpc import JsonRpc, RpcError, write_data
from jamjar.service.log_range import LogRange

ANSWER_SECONDS: Final = 5
EARLIER: Final = 3600
"""Seconds that a block's time, and a node, may be behind this program's clock."""
_HAS_IT: Final = ("already known", "known transaction", "already imported")
"""What nodes answer to a transaction that they already have."""


class CarrierNode:
    """One deployment, as one node shows it to a carrier."""

    def __init__(self, url: str, deployment: Deployment) -> None:
        """Name the node's address, which is first asked when something is; it may be down until then."""
        self._rpc = JsonRpc(url, seconds=ANSWER_SECONDS, name="The node")
        self._range = LogRange()
        self._deployment, self._is_checked = deployment, False

    def head(self) -> Head:
        """Return the newest block; raises DeploymentError when this is not the deployment's chain."""
        if not self._is_checked:
            Ledger(self._rpc.url, self._deployment)
            self._is_checked = True
        found = self._ask("eth_getBlockByNumber", "latest", False)
        with self._rpc.reading():
            return Head(_number(found["number"]), _number(found["gasLimit"]), _number(found["timestamp"]))

    def block_hash(self, number: int) -> bytes | None:
        """Return the hash of a block, None if there is none yet."""
        found = self._ask("eth_getBlockByNumber", hex(number), False)
        with self._rpc.reading():
            return None if found is None else _bytes(found["hash"])

    def count(self, account: str, block: int | None = None) -> int:
        """Return how many transactions of an account there are up to a block, the newest unless told."""
        return self._ask_number("eth_getTransactionCount", account, "latest" if block is None else hex(block))

    def mined(self, transactions: Sequence[bytes]) -> Sequence[Mined | None]:
        """Return what became of each transaction, None while it is in no block that this node knows."""
        answers = self._rpc.ask([("eth_getTransactionReceipt", [write_data(each)]) for each in transactions])
        if refused := next((answer for answer in answers if isinstance(answer, RpcError)), None):
            raise refusal(refused)
        with self._rpc.reading():
            return [_mined(answer, transaction) for answer, transaction in zip(answers, transactions, strict=True)]

    def logs(self, consents: Sequence[str], since: int, until: int) -> Sequence[NodeLog]:
        """Return the events about consents from the time `since` (Unix seconds) up to block `until`, oldest first."""
        with self._rpc.reading():
            return [_log(log) for log in self._logs(consents, since, until)]

    def price(self) -> int:
        """Return what a unit of gas costs now, in wei."""
        answer = self._ask("eth_gasPrice")
        with self._rpc.reading():
            return _amount(answer)

    def balance(self, account: str) -> int | None:
        """Return how much wei an account has, None when the node does not say."""
        try:
            return _amount(self._ask("eth_getBalance", account, "latest"))
        except NodeUnavailable as error:
            if isinstance(error, NodeAnswerInvalid):
                return None
            raise
        except (LedgerError, TypeError, ValueError):
            return None

    def estimate(self, account: str, contract: str, data: bytes) -> int:
        """Return the gas that a call takes now; raises Rejected with the reason when it would revert."""
        to = self._deployment.contracts()[contract].address
        return self._ask_number("eth_estimateGas", {"from": account, "to": to, "data": write_data(data)})

    def send(self, raws: Sequence[bytes]) -> Sequence[LedgerError | None]:
        """Hand over signed transactions and return why the node refuses each, None for one that it has now."""
        answers = self._rpc.ask([("eth_sendRawTransaction", [write_data(raw)]) for raw in raws])
        return [_refusal(answer) for answer in answers]

    def _logs(self, consents: Sequence[str], since: int, until: int) -> Iterator[Any]:
        topics = [None, [f"0x{consent[2:].lower().rjust(64, '0')}" for consent in consents]]
        addresses = [at.address for at in self._deployment.contracts().values()]
        asked = {"address": addresses, "topics": topics}

        def search(first: int, last: int) -> list[Any]:
            return list(self._ask("eth_getLogs", {**asked, "fromBlock": hex(first), "toBlock": hex(last)}))

        return self._range.over(self._first_since(since - EARLIER, until), until, search)

    def _first_since(self, time: int, until: int) -> int:
        """Return the first block up to `until` whose time is `time` or later; `until` + 1 if there is none."""
        low, high = self._deployment.block, until + 1
        while low < high:
            middle = (low + high) // 2
            found = self._ask("eth_getBlockByNumber", hex(middle), False)
            with self._rpc.reading():
                is_before = _number(found["timestamp"]) < time
            if is_before:
                low = middle + 1
            else:
                high = middle
        return low

    def _ask(self, method: str, *arguments: Any) -> Any:
        """Return a result as JSON; raises LedgerError when the node refuses."""
        answer = self._rpc.one(method, *arguments)
        if isinstance(answer, RpcError):
            raise refusal(answer)
        return answer

    def _ask_number(self, method: str, *arguments: Any) -> int:
        answer = self._ask(method, *arguments)
        with self._rpc.reading():
            return _number(answer)


def _refusal(answer: Any) -> LedgerError | None:
    if not isinstance(answer, RpcError) or any(known in answer.message.lower() for known in _HAS_IT):
        return None
    return refusal(answer)


def _mined(found: Any, transaction: bytes) -> Mined | None:
    if found is None or found["blockHash"] is None:  # some nodes answer before it is mined
        return None
    if _bytes(found["transactionHash"]) != transaction:
        raise NodeAnswerInvalid("The node's receipt is of another transaction; ask another node.")
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
        _number(log["logIndex"], 2**31),
    )


def _amount(text: Any) -> int:
    """Read a quantity of wei, which may be of any size."""
    if (found := int(text, 16)) < 0:
        raise ValueError
    return found


def _number(text: Any, too_many: int = 2**63) -> int:
    """Read a quantity that is counted, and that a database holds."""
    if (found := _amount(text)) >= too_many:
        raise ValueError
    return found


def _bytes(text: Any) -> bytes:
    return bytes(HexBytes(text))
