"""One event as a leaf of the log: canonical JSON of what a node reports about it.

    {"block":7,"block_hash":"0x...","chain":1337,"contract":"0x...","data":"0x...","format":"jamjar.event.1",
     "index":0,"time":1800000000,"topics":["0x..."],"transaction":"0x..."}

Keys are sorted, there are no spaces, and every byte string is 0x and lower-case hex. From a log of `eth_getLogs` (of
the five contracts, ordered by block and log index): `address`, `blockHash`, `blockNumber`, `data`, `logIndex`,
`topics`, `transactionHash` as they stand there, the three numbers in decimal; `time` is the `timestamp` of
`eth_getBlockByHash`, `chain` the answer to `eth_chainId`. The leaf's hash is SHA-256(0x00 || these bytes).
"""

from dataclasses import dataclass, field
from typing import Any, Final

from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput

FORMAT: Final = "jamjar.event.1"
MAX_BYTES: Final = 2**16 - 1
"""The longest leaf: a bundle of the log has two bytes for its length (C2SP tlog-tiles, log entries)."""
_FIELDS: Final = (
    "format",
    "chain",
    "contract",
    "block",
    "block_hash",
    "time",
    "transaction",
    "index",
    "topics",
    "data",
)
_LARGEST: Final = 2**53


@dataclass(frozen=True, slots=True)
class RawEvent:
    """One log of a contract as it stands on the ledger; `index` is its place in the block, `time` in Unix seconds.

    Raises InvalidInput for values that no node reports.
    """

    chain: int
    contract: bytes
    block: int
    block_hash: bytes
    time: int
    transaction: bytes
    index: int
    topics: tuple[bytes, ...]
    data: bytes = field(repr=False)

    def __post_init__(self) -> None:
        numbers = (self.chain, self.block, self.time, self.index)
        if any(type(number) is not int or not 0 <= number < _LARGEST for number in numbers):
            raise InvalidInput("A number of an event is out of range; read it from the node again.")
        words = (self.block_hash, self.transaction, *self.topics)
        if any(type(word) is not bytes or len(word) != 32 for word in words) or len(self.topics) > 4:
            raise InvalidInput("A hash or topic of an event is not 32 bytes; read it from the node again.")
        if type(self.contract) is not bytes or len(self.contract) != 20 or type(self.data) is not bytes:
            raise InvalidInput("The contract of an event is not 20 bytes; read it from the node again.")

    @property
    def place(self) -> tuple[int, int]:
        """Its position in the order of the log: block, then index."""
        return self.block, self.index

    def concerns(self, consent: bytes) -> bool:
        """Return whether its first indexed argument is this consent, an address of 20 bytes."""
        return len(self.topics) > 1 and self.topics[1] == consent.rjust(32, b"\0")

    def to_bytes(self) -> bytes:
        """Return the leaf; raises InvalidInput for one of more than 65,535 bytes."""
        values = {
            "format": FORMAT,
            "chain": self.chain,
            "contract": _hex(self.contract),
            "block": self.block,
            "block_hash": _hex(self.block_hash),
            "time": self.time,
            "transaction": _hex(self.transaction),
            "index": self.index,
            "topics": [_hex(topic) for topic in self.topics],
            "data": _hex(self.data),
        }
        leaf = strict_json.dumps(values).encode("ascii")
        if len(leaf) > MAX_BYTES:
            raise InvalidInput(f"The event at {self.place} is too long for a leaf; report it, as no log can hold it.")
        return leaf


def from_bytes(leaf: bytes) -> RawEvent:
    """Return the event in a leaf; raises InvalidInput for bytes that `to_bytes` never writes."""
    try:
        text = leaf.decode("ascii")
    except UnicodeDecodeError:
        raise InvalidInput("The leaf is not ASCII; take it from the log again.") from None
    found = strict_json.fields(strict_json.loads(text, "The leaf"), "The leaf", *_FIELDS)
    if found["format"] != FORMAT:
        raise InvalidInput(f"The leaf is not in the format {FORMAT}; choose the right log, or update Jamjar.")
    topics = tuple(_bytes(topic) for topic in strict_json.items(found["topics"], "The topics"))
    event = RawEvent(
        found["chain"],
        _bytes(found["contract"]),
        found["block"],
        _bytes(found["block_hash"]),
        found["time"],
        _bytes(found["transaction"]),
        found["index"],
        topics,
        _bytes(found["data"]),
    )
    if event.to_bytes() != leaf:
        raise InvalidInput("The leaf is not in its canonical form; read it from the log again.")
    return event


def _hex(value: bytes) -> str:
    return "0x" + value.hex()


def _bytes(text: Any) -> bytes:
    try:
        return bytes.fromhex(text[2:]) if isinstance(text, str) else b""
    except ValueError:
        return b""  # when encoded again, it differs from what was read
