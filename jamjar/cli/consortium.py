"""Commands for people who govern: found a consortium, propose, veto and execute, see who may do what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar import __version__
from jamjar.cli import acting, options, output, propose
from jamjar.cli.acting import Keystore
from jamjar.cli.options import DEFAULT_DEPLOYMENT, DEFAULT_NODE, Locations
from jamjar.cli.safe_file import read_safe_file
from jamjar.encoding.shown import minute, short
from jamjar.errors import DeploymentError, InvalidInput
from jamjar.ledger import governed_words
from jamjar.ledger.proposal_words import Change, changes_of
from jamjar.protocol.address import checksum_address, parse_address

if TYPE_CHECKING:
    from jamjar.model.state import Proposal
    from jamjar.protocol.settings import Settings

NEEDS_ATTENTION = 3

app = typer.Typer(
    no_args_is_help=True,
    help="Who the members are, and who decides it: founders propose, members veto, anyone executes.",
    epilog="The options above come before the command: jamjar consortium --deployment FILE status",
)
app.add_typer(propose.app, name="propose")

_Proposal = Annotated[str, typer.Argument(help="The proposal's id, or its beginning.")]


@app.callback()
def consortium(
    context: typer.Context,
    deployment: options.DeploymentFile = DEFAULT_DEPLOYMENT,
    node: options.Node = DEFAULT_NODE,
) -> None:
    """Who the members are, and who decides it: founders propose, members veto, anyone executes."""
    context.obj = Locations("", None, deployment, node)


@app.command(epilog="Example: jamjar consortium template > founders.toml")
def template() -> None:
    """Print a file of founders to fill in."""
    from jamjar.ledger.founders_file import template as text

    typer.echo(text(), nl=False)


@app.command(epilog="Example: jamjar consortium init --founders founders.toml --keystore-file deployer.keystore")
def init(
    context: typer.Context,
    founders: Annotated[Path, typer.Option(help="The file of founders; see jamjar consortium template.")],
    keystore: Keystore,
    password_file: options.PasswordFile = None,
    node: Annotated[str, typer.Option(help="Your own node's JSON-RPC address.")] = "",
    out: Annotated[Path, typer.Option(help="The folder of the deployment file.")] = Path("deployments"),
    commit: Annotated[str, typer.Option(help="The commit of the source, for whoever checks the code.")] = "",
    yes: options.Yes = False,
) -> None:
    """Deploy the contracts of a new consortium, write its deployment file, and check it."""
    from jamjar.ledger import deployment_file, founders_file
    from jamjar.ledger.deploying import deploy
    from jamjar.ledger.founded import check_founded
    from jamjar.ledger.ledger import Ledger
    from jamjar.ledger.rpc import connect
    from jamjar.ledger.transacting import address_of

    settings = founders_file.read(founders)
    address = options.web_address(node or context.obj.node, "node")
    web3, chain_id = connect(address)
    if (file := deployment_file.path_of(out, chain_id)).exists():
        raise DeploymentError(f"{file} is there already; name another folder with --out, or move it away.")
    deployment_file.prepare(out)
    sender = options.account(keystore, password_file)
    _print_founding(settings, chain_id)
    acting.ask_first(f"Deploy from {address_of(sender)}? It has no power afterwards.", yes=yes)
    made = deploy(web3, sender, settings, commit or f"jamjar {__version__}", lambda name: typer.echo(f"{name} ..."))
    try:
        typer.echo(f"Wrote {deployment_file.write(made, out)}")
    except DeploymentError:
        typer.echo(made.to_json())  # else nobody would know where the contracts are
        raise
    checked = check_founded(Ledger(web3, made))
    typer.echo(f"The ledger says the same as the file, in {checked} things, and its code is what was deployed.")
    typer.echo(f"Check the code itself, from a checkout: make check-deployment URL={address} FILE={file}")


@app.command(epilog="Example: jamjar consortium members")
def members(context: typer.Context, as_json: options.Json = False) -> None:
    """List who may do what, from when, who proposed it and who let it pass."""
    from jamjar.cli.governed_output import members_json, print_members
    from jamjar.ledger import governed

    found = governed.read(context.obj.ledger())
    if as_json:
        output.print_json(members_json(found))
    else:
        print_members(found)


@app.command(
    epilog="Example: jamjar consortium status --account 0x...  Exit status: 0 nothing is pending (with --account, "
    "nothing that this account's member can act on), 3 something needs attention, 1 it could not be read."
)
def status(
    context: typer.Context,
    account: Annotated[str, typer.Option(help="An account: say what needs its member's attention.")] = "",
    as_json: options.Json = False,
) -> None:
    """List what is pending: proposals, recoveries, and suspensions that lapse."""
    from jamjar.cli.governed_output import print_status, status_json
    from jamjar.ledger import governed

    address = checksum_address(parse_address(account)) if account else ""
    ledger = context.obj.ledger()
    found = governed.read(ledger)
    if account and not found.state.member_of(address):
        raise InvalidInput(f"{address} acts for no member; name an account that does.")
    if as_json:
        output.print_json(status_json(found, ledger.deployment, acting.others(context.obj)))
    else:
        print_status(found, ledger.deployment, acting.others(context.obj))
    needs = governed_words.urgent(found, address)
    for sentence in needs:
        typer.echo(sentence, err=True)
    raise typer.Exit(NEEDS_ATTENTION if needs else 0)


@app.command(epilog="Example: jamjar consortium approve proposal.json --keystore-file owner.keystore")
def approve(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The Safe's transaction, which propose --out wrote.")],
    keystore: Keystore,
    password_file: options.PasswordFile = None,
    yes: options.Yes = False,
) -> None:
    """Approve what a Safe that is a founder is to propose, as one of its owners; the last approval proposes it."""
    from jamjar.ledger.safe import Safe

    actor = acting.enter(context, keystore, password_file)
    transaction, proposal = read_safe_file(file, actor.ledger)
    if transaction.safe not in actor.governed.founders() or not actor.ledger.is_contract(transaction.safe):
        raise InvalidInput(f"{transaction.safe} is no Safe that is a founder; an account proposes without approval.")
    safe = Safe(actor.ledger, transaction.safe)
    if actor.account not in (owners := safe.owners()):
        raise InvalidInput(f"{actor.account} is no owner of the Safe {safe.address}; sign with an owner's keystore.")
    if safe.nonce() != transaction.nonce:
        raise InvalidInput("The Safe carried out another transaction since, or this one; propose again if it was not.")
    approvers, threshold = safe.approvers(transaction), safe.threshold()
    _print_changes(context, actor, proposal)
    now = f"{len(approvers)} of {threshold} ({', '.join(map(short, approvers)) or 'none'})"
    then = sorted({*approvers, actor.account})
    acting.print_changes([Change(f"Approvals of {len(owners)} owners", now, f"{len(then)} of {threshold}")])
    enough = len(then) >= threshold
    acting.ask_first("Approve it? It is proposed at once." if enough else "Approve it?", yes=yes)
    if actor.account not in approvers:
        acting.print_recorded(safe.approve(transaction, actor.sender))
    if enough:
        acting.print_recorded(safe.execute(transaction, then[:threshold], actor.sender))


@app.command(epilog="Example: jamjar consortium veto 3fa94b --keystore-file our.keystore")
def veto(
    context: typer.Context,
    proposal: _Proposal,
    keystore: Keystore,
    password_file: options.PasswordFile = None,
    yes: options.Yes = False,
) -> None:
    """Veto a proposal, with an account of an active member: it can never be executed."""
    actor = acting.enter(context, keystore, password_file)
    found = governed_words.named(actor.governed, proposal)
    _print_changes(context, actor, found.content)
    change = Change(f"Proposal {short(f'0x{found.id.hex()}')}", "pending", f"vetoed by member {actor.member}")
    acting.act(
        actor, ("Governance", "cancel", found.id), [change], "Veto it, so that nothing of this happens?", yes=yes
    )


@app.command(epilog="Example: jamjar consortium execute 3fa94b --keystore-file our.keystore")
def execute(
    context: typer.Context,
    proposal: _Proposal,
    keystore: Keystore,
    password_file: options.PasswordFile = None,
    yes: options.Yes = False,
) -> None:
    """Execute a proposal that nobody vetoed and whose delay has passed, as anyone may."""
    from jamjar.ledger.governance import Governance

    actor = acting.enter(context, keystore, password_file)
    found = governed_words.named(actor.governed, proposal)
    if actor.governed.now < found.content.ready:
        raise InvalidInput(f"It is ready at {minute(found.content.ready)} UTC; execute it then.")
    _print_changes(context, actor, found.content)
    acting.ask_first("Execute it?", yes=yes)
    acting.print_recorded(Governance(actor.ledger, actor.sender).execute(found.content))


def _print_changes(context: typer.Context, actor: acting.Actor, proposal: Proposal) -> None:
    others = acting.others(context.obj)
    acting.print_changes(changes_of(proposal, actor.governed.state, actor.ledger.deployment, others))


def _print_founding(settings: Settings, chain_id: int) -> None:
    from jamjar.protocol.settings import DAY

    table = output.OutputTable("What", "Now", "Then", title=f"A new consortium on chain {chain_id}")
    for each in settings.members:
        table.add(f"Member {each.number}", "none", f"{each.name}, as {', '.join(each.roles).lower() or 'nothing'}")
        table.add(f"Account of member {each.number}", "none", each.account)
    for founder in settings.founders:
        table.add("Founder", "none", founder)
    for what, seconds in (
        ("Delay of a proposal", settings.governance_delay),
        ("A suspension by the council lapses after", settings.suspension),
        ("A member can object to a recovery for", settings.recovery),
    ):
        table.add(what, "none", f"{seconds // DAY} days")
    table.print()
