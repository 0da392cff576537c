"""Agreeing to what an adviser asks: what has to hold before, the times, and the grant that is signed.

Commands and pages agree by the same two steps: `agreement` says all that will be agreed to, and signs nothing;
`sign_agreement` signs exactly that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from typing import TYPE_CHECKING, Final

from jamjar.consent.notice import terms_of
from jamjar.consent.request import ConsentLimits, SignedConsentRequest
from jamjar.consent.schedule import LENGTHS, RECONFIRMATIONS, USES, Begin, Schedule, schedule
from jamjar.errors import InvalidInput
from jamjar.protocol.settings import DAY
from jamjar.protocol.typed_data import Grant
from jamjar.wallet import requests
from jamjar.wallet.recipient import check_sender, checked_key, remember_key
from jamjar.wallet.refusals import refuse

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.protocol.signing import SignedMessage
    from jamjar.vault.transaction import VaultTransaction
    from jamjar.vault.vault import Vault
    from jamjar.wallet.wallet import Wallet

_SPARE: Final = 60
"""Seconds that must be left to carry a grant once the claimant agreed."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """All that a claimant is about to agree to.

    key  the recipient's public encryption key; None where no node was asked
    """

    asked: SignedConsentRequest
    limits: ConsentLimits
    times: Schedule
    key: bytes | None = field(default=None, repr=False)


def agreement(
    wallet: Wallet,
    asked: SignedConsentRequest,
    limits: ConsentLimits,
    now: int,
    ledger: Ledger | None,
    *,
    begin: Begin = Begin.MIDNIGHT,
    unusual: bool = False,
    new_key: bool = False,
) -> Agreement:
    """Return what would be agreed to at `now`, in Unix seconds; nothing is signed or stored.

    unusual  whether numbers that single the claimant out are meant
    new_key  whether the claimant agrees to another encryption key of the recipient

    Raises InvalidInput for numbers that are unusual or too large, a request whose time is over, or not of its sender,
    and for a recipient of another name or key; without a ledger nothing is known of the last three.
    """
    check_usual(limits, unusual=unusual)
    asked.request.check_day(day_of(now))
    times = schedule(now, days=limits.days, begin=begin, reconfirm_days=limits.reconfirm_days)
    most = wallet.deployment.settings
    if limits.looks > most.most_uses or times.valid_until - times.valid_from > most.longest_validity:
        longest = most.longest_validity // DAY
        raise InvalidInput(f"The consent exceeds the limits of {most.most_uses} uses and {longest} days; choose fewer.")
    if ledger is None:
        return Agreement(asked, limits, times)
    check_sender(ledger, asked, wallet.deployment.domain_of(Grant))
    key = checked_key(wallet.vault, ledger, terms_of(asked.request), new_key=new_key)
    return Agreement(asked, limits, times, key)


def sign_agreement(wallet: Wallet, agreed: Agreement, now: Callable[[], int]) -> SignedMessage:
    """Sign the grant, and record the answer in the same transaction; `now` gives Unix seconds once more.

    Raises InvalidInput when the beginning has come meanwhile, and when the request was answered.
    """
    terms = terms_of(agreed.asked.request)
    at = now()
    if at > agreed.times.valid_from - _SPARE:
        raise InvalidInput("The beginning that you read has come, so nothing was signed; grant it again.")

    def record(transaction: VaultTransaction, consent: str) -> None:
        requests.agree(transaction, agreed.asked, consent, agreed.limits, at)
        if agreed.key is not None:
            remember_key(transaction, terms, agreed.key)

    times = agreed.times
    return wallet.grant(
        terms,
        valid_from=times.valid_from,
        valid_until=times.valid_until,
        reconfirm_by=times.reconfirm_by,
        max_uses=agreed.limits.looks,
        also=record,
    )


def refuse_asked(vault: Vault, asked: SignedConsentRequest, now: int) -> str:
    """Record that a request was refused, in the vault and nowhere else; return the refusal's name."""
    return refuse(
        vault,
        terms_of(asked.request),
        now,
        also=lambda transaction, _: requests.refuse_request(transaction, asked, now),
    )


def check_usual(limits: ConsentLimits, *, unusual: bool) -> None:
    """Raise InvalidInput for numbers that few choose, unless they are meant."""
    usual = limits.days in LENGTHS and limits.looks in USES and limits.reconfirm_days in RECONFIRMATIONS
    if not unusual and not usual:
        lengths, uses = ", ".join(map(str, LENGTHS)), ", ".join(map(str, USES))
        raise InvalidInput(
            f"Few choose that, and it would single you out: take {lengths} for --days, {uses} for --looks and "
            f"{' or '.join(map(str, RECONFIRMATIONS))} for --reconfirm-days, or add --unusual."
        )


def day_of(now: int) -> date:
    """Return the day of a time in Unix seconds, in UTC."""
    return datetime.fromtimestamp(now, timezone.utc).date()
