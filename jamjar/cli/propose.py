"""Commands that propose changes to the governance, or act at once as the council may."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from jamjar.cli import acting, files, options
from jamjar.cli.acting import Actor, Keystore
from jamjar.cli.safe_file import write_safe_file
from jamjar.errors import InvalidInput
from jamjar.ledger.proposal_words import Change, changes_of, member_name, standing_of
from jamjar.model.member_rules import seat_of
from jamjar.model.state import Proposal, Reason, Standing
from jamjar.model.status_words import STANDING, reason_words
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.calldata import data_of
from jamjar.protocol.founding import FoundingMember, check_shown
from jamjar.protocol.roles import FOUNDER, Role, role_word
from jamjar.protocol.settings import DAY

app = typer.Typer(no_args_is_help=True, help="Propose a change of who the members are.")

_Member = Annotated[int, typer.Argument(min=1, max=2**32 - 1, help="The member's number.")]
_Out = Annotated[
    Path | None, typer.Option("--out", help="Where the founder is a Safe: write its transaction into this new file.")
]
_REASONS = ", ".join(each.name for each in Reason if each)


@app.command(epilog="Example: jamjar consortium propose admit --number 6 --name 'Lake Advice' --role ADVISER "
             "--account 0x... --encryption-key-file lake.key --keystore-file founder.keystore")  # fmt: skip
def admit(
    context: typer.Context,
    keystore: Keystore,
    number: Annotated[int, typer.Option(help="Its number, chosen once, which no member has or had.")],
    name: Annotated[str, typer.Option(help="Its public name, which no other member has or had.")],
    account: Annotated[str, typer.Option(help="The first account that acts for it.")],
    encryption_key: Annotated[
        Path, typer.Option("--encryption-key-file", help="Its public encryption key: a file of hex digits.")
    ],
    role: Annotated[list[str] | None, typer.Option(help="A role, such as ADVISER. May be repeated.")] = None,
    password_file: options.PasswordFile = None,
    out: _Out = None,
    yes: options.Yes = False,
) -> None:
    """Propose to admit a member."""
    key = "".join(files.text(encryption_key, "encryption key").split()).removeprefix("0x")
    roles_ = tuple(map(_code, role or ()))
    wanted = FoundingMember(number, name, roles_, account, f"0x{key}")  # raises for what is refused anyway
    check_shown(wanted.name)
    actor = acting.enter(context, keystore, password_file)
    _propose(actor, [("admit", wanted.admission())], out=out, yes=yes)


@app.command(
    epilog="Example: jamjar consortium propose roles 6 --add AUDITOR --remove ADVISER --keystore-file f.keystore"
)
def roles(
    context: typer.Context,
    member: _Member,
    keystore: Keystore,
    add: Annotated[list[str] | None, typer.Option(help="A role to grant. May be repeated.")] = None,
    remove: Annotated[list[str] | None, typer.Option(help="A role to take away. May be repeated.")] = None,
    password_file: options.PasswordFile = None,
    out: _Out = None,
    yes: options.Yes = False,
) -> None:
    """Propose to change a member's roles."""
    wanted = [("grantRole", _role(each)) for each in add or []] + [("revokeRole", _role(each)) for each in remove or []]
    if not wanted or len({role for _, role in wanted}) != len(wanted):
        raise InvalidInput("No role is named, or one is named twice; name each once, with --add or --remove.")
    actor = acting.enter(context, keystore, password_file)
    held = actor.governed.state.member(member).roles
    for function, role in wanted:
        if (role.value in held) == (function == "grantRole"):
            has = "has" if role.value in held else "lacks"
            raise InvalidInput(
                f"Member {member} {has} the role {role_word(role.value)} already; see jamjar consortium members."
            )
    _propose(actor, [(function, role.value, seat_of(member)) for function, role in wanted], out=out, yes=yes)


@app.command(epilog="Example: jamjar consortium propose suspend 3 --reason KEY_STOLEN --keystore-file council.keystore")
def suspend(
    context: typer.Context,
    member: _Member,
    reason: Annotated[str, typer.Option(help=f"Why: {_REASONS}.")],
    keystore: Keystore,
    password_file: options.PasswordFile = None,
    out: _Out = None,
    yes: options.Yes = False,
) -> None:
    """Suspend a member: at once until it lapses, as the council; or propose, as a founder, that it stays so."""
    why = Reason.__members__.get(_code(reason), Reason.NONE)
    if not why:
        raise InvalidInput(f"There is no reason {reason!r}; choose one of {_REASONS}.")
    actor = acting.enter(context, keystore, password_file)
    state = actor.governed.state
    is_confirmed = state.member(member).standing is Standing.SUSPENDED
    if not state.is_council(actor.account) or (is_confirmed and actor.account in actor.governed.founders()):
        _propose(actor, [("suspend", member, int(why))], out=out, yes=yes)
        return
    days = state.rules.suspension // DAY
    then = f"suspended ({reason_words(why)}) for {days} days, unless the governance confirms or ends it"
    change = Change(member_name(state, member, first=True), standing_of(state, member), then)
    question = "You act as the council: this holds at once. Suspend the member?"
    acting.act(actor, ("Consortium", "suspend", member, int(why)), [change], question, yes=yes)


