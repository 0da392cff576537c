"""The conditions under which a mailbox does what is requested, as pure functions.

"No log, no key" is `hand_over`: a package's key is handed over for one use, by the recipient, of that commitment, which
is on the ledger at least `depth` blocks deep, while the consent is live; and each use gives one key.

A use is identified by its consent and number. The ledger counts them, so a reorganisation cannot make two of one: a use
that has a spent number afterwards is spent.
"""

from collections.abc import Set as AbstractSet

from jamjar.disclosure.package import Body
from jamjar.mailbox.ledger_view import ConsentView, UseRecord, Uses
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.model.state import ENDED, Status
from jamjar.model.status_words import STATUS
from jamjar.service.refusal import Refusal


def timely(sent: int, now: int, window: int) -> Refusal | None:
    """Refuse a request sent more than `window` seconds before or after now."""
    if sent < now - window:
        return Refusal(Code.TOO_OLD, "The request is too old; correct the clock, and sign it again.", {"now": now})
    if sent > now + window:
        return Refusal(Code.TOO_NEW, "The request is from the future; correct the clock.", {"now": now})
    return None


def deposit(package: Body, view: ConsentView) -> Refusal | None:
    """Refuse a package that could never be opened: of an ended consent, for another member, of another root."""
    if refused := granted(view):
        return refused
    if view.status in ENDED:
        return _ended(view)
    if package.recipient != view.recipient:
        return Refusal(Code.NOT_THE_RECIPIENT, "The consent names another recipient; seal the package to that one.")
    if package.root != view.head:
        return Refusal(Code.NOT_THE_HEAD, "The ledger's head is another commitment; have it recorded, or seal again.")
    return None


def granted(view: ConsentView) -> Refusal | None:
    """Refuse a consent that the ledger does not know."""
    if view.status is Status.NONE:
        return Refusal(Code.UNKNOWN_CONSENT, "The ledger knows no such consent; have its grant recorded first.")
    return None


def recipient(member: int, view: ConsentView) -> Refusal | None:
    """Refuse a member that a consent does not name, whether the consent has ended or not."""
    if refused := granted(view):
        return refused
    if member != view.recipient:
        return Refusal(Code.NOT_THE_RECIPIENT, "The consent names another recipient; sign as that member.")
    return None


def fetch(member: int, package: Body) -> Refusal | None:
    """Refuse a package's body to everyone but its recipient."""
    if member != package.recipient:
        return Refusal(Code.NOT_THE_RECIPIENT, "The package is for another member; list the packages for yours.")
    return None


def hand_over(
    package: Body, member: int, view: ConsentView, uses: Uses, *, spent: AbstractSet[int], depth: int
) -> UseRecord | Refusal:
    """Return the use for which a package's key is handed over, or the refusal.

    member  the active member that the signing account acts for
    uses    of the package's consent, according to the mailbox's own node
    spent   the numbers of the consent's uses that gave a key already
    depth   how many blocks must follow the block of a use
    """
    if refused := fetch(member, package) or recipient(member, view):
        return refused
    if not view.live:
        return Refusal(
            Code.CONSENT_NOT_LIVE,
            f"The consent is {STATUS[view.status.name]} and not live; do not look, and ask the claimant.",
            {"status": view.status.name},
        )
    matching = [use for use in uses.records if use.recipient == member and use.commitment == package.root]
    if not matching:
        return Refusal(Code.NO_USE_ON_RECORD, "No use of this commitment is on the record; record one, then ask again.")
    unspent = [use for use in matching if use.number not in spent]
    if not unspent:
        return Refusal(Code.USE_ALREADY_CONSUMED, "Every use on the record gave a key already; record another use.")
    oldest = min(unspent, key=lambda use: use.number)
    missing = oldest.block + depth - uses.tip
    if missing > 0:
        return Refusal(
            Code.NOT_DEEP_ENOUGH,
            f"The use is not deep enough in the chain yet; ask again after {missing} more blocks.",
            {"blocks": missing},
        )
    return oldest


def _ended(view: ConsentView) -> Refusal:
    return Refusal(
        Code.CONSENT_ENDED,
        f"The consent is {STATUS[view.status.name]}, so nothing can be shown under it; make a new one.",
        {"status": view.status.name},
    )
