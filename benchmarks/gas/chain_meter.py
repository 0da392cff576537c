"""Reads the gas of calls on an Anvil whose blocks have fixed times, so that the figures are the same in every run."""

from collections.abc import Callable
from typing import Any

import brownie
from web3.types import RPCEndpoint

from jamjar.protocol.settings import Settings
from tools.deployer import System, deploy

START = 2_000_000_000


class ChainMeter:
    """The five contracts on a fresh chain, and the gas of each call to them by its name."""

    def __init__(self, settings: Settings) -> None:
        self.gas: dict[str, int] = {}
        self._time = START
        self.accounts = brownie.accounts
        self._next_block()
        self.system: System = deploy(self.accounts[0], settings)

    def _do(self, name: str, call: Callable[..., Any], *arguments: Any, by: Any = None) -> None:
        self._next_block()
        self.gas[name] = call(*arguments, {"from": by or self.accounts[1]}, silent=True).gas_used

    def _batch(self, name: str, call: Callable[..., Any], items: list[Any], by: Any = None) -> None:
        self._do(f"{name}, each of {len(items)}", call, items, by=by)
        self.gas[f"{name}, each of {len(items)}"] //= len(items)

    def _skip(self, seconds: int) -> None:
        self._time += seconds

    def _next_block(self) -> None:
        self._time += 1
        request = RPCEndpoint("evm_setNextBlockTimestamp")
        answer = brownie.web3.provider.make_request(request, [self._time])
        if "error" in answer:
            raise RuntimeError(
                "The node is not Anvil, on which gas is measured; stop the node on its port and run this again."
            )
