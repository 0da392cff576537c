"""Commands by which a member manages itself: its accounts, its encryption key, its name, and objections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import acting, member_key, options, output
from jamjar.cli.acting import Keystore
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, Locations
from jamjar.encoding.shown import minute
from jamjar.errors import InvalidInput
from jamjar.ledger import governed_words
from jamjar.ledger.proposal_words import Change, member_name, standing_of, text_in_line
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.founding import check_shown

if TYPE_CHECKING:
    from jamjar.cli.acting import Actor

app = typer.Typer(
    no_args_is_help=True,
    help="A member manages itself: accounts, encryption key, name.",
    epilog="The options above come before the command: jamjar member --deployment FILE status --account 0x...",
)
_accounts = typer.Typer(no_args_is_help=True, help="The accounts that act for your member.")
_recovery = typer.Typer(no_args_is_help=True, help="An account that the council proposes for a member without keys.")
app.add_typer(_accounts, name="account")
app.add_typer(member_key.app, name="key")
app.add_typer(_recovery, name="recovery")

_Account = Annotated[str, typer.Argument(help="The account.")]
_Member = Annotated[int, typer.Argument(min=1, max=2**32 - 1, help="The member's number.")]


@app.callback()
def member(
    context: typer.Context,
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = DEFAULT_NODE,
) -> None:
    """A member manages itself: accounts, encryption key, name."""
    context.obj = Locations("", None, deployment, node)


@app.command(epilog="Example: jamjar member status --account 0x...  "
             "Exit status: 0 nothing needs attention, 3 something does.")  # fmt: skip
def status(
    context: typer.Context, account: Annotated[str, typer.Option(help="An account that acts for the member.")]
) -> None:
    """Print what the ledger has of your member, and what needs its attention."""
    from jamjar.cli.consortium import NEEDS_ATTENTION
    from jamjar.ledger import governed

    address = checksum_address(parse_address(account))
    found = governed.read(context.obj.ledger())
    state, number = found.state, found.state.member_of(address)
    if not number:
        raise InvalidInput(f"{address} acts for no member; name an account that does.")
    change, at = found.key_changes[number]
    table = output.OutputTable("", "", title=member_name(state, number, first=True))
    table.add("Standing", standing_of(state, number))
    table.add("Accounts", "\n".join(found.accounts_of(number)))
    offers = [offered for of, offered in state.offers if of == number]
    table.add("Offered to", "\n".join(offers) or "nobody")
    table.add("Encryption key", f"0x{change.digest.hex()}")
    table.add("which is since", f"{minute(at)} UTC, by {governed_words.who(found, change.by)}")
    table.print()
    needs = governed_words.urgent(found, address)
    for sentence in needs:
        typer.echo(sentence, err=True)
    raise typer.Exit(NEEDS_ATTENTION if needs else 0)


@app.command(epilog="Example: jamjar member rename 'Lake Advice' --keystore-file our.keystore")
def rename(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The new name, which no other member has or had.")],
    keystore: Keystore,
    password_file: options.PasswordFile = None,
    yes: options.Yes = False,
) -> None:
    """Give your member another name; the one before stays its own permanently."""
    check_shown(name)
    actor = acting.enter(context, keystore, password_file)
    before = actor.governed.state.member(actor.own_member()).name
    if name == before:
        raise InvalidInput("The member has this name already; give another.")
    change = Change(f"Name of member {actor.member}", text_in_line(before), text_in_line(name))
    question = "Claimants whose terms have the old name have to agree to new ones. Rename it?"
    acting.act(actor, ("Consortium", "rename", name), [change], question, yes=yes)


@_accounts.command("add", epilog="Example: jamjar member account add 0x... --keystore-file our.keystore")
def add(
    context: typer.Context,
    account: _Account,
    keystore: Keystore,
    password_file: options.PasswordFile = None,
    yes: options.Yes = False,
) -> None:
    """Offer an account to act for your member; it acts once it accepts."""
    address, actor = checksum_address(parse_address(account)), acting.enter(context, keystore, password_file)
    change = Change(f"Account {address}", _acts_for(actor, address), f"offered to act for member {actor.own_member()}")
    call = ("Consortium", "offerAccount", address)
    acting.act(actor, call, [change], "Offer it to act for your member?", yes=yes)
    typer.echo(f"It acts once it accepts: jamjar member account accept {actor.member} --keystore-file ITS-KEYSTORE")


@_accounts.command("accept", epilog="Example: jamjar member account accept 3 --keystore-file new.keystore")
def accept(
    context: typer.Context,
    member: _Member,
    keystore: Keystore,
    password_file: options.PasswordFile = None,
    yes: options.Yes = False,
) -> None:
    """Accept, with the account that was offered, to act for a member."""
    _act_for(acting.enter(context, keystore, password_file), member, "acceptAccount", yes=yes)


@_accounts.command("remove", epilog="Example: jamjar member account remove 0x... --keystore-file our.keystore")
def remove(
    context: typer.Context,
    account: _Account,
    keystore: Keystore,
    password_file: options.PasswordFile = None,
    yes: options.Yes = False,
) -> None:
    """End another account's power to act for your member, or take its offer back."""
    address, actor = checksum_address(parse_address(account)), acting.enter(context, keystore, password_file)
    actor.own_member()
    change = Change(f"Account {address}", _acts_for(actor, address), "acts for no member, and is not offered to")
    acting.act(actor, ("Consortium", "removeAccount", address), [change], "Remove it?", yes=yes)


