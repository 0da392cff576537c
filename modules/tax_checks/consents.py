"""The trader's part: a consent for one department, a commitment under it, and what is shown; by the core alone."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from jamjar.adviser.desk import Desk
from jamjar.consent.named import NamedValue, short_name
from jamjar.consent.terms import Storage, Terms
from jamjar.sandbox.claimant import Claimant

from .results import ALWAYS, TAX_CHECK, CheckResult

NOTICE: Final = (
    "You let {recipient} see these values of a check of your business, once. The look is put on the record before it"
    " happens, and if {recipient} relies on the result, that is on the record, too. You can refuse: it then does a"
    " check of its own. Withdrawal does not undo what it decided before."
)
"""What a trader agrees to, in words."""
DAY: Final = 24 * 60 * 60


def agree(trader: Claimant, recipient: int, name: str, names: Collection[str]) -> str:
    """Let a member of this name see these values, once within 30 days, and return the consent."""
    today = date.fromtimestamp(time.time())
    terms = Terms(
        purpose="dpv:RequestedServiceProvision",
        scope=TAX_CHECK.scope(shown=sorted(ALWAYS | {*names})),
        data_from=today,
        data_until=today,
        retention_days=0,
        storage=Storage.VIEW,
        notice=NOTICE.format(recipient=name),
        language="en-GB",
        recipient=recipient,
        recipient_name=name,
    )
    begins = max(int(time.time()), trader.ledger.time()) + trader.ahead
    ends = begins + 30 * DAY
    signed = trader.wallet.grant(terms, valid_from=begins, valid_until=ends, reconfirm_by=ends, max_uses=1)
    trader.carry(signed)
    return signed.message.consent


def show(trader: Claimant, consent: str, result: CheckResult, desk: Desk) -> Mapping[str, NamedValue]:
    """Commit to what the terms allow and show it; return what the desk sees once its use is on the record.

    The names are the terms': a salt of a value that they do not name would let the recipient guess it.
    """
    names = [short_name(entry) for entry in trader.wallet.stored(consent).terms.kinds]
    trader.carry(trader.wallet.commit(consent, result.shown(names)))
    disclosure = trader.disclose(consent, *names)
    desk.use(consent)
    return desk.verify_set(disclosure)
