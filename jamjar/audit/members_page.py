"""The part of a report's page about the members: who they are, who governs them, and what is pending."""

from html import escape

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


def members(who: Membership) -> str:
    """Return the section of the members."""
    rows = [[escape(_named(each)), ", ".join(each.roles) or "none", escape(_standing(each))] for each in who.members]
    council = ", ".join(escape(_named(each)) for each in who.council) or "nobody"
    founders = ", ".join(f"<code>{escape(each)}</code>" for each in who.founders) or "nobody"
    return f"""<section><h2>Members</h2>
{table("Members at the last block", ["member", "roles", "standing"], rows, numbers=3)}
<p>Founders, who propose: {founders}. Each active member can veto a proposal, for {_days(who.delay)} at least.</p>
<p>Council, which suspends and proposes recoveries: {council}.</p>
{_proposals(who)}</section>"""


def _proposals(who: Membership) -> str:
    if not who.proposals:
        return "<p>No proposal is pending.</p>"
    rows = [[f"<code>{each.id}</code>", escape("; ".join(each.calls)), moment(each.ready_at)] for each in who.proposals]
    return table("Pending proposals", ["proposal", "calls", "can be executed from"], rows, numbers=3)


def _named(who: MemberSeen | PendingRecovery) -> str:
    number = who.number if isinstance(who, MemberSeen) else who.member
    return f"{number} ({text_shown(who.name)})"


def _standing(member: MemberSeen) -> str:
    lapses = f", lapses at {moment(member.lapses_at)}" if member.lapses_at else ", until reinstated"
    return member.standing + (lapses if member.standing == "SUSPENDED" else "")


def _days(seconds: int) -> str:
    return f"{seconds // DAY} days" if seconds % DAY == 0 else f"{seconds} seconds"
