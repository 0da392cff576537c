"""The releases of the wallet's page for a phone that a member published, each proven by a receipt of the log."""

from dataclasses import dataclass, field
from functools import partial
from typing import Final

from jamjar.errors import InvalidInput, LedgerError, VerificationFailed
from jamjar.protocol import event_decoding, page_release
from jamjar.protocol.address import checksum_address
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.events import EncryptionKeyChanged, Origin
from jamjar.tlog.leaf import RawEvent
from jamjar.tlog.policy import Policy
from jamjar.tlog.receipt_maker import published, receipts_of
from jamjar.tlog.tiles import Reader

LATE: Final = 3 * 86_400
"""How old a cosignature may be, in seconds: an older log may lack the newest release. A phone takes as much."""


@dataclass(frozen=True, slots=True)
class LoggedRelease:
    """A release in the log: its digest, its leaf's number, its block and the time of that, and the verified receipt."""

    digest: bytes
    number: int
    block: int
    time: int
    receipt: str = field(repr=False)


class PageReleases:
    """The releases of one member, in the order in which it published them.

    Warning: a member that is not the one which makes the page could publish another page's; so the caller names it.
    """

    def __init__(self, reader: Reader, policy: Policy, deployment: Deployment, member: int, now: float) -> None:
        """Read a log whole, and verify under a policy what it has of this deployment's member.

        Raises VerificationFailed where too few witnesses cosigned within three days, and as `receipts_of`.
        """
        signed = published(reader, policy)
        if not policy.is_met({name for name, time in signed.cosigned.items() if time >= now - LATE}):
            raise VerificationFailed(
                "Too few witnesses cosigned the log in the last three days, so it may lack the newest release; "
                "read another copy of it."
            )
        wanted = partial(_digest_in, deployment, member)
        found = receipts_of(reader, signed, policy, lambda event: wanted(event) is not None)
        self.found = [
            LoggedRelease(wanted(event) or b"", number, event.block, event.time, text) for number, event, text in found
        ]
        self.member = member

    def check(self, digest: bytes, what: str) -> LoggedRelease:
        """Return the newest release if its digest is this one; `what` says what has the digest.

        Raises InvalidInput where the member published none, VerificationFailed for an older or an unlogged one.
        """
        if not self.found:
            raise InvalidInput(f"The log has no release of member {self.member}; name the member that publishes them.")
        newest = self.found[-1]
        if digest == newest.digest:
            return newest
        old = [each for each in self.found if each.digest == digest]
        if old:
            raise VerificationFailed(
                f"{what} is an old release, of block {old[-1].block}; the newest is of block {newest.block}, so have"
                " whoever serves it bring it up to date."
            )
        raise VerificationFailed(
            f"{what}, SHA-256 {digest.hex()}, is no release that member {self.member} has in the log; do not open it,"
            " and tell others."
        )


def _digest_in(deployment: Deployment, member: int, event: RawEvent) -> bytes | None:
    """Return the digest of the release that a member publishes by an event; None for any other event."""
    contract = checksum_address(event.contract)
    if (event.chain, contract) != (deployment.chain_id, deployment.consortium.address):
        return None
    origin = Origin(event.block, f"0x{event.transaction.hex()}", event.index, contract)
    try:
        found = event_decoding.decode(origin, event.topics, event.data)
    except LedgerError:
        return None
    if not isinstance(found, EncryptionKeyChanged) or found.member != member:
        return None
    return page_release.from_bytes(found.key)
