"""Asking a claimant for a consent: the request in the name of the adviser's member, and its signature."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

from jamjar.consent.request import ConsentRequest, SignedConsentRequest, sign_request
from jamjar.consent.scope import ScopeItem
from jamjar.consent.whole_scope import Item
from jamjar.errors import InvalidInput
from jamjar.protocol.signing import AccountSigner
from jamjar.protocol.typed_data import Grant

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

    from jamjar.ledger.ledger import Ledger

ANSWER_DAYS: Final = 30
"""How long a request can be answered unless told otherwise."""


def make_request(
    ledger: Ledger,
    account: LocalAccount,
    *,
    purpose: str,
    contact: str,
    about: str,
    scope: frozenset[ScopeItem] | frozenset[Item],
    data_from: date,
    data_until: date,
    keep: int,
    looks: int,
    days: int,
    reconfirm_days: int,
    answer_by: date | None = None,
    questions: int = 0,
) -> ConsentRequest:
    """Return a request of the account's member, made today; the fields are those of `ConsentRequest`.

    Raises InvalidInput when the account acts for no member, and InvalidTerms, which names the field.
    """
    today = datetime.fromtimestamp(ledger.time(), timezone.utc).date()
    recipient = ledger.member_of(account)
    if not recipient:
        raise InvalidInput("The account acts for no member; name the keystore of one that does with --account.")
    return ConsentRequest(
        recipient=recipient,
        recipient_name=ledger.member(recipient).name,
        contact=contact,
        purpose=purpose,
        about=about,
        scope=scope,
        data_from=data_from,
        data_until=data_until,
        retention_days=keep,
        looks=looks,
        days=days,
        reconfirm_days=reconfirm_days,
        asked=today,
        answer_by=answer_by or today + timedelta(days=ANSWER_DAYS),
        nonce=secrets.token_bytes(16),
        questions=questions,
    )


def sign_asked(asked: ConsentRequest, ledger: Ledger, account: LocalAccount) -> SignedConsentRequest:
    """Sign a request as its member's account."""
    return sign_request(asked, AccountSigner(account), ledger.deployment.domain_of(Grant))
