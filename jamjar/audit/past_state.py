"""The record as of a past block or time, rebuilt from a node's events, and whether a consent was live then."""

from typing import Final

from jamjar.audit.auditor import rules_of
from jamjar.audit.node import AuditNode, BlockHeader
from jamjar.errors import InvalidInput
from jamjar.model.replay import Fold, emitted
from jamjar.model.state import LIVE, LedgerState, Status
from jamjar.protocol import event_decoding
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.events import Origin

RANGE: Final = 1000
"""Blocks that are searched for logs at once."""


def state_at(node: AuditNode, deployment: Deployment, block: int) -> LedgerState:
    """Return the state after a block, but for the times of proposals, which no event names.

    Raises LedgerError for an event that no contract emits.
    """
    fold = Fold(LedgerState(rules_of(deployment)))
    addresses = [at.address for at in deployment.contracts().values()]
    for first in range(deployment.block, block + 1, RANGE):
        for number, log in node.logs(addresses, first, min(first + RANGE - 1, block)):
            fold.add(emitted(event_decoding.decode(Origin(number, "", log.index, log.address), log.topics, log.data)))
    return fold.state


def block_at(node: AuditNode, deployment: Deployment, time: int) -> BlockHeader:
    """Return the last block at or before a time, in Unix seconds; raises InvalidInput when there is none."""
    first, last = deployment.block, node.height()
    if node.header(first).time > time:
        raise InvalidInput(f"The deployment is younger than {time}; name a later time.")
    while first < last:
        middle = (first + last + 1) // 2
        if node.header(middle).time <= time:
            first = middle
        else:
            last = middle - 1
    return node.header(first)


def why_not_live(state: LedgerState, consent: str, now: int) -> str | None:
    """Return why nothing could be recorded under a consent in a block of this time, in a sentence; None if it could."""
    held, status = state.consent(consent), state.status(consent, now)
    if status is not Status.NONE and status in LIVE:
        if state.is_adviser(held.recipient):
            return None
        active = state.is_active(held.recipient)
        return f"Its recipient, member {held.recipient}, {'is no adviser' if active else 'is suspended'}."
    return {
        Status.NONE: "It was not granted.",
        Status.SCHEDULED: f"It begins at {held.valid_from}.",
        Status.PAUSED: "Its claimant paused it.",
        Status.STALE: f"It was not reconfirmed by {held.reconfirm_by}.",
        Status.EXPIRED: f"It ended at {held.valid_until}.",
        Status.RELEASED: "Its recipient released it.",
        Status.WITHDRAWN: "Its claimant withdrew it.",
    }[status]
