"""The part of a report's page about the members: who they are, who governs them, what is pending and what changed."""

from collections.abc import Mapping, Sequence
from html import escape

from jamjar.audit.addresses import ShortAddresses
from jamjar.audit.findings import Finding
from jamjar.audit.membership import MemberSeen, Membership, PendingRecovery
from jamjar.audit.pictures import table
from jamjar.audit.words import moment, text_shown
from jamjar.protocol.settings import DAY


def warnings(who: Membership) -> str:
    """Return what nobody may overlook, for the top of the page: the recoveries that a member can still object to."""
    return "".join(
        f'<article class="breach"><p class="kind">Recovery pending</p>'
        f"<h2>From {moment(each.ready_at)} on, <code>{escape(each.account)}</code> can make itself member "
        f"{escape(_named(each))}'s account.</h2>"
        f"<p>{escape(str(each))}</p></article>"
        for each in who.recoveries
    )


def members(who: Membership, short: ShortAddresses) -> str:
    """Return the section of the members."""
    rows = [[escape(_named(each)), ", ".join(each.roles) or "none", escape(_standing(each))] for each in who.members]
    council = ", ".join(escape(_named(each)) for each in who.council) or "nobody"
    founders = ", ".join(map(short.text, who.founders)) or "nobody"
    return f"""<section><h2>Members</h2>
{table("Members at the last block", ["member", "roles", "standing"], rows, numbers=3)}
<p>Founders, who propose: {founders}. Each active member can veto a proposal, for {_days(who.delay)} at least.</p>
<p>Council, which suspends and proposes recoveries: {council}.</p>
{_proposals(who, short)}</section>"""


def timeline(changes: Sequence[Finding], count: int, times: Mapping[int, int], short: ShortAddresses) -> str:
    """Return the section of what changed among the members, the oldest first.

    count  how many changes there were, of which `changes` may have the first alone
    times  of the blocks, in Unix seconds
    """
    ordered = sorted(changes, key=lambda each: each.block or 0)
    rows = [[_when(each, times), str(each.block or ""), short.text(each.what)] for each in ordered]
    more = f"<p>And {count - len(rows)} more.</p>" if count > len(rows) else ""
    return f"""<section><h2>What changed among the members</h2>
{table("Changes, the oldest first", ["when", "block", "what"], rows, numbers=3)}{more}</section>"""


def _when(change: Finding, times: Mapping[int, int]) -> str:
    time = times.get(change.block or 0)
    return "not known" if time is None else moment(time)


def _proposals(who: Membership, short: ShortAddresses) -> str:
    if not who.proposals:
        return "<p>No proposal is pending.</p>"
    rows = [[short.text(each.id), short.text("; ".join(each.calls)), moment(each.ready_at)] for each in who.proposals]
    return table("Pending proposals", ["proposal", "calls", "can be executed from"], rows, numbers=3)


def _named(who: MemberSeen | PendingRecovery) -> str:
    number = who.number if isinstance(who, MemberSeen) else who.member
    return f"{number} ({text_shown(who.name)})"


def _standing(member: MemberSeen) -> str:
    lapses = f", lapses at {moment(member.lapses_at)}" if member.lapses_at else ", until reinstated"
    return member.standing + (lapses if member.standing == "SUSPENDED" else "")


def _days(seconds: int) -> str:
    return f"{seconds // DAY} days" if seconds % DAY == 0 else f"{seconds} seconds"
