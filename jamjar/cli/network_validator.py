"""Commands for voting on who seals blocks."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import options, output
from jamjar.errors import InvalidInput

if TYPE_CHECKING:
    from jamjar.cli.network_place import VotingPlace
    from jamjar.network.ballot import Ballot

app = typer.Typer(no_args_is_help=True, help="Who seals blocks: votes of validators, and what follows from them.")
Where = Annotated[str, typer.Argument(help="A network's folder, or the JSON-RPC address of your own validator's node.")]
Who = Annotated[str, typer.Argument(help="The validator's address; in a folder, its node's number will do.")]
Voters = Annotated[
    list[int] | None,
    typer.Option("--node", help="In a folder: whose vote; all that run unless named. May be repeated."),
]


@app.command(epilog="Example: jamjar network validator propose trial 6, or ... trial 3 --out")
def propose(
    where: Where,
    who: Who,
    out: Annotated[bool, typer.Option("--out", help="Vote it out; without this, in.")] = False,
    node: Voters = None,
    yes: options.Yes = False,
) -> None:
    """Vote that an address seals blocks, or no longer does; warns before blocks would stand still."""
    from jamjar.cli.network_place import open_place
    from jamjar.network import ballot

    place = open_place(where)
    address, found = place.address(who), place.ballot()
    if (address in found.validators) != out:
        raise InvalidInput(
            f"{place.label(address)} {'seals no blocks' if out else 'seals blocks already'}; see status."
        )
    voters = _voters(place, found, node, address if out and not place.voting.own else "")
    follows = ballot.risk(place.voting, found, address, adds=not out)
    if follows.halts and not yes:
        raise InvalidInput(f"{follows.sentence} Nothing was done; start more first, or vote all the same with --yes.")
    if follows.sentence and not options.agreed(f"{follows.sentence} Vote all the same?", yes=yes):
        raise typer.Exit(1)
    for voter in voters:
        ballot.cast(place.voting, place.nodes[voter], address, adds=not out)
    typer.echo(f"Voted {'out' if out else 'in'}: {place.label(address)}; by {len(voters)}, of {found.needed} needed.")
    enough = len(found.voters(address, adds=not out) | {*voters}) >= found.needed
    _end(place, voters, address, adds=not out, enough=enough)


@app.command(epilog="Example: jamjar network validator discard trial 6")
def discard(where: Where, who: Who, node: Voters = None) -> None:
    """Take votes back that are in no block yet, and have nodes no longer cast them."""
    from jamjar.cli.network_place import open_place
    from jamjar.network import ballot

    place = open_place(where)
    address = place.address(who)
    voters = _voters(place, place.ballot(), node, "")
    for voter in voters:
        ballot.take_back(place.voting, place.nodes[voter], address)
    typer.echo(f"Taken back, by {len(voters)}: votes on {place.label(address)} that are in no block yet.")


@app.command(epilog="Example: jamjar network validator status trial --json")
def status(where: Where, as_json: options.Json = False) -> None:
    """Show who may vote, who of them runs, how many votes are needed, and which were cast."""
    from jamjar.cli.network_place import open_place

    place = open_place(where)
    found = place.ballot()
    if as_json:
        output.print_json({**asdict(found), "decided": found.decided(), "quorum": _quorum(place, found)})
        return
    for address in found.validators:
        typer.echo(f"May vote: {place.label(address)}{'' if address in found.running else ', which does not run'}.")
    typer.echo(f"Needed: {found.needed} of {len(found.validators)} votes; {_quorum(place, found)} to seal blocks.")
    for kind, votes in (("In a block", found.counted), ("In no block yet", found.waiting)):
        for vote in votes:
            typer.echo(
                f"{kind}: {place.label(vote.voter)} votes {'in' if vote.adds else 'out'} {place.label(vote.address)}."
            )
    for address, adds in found.decided():
        way = "in" if adds else "out"
        typer.echo(f"Warning: enough votes {way} are still counted: one more, by anyone, puts {address} {way} again.")
    typer.echo(place.voting.lasts)


def _quorum(place: VotingPlace, found: Ballot) -> int:
    return place.voting.quorum(len(found.validators))


def _voters(place: VotingPlace, found: Ballot, chosen: list[int] | None, besides: str) -> list[str]:
    """Return the addresses whose nodes vote; raises InvalidInput for one that may not."""
    from jamjar.cli.network_place import OWN

    if place.plan is None:
        if chosen:
            raise InvalidInput("One node alone is asked here; leave --node out, or name the network's folder.")
        return [OWN]
    named = [place.plan.node(number).address.lower() for number in chosen or ()]
    for address in named:
        if address not in found.running:
            raise InvalidInput(
                f"{place.label(address)} does not run, or is no validator; only those that are may vote."
            )
        if address == besides:
            raise InvalidInput(f"{place.label(address)} cannot vote itself out on this engine; have others do it.")
    voters = [each for each in named or found.running if each != besides]
    if not voters:
        raise InvalidInput("None of the validators runs; start them first: jamjar network up.")
    return voters


def _end(place: VotingPlace, voters: list[str], address: str, *, adds: bool, enough: bool) -> None:
    """Wait for the outcome where enough voted, end the nodes' own voting, and have the folder's plan follow."""
    from jamjar.network import ballot
    from jamjar.network.membership import kept_up

    if place.plan is None or place.folder is None or not enough:
        typer.echo("The others have to vote likewise; jamjar network validator status shows who did.")
        return
    if not ballot.await_outcome(place.voting, place.nodes, address, adds=adds):
        raise InvalidInput("The votes are cast, and not in blocks yet; ask jamjar network doctor, and status again.")
    if place.voting.discard is not None:
        for voter in voters:
            ballot.take_back(place.voting, place.nodes[voter], address)
    kept_up(place.folder, place.plan)
    now = len(place.ballot().validators)
    typer.echo(f"So it is: {place.label(address)} {'seals' if adds else 'no longer seals'}; {now} validators.")
    for node in place.plan.nodes if adds else ():
        if node.address.lower() == address:
            typer.echo(f"Have it run as a validator: jamjar network restart {place.folder} --node {node.number}")
