"""How fast a network's nodes record batches from raw transactions, and what that adds to each node's disk."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from eth_account.signers.local import LocalAccount

from jamjar.network.engine import NetworkError
from jamjar.protocol.calldata import data_of
from jamjar.protocol.calls import batch_of
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.signing import SignedMessage
from jamjar.service.json_rpc import JsonRpc, RpcError

BATCH: Final = 50
"""Half of what a relayer sends at most: Kaia bounds the computation of a transaction, whatever its gas."""
GAS: Final = 6_000_000
PATIENCE_SECONDS: Final = 240.0


@dataclass(frozen=True, slots=True)
class Recorded:
    """Messages that every node has: in how many seconds since the first was sent, with what gas, in how many blocks.

    limit  the gas limit of a block, as a node says it
    """

    messages: int
    seconds: float
    gas: int
    blocks: int
    limit: int

    @property
    def per_second(self) -> float:
        """Messages recorded a second."""
        return self.messages / self.seconds


@dataclass(slots=True)
class Recorder:
    """Sends batches from one account to the first of some nodes, and waits until all of them have the last."""

    deployment: Deployment
    account: LocalAccount
    nodes: Sequence[JsonRpc] = field(repr=False)

    def record(self, messages: Sequence[SignedMessage]) -> Recorded:
        """Record messages of one kind in batches; raises NetworkError when a node does not, or one is refused."""
        nonce, first = int(self.ask("eth_getTransactionCount", self.account.address, "latest"), 16), self.height() + 1
        raw = [
            self._raw(messages[at : at + BATCH], nonce + place)
            for place, at in enumerate(range(0, len(messages), BATCH))
        ]
        began = time.perf_counter()
        names = [str(self.ask("eth_sendRawTransaction", each)) for each in raw]
        for node in self.nodes:
            self._await(node, names[-1])
        seconds = time.perf_counter() - began
        receipts = [self.ask("eth_getTransactionReceipt", name) for name in names]
        refused = [receipt for receipt in receipts if receipt["status"] != "0x1"]
        if refused:
            first_one = f"{int(refused[0]['gasUsed'], 16):,} gas, error {refused[0].get('txError')}"
            why = f"{len(refused)} of {len(receipts)}, the first with {first_one}"
            raise NetworkError(f"Batches were refused: {why}; look for their transactions, and measure again.")
        last = int(receipts[-1]["blockNumber"], 16)
        limit = int(self.ask("eth_getBlockByNumber", hex(last), False)["gasLimit"], 16)
        gas = sum(int(receipt["gasUsed"], 16) for receipt in receipts)
        return Recorded(len(messages), seconds, gas, last - first + 1, limit)

    def height(self) -> int:
        """Return the first node's newest block."""
        return int(self.ask("eth_blockNumber"), 16)

    def ask(self, method: str, *parameters: Any) -> Any:
        """Return the first node's answer; raises NetworkError when it refuses."""
        return _answer(self.nodes[0], method, *parameters)

    def _raw(self, batch: Sequence[SignedMessage], nonce: int) -> str:
        contract, function, arguments = batch_of(batch)
        fields: dict[str, Any] = {"nonce": nonce, "gas": GAS, "gasPrice": 0, "value": 0}
        fields |= {"to": self.deployment.contracts()[contract].address, "chainId": self.deployment.chain_id}
        fields["data"] = data_of(contract, function, *arguments)
        return "0x" + self.account.sign_transaction(fields).raw_transaction.hex()

    def _await(self, node: JsonRpc, name: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while _answer(node, "eth_getTransactionReceipt", name) is None:
            if time.monotonic() > deadline:
                raise NetworkError(f"{node.name} has no batch after {PATIENCE_SECONDS:.0f} s; ask the doctor.")
            time.sleep(0.02)


def _answer(node: JsonRpc, method: str, *parameters: Any) -> Any:
    answer = node.one(method, *parameters)
    if isinstance(answer, RpcError):
        raise NetworkError(f"{node.name} refuses {method} ({answer.message}); look at its log.")
    return answer
