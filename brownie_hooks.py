"""Brownie imports this before it connects: of a network that it does not know, it then says so in one sentence."""

import sys

from brownie._config import CONFIG

_wanted = CONFIG.argv["network"]
if _wanted is not None and _wanted not in CONFIG.networks:
    sys.exit(f"Brownie knows no network {_wanted!r}; choose one of `brownie networks list`, or add it.")
