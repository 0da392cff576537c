"""Reads the gas of calls by the size of their input, and what hostile items in a batch cost their carrier."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import brownie
from web3.types import Wei

from benchmarks.gas.meter import Meter
from jamjar.protocol.settings import DAY, MOST_ITEMS
from jamjar.protocol.signing import ConsentKey
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Message, Withdraw

BLOCK_GAS = 30_000_000
SIZES = (1, 16, 64, MOST_ITEMS)
HOSTILE = 64
"""The number of hostile items in a batch, after one good item."""


@dataclass(frozen=True, slots=True)
class Row:
    """One call: its name, the size of its input, its gas; `items` is 0 where the input is bytes."""

    call: str
    size: int
    gas: int
    items: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of batch: its function, its sender, and how good and hostile items are made."""

    call: Callable[..., Any]
    sender: Any
    good: Callable[[ConsentKey], tuple[Any, ...]]
    hostile: dict[str, Callable[[ConsentKey], tuple[Any, ...]]]


class HostileMeter(Meter):
    """Sends batches of every size, and batches of hostile items, to a consortium with one adviser."""

    def measure_growth(self) -> list[Row]:
        """Return the gas of each call by the size of its input, up to the largest."""
        rows = self._texts()
        for name in self._kinds():
            for size in SIZES:
                good = self._kinds()[name].good
                gas = self._sent(name, [good(key) for key in self._ready(name, size)], rejected=0)
                rows.append(Row(name, size, gas, size))
        return rows

    def measure_hostile(self) -> list[Row]:
        """Return the gas that a hostile item of each kind, and a good one, adds to a batch of each function."""
        rows = []
        for name, kind in self._kinds().items():
            alone = self._sent(name, [kind.good(self._ready(name, 1)[0])], rejected=0)
            for what, make in {"a good item": kind.good, **kind.hostile}.items():
                first = kind.good(self._ready(name, 1)[0])
                keys = self._ready(name, HOSTILE) if what not in UNREADY else [self._key() for _ in range(HOSTILE)]
                rejected = HOSTILE if what in kind.hostile else 0
                gas = self._sent(name, [first, *map(make, keys)], rejected)
                rows.append(Row(f"{name}: {what}", 1, (gas - alone) // HOSTILE, 1))
        return rows

    # ------------------------------------------------------------------ sending

    def _sent(self, name: str, items: list[tuple[Any, ...]], rejected: int) -> int:
        """Send a batch, of which `rejected` items must be rejected; return the gas it used."""
        kind = self._kinds()[name]
        receipt = self._mined(kind.call, kind.sender, items)
        found = sum(log["topics"][0] in self._rejections() for log in receipt["logs"])
        if receipt["status"] != 1 or found != rejected:
            raise RuntimeError(
                f"{found} of {len(items)} items of a {name} were rejected, not {rejected}; correct the items."
            )
        return int(receipt["gasUsed"])

    def _mined(self, call: Any, sender: Any, argument: Any) -> Any:
        """Send without Brownie, which on a busy machine may treat a large transaction as dropped."""
        self._next_block()
        to, data, eth = call._address, call.encode_input(argument), brownie.web3.eth
        sent = eth.send_transaction({"from": str(sender), "to": to, "data": data, "gas": BLOCK_GAS, "gasPrice": Wei(0)})
        return eth.wait_for_transaction_receipt(sent)

    def _rejections(self) -> set[bytes]:
        s = self.system
        topics = [topic for contract in (s.consents, s.commitments, s.advice) for topic in contract.topics.items()]
        return {bytes.fromhex(topic[2:]) for name, topic in topics if name.endswith("Rejected")}

    def _texts(self) -> list[Row]:
        """Return the gas of the calls that take bytes: names and encryption keys."""
        c, own, rows = self.system.consortium, self.accounts[2], []
        roles = [c.SPONSOR(), c.ADVISER(), c.AUDITOR(), c.OPERATOR(), c.COUNCIL()]
        for number, (name, count, key) in enumerate([(1, 0, 32), (64, 5, 32), (64, 5, 4096)], start=900):
            admission = (number, chr(number % 26 + 97) * name, roles[:count], f"0x{number:040x}", b"\xff" * key)
            self._decide("admit", c.admit, admission)
            size = name + 32 * count + key
            rows += [Row(f"{what} admit", size, self.gas[f"{what} (admit)"]) for what in ("propose", "execute")]
        for key in (32, 1024, 4096):
            self._do("changeEncryptionKey", c.changeEncryptionKey, b"\xfe" * key, by=own)
            rows.append(Row("changeEncryptionKey", key, self.gas["changeEncryptionKey"]))
        for name in (1, 64):
            self._do("rename", c.rename, "t" * name, by=own)
            rows.append(Row("rename", name, self.gas["rename"]))
        return rows

    def _ready(self, name: str, count: int) -> list[ConsentKey]:
        """Return keys with live consents, and with advice for a batch of acknowledgements."""
        keys, s, adviser = [self._key() for _ in range(count)], self.system, self.accounts[2]
        if name == "grantBatch":
            return keys
        self._mined(s.consents.grantBatch, self.accounts[1], [self._grant(key) for key in keys])
        self._skip(3600)
        for key in keys if name == "acknowledgeBatch" else ():
            self._mined(s.advice.record, adviser, _advice(key))
        return keys

    def _kinds(self) -> dict[str, Kind]:
        s, carrier, adviser = self.system, self.accounts[1], self.accounts[2]
        return {
            "grantBatch": Kind(
                s.consents.grantBatch, carrier, self._grant,
                {
                    "signed by another key": lambda key: self._forged(self._grant_of(key)),
                    "the largest numbers": lambda key: self._forged(_largest_grant(key)),
                    "a recipient that nobody knows, each another": lambda key: self._grant(
                        key, recipient=int(key.address[-8:], 16)
                    ),
                },
            ),
            "withdrawBatch": Kind(
                s.consents.withdrawBatch, carrier,
                lambda key: (key.address, self._signature(key, Withdraw(key.address))),
                {
                    "signed by another key": lambda key: (key.address, self._forged(Withdraw(key.address))[1]),
                    "no signature": lambda key: (key.address, (b"\xff" * 32, b"\xff" * 32)),
                },
            ),
            "useBatch": Kind(
                s.consents.useBatch, adviser, lambda key: (key.address, b"\x11" * 32),
                {"an unknown consent": lambda key: (key.address, b"\xff" * 32)},
            ),
            "commitBatch": Kind(
                s.commitments.commitBatch, carrier, lambda key: self._item(key, _commit(key)),
                {
                    "signed by another key": lambda key: self._forged(_commit(key)),
                    "another head": lambda key: self._item(key, Commit(key.address, b"\xfe" * 32, b"\xff" * 32)),
                    "an unknown consent": lambda key: self._item(key, _commit(key)),
                },
            ),
            "acknowledgeBatch": Kind(
                s.advice.acknowledgeBatch, carrier, lambda key: self._item(key, Acknowledge(*_advice(key))),
                {
                    "signed by another key": lambda key: self._forged(Acknowledge(*_advice(key))),
                    "unknown advice": lambda key: self._item(key, Acknowledge(key.address, b"\xff" * 32, b"\xfe" * 32)),
                },
            ),
        }  # fmt: skip

    def _grant_of(self, key: ConsentKey) -> Grant:
        return Grant(*self._grant(key)[0])

    def _forged(self, message: Message) -> tuple[Any, ...]:
        """Return a message as a batch item, signed by another key than the consent's."""
        return self._item(self._key(), message)


UNREADY = {"an unknown consent", "unknown advice"}
"""Hostile items that name what does not exist."""


def _commit(key: ConsentKey) -> Commit:
    return Commit(key.address, b"\x11" * 32, bytes(32))


def _advice(key: ConsentKey) -> tuple[str, bytes, bytes]:
    return key.address, b"\x11" * 32, b"\x22" * 32


def _largest_grant(key: ConsentKey) -> Grant:
    now = brownie.chain.time()
    return Grant(key.address, 2, 2**40 - 1, 2**40 - 1, now + 80 * DAY, 2**16 - 1, b"\xff" * 32)
