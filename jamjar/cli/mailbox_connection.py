"""Connections to a mailbox, for commands."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from jamjar.cli.options import web_address

if TYPE_CHECKING:
    from jamjar.mailbox.client import MailboxClient
    from jamjar.protocol.deployment import Deployment
    from jamjar.protocol.signing import Signer


def connection(deployment: Deployment, mailbox: str, signer: Signer) -> MailboxClient:
    """Connect to the mailbox at an address, which must also be its name."""
    import secrets

    from jamjar.mailbox.client import MailboxClient
    from jamjar.protocol.typed_data import Commit

    registry, place = deployment.domain_of(Commit), web_address(mailbox, "mailbox")
    return MailboxClient(place, place, registry, signer, clock=time.time, random_bytes=secrets.token_bytes)


def claimant_connections(deployment: Deployment, mailbox: str) -> Callable[[Signer], MailboxClient]:
    """Return a function that connects as a consent, with a separate session for each."""
    return lambda signer: connection(deployment, mailbox, signer)
