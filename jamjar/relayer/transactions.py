"""The signed transactions of a carriage: all have its account and nonce, so that at most one of them is mined.

They are legacy transactions with a gas price (EIP-155), which every network accepts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import rlp  # type: ignore[import-untyped]

from jamjar.relayer.journal import Attempt

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

NOTHING: Final = 21_000
"""The gas that a transaction costs that calls nothing."""


def sign(key: LocalAccount, fields: dict[str, Any], now: int) -> Attempt:
    """Return a signed transaction; its fields are those of web3, without value."""
    signed = key.sign_transaction({"value": 0, **fields})
    return Attempt(bytes(signed.hash), bytes(signed.raw_transaction), fields["gasPrice"], now)


def empty(key: LocalAccount, chain_id: int, nonce: int, price: int, now: int) -> Attempt:
    """Return a transaction that only uses a nonce up."""
    fields = {"nonce": nonce, "gas": NOTHING, "to": key.address, "data": b"", "chainId": chain_id}
    return sign(key, {**fields, "gasPrice": price}, now)


def fields_of(attempt: Attempt, chain_id: int) -> dict[str, Any]:
    """Return the fields of a transaction, without its price."""
    nonce, _, gas, to, _, data, *_ = rlp.decode(attempt.raw)
    fields = {"nonce": _int(nonce), "gas": _int(gas), "to": bytes(to), "data": bytes(data)}
    return {**fields, "chainId": chain_id}


def gas_of(attempt: Attempt) -> int:
    """Return the gas that a transaction may use."""
    return _int(rlp.decode(attempt.raw)[2])


def _int(data: bytes) -> int:
    return int.from_bytes(data, "big")
