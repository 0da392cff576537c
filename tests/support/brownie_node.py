"""Brownie and its node as tests need them: a port of its own, a clock that stands still, and no idle work."""

import sys
from types import SimpleNamespace
from typing import Any

from jamjar.service.ports import free_port


def before_it_starts() -> None:
    """Give each node a port that nobody uses, and have Ganache make each block a second later than the one before."""
    from brownie._config import CONFIG

    for name in ("ganache-cli", "anvil"):
        CONFIG.networks[name]["cmd_settings"]["port"] = free_port()
    CONFIG.networks["ganache-cli"]["cmd"] += " --miner.timestampIncrement 1"


def be_quick() -> None:
    """Leave out what no test needs, which is a third of the time.

    Without this every request looks for proxies in the environment, every transaction asks for the chain's id five
    times, on a connection of its own, and is followed by a snapshot, so that it could be taken back from the console;
    and every snapshot reads the sources of all functions on the stack.
    """
    import requests
    from brownie import web3
    from brownie.network.state import Chain
    from requests.adapters import HTTPAdapter

    session = requests.Session()
    session.trust_env = False
    session.mount("http://", HTTPAdapter(pool_maxsize=20))
    provider: Any = web3.provider
    provider._request_session_manager._explicit_session = session
    provider.cache_allowed_requests, provider.cacheable_requests = True, {"eth_chainId", "web3_clientVersion"}
    Chain._add_to_undo_buffer = lambda *_: None  # type: ignore[method-assign]
    rpc: Any = sys.modules["brownie.network.rpc"]  # its package gives that name to something else
    rpc.inspect = SimpleNamespace(stack=_stack)


def _stack() -> list[SimpleNamespace]:
    """The caller's frame and that of its caller, which is all that Brownie looks at."""
    return [SimpleNamespace(frame=sys._getframe(1)), SimpleNamespace(frame=sys._getframe(2))]
