"""Every byte that users put on a chain, in pieces: calldata, logs, and what was written to storage."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from web3 import Web3
from web3.types import RPCEndpoint

_TRACE: Final = {"disableMemory": True, "disableStorage": True, "disableStack": False}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some bytes that lie together on the chain.

    where     the transaction, and the log or write in it
    kind      "creation" or "call" (calldata), "log" (topics, then data), "write" (storage key, then value)
    contract  the address of the contract concerned
    topics    how many 32-byte topics a log begins with
    """

    where: str
    kind: str
    contract: str
    data: bytes = field(repr=False)
    topics: int = 0


def chain_bytes(web3: Web3, first: int, last: int) -> Iterator[Piece]:
    """Yield the pieces of the blocks from `first` to `last`.

    Writes come from debug_traceTransaction with the stack, which Ganache always answers, and Anvil when started with
    --steps-tracing. Raises RuntimeError when a node answers without steps: then nothing is known of storage.
    """
    for number in range(first, last + 1):
        for transaction in web3.eth.get_block(number, full_transactions=True)["transactions"]:
            yield from _pieces(web3, transaction)


def _pieces(web3: Web3, transaction: Any) -> Iterator[Piece]:
    where = transaction["hash"].to_0x_hex()
    receipt = web3.eth.get_transaction_receipt(transaction["hash"])
    kind = "call" if transaction["to"] else "creation"
    contract = transaction["to"] or receipt["contractAddress"]
    yield Piece(where, kind, contract, bytes(transaction["input"]))
    for log in receipt["logs"]:
        data = b"".join([*map(bytes, log["topics"]), bytes(log["data"])])
        yield Piece(f"{where} log {log['logIndex']}", "log", log["address"], data, len(log["topics"]))
    # The contracts call each other's views only, so whatever is written belongs to the contract that was called.
    for place, (key, value) in enumerate(_writes(web3, where)):
        yield Piece(f"{where} write {place}", "write", contract, key + value)


def _writes(web3: Web3, transaction: str) -> Iterator[tuple[bytes, bytes]]:
    answer: Any = web3.provider.make_request(RPCEndpoint("debug_traceTransaction"), [transaction, _TRACE])
    steps = answer.get("result", {}).get("structLogs")
    if not steps:
        raise RuntimeError(f"The node traces no steps of {transaction}: use Ganache, or Anvil with --steps-tracing.")
    outer = steps[0]["depth"]
    for step in steps:
        if step["op"] == "SSTORE":
            if step["depth"] != outer:
                raise RuntimeError(f"{transaction} writes to another contract than the one called.")
            yield _word(step["stack"][-1]), _word(step["stack"][-2])


def _word(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x").rjust(64, "0"))
