"""When a mailbox does what it is asked for: values in, a decision out.

"No log, no key" is `hand_over`: a package's key is given for one use, by the recipient, of that very commitment, that
stands on the ledger at least `depth` blocks deep, while the consent is live; and each use gives one key.

A use is known by its consent and number. The ledger counts them, so a reorganisation cannot make two of one: the use
that stands there afterwards under a number that was spent is spent.
"""

from collections.abc import Set as AbstractSet

from jamjar.disclosure.package import Body
from jamjar.mailbox.ledger_view import ConsentView, UseRecord, Uses
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.model.state import ENDED, Status
from jamjar.service.refusal import Refusal


def timely(sent: int, now: int, window: int) -> Refusal | None:
    """Refuse a request sent more than `window` seconds before or after now."""
    if sent < now - window:
        return Refusal(Code.TOO_OLD, "The request is too old; set the clock right, and sign it again.", {"now": now})
    if sent > now + window:
        return Refusal(Code.TOO_NEW, "The request is from the future; set the clock right.", {"now": now})
    return None


def deposit(package: Body, view: ConsentView) -> Refusal | None:
    """Refuse a package that nobody could ever open: of an ended consent, for another member, of another root."""
    if refused := granted(view):
        return refused
    if view.status in ENDED:
        return _ended(view)
    if package.recipient != view.recipient:
        return Refusal(Code.NOT_THE_RECIPIENT, "The consent names another recipient; seal the package to that one.")
    if package.root != view.head:
        return Refusal(Code.NOT_THE_HEAD, "The ledger's head is another commitment; have it recorded, or seal anew.")
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
        return Refusal(Code.NOT_THE_RECIPIENT, "The consent names another recipient; only that one may.")
    return None


def fetch(member: int, package: Body) -> Refusal | None:
    """Refuse a package's body to everyone but its recipient."""
    if member != package.recipient:
        return Refusal(Code.NOT_THE_RECIPIENT, "The package is for another member; list those that wait for you.")
    return None


def hand_over(
    package: Body, member: int, view: ConsentView, uses: Uses, *, spent: AbstractSet[int], depth: int
) -> UseRecord | Refusal:
    """Return the use that a package's key is handed over for, or why it is not.

    member  the active member that the asking account acts for
    uses    of the package's consent, as the mailbox's own node gives them
    spent   the numbers of the consent's uses that gave a key before
    depth   how many blocks must stand on the block of a use
    """
    if refused := fetch(member, package) or recipient(member, view):
        return refused
    if not view.live:
        return Refusal(
            Code.CONSENT_NOT_LIVE,
            f"The consent is {view.status.name} and not live; do not look, and ask the claimant.",
            {"status": view.status.name},
        )
    matching = [use for use in uses.records if use.recipient == member and use.commitment == package.root]
    if not matching:
        return Refusal(Code.NO_USE_ON_RECORD, "No use of this commitment is on the record; record one, then ask.")
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
        f"The consent is {view.status.name} and nothing can be shown under it; make a new one.",
        {"status": view.status.name},
    )
