"""Brownie's patience with Anvil, which counts a transaction before it can be asked for, or for its receipt."""

import time
from collections.abc import Callable
from typing import Any

_ATTEMPTS = 200
_PAUSE_SECONDS = 0.05


def be_patient() -> None:
    """Have Brownie ask for a transaction again before it calls it dropped: on a busy machine it may take a while."""
    from brownie import web3  # noqa: PLC0415 - it is slow, and not everybody who imports this is about to use it

    eth: Any = web3.eth
    eth.get_transaction = _patient(eth.get_transaction)
    eth.get_transaction_receipt = _patient(eth.get_transaction_receipt)


def _patient(ask: Callable[[Any], Any]) -> Callable[[Any], Any]:
    from web3.exceptions import TransactionNotFound  # noqa: PLC0415

    def ask_again(digest: Any) -> Any:
        for _ in range(_ATTEMPTS):
            try:
                return ask(digest)
            except TransactionNotFound:
                time.sleep(_PAUSE_SECONDS)
        return ask(digest)

    return ask_again
