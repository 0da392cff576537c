"""What waits for an adviser in the mailbox, with what the ledger and the adviser's own vault say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jamjar.adviser.clients import clients
from jamjar.adviser.mail import LOOKED
from jamjar.service.refusal import Refused
from jamjar.vault.vault import Vault

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.mailbox.client import MailboxClient


@dataclass(frozen=True, slots=True)
class WaitingPackage:
    """A package: its id, its consent and what the adviser calls it, and when it was sent, in Unix seconds.

    status, uses_left  of the consent on the ledger
    is_newest          whether it shows the consent's newest budget, and can be looked at
    seen               whether this desk looked at it
    """

    name: str
    consent: str
    label: str
    sent_at: int
    status: str
    uses_left: int
    is_newest: bool
    seen: bool


def waiting_packages(mailbox: MailboxClient, ledger: Ledger, vault: Vault) -> tuple[WaitingPackage, ...]:
    """Return the packages for the adviser's member, oldest first; one that went meanwhile is left out."""
    known, found = clients(vault), list[WaitingPackage]()
    with vault.reading() as transaction:
        looked = {name for name, _ in transaction.all(LOOKED)}
    for name in mailbox.waiting():
        try:
            fetched = mailbox.fetch(name)
        except Refused:
            continue
        consent, state = fetched.body.consent, ledger.consent(fetched.body.consent)
        found.append(
            WaitingPackage(
                name,
                consent,
                known[consent].label if consent in known else "",
                fetched.sent_at,
                ledger.status(consent),
                state.max_uses - state.uses,
                ledger.head_of(consent) == fetched.body.root,
                name in looked,
            )
        )
    return tuple(found)
