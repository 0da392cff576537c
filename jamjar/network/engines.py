"""The engines that a network can run."""

from typing import Final

from jamjar.errors import InvalidInput
from jamjar.network.engine import Engine
from jamjar.network.geth import GETH
from jamjar.network.kaia import KAIA
from jamjar.network.qbft import QBFT

ENGINES: Final = {engine.name: engine for engine in (KAIA, GETH)}
VOTINGS: Final = (*(engine.voting for engine in ENGINES.values()), QBFT)
"""How validators vote on any node that somebody may run."""


def engine_of(name: str) -> Engine:
    """Return an engine by its name; raises InvalidInput for another."""
    if name not in ENGINES:
        raise InvalidInput(f"There is no engine {name!r}; choose one of {', '.join(ENGINES)}.")
    return ENGINES[name]
