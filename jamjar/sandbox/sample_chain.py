"""The chain of a sample network: accounts whose keys are held here, and time that passes on it."""

import secrets
import time
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
            # The nodes accept any words, but eth_account only those of BIP-39, so the seed is derived directly.
            seed = Mnemonic.to_seed(words)
            found: list[LocalAccount] = [Account.from_key(key_from_seed(seed, _path(n))) for n in range(count)]
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
        if self.turns:
            self.ask("evm_increaseTime", seconds + behind)
            self.ask("evm_mine")
            return
        if seconds > REAL_SECONDS:
            raise InvalidInput(f"The node's clock cannot be turned, and {seconds} s are too long to wait; use Anvil.")
        until = self.time() + behind + seconds
        while self.time() < until:
            time.sleep(0.2)

    def ask(self, method: str, *parameters: Any) -> Any:
        """Return the node's answer; raises NodeUnavailable when it refuses."""
        answer = self._rpc.one(method, *parameters)
        if isinstance(answer, RpcError):
            raise NodeUnavailable(f"The node refuses {method} ({answer.message}); use another.")
        return answer


def _path(number: int) -> str:
    return f"m/44'/60'/0'/0/{number}"
