"""Since when, and until when, an account acted for an active operator, according to the ledger's events.

A relayer's receipt is evidence of its time, whatever became of its operator's account since. Warning: whoever has the
key of an account that was removed can date a receipt back; a wallet that is given a receipt asks who is an operator now
(`promise.check`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jamjar.model.replay import Fold, emitted
from jamjar.model.state import Emitted, LedgerState
from jamjar.protocol.roles import Role
from jamjar.relayer import promise
from jamjar.relayer.promise import SignedPromise
from jamjar.relayer.refusal import RelayerLied
from jamjar.relayer.replayed_state import OF_MEMBERS, RULES

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.protocol.typed_data import Domain

NEAR: Final = 120
"""Seconds that a relayer's clock, which a receipt has its time from, may be off the ledger's."""


@dataclass(frozen=True, slots=True)
class OperatorTerm:
    """From `since` to before `until`, in Unix seconds, an account acted for a member that was an active operator.

    `until` is None while it still does.
    """

    member: int
    since: int
    until: int | None = None

    def covers(self, time: int, near: int = 0) -> bool:
        """Return whether a time, or one at most `near` seconds from it, is in the term."""
        return self.since <= time + near and (self.until is None or time - near < self.until)


def terms_of(account: str, events: Iterable[tuple[int, Emitted]]) -> tuple[OperatorTerm, ...]:
    """Return the terms of an account, oldest first; each event of the Consortium comes with its block's time."""
    fold, acts_for = Fold(LedgerState(RULES)), dict[int, int]()
    for time, event in events:
        fold.add(event, time)
        member = fold.state.member_of(account)
        is_operator = fold.state.is_active(member) and Role.OPERATOR.value in fold.state.member(member).roles
        acts_for[time] = member if is_operator else 0
    found = list[OperatorTerm]()
    for time, member in acts_for.items():
        last = found[-1] if found and found[-1].until is None else None
        if last and last.member == member:
            continue
        if last:
            found[-1] = OperatorTerm(last.member, last.since, time)
        if member:
            found.append(OperatorTerm(member, time))
    return tuple(found)


def terms_on(ledger: Ledger) -> Callable[[str], tuple[OperatorTerm, ...]]:
    """Return a function that reads an account's terms from the ledger, for `check_as_of`; it raises LedgerError."""

    def read(account: str) -> tuple[OperatorTerm, ...]:
        found = list(ledger.events(OF_MEMBERS))
        times = {block: ledger.time(block) for block in dict.fromkeys(each.origin.block for each in found)}
        return terms_of(account, ((times[each.origin.block], emitted(each)) for each in found))

    return read


def check_as_of(
    signed: SignedPromise, message: bytes, domain: Domain, terms: Callable[[str], Sequence[OperatorTerm]]
) -> OperatorTerm:
    """Check a kept receipt as of the time that it names, and return the term in which its operator signed it.

    domain  `promise.domain_of`'s, of the ledger that the message is for
    terms   the terms of an account, according to the caller's own node (`terms_on`)

    Raises RelayerLied when it is not about the message with this digest, or its account did not act then.
    """
    signer, time = promise.signer(signed, message, domain), signed.receipt.accepted_at
    fit = [each for each in terms(signer) if each.covers(time, NEAR)]
    if not fit:
        raise RelayerLied(
            f"The account {signer} acted for no operator of this ledger when it says that it accepted the message; "
            "do not rely on the receipt."
        )
    return max(fit, key=lambda each: each.covers(time))
