"""What the chain in this process reads and writes: signed transactions, logs, and the Bloom filter of these."""

from typing import Any, NamedTuple

import rlp  # type: ignore[import-untyped]
from eth_account import Account
from eth_account.typed_transactions.typed_transaction import TypedTransaction
from hexbytes import HexBytes

from jamjar.crypto.hashing import keccak256
from jamjar.protocol.address import checksum_address
from jamjar.sandbox.anvil import CHAIN_ID
from jamjar.service.json_rpc import write_data


class EvmRefusal(Exception):
    """What the chain refuses: a message, and the data of a revert, as 0x hex."""

    def __init__(self, message: str, data: str | None = None) -> None:
        super().__init__(message)
        self.data = data


class SentTransaction(NamedTuple):
    """A signed transaction as it came."""

    hash: str
    sender: str
    nonce: int
    gas: int
    to: str
    value: int
    data: bytes


def read(raw: HexBytes) -> SentTransaction:
    """Read a signed transaction, legacy (EIP-155) or typed (EIP-2718); raises EvmRefusal."""
    try:
        sender, digest = str(Account.recover_transaction(raw)), write_data(keccak256(bytes(raw)))
        if raw[0] < 0x80:
            fields = TypedTransaction.from_bytes(raw).as_dict()
            chain = int(fields["chainId"])
            nonce, gas, to, value, data = (fields[name] for name in ("nonce", "gas", "to", "value", "data"))
        else:
            nonce, _, gas, to, value, data = (fields := rlp.decode(bytes(raw)))[:6]
            chain = (int.from_bytes(fields[6], "big") - 35) // 2  # EIP-155
            nonce, gas, value = (int.from_bytes(each, "big") for each in (nonce, gas, value))
        if chain != CHAIN_ID:
            raise EvmRefusal(f"invalid sender: the transaction is for chain {chain}, and this is {CHAIN_ID}")
        at = checksum_address(HexBytes(to)) if to else ""
        return SentTransaction(digest, sender, nonce, gas, at, value, bytes(HexBytes(data)))
    except EvmRefusal:
        raise
    except Exception as error:  # whatever its libraries raise for bytes that are no transaction
        raise EvmRefusal(f"this is no signed transaction ({type(error).__name__})") from error


def log_of(number: int, log: Any) -> dict[str, Any]:
    """Return a log of pyrevm as JSON-RPC has it, with its place in the block, which has one transaction."""
    topics, data = log.data
    return {"logIndex": hex(number), "address": log.address, "topics": [write_data(bytes(each)) for each in topics],
            "data": write_data(bytes(data))}  # fmt: skip


def matches(topics: list[str], asked: list[list[str] | None]) -> bool:
    """Whether a log has, in each place that is asked about, one of the topics."""
    pairs = zip(topics, asked, strict=False)
    return len(topics) >= len(asked) and all(any_of is None or one in any_of for one, any_of in pairs)


def bloom(logs: list[dict[str, Any]]) -> str:
    """Return the Bloom filter of logs (Yellow Paper, section 4.3.1)."""
    bits = 0
    for entry in (each for log in logs for each in (log["address"], *log["topics"])):
        digest = keccak256(HexBytes(entry))
        for start in (0, 2, 4):
            bits |= 1 << (int.from_bytes(digest[start : start + 2], "big") & 2047)
    return write_data(bits.to_bytes(256, "big"))
