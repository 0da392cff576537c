"""Blocks in memory, and what stands in a signed transaction of the oldest kind."""

from dataclasses import dataclass, field
from functools import cache

import rlp
from eth_account import Account

from jamjar.crypto.hashing import keccak256
from jamjar.relayer.node_port import Mined


@dataclass
class Block:
    hash: bytes
    raws: list[bytes]
    mined: dict[bytes, Mined] = field(default_factory=dict)


def paid(blocks: list[Block], account: str) -> int:
    """Return the wei that an account paid for gas."""
    mined = {digest: each for block in blocks for digest, each in block.mined.items()}
    raws = (raw for block in blocks for raw in block.raws if price_of(raw) and key_of(raw)[0] == account)
    return sum(price_of(raw) * mined[keccak256(raw)].gas_used for raw in raws)


@cache
def key_of(raw: bytes) -> tuple[str, int]:
    return Account.recover_transaction(raw), int.from_bytes(rlp.decode(raw)[0], "big")


@cache
def gas_of(raw: bytes) -> int:
    return int.from_bytes(rlp.decode(raw)[2], "big")


@cache
def price_of(raw: bytes) -> int:
    return int.from_bytes(rlp.decode(raw)[1], "big")
