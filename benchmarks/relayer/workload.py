"""A workload for relayers: claimants with live consents on a private node, and the ceiling of that node.

The ceiling is the rate for the same number of commitments in the same batches, as raw transactions signed beforehand
and sent to the same node from the same accounts. The node mines in the same way for both, at once or a block each
second; when it mines at once, it also mines an empty block each tenth of a second, so that records reach their depth.
"""

import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import perf_counter, sleep
from typing import Any, Final

from eth_account import Account
from eth_account.signers.local import LocalAccount

from jamjar.audit.node import AuditNode
from jamjar.errors import NodeUnavailable
from jamjar.protocol import signed_message
from jamjar.protocol.settings import DAY
from jamjar.protocol.signing import ConsentKey, SignedMessage
from jamjar.protocol.typed_data import Commit, Grant
from jamjar.relayer import calldata
from jamjar.sandbox.local_chain import ADVISER, LocalChain

OPTIONS: Final = ("--prune-history", "16")
"""The node keeps the state of the last blocks only; with none, a read of the newest block would race with mining."""
BATCH: Final = 100
GAS_LIMIT: Final = 30_000_000
GRANT_GAS: Final = 5_500_000
COMMIT_GAS: Final = 4_500_000
PRICE: Final = 10**9
ACCOUNTS: Final = 3
BEAT: Final = 0.1
ANSWERS_AT_ONCE: Final = 10
DEPTH: Final = 2


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast messages were recorded, and how full their blocks were.

    seconds      from sending the first transaction until the last was mined, with DEPTH blocks on it
    gas          used by all of them
    block_share  the gas as a share of the limits of their blocks
    """

    messages: int
    seconds: float
    gas: int
    block_share: float

    @property
    def per_second(self) -> float:
        """Messages recorded a second."""
        return self.messages / self.seconds


class Stage:
    """Claimants whose consents are live, on a node with the contracts, and accounts that carry for them."""

    def __init__(self, chain: LocalChain, claimants: int) -> None:
        self.chain, self.url = chain, chain.node.name
        self.keys = self.chain.keys(claimants)
        self._heads = {key.address: bytes(32) for key in self.keys}
        self.accounts: list[LocalAccount] = [Account.create() for _ in range(ACCOUNTS)]
        for account in self.accounts:
            self.chain.ask("anvil_setBalance", account.address, hex(10**24))
        self._grant()
        self.chain.wait_until(self.chain.now() + 120)
        self.chain.ask("evm_setBlockGasLimit", hex(GAS_LIMIT))

    def _grant(self) -> None:
        at_once, to = 7 * BATCH, self.chain.at[calldata.contract_of("Grant")]
        for first in range(0, len(self.keys), at_once):
            begins = self.chain.now() + 60
            grants = [self._granted(key, begins) for key in self.keys[first : first + at_once]]
            calls = [self.call(grants[start : start + BATCH]) for start in range(0, len(grants), BATCH)]
            carrying = {"from": self.chain.accounts[1], "to": to, "gas": hex(GRANT_GAS)}
            receipts = self.chain.mine([{**carrying, "data": f"0x{call.hex()}"} for call in calls])
            assert all(receipt["status"] == "0x1" for receipt in receipts), "the grants reverted"

    def _granted(self, key: ConsentKey, begins: int) -> SignedMessage:
        ends, terms = begins + 180 * DAY, secrets.token_bytes(32)
        return self.chain.signed(key, Grant(key.address, ADVISER, begins, ends, begins + 80 * DAY, 1000, terms))

    def call(self, batch: Sequence[SignedMessage]) -> bytes:
        """Return the call that carries a batch."""
        kind = type(batch[0].message).__name__
        return calldata.batch([calldata.load_of(0, kind, each.message.consent, 0, self.text(each)) for each in batch])

    def commitments(self, claimants: slice = slice(None)) -> list[SignedMessage]:
        """Return the next commitment of each of these claimants, signed."""
        made = []
        for key in self.keys[claimants]:
            root, at = secrets.token_bytes(32), key.address
            made.append(self.chain.signed(key, Commit(at, root, self._heads[at])))
            self._heads[at] = root
        return made

    def text(self, signed: SignedMessage) -> str:
        """Return a message as the relayer takes it: a jamjar.signed.1."""
        return signed_message.to_json(signed, self.chain.deployment.domain_of(type(signed.message)))

    def raw(self, commitments: Sequence[SignedMessage]) -> list[tuple[str, str]]:
        """Return transactions that record commitments in batches, signed by the carrying accounts in turn: raw, hash.

        A relayer's first account carries only urgent messages, so the other accounts sign.
        """
        carrying = self.accounts[1:]
        nonces = [int(self.chain.ask("eth_getTransactionCount", each.address, "latest"), 16) for each in carrying]
        made = []
        for place, start in enumerate(range(0, len(commitments), BATCH)):
            turn, some = place % len(carrying), commitments[start : start + BATCH]
            fields: dict[str, Any] = {"nonce": nonces[turn], "gas": COMMIT_GAS, "gasPrice": PRICE, "value": 0}
            to = self.chain.at[calldata.contract_of("Commit")]
            fields |= {"to": to, "data": self.call(some), "chainId": self.chain.deployment.chain_id}
            signed = carrying[turn].sign_transaction(fields)
            nonces[turn] += 1
            made.append((f"0x{signed.raw_transaction.hex()}", f"0x{signed.hash.hex()}"))
        return made

    def ceiling(self, commitments: Sequence[SignedMessage]) -> Pace:
        """Return the pace at which the node records these commitments from raw transactions, several to a request."""
        prepared, first = self.raw(commitments), self.chain.node.height() + 1
        began = perf_counter()
        for start in range(0, len(prepared), ANSWERS_AT_ONCE):
            some = prepared[start : start + ANSWERS_AT_ONCE]
            self.chain.node.ask([("eth_sendRawTransaction", [raw]) for raw, _ in some])
        missing = [name for _, name in prepared]
        while missing := self._not_mined(missing):
            sleep(0.002)
        last = self.chain.node.height()
        while self.chain.node.height() < last + DEPTH:
            sleep(0.01)
        return self.pace(len(commitments), perf_counter() - began, first)

    def _not_mined(self, names: list[str]) -> list[str]:
        """Return those that are not mined; as long as the last is missing, the others are not asked for."""
        if self.chain.ask("eth_getTransactionReceipt", names[-1]) is None:
            return names
        found = self.chain.node.ask([("eth_getTransactionReceipt", [name]) for name in names])
        return [name for name, receipt in zip(names, found, strict=True) if receipt is None]

    def pace(self, messages: int, seconds: float, first: int) -> Pace:
        """Return the pace of what was recorded from block `first` on."""
        numbers = range(first, self.chain.node.height() + 1)
        blocks = self.chain.node.ask([("eth_getBlockByNumber", [hex(number), False]) for number in numbers])
        used = [int(block["gasUsed"], 16) for block in blocks]
        full = [gas for gas in used if gas]
        return Pace(messages, seconds, sum(used), sum(full) / (len(full) * GAS_LIMIT))

    @contextmanager
    def mining(self, interval: int) -> Iterator[None]:
        """Have the node mine every `interval` seconds during the block; at once if 0."""
        self.chain.ask("evm_setIntervalMining", interval) if interval else self.chain.ask("evm_setAutomine", True)
        done = threading.Event()
        beating = threading.Thread(target=self._beat, args=(done,))
        if not interval:
            beating.start()
        try:
            yield
        finally:
            done.set()
            if not interval:
                beating.join()
            self.chain.ask("evm_setAutomine", False)
            self.chain.ask("evm_setIntervalMining", 0)

    def _beat(self, done: threading.Event) -> None:
        node = AuditNode(self.url)  # a connection of its own
        while not done.wait(BEAT):
            with suppress(NodeUnavailable):
                node.ask([("evm_mine", [])])


def rounded(values: dict[str, Any]) -> dict[str, Any]:
    """Return figures rounded to four decimal places."""
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in values.items()}
