"""A development node: it may make a block only when it is sent a transaction, and makes one when asked."""

from typing import Any, Final

from jamjar.errors import InvalidInput, NodeUnavailable
from jamjar.service.json_rpc import JsonRpc, RpcError

ANSWER_SECONDS: Final = 10
KINDS: Final = {
    "anvil": "Anvil",
    "hardhatnetwork": "Hardhat",
    "ganache": "Ganache",
    "ethereumjs testrpc": "Ganache",
    "pyrevm": "pyrevm",
}
"""How the answer to web3_clientVersion begins, in lower case, and what the node is called."""


class DevelopmentNode:
    """One node, as to how it makes blocks; every method raises NodeUnavailable when it does not answer."""

    def __init__(self, url: str) -> None:
        """Name the node's JSON-RPC address; nothing is asked yet."""
        self._rpc = JsonRpc(url, seconds=ANSWER_SECONDS, name="The node")

    def kind(self) -> str:
        """Return what kind of development node it is, "" for any other node."""
        version = str(self._answer("web3_clientVersion")).lower()
        return next((name for beginning, name in KINDS.items() if version.startswith(beginning)), "")

    def waits(self) -> bool:
        """Return whether it makes no block by itself; Anvil says so, and others of its kind do unless they were told.

        Hardhat and Ganache do not tell whether they were started with a time between blocks.
        """
        kind = self.kind()
        if kind != "Anvil":
            return bool(kind)
        interval = self._rpc.one("anvil_getIntervalMining")
        return isinstance(interval, RpcError) or not interval

    def mine(self) -> None:
        """Have it make a block; raises InvalidInput where it does not."""
        answer = self._rpc.one("evm_mine")
        if isinstance(answer, RpcError):
            raise InvalidInput(f"The node makes no block when asked ({answer.message}); leave out --mine, and wait.")

    def check(self) -> None:
        """Raise InvalidInput unless it makes a block when asked."""
        if not self.kind():
            raise InvalidInput("The node is no development node and makes no block when asked; leave out --mine.")

    def _answer(self, method: str, *parameters: Any) -> Any:
        answer = self._rpc.one(method, *parameters)
        if isinstance(answer, RpcError):
            raise NodeUnavailable(f"The node refuses {method} ({answer.message}); check it.")
        return answer
