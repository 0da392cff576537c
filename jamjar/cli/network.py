"""Commands for a network of several institutions' nodes on this machine."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from jamjar.cli import joining, network_keeping, network_members, network_validator, options, output
from jamjar.cli.network_options import Folder, Numbers, Program, chosen, read_plan

app = typer.Typer(no_args_is_help=True, help="A network of several institutions' nodes, on this machine.")
app.add_typer(network_validator.app, name="validator")
app.add_typer(network_members.commands)
app.add_typer(network_keeping.commands)
WRONG = joining.WRONG
"""The exit status when something is wrong with the network."""

joining.register(app)


@app.callback()
def network() -> None:
    """A network of several institutions' nodes, on this machine."""


@app.command(epilog="Example: jamjar network init trial --validators 5")
def init(
    folder: Annotated[Path, typer.Argument(help="The new folder of the network.")],
    engine: Annotated[
        str, typer.Option(help="kaia (Istanbul BFT, final at once) or geth (Clique); besu, with --members.")
    ] = "kaia",
    validators: Annotated[int, typer.Option(help="Nodes that seal blocks: 3, 5 or 7.")] = 5,
    followers: Annotated[int, typer.Option(help="Nodes that only follow.")] = 0,
    chain_id: Annotated[int | None, typer.Option(help="The chain's id; a random one unless named.")] = None,
    members: Annotated[
        Path | None, typer.Option(help="Make a production network's files, of this file of members and their requests.")
    ] = None,
) -> None:
    """Make keys, the first block, static nodes and the allow-list of a network; nothing is started.

    With --members it makes no keys: each member made its own, and takes its bundle from the folder.
    """
    import secrets

    if members is not None:
        joining.found(folder, members, engine)
        return

    from jamjar.network.setting_up import make
    from jamjar.service.ports import free_port

    plan = make(
        folder,
        engine,
        validators=validators,
        followers=followers,
        chain_id=secrets.randbelow(10**9) + 10**6 if chain_id is None else chain_id,
        now=int(time.time()),
        random=secrets.token_bytes,
        port=free_port,
    )
    typer.echo(f"Made {folder}: {len(plan.nodes)} nodes of {plan.engine} on chain {plan.chain_id}. Start them with up.")


@app.command(epilog="Example: jamjar network build --engine geth")
def build(engine: Annotated[str, typer.Option(help="kaia or geth.")] = "kaia") -> None:
    """Build an engine, which takes minutes, unless it is there; up does so where it is not."""
    from jamjar.network.building import built
    from jamjar.network.engines import engine_of

    typer.echo(f"{engine} is at {built(engine_of(engine), lambda told: typer.echo(told, err=True))}.")


@app.command(epilog="Example: jamjar network up trial")
def up(folder: Folder, node: Numbers = None, program: Program = None) -> None:
    """Start nodes, and wait until they have a new block; the engine is built if it is not there."""
    from jamjar.network import membership, running

    plan = membership.kept_up(folder, read_plan(folder))
    running.up(folder, plan, chosen(plan, node), lambda told: typer.echo(told, err=True), program)
    for each in plan.nodes:
        if each.number in chosen(plan, node):
            typer.echo(f"Node {each.number} answers at {running.url_of(each)}.")


@app.command(epilog="Example: jamjar network down trial --node 3")
def down(folder: Folder, node: Numbers = None) -> None:
    """End nodes; their keys, databases and logs stay."""
    from jamjar.network import running

    plan = read_plan(folder)
    ended = running.down(folder, plan, chosen(plan, node))
    typer.echo(f"Ended: {', '.join(map(str, ended))}." if ended else "None of them ran.")


@app.command(epilog="Example: jamjar network status trial --json. Exit status: 3 when something is wrong.")
def status(
    folder: Folder,
    blocks: Annotated[int, typer.Option(min=0, help="Of how many of the newest blocks to count the sealers.")] = 20,
    as_json: options.Json = False,
) -> None:
    """Show each node's newest block, peers, pool and disk, who seals, and what is wrong."""
    from jamjar.network.status import look

    found = look(folder, read_plan(folder), int(time.time()), blocks)
    if as_json:
        output.print_json(asdict(found))
    else:
        columns = "Node", "Process", "Block", "Behind", "Age", "Clock", "Peers", "Pool", "Sealed", "MB"
        table = output.OutputTable(*columns, right=columns)
        for each in found.nodes:
            clock = "-" if each.clock is None else f"{each.clock:+} s"
            peers = " ".join(map(str, each.linked)) if each.linked else each.peers
            told = (each.height, each.behind, f"{each.age} s", clock, peers, each.pool) if each.answers else ("-",) * 6
            sealed = found.sealed.get(each.address, "-") if each.validates else "follows"
            table.add(each.number, each.pid or "-", *told, sealed, each.disk // 10**6)
        table.print()
        for name in ("version", "genesis"):
            for value in sorted({getattr(each, name) for each in found.nodes if each.answers}):
                which = ", ".join(str(each.number) for each in found.nodes if getattr(each, name) == value)
                typer.echo(f"{'First block ' if name == 'genesis' else ''}{value}: {which}")
        for problem in found.problems:
            typer.echo(problem)
        if not found.problems:
            typer.echo("All nodes run and agree.")
    if found.problems:
        raise typer.Exit(WRONG)


@app.command(epilog="Example: jamjar network doctor trial. Exit status: 3 when something is wrong.")
def doctor(
    folder: Folder,
    seconds: Annotated[int, typer.Option(min=1, help="Seconds between the two looks.")] = 10,
    as_json: options.Json = False,
) -> None:
    """Say why blocks stand still, or why a node does, and what to do."""
    from jamjar.network.diagnosis import diagnose
    from jamjar.network.status import look

    plan = read_plan(folder)
    before = look(folder, plan, int(time.time()))
    time.sleep(seconds)
    found = diagnose(plan, folder, before, look(folder, plan, int(time.time())))
    if as_json:
        output.print_json(asdict(found))
    else:
        typer.echo(f"Blocks in {seconds} s: {found.blocks}.")
        for sentence in (*found.causes, *(f"-> {step}" for step in found.steps)):
            typer.echo(sentence)
        if not found.causes:
            typer.echo("Nothing is wrong.")
    if found.causes:
        raise typer.Exit(WRONG)
