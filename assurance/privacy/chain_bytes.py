"""Every byte that users put on a chain, in pieces: calldata, logs, and writes to storage."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from web3 import Web3
from web3.types import RPCEndpoint

_STEPS: Final = {"disableMemory": True, "disableStorage": True, "disableStack": False}
_DIFFERENCE: Final = {"tracer": "prestateTracer", "tracerConfig": {"diffMode": True}}


@dataclass(frozen=True, slots=True)
class Piece:
    """Contiguous bytes on the chain.

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


def chain_bytes(web3: Web3, first: int, last: int, *, writes: bool = True) -> Iterator[Piece]:
    """Yield the pieces of the blocks from `first` to `last`, without writes to storage if told.

    Writes come from debug_traceTransaction: every write on Ganache, the final values on Anvil. Raises RuntimeError when
    a node does not support it.
    """
    for number in range(first, last + 1):
        for transaction in web3.eth.get_block(number, full_transactions=True)["transactions"]:
            yield from _pieces(web3, transaction, writes)


def _pieces(web3: Web3, transaction: Any, writes: bool) -> Iterator[Piece]:
    where = transaction["hash"].to_0x_hex()
    receipt = web3.eth.get_transaction_receipt(transaction["hash"])
    kind = "call" if transaction["to"] else "creation"
    contract = str(transaction["to"] or receipt["contractAddress"])
    yield Piece(where, kind, contract, bytes(transaction["input"]))
    for log in receipt["logs"]:
        data = b"".join([*map(bytes, log["topics"]), bytes(log["data"])])
        yield Piece(f"{where} log {log['logIndex']}", "log", log["address"], data, len(log["topics"]))
    found = _writes(web3, where, contract) if writes else ()
    for place, (address, key, value) in enumerate(found):
        yield Piece(f"{where} write {place}", "write", address, key + value)


def _writes(web3: Web3, transaction: str, called: str) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield the contract, key and value of each write of a transaction to storage."""
    if "anvil" in web3.client_version:
        changes = _trace(web3, transaction, _DIFFERENCE)["post"]
        for address, account in changes.items():
            for key, value in account.get("storage", {}).items():
                yield Web3.to_checksum_address(address), _word(key), _word(value)
        return
    steps = _trace(web3, transaction, _STEPS)["structLogs"]
    running = [called]  # the contracts that are running, each called by the one before
    for step in steps:
        level = step["depth"] - steps[0]["depth"]
        del running[level + 1 :]
        if step["op"] == "SSTORE":
            yield running[level], _word(step["stack"][-1]), _word(step["stack"][-2])
        elif step["op"] in {"CALL", "STATICCALL"}:
            running.append(Web3.to_checksum_address(_word(step["stack"][-2])[12:]))
        elif step["op"] in {"DELEGATECALL", "CALLCODE", "CREATE", "CREATE2"}:
            raise RuntimeError(f"{transaction} runs code for another contract; extend chain_bytes.py.")


def _trace(web3: Web3, transaction: str, options: Mapping[str, object]) -> Any:
    answer: Any = web3.provider.make_request(RPCEndpoint("debug_traceTransaction"), [transaction, options])
    if not answer.get("result"):
        raise RuntimeError(f"The node does not trace {transaction}; use Ganache or Anvil.")
    return answer["result"]


def _word(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x").rjust(64, "0"))
