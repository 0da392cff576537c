"""What takes the place of a carriage's transactions when none of them is mined for long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jamjar.relayer.journal import Attempt
from jamjar.relayer.pricing import Means
from jamjar.relayer.transactions import NOTHING, empty, fields_of, sign

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount


def replacement(
    key: LocalAccount,
    chain_id: int,
    sent: Sequence[Attempt],
    payable: Sequence[Attempt],
    means: Means,
    *,
    most: int,
    is_refused: bool,
    now: int,
) -> Attempt | None:
    """Return another transaction with the nonce of those sent, None if there is none that would help.

    sent        what was signed for the carriage, its call first
    payable     those of them that the account can pay
    most        calls that are signed; as many empty ones follow, which only use the nonce up
    is_refused  whether the node refused what it was handed last

    When the account can pay some, the next pays the price asked or an eighth more than the dearest of them, as nodes
    take nothing that pays less than a tenth more; where the node asks nothing, nothing stays the price. When it can pay
    none, or the node refuses all and does not say what the account has, the next is cheaper than all.
    """
    fields = fields_of(sent[0], chain_id)
    price, lowest = means.price(fields["gas"]), min(each.price for each in sent)
    if not payable or (is_refused and means.budget is None and price < lowest):
        is_lower = price < lowest if len(sent) < 2 * most else 2 * price < lowest
        return sign(key, {**fields, "gasPrice": price}, now) if is_lower else None
    top = max(each.price for each in payable)
    least = top + top // 8 + 1 if top or means.asked else 0
    if len(sent) < most:
        price = means.price(fields["gas"], least)
        if price >= least > top:
            return sign(key, {**fields, "gasPrice": price}, now)
    price = means.price(NOTHING, least)
    is_over = len(sent) >= 2 * most and means.asked <= top
    if is_over or not (is_refused or (len(sent) >= most and price >= least > top)):
        return None
    nothing = empty(key, chain_id, fields["nonce"], price, now)
    return None if any(each.transaction == nothing.transaction for each in sent) else nothing
