"""A member's node as an audit reads it: batches of JSON-RPC calls, with no answer taken on trust.

Logs are read from the receipts of every transaction, so that one which a node leaves out of a search is still found.
Warning: the hash of a header is not computed; it is compared with that on another member's node.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, NamedTuple

from jamjar.audit.block import Block, BlockLog, BlockTransaction
from jamjar.audit.views import View
from jamjar.errors import LedgerError, NodeUnavailable
from jamjar.protocol.address import checksum_address
from jamjar.service.json_rpc import JsonRpc, RpcCall, RpcError, read_data
from jamjar.service.log_range import LogRange

ANSWER_SECONDS: Final = 60
MOST_BYTES: Final = 256 * 1024 * 1024
BLOCKS_AT_ONCE: Final = 50
VIEWS_AT_ONCE: Final = 200
RECEIPTS_GAS: Final = 60_000_000
"""Gas of the blocks whose receipts are requested at once, so that no answer is too large."""


class BlockHeader(NamedTuple):
    """A block's number, hash and time."""

    number: int
    hash: str
    time: int


class AuditNode:
    """One node; `name` is what findings call it."""

    def __init__(self, url: str, name: str = "") -> None:
        """Name the node's JSON-RPC address; nothing is asked yet."""
        self._rpc = JsonRpc(url, seconds=ANSWER_SECONDS, most_bytes=MOST_BYTES, name=name)
        self.url, self.name, self._range = url, self._rpc.name, LogRange()
        self._has_block_receipts = True

    def chain_id(self) -> int:
        """Return the chain it is on."""
        with self._rpc.reading():
            return _number(self._one("eth_chainId"))

    def height(self) -> int:
        """Return its newest block's number."""
        with self._rpc.reading():
            return _number(self._one("eth_blockNumber"))

    def header(self, number: int) -> BlockHeader:
        """Return a block's header; raises NodeUnavailable when it has no such block."""
        block = self._one("eth_getBlockByNumber", hex(number), False)
        if not isinstance(block, dict):
            raise NodeUnavailable(f"{self.name} has no block {number}; wait until it has, or ask another node.")
        with self._rpc.reading():
            return BlockHeader(number, str(block["hash"]), _number(block["timestamp"]))

    def code(self, address: str, number: int) -> bytes:
        """Return the code at an address as of a block."""
        with self._rpc.reading():
            return read_data(self._one("eth_getCode", address, hex(number)))

    def balance(self, address: str, number: int) -> int:
        """Return the wei at an address as of a block."""
        with self._rpc.reading():
            return _number(self._one("eth_getBalance", address, hex(number)))

    def answers(self, views: Sequence[View], at: Mapping[str, str], number: int) -> list[bytes | RpcError]:
        """Return the answers of the contracts at these addresses to views as of a block."""
        calls = [({"to": at[view.contract], "data": "0x" + view.data.hex()}, hex(number)) for view in views]
        answers = self.ask([("eth_call", call) for call in calls])
        with self._rpc.reading():
            return [each if isinstance(each, RpcError) else read_data(each) for each in answers]

    def logs(self, addresses: Sequence[str], first: int, last: int) -> list[tuple[int, BlockLog]]:
        """Return the logs of contracts from block `first` to `last`, each with its block, as a search finds them."""

        def search(first: int, last: int) -> list[tuple[int, BlockLog]]:
            span = {"address": list(addresses), "fromBlock": hex(first), "toBlock": hex(last)}
            (found,) = self.ask([("eth_getLogs", (span,))])
            if isinstance(found, RpcError):
                raise LedgerError(f"{self.name} refuses a search for logs ({found.message}); ask another node.")
            with self._rpc.reading():
                return [(_number(log["blockNumber"]), _log(log)) for log in found]

        try:
            return list(self._range.over(first, last, search))
        except LedgerError as error:
            raise NodeUnavailable(str(error)) from error

    def blocks(self, first: int, last: int) -> Iterator[list[Block]]:
        """Yield the blocks from `first` to `last` in order, in groups; the next group is read ahead."""
        groups = self._groups(first, last)
        with ThreadPoolExecutor(1) as ahead:
            coming = ahead.submit(next, groups, None)
            while (group := coming.result()) is not None:
                coming = ahead.submit(next, groups, None)
                yield group

    def _groups(self, first: int, last: int) -> Iterator[list[Block]]:
        for start in range(first, last + 1, BLOCKS_AT_ONCE):
            numbers = range(start, min(start + BLOCKS_AT_ONCE, last + 1))
            found = self.ask([("eth_getBlockByNumber", (hex(number), True)) for number in numbers])
            group, gas = list[Any](), 0
            for block in found:
                if not isinstance(block, dict):
                    raise NodeUnavailable(f"{self.name} has lost a block from {start} on; ask another node.")
                group.append(block)
                with self._rpc.reading():
                    gas += _number(block["gasUsed"])
                if gas > RECEIPTS_GAS:
                    yield self._whole(group)
                    group, gas = [], 0
            if group:
                yield self._whole(group)

    def _whole(self, blocks: Sequence[Any]) -> list[Block]:
        with self._rpc.reading():
            receipts = self._receipts([block for block in blocks if block["transactions"]])
            return [_block(block, receipts) for block in blocks]

    def _receipts(self, blocks: Sequence[Any]) -> dict[str, Any]:
        if self._has_block_receipts:
            answers = self.ask([("eth_getBlockReceipts", (block["number"],)) for block in blocks])
            if all(isinstance(answer, list) for answer in answers):
                return {receipt["transactionHash"]: receipt for answer in answers for receipt in answer}
            self._has_block_receipts = False
        hashes = [sent["hash"] for block in blocks for sent in block["transactions"]]
        answers = self.ask([("eth_getTransactionReceipt", (each,)) for each in hashes])
        return dict(zip(hashes, answers, strict=True))

    def ask(self, calls: Sequence[RpcCall]) -> list[Any]:
        """Return the answers to JSON-RPC calls, in order, an RpcError for each refused; raises NodeUnavailable."""
        return self._rpc.ask(calls)

    def _one(self, method: str, *parameters: Any) -> Any:
        (answer,) = self.ask([(method, parameters)])
        if isinstance(answer, RpcError):
            raise NodeUnavailable(f"{self.name} does not answer {method} ({answer.message}); ask another node.")
        return answer


def _block(block: Any, receipts: Mapping[str, Any]) -> Block:
    sent = tuple(_transaction(each, receipts[each["hash"]]) for each in block["transactions"])
    numbers = _number(block["number"]), _number(block["timestamp"])
    return Block(numbers[0], block["hash"], block["parentHash"], numbers[1], read_data(block["logsBloom"]), sent)


def _transaction(sent: Any, receipt: Any) -> BlockTransaction:
    to = sent.get("to")
    return BlockTransaction(
        sent["hash"],
        _address(sent["from"]),
        _address(to) if to else "",
        _number(sent["value"]),
        read_data(sent["input"]),
        _number(receipt["gasUsed"]),
        _number(receipt["status"]) == 1,
        tuple(_log(log) for log in receipt["logs"]),
    )


def _log(log: Any) -> BlockLog:
    topics = tuple(read_data(topic) for topic in log["topics"])
    return BlockLog(_address(log["address"]), topics, read_data(log["data"]), _number(log["logIndex"]))


def _address(text: str) -> str:
    return checksum_address(read_data(text))


def _number(text: str) -> int:
    return int(text, 16)
