"""What was decided, in words: who did it, how a member stands, and what needs whose attention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jamjar.encoding.shown import minute, short, typed_beginning
from jamjar.errors import InvalidInput
from jamjar.ledger.proposal_words import standing_of
from jamjar.model.state import Standing
from jamjar.model.status_words import reason_words

if TYPE_CHECKING:
    from jamjar.ledger.governed import Governed, ProposalRecord

_LONGEST: Final = 66


def who(governed: Governed, account: str) -> str:
    """Return the beginning of an account's address, and whose it is as far as that is known."""
    number = governed.state.member_of(account)
    of = f" (member {number})" if number else " (founder)" if account in governed.founders() else ""
    return f"{short(account)}{of}"


def named(governed: Governed, beginning: str) -> ProposalRecord:
    """Return the pending proposal whose id begins so; raises InvalidInput unless there is exactly one."""
    wanted = typed_beginning(beginning).removeprefix("0x")
    found = [each for each in governed.proposals.values() if wanted and each.id.hex().startswith(wanted)]
    if len(found) != 1:
        raise InvalidInput(
            f"{len(found) or 'No'} proposals begin with {beginning[:_LONGEST]!r}; see jamjar consortium status."
        )
    if (ended := found[0].vetoed or found[0].executed) is not None:
        what = "vetoed" if found[0].vetoed else "executed"
        raise InvalidInput(f"This proposal was {what} at {minute(ended.at)} UTC; it needs nothing more.")
    return found[0]


def urgent(governed: Governed, account: str) -> list[str]:
    """Return a sentence for each thing that needs attention: of an account's member, or of anyone for no account."""
    state = governed.state
    number = state.member_of(account) if account else 0
    concerned = [number] if account else sorted(state.members)
    found = list[str]()
    if not governed.founders():
        found.append("No founder is left: who the members are and their roles can never change again.")
    for record in governed.pending:
        name = short(f"0x{record.id.hex()}")
        if record.content.ready <= governed.now:
            found.append(f"Proposal {name} can be executed, and vetoed until it is.")
        elif not account or state.is_active(number):
            found.append(f"Proposal {name} can be vetoed until it is executed.")
    found += [
        f"Account {state.recovery(each).account} is proposed for member {each}; if the member has its keys, it objects:"
        " jamjar member recovery object"
        for each in concerned
        if each in state.recoveries
    ]
    found += [
        f"Member {each} is suspended: {standing_in_words(governed, each)}."
        for each in concerned
        if state.member(each).standing is Standing.SUSPENDED
    ]
    return found


def standing_in_words(governed: Governed, number: int) -> str:
    """Return how a member stands, and until when, for what reason and by whom it is suspended."""
    name, member = standing_of(governed.state, number), governed.state.member(number)
    if member.standing is not Standing.SUSPENDED:
        return name
    reason, deed = governed.reasons[number]
    by = f"{name} ({reason_words(reason)}) by {who(governed, deed.by)}"
    if not member.lapses_at:
        return f"{name} ({reason_words(reason)}) by the governance, until it reinstates it"
    if member.lapses_at <= governed.now:
        return f"{by}, which has lapsed: anyone may reinstate it"
    return f"{by} until {minute(member.lapses_at)} UTC"
