"""The signed transactions of a carriage: all have its account and nonce, so that at most one of them is mined.

They are legacy transactions with a gas price (EIP-155), which every network accepts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import rlp  # type: ignore[import-untyped]

from jamjar.relayer.journal import Attempt

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

_NOTHING: Final = 21_000
"""The gas of a transaction that calls nothing."""


def sign(key: LocalAccount, fields: dict[str, Any], now: int) -> Attempt:
    """Return a signed transaction; its fields are those of web3, without value."""
    signed = key.sign_transaction({"value": 0, **fields})
    return Attempt(bytes(signed.hash), bytes(signed.raw_transaction), fields["gasPrice"], now)


def empty(key: LocalAccount, chain_id: int, nonce: int, price: int, now: int) -> Attempt:
    """Return a transaction that only uses a nonce."""
    fields = {"nonce": nonce, "gas": _NOTHING, "to": key.address, "data": b"", "chainId": chain_id}
    return sign(key, {**fields, "gasPrice": price}, now)


def another(
    key: LocalAccount, chain_id: int, sent: Sequence[Attempt], price: int, *, most: int, now: int
) -> Attempt | None:
    """Return a replacement of a carriage's transactions: up to `most` in all with its call, then as many empty ones.

    It pays the current price or an eighth more than the last one, as nodes refuse replacements that pay less than a
    tenth more. None when all were sent, and the current price was paid already.
    """
    nonce, _, gas, to, _, data, *_ = rlp.decode(sent[-1].raw)
    raised = max(price, sent[-1].price + sent[-1].price // 8 + 1)
    if len(sent) >= most:
        is_over = len(sent) >= 2 * most and price <= sent[-1].price
        return None if is_over else empty(key, chain_id, _int(nonce), raised, now)
    fields = {"nonce": _int(nonce), "gas": _int(gas), "to": bytes(to), "data": bytes(data), "chainId": chain_id}
    return sign(key, {**fields, "gasPrice": raised}, now)


def gas_of(attempt: Attempt) -> int:
    """Return the gas that a transaction may use."""
    return _int(rlp.decode(attempt.raw)[2])


def _int(data: bytes) -> int:
    return int.from_bytes(data, "big")