@app.command(epilog="Example: jamjar consortium propose reinstate 3 --keystore-file founder.keystore")
def reinstate(
    context: typer.Context,
    member: _Member,
    keystore: Keystore,
    password_file: options.PasswordFile = None,
    out: _Out = None,
    yes: options.Yes = False,
) -> None:
    """Propose to reinstate a suspended member; once its suspension lapsed, reinstate it at once, as anyone may."""
    actor = acting.enter(context, keystore, password_file)
    state, lapses = actor.governed.state, actor.governed.state.member(member).lapses_at
    if state.is_active(member) or not lapses or actor.governed.now < lapses:
        _propose(actor, [("reinstate", member)], out=out, yes=yes)
        return
    change = Change(member_name(state, member, first=True), "suspended, and that has lapsed", STANDING[Standing.ACTIVE])
    call = ("Consortium", "reinstate", member)
    acting.act(actor, call, [change], "The suspension has lapsed, so this holds at once. Reinstate it?", yes=yes)


@app.command(epilog="Example: jamjar consortium propose recover 3 0x... --keystore-file council.keystore")
def recover(
    context: typer.Context,
    member: _Member,
    account: Annotated[str, typer.Argument(help="The account that is to act for it.")],
    keystore: Keystore,
    password_file: options.PasswordFile = None,
    yes: options.Yes = False,
) -> None:
    """Propose an account for a member that lost all its keys, as the council; the member can object."""
    address, actor = checksum_address(parse_address(account)), acting.enter(context, keystore, password_file)
    state = actor.governed.state
    before = state.recovery(member).account
    days = state.rules.recovery // DAY
    then = f"{address} can complete it in {days} days, for {days} days, unless the member objects"
    now = "none is proposed" if member not in state.recoveries else f"{before} is proposed, which this replaces"
    change = Change(f"Recovery of {member_name(state, member)}", now, then)
    call = ("Consortium", "proposeRecovery", member, address)
    acting.act(actor, call, [change], "Propose this account for the member?", yes=yes)


@app.command(epilog="Example: jamjar consortium propose founders --add 0x... --remove 0x... --keystore-file f.keystore")
def founders(
    context: typer.Context,
    keystore: Keystore,
    add: Annotated[list[str] | None, typer.Option(help="An account, or a Safe. May be repeated.")] = None,
    remove: Annotated[list[str] | None, typer.Option(help="A founder's account. May be repeated.")] = None,
    password_file: options.PasswordFile = None,
    out: _Out = None,
    yes: options.Yes = False,
) -> None:
    """Propose to change who the founders are."""
    added, removed = ([checksum_address(parse_address(each)) for each in some or []] for some in (add, remove))
    if not added + removed or len({*added, *removed}) != len(added + removed):
        raise InvalidInput("No account is named, or one is named twice; name each once, with --add or --remove.")
    actor = acting.enter(context, keystore, password_file)
    now = set(actor.governed.founders())
    if wrong := [each for each in added if each in now] + [each for each in removed if each not in now]:
        raise InvalidInput(f"{wrong[0]} is a founder already, or is none; see jamjar consortium members.")
    if not now - set(removed) | set(added):
        raise InvalidInput("That would leave no founder, and nothing could ever be proposed again; keep one.")
    calls = [("grantRole", FOUNDER, each) for each in added] + [("revokeRole", FOUNDER, each) for each in removed]
    _propose(actor, calls, "Governance", out=out, yes=yes)


def _propose(
    actor: Actor, calls: Sequence[tuple[Any, ...]], contract: str = "Consortium", *, out: Path | None, yes: bool
) -> None:
    governance = actor.ledger.deployment.governance.address
    for function, *arguments in calls:  # so that nothing is proposed that would be refused after days
        actor.ledger.attempt(governance, contract, function, *arguments)
    target = actor.ledger.deployment.contracts()[contract].address
    content = tuple((target, 0, data_of(contract, function, *arguments)) for function, *arguments in calls)
    changes = changes_of(Proposal(content), actor.governed.state, actor.ledger.deployment)
    schedule(actor, calls, contract, changes, out=out, yes=yes)


def schedule(
    actor: Actor,
    calls: Sequence[tuple[Any, ...]],
    contract: str,
    changes: Sequence[Change],
    *,
    at: str = "",
    out: Path | None,
    yes: bool,
) -> None:
    """Propose calls that were tried, as a founder, or write what a Safe that is one has to carry out.

    at  the contract's address, where it is none of the deployment's
    """
    from jamjar.ledger.governance import scheduled

    ledger, governed = actor.ledger, actor.governed
    batch = scheduled(ledger, calls, contract, at)
    safes = [each for each in governed.founders() if each != actor.account and ledger.is_contract(each)]
    if actor.account not in governed.founders() and safes:
        acting.print_changes(changes)
        write_safe_file(ledger, safes, data_of("Governance", "scheduleBatch", *batch), out)
        return
    if actor.account not in governed.founders():
        raise InvalidInput(f"{actor.account} is no founder's account, which alone proposes this; sign with another.")
    wait = f"Nothing changes for {batch[-1] // DAY} days, in which any active member may veto it. Propose it?"
    receipt = acting.act(actor, ("Governance", "scheduleBatch", *batch), changes, wait, yes=yes)
    typer.echo(f"Proposal 0x{getattr(receipt.events[0], 'id', b'').hex()}; see jamjar consortium status.")


def _role(name: str) -> Role:
    if _code(name) not in Role.__members__:
        raise InvalidInput(f"There is no role {name!r}; choose one of {', '.join(Role.__members__)}.")
    return Role[_code(name)]


def _code(word: str) -> str:
    """Return the name of a role or reason as the contracts have it, for a word as lists have it."""
    return word.upper().replace("-", "_")
