"""Connections to a mailbox, for commands."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from jamjar.cli.hop_connection import hop_connections
from jamjar.cli.options import Locations, web_address

if TYPE_CHECKING:
    from jamjar.hop.client import HopClient
    from jamjar.mailbox.client import MailboxClient
    from jamjar.protocol.deployment import Deployment
    from jamjar.protocol.signing import Signer


def connection(
    deployment: Deployment, mailbox: str, signer: Signer, hop: Callable[[], HopClient] | None = None
) -> MailboxClient:
    """Connect to the mailbox at an address, which must also be its name, directly or through a hop."""
    import secrets

    from jamjar.hop.client import HttpByHop
    from jamjar.mailbox.client import MailboxClient
    from jamjar.mailbox.refusal import MailboxUnavailable
    from jamjar.protocol.typed_data import Commit

    registry, place = deployment.domain_of(Commit), web_address(mailbox, "mailbox")
    http = HttpByHop("The mailbox", MailboxUnavailable, hop()) if hop else None
    return MailboxClient(place, place, registry, signer, clock=time.time, random_bytes=secrets.token_bytes, http=http)


def claimant_connections(
    deployment: Deployment, mailbox: str, place: Locations | None = None
) -> Callable[[Signer], MailboxClient]:
    """Return a function that connects as a consent, with a separate session for each, through the hop if one is named.

    place  where the claimant's node is, and the hop
    """
    if place is None or not place.hop or not mailbox:
        return lambda signer: connection(deployment, mailbox, signer)
    from jamjar.hop.message import GatewayKind

    hop = hop_connections(place, place.ledger, web_address(mailbox, "mailbox"), GatewayKind.MAILBOX)
    return lambda signer: connection(deployment, mailbox, signer, hop)