@_recovery.command("object", epilog="Example: jamjar member recovery object --keystore-file our.keystore")
def object_(
    context: typer.Context,
    keystore: Keystore,
    password_file: options.PasswordFile = None,
    yes: options.Yes = False,
) -> None:
    """Object to the account that the council proposes for your member, which ends it."""
    actor = acting.enter(context, keystore, password_file)
    change = _ended_recovery(actor, actor.own_member())
    acting.act(actor, ("Consortium", "objectToRecovery"), [change], "Object to it?", yes=yes)


@_recovery.command("complete", epilog="Example: jamjar member recovery complete 3 --keystore-file new.keystore")
def complete(
    context: typer.Context,
    member: _Member,
    keystore: Keystore,
    password_file: options.PasswordFile = None,
    yes: options.Yes = False,
) -> None:
    """Act, with the account that the council proposed, for a member that lost its keys and did not object."""
    _act_for(acting.enter(context, keystore, password_file), member, "completeRecovery", yes=yes)


@_recovery.command("lapse", epilog="Example: jamjar member recovery lapse 3 --keystore-file our.keystore")
def lapse(
    context: typer.Context,
    member: _Member,
    keystore: Keystore,
    password_file: options.PasswordFile = None,
    yes: options.Yes = False,
) -> None:
    """End a recovery that was not completed in time, as anyone may."""
    actor = acting.enter(context, keystore, password_file)
    change = _ended_recovery(actor, member)
    acting.act(actor, ("Consortium", "lapseRecovery", member), [change], "End it?", yes=yes)


def _act_for(actor: Actor, member: int, function: str, *, yes: bool) -> None:
    then = f"acts for {member_name(actor.governed.state, member)}"
    change = Change(f"Account {actor.account}", _acts_for(actor, actor.account), then)
    acting.act(actor, ("Consortium", function, member), [change], "Act for this member?", yes=yes)


def _ended_recovery(actor: Actor, member: int) -> Change:
    proposed = actor.governed.state.recovery(member).account
    return Change(f"Recovery of member {member}", f"{proposed} is proposed", "none is proposed")


def _acts_for(actor: Actor, account: str) -> str:
    state = actor.governed.state
    number = state.member_of(account)
    offers = ", ".join(str(of) for of, offered in state.offers if offered == account)
    return f"acts for member {number}" if number else f"offered by member {offers}" if offers else "acts for no member"
