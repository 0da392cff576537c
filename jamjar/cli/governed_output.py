"""The output of the commands that read who governs: members, rights, what is pending, and what needs attention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from jamjar.cli import acting, output
from jamjar.encoding.shown import minute, short
from jamjar.ledger.governed import Governed, ProposalRecord, Right
from jamjar.ledger.governed_words import standing_in_words, who
from jamjar.ledger.proposal_words import NO_OTHERS, changes_of, member_name, text_in_line
from jamjar.model.state import NOTHING, Standing
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.roles import role_name, role_word
from jamjar.protocol.settings import DAY


def print_members(governed: Governed) -> None:
    """Print the members, and who may do what, since when, who proposed it and who let it pass."""
    state = governed.state
    table = output.OutputTable("No.", "Name", "Standing", "Accounts")
    for number, member in sorted(state.members.items()):
        accounts = "\n".join(map(short, governed.accounts_of(number)))
        table.add(number, text_in_line(member.name), standing_in_words(governed, number), accounts or "none")
    table.print()
    table = output.OutputTable("Who", "May act as", "Since (UTC)", "Proposed by", "Approved by")
    for right in _ordered(governed):
        who = f"member {right.holder}" if isinstance(right.holder, int) else short(right.holder)
        table.add(who, role_word(right.role), minute(right.since), *_decided(governed, right))
    table.print()
    days = state.governance.delay // DAY
    typer.echo(
        f"Founders propose, and nothing holds for {days} days, in which any active member may veto it. Each member"
        " manages its own accounts, name and key."
    )


def members_json(governed: Governed) -> dict[str, Any]:
    """Return the same for programs, with whole addresses."""
    state = governed.state
    members = [
        {
            "member": number,
            "name": member.name,
            "standing": member.standing.name,
            "lapses_at": member.lapses_at,
            "accounts": governed.accounts_of(number),
            "encryption_key": f"0x{member.key_digest.hex()}",
        }
        for number, member in sorted(state.members.items())
    ]
    rights = []
    for right in _ordered(governed):
        record = governed.proposals.get(right.proposal or b"")
        rights.append({
            "holder": right.holder,
            "role": role_name(right.role),
            "since": right.since,
            "proposal": None if right.proposal is None else f"0x{right.proposal.hex()}",
            "proposed_by": record.proposed.by if record else None,
            "approved_by": list(record.proposed.owners) if record else [],
            "executed_by": record.executed.by if record and record.executed else None,
        })  # fmt: skip
    return {"members": members, "rights": rights}


def print_status(governed: Governed, deployment: Deployment, others: Mapping[str, str] = NO_OTHERS) -> None:
    """Print what is pending."""
    for record in governed.pending:
        _print_proposal(governed, record, deployment, others)
    state = governed.state
    for number, recovery in sorted(state.recoveries.items()):
        until = recovery.ready_at + state.rules.recovery
        typer.echo(
            output.clean(
                f"Recovery of {member_name(state, number)}: account {recovery.account} can complete it from"
                f" {minute(recovery.ready_at)} to {minute(until)} UTC; until then the member can object."
            )
        )
    for number in sorted(state.members):
        if state.member(number).standing is Standing.SUSPENDED:
            typer.echo(
                output.clean(f"{member_name(state, number, first=True)}: {standing_in_words(governed, number)}.")
            )
    if not (governed.pending or state.recoveries or len(governed.active) < len(state.members)):
        typer.echo("Nothing is pending.")


def status_json(governed: Governed, deployment: Deployment, others: Mapping[str, str] = NO_OTHERS) -> dict[str, Any]:
    """Return the same for programs."""
    state = governed.state
    return {
        "now": governed.now,
        "proposals": [
            {
                "id": f"0x{record.id.hex()}",
                "changes": [
                    {"what": change.what, "now": change.now, "then": change.then}
                    for change in changes_of(record.content, state, deployment, others)
                ],
                "proposed_by": record.proposed.by,
                "proposed_at": record.proposed.at,
                "ready_at": record.content.ready,
                "may_veto": governed.active,
            }
            for record in governed.pending
        ],
        "recoveries": [
            {"member": number, "account": each.account, "ready_at": each.ready_at}
            for number, each in sorted(state.recoveries.items())
        ],
        "suspended": [
            {"member": number, "lapses_at": each.lapses_at, "reason": governed.reasons[number][0].name}
            for number, each in sorted(state.members.items())
            if each.standing is Standing.SUSPENDED
        ],
    }


def _print_proposal(
    governed: Governed, record: ProposalRecord, deployment: Deployment, others: Mapping[str, str]
) -> None:
    name, ready = short(f"0x{record.id.hex()}"), record.content.ready
    when = "ready now" if ready <= governed.now else f"ready at {minute(ready)} UTC"
    if record.content.predecessor != NOTHING:
        when += f", once proposal 0x{record.content.predecessor.hex()} was executed"
    typer.echo(f"Proposal {name}, by {who(governed, record.proposed.by)} at {minute(record.proposed.at)} UTC, {when}:")
    acting.print_changes(changes_of(record.content, governed.state, deployment, others))
    listed = ", ".join(map(str, governed.active)) or "none, as none is active"
    typer.echo(f"Each active member may veto it ({listed}): jamjar consortium veto {name}")


def _ordered(governed: Governed) -> list[Right]:
    """The rights in their order: of members by number, then of founders."""
    return sorted(
        governed.rights.values(), key=lambda right: (isinstance(right.holder, str), str(right.holder).zfill(42))
    )


def _decided(governed: Governed, right: Right) -> tuple[str, str]:
    if right.proposal is None:
        return "founding", "founding"
    record = governed.proposals[right.proposal]
    done = f"no veto; executed by {who(governed, record.executed.by)}" if record.executed else "no veto"
    owners = "".join(f"\nowner {short(owner)}" for owner in record.proposed.owners)
    return who(governed, record.proposed.by) + owners, done
