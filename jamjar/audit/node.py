"""A member's node as an audit reads it: batches of JSON-RPC calls, with no answer taken on trust.

Logs are read from the receipts of every transaction, so that one which a node leaves out of a search is still found.
Warning: the hash of a header is not computed; it is compared with that on another member's node.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

import requests

from jamjar.audit.block import Block, BlockLog, BlockTransaction
from jamjar.audit.views import View
from jamjar.errors import NodeUnavailable
from jamjar.protocol.address import checksum_address
from jamjar.service.bounded_session import BoundedSession

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


class RpcError(NamedTuple):
    """A node's error for one call: its message."""

    message: str


class AuditNode:
    """One node; `name` is what findings call it."""

    def __init__(self, url: str, name: str = "") -> None:
        """Store the node's JSON-RPC address; nothing is requested yet."""
        self.name = name or url
        self._url = url
        self._session = BoundedSession(ANSWER_SECONDS, MOST_BYTES)
        self._has_block_receipts = True

    def chain_id(self) -> int:
        """Return its chain id."""
        with self._sense():
            return _number(self._one("eth_chainId"))

    def height(self) -> int:
        """Return the number of its newest block."""
        with self._sense():
            return _number(self._one("eth_blockNumber"))

    def header(self, number: int) -> BlockHeader:
        """Return a block's header; raises NodeUnavailable when it has no such block."""
        block = self._one("eth_getBlockByNumber", hex(number), False)
        if not isinstance(block, dict):
            raise NodeUnavailable(f"{self.name} has no block {number}; wait until it has, or ask another node.")
        with self._sense():
            return BlockHeader(number, str(block["hash"]), _number(block["timestamp"]))

    def code(self, address: str, number: int) -> bytes:
        """Return the code at an address as of a block."""
        with self._sense():
            return _bytes(self._one("eth_getCode", address, hex(number)))

    def balance(self, address: str, number: int) -> int:
        """Return the wei at an address as of a block."""
        with self._sense():
            return _number(self._one("eth_getBalance", address, hex(number)))

    def answers(self, views: Sequence[View], at: Mapping[str, str], number: int) -> list[bytes | RpcError]:
        """Return the answers of the contracts at these addresses to views as of a block."""
        calls = [({"to": at[view.contract], "data": "0x" + view.data.hex()}, hex(number)) for view in views]
        answers = self.ask([("eth_call", call) for call in calls])
        with self._sense():
            return [each if isinstance(each, RpcError) else _bytes(each) for each in answers]

    def logs(self, addresses: Sequence[str], first: int, last: int) -> list[tuple[int, BlockLog]]:
        """Return the logs of contracts from block `first` to `last` that a search finds, each with its block number."""
        span = {"address": list(addresses), "fromBlock": hex(first), "toBlock": hex(last)}
        with self._sense():
            return [(_number(log["blockNumber"]), _log(log)) for log in self._one("eth_getLogs", span)]

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
                with self._sense():
                    gas += _number(block["gasUsed"])
                if gas > RECEIPTS_GAS:
                    yield self._whole(group)
                    group, gas = [], 0
            if group:
                yield self._whole(group)

    def _whole(self, blocks: Sequence[Any]) -> list[Block]:
        with self._sense():
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

    def ask(self, questions: Sequence[tuple[str, Sequence[Any]]]) -> list[Any]:
        """Return the results of JSON-RPC calls (method, parameters), in order, an RpcError for each failed one.

        Raises NodeUnavailable when there is no answer, or an invalid one.
        """
        if not questions:
            return []
        asked = [
            {"jsonrpc": "2.0", "id": place, "method": method, "params": list(parameters)}
            for place, (method, parameters) in enumerate(questions)
        ]
        with self._sense():
            answer = self._session.post(self._url, json=asked)
            by_place = {each["id"]: each for each in json.loads(answer.content)}
            found = [by_place[place] for place in range(len(asked))]
            return [each["result"] if "result" in each else RpcError(str(each["error"])) for each in found]

    def _one(self, method: str, *parameters: Any) -> Any:
        (answer,) = self.ask([(method, parameters)])
        if isinstance(answer, RpcError):
            raise NodeUnavailable(f"{self.name} does not answer {method} ({answer.message}); ask another node.")
        return answer

    @contextmanager
    def _sense(self) -> Iterator[None]:
        """Turn every failure to get or read an answer into NodeUnavailable."""
        try:
            yield
        except (requests.RequestException, OSError) as error:
            raise NodeUnavailable(f"{self.name} did not answer ({type(error).__name__}); start or check it.") from error
        except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            kind = type(error).__name__
            raise NodeUnavailable(f"The answer of {self.name} is invalid ({kind}); ask another node.") from error


def _block(block: Any, receipts: Mapping[str, Any]) -> Block:
    sent = tuple(_transaction(each, receipts[each["hash"]]) for each in block["transactions"])
    numbers = _number(block["number"]), _number(block["timestamp"])
    return Block(numbers[0], block["hash"], block["parentHash"], numbers[1], _bytes(block["logsBloom"]), sent)


def _transaction(sent: Any, receipt: Any) -> BlockTransaction:
    to = sent.get("to")
    return BlockTransaction(
        sent["hash"],
        _address(sent["from"]),
        _address(to) if to else "",
        _number(sent["value"]),
        _bytes(sent["input"]),
        _number(receipt["gasUsed"]),
        _number(receipt["status"]) == 1,
        tuple(_log(log) for log in receipt["logs"]),
    )


def _log(log: Any) -> BlockLog:
    topics = tuple(_bytes(topic) for topic in log["topics"])
    return BlockLog(_address(log["address"]), topics, _bytes(log["data"]), _number(log["logIndex"]))


def _address(text: str) -> str:
    return checksum_address(_bytes(text))


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))


def _number(text: str) -> int:
    return int(text, 16)
