"""Connections through a hop, for a claimant's commands."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jamjar.cli.options import Locations
    from jamjar.hop.client import HopClient
    from jamjar.hop.message import GatewayKind
    from jamjar.ledger.ledger import Ledger


def hop_connections(
    place: Locations, ledger: Callable[[], Ledger], gateway: str, kind: GatewayKind
) -> Callable[[], HopClient]:
    """Return a function that connects through the hop to the gateway at an address, a new connection each time.

    ledger  connects to the claimant's own node, which says who the gateway's key was signed for
    """
    import secrets

    from jamjar.hop.client import HopClient
    from jamjar.hop.gateway_key import KeyRules, domain_of
    from jamjar.protocol.typed_data import Grant

    domain = domain_of(place.read_deployment().domain_of(Grant))

    def member_of(account: str) -> int:
        asked = ledger()
        member = asked.member_of(account)
        return member if member and asked.read("Consortium", "isActive", member) else 0

    rules = KeyRules(gateway, kind, domain, place.gateways, member_of, time.time)
    return lambda: HopClient(place.hop, rules, secrets.token_bytes)
