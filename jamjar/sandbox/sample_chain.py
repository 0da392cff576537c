"""The chain of a sample network: accounts whose keys are held here, and time that passes on it."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from eth_account import Account
from eth_account.hdaccount import key_from_seed
from eth_account.hdaccount.mnemonic import Mnemonic
from eth_account.signers.local import LocalAccount

from jamjar.errors import InvalidInput, NodeUnavailable
from jamjar.service.json_rpc import JsonRpc, RpcError

MNEMONICS: Final = ("brownie", "test " * 11 + "junk")
"""The mnemonics of Ganache, as Brownie starts it, and of Anvil and Hardhat."""
ANSWER_SECONDS: Final = 60
REAL_SECONDS: Final = 600
"""The longest wait on a node whose clock cannot be turned."""


class SampleChain:
    """A node by its address; `turns` says whether its clock can be turned forward."""

    def __init__(self, url: str) -> None:
        """Ask the node what it is; raises NodeUnavailable."""
        self.url, self._rpc = url, JsonRpc(url, seconds=ANSWER_SECONDS, name="The node")
        self.turns = not isinstance(self._rpc.one("evm_increaseTime", 0), RpcError)

    def keys(self, count: int) -> list[LocalAccount]:
        """Return accounts with their keys: those that a development node funded, else new ones where gas is free.

        Raises InvalidInput where gas is not free and the node funded none that is known here.
        """
        for words in MNEMONICS:
            found = keys_of(words, count)
            if all(int(self.ask("eth_getBalance", each.address, "latest"), 16) for each in found):
                return found
        if int(self.ask("eth_gasPrice"), 16):
            raise InvalidInput(
                "Gas has a price on this node, and it funds no account whose key is known here; start Ganache with "
                "Brownie, or Anvil or Hardhat with their own accounts, or use a network on which gas is free."
            )
        return [Account.from_key(secrets.token_bytes(32)) for _ in range(count)]

    def time(self) -> int:
        """Return the newest block's time."""
        return int(self.ask("eth_getBlockByNumber", "latest", False)["timestamp"], 16)

    def mine(self) -> None:
        """Have a development node make a block; on another, wait for one."""
        before = int(self.ask("eth_blockNumber"), 16)
        if self.turns:
            self.ask("evm_mine")
        while int(self.ask("eth_blockNumber"), 16) == before:
            time.sleep(0.1)

    def wait(self, seconds: int) -> None:
        """Let time pass until so many seconds from now, the later of this machine's clock and the chain's.

        Where the node's clock cannot be turned, it waits in reality; raises InvalidInput for more than ten minutes.
        """
        behind = max(0, int(time.time()) - self.time())  # a chain without blocks is behind
        until = self.time() + behind + seconds
        if self.turns:
            self._turn(seconds + behind)
            while (left := until - self.time()) > 0:  # blocks that came fast are ahead of the node's clock
                self._turn(left)
            return
        if seconds > REAL_SECONDS:
            raise InvalidInput(f"The node's clock cannot be turned, and {seconds} s are too long to wait; use Anvil.")
        while self.time() < until:
            time.sleep(0.2)

    def _turn(self, seconds: int) -> None:
        self.ask("evm_increaseTime", seconds)
        self.ask("evm_mine")

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Have what the block does undone when it ends, where the node's clock can be turned; else it stays."""
        before = self.ask("evm_snapshot") if self.turns else None
        try:
            yield
        finally:
            if before is not None:
                self.ask("evm_revert", before)

    def ask(self, method: str, *parameters: Any) -> Any:
        """Return the node's answer; raises NodeUnavailable when it refuses."""
        answer = self._rpc.one(method, *parameters)
        if isinstance(answer, RpcError):
            raise NodeUnavailable(f"The node refuses {method} ({answer.message}); use another.")
        return answer


def keys_of(words: str, count: int) -> list[LocalAccount]:
    """Return the first accounts of a mnemonic, with their keys (BIP-44, as development nodes derive them)."""
    # The nodes accept any words, but eth_account only those of BIP-39, so the seed is derived directly.
    seed = Mnemonic.to_seed(words)
    return [Account.from_key(key_from_seed(seed, f"m/44'/60'/0'/0/{number}")) for number in range(count)]
