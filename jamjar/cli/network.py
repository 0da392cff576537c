"""Commands for a network of several institutions' nodes on this machine."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import options, output

if TYPE_CHECKING:
    from jamjar.network.plan import NetworkPlan

app = typer.Typer(no_args_is_help=True, help="A network of several institutions' nodes, on this machine.")
Folder = Annotated[Path, typer.Argument(help="The network's folder.")]
Numbers = Annotated[
    list[int] | None, typer.Option("--node", help="The number of a node; all unless named. May be repeated.")
]
WRONG = 3
"""The exit status when something is wrong with the network."""


@app.callback()
def network() -> None:
    """A network of several institutions' nodes, on this machine."""


@app.command(epilog="Example: jamjar network init trial --validators 5")
def init(
    folder: Annotated[Path, typer.Argument(help="The new folder of the network.")],
    engine: Annotated[str, typer.Option(help="kaia (Istanbul BFT, final at once) or geth (Clique).")] = "kaia",
    validators: Annotated[int, typer.Option(help="Nodes that seal blocks: 3, 5 or 7.")] = 5,
    followers: Annotated[int, typer.Option(help="Nodes that only follow.")] = 0,
    chain_id: Annotated[int | None, typer.Option(help="The chain's id; a random one unless named.")] = None,
) -> None:
    """Make keys, the first block, static nodes and the allow-list of a network; nothing is started."""
    import secrets

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
def up(folder: Folder, node: Numbers = None) -> None:
    """Start nodes, and wait until they have a new block; the engine is built if it is not there."""
    from jamjar.network import running

    plan = _plan(folder)
    running.up(folder, plan, _numbers(plan, node), lambda told: typer.echo(told, err=True))
    for each in plan.nodes:
        if each.number in _numbers(plan, node):
            typer.echo(f"Node {each.number} answers at {running.url_of(each)}.")


@app.command(epilog="Example: jamjar network down trial --node 3")
def down(folder: Folder, node: Numbers = None) -> None:
    """End nodes; their keys, databases and logs stay."""
    from jamjar.network import running

    plan = _plan(folder)
    ended = running.down(folder, plan, _numbers(plan, node))
    typer.echo(f"Ended: {', '.join(map(str, ended))}." if ended else "None of them ran.")


@app.command(epilog="Example: jamjar network status trial --json. Exit status: 3 when something is wrong.")
def status(
    folder: Folder,
    blocks: Annotated[int, typer.Option(min=0, help="Of how many of the newest blocks to count the sealers.")] = 20,
    as_json: options.Json = False,
) -> None:
    """Show each node's newest block, peers, pool and disk, who seals, and what is wrong."""
    from jamjar.network.status import look

    found = look(folder, _plan(folder), int(time.time()), blocks)
    if as_json:
        output.print_json(asdict(found))
    else:
        columns = "Node", "Process", "Block", "Behind", "Age", "Peers", "Pool", "Sealed", "MB"
        table = output.OutputTable(*columns, right=columns)
        for each in found.nodes:
            told = (each.height, each.behind, f"{each.age} s", each.peers, each.pool) if each.answers else ("-",) * 5
            sealed = found.sealed.get(each.address, "-") if each.validates else "follows"
            table.add(each.number, each.pid or "-", *told, sealed, each.disk // 10**6)
        table.print()
        for version in sorted({each.version for each in found.nodes if each.answers}):
            which = ", ".join(str(each.number) for each in found.nodes if each.version == version)
            typer.echo(f"{version}: {which}")
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

    plan = _plan(folder)
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


def _plan(folder: Path) -> NetworkPlan:
    from jamjar.network.setting_up import read

    return read(folder)


def _numbers(plan: NetworkPlan, chosen: list[int] | None) -> list[int]:
    return [plan.node(number).number for number in chosen or [each.number for each in plan.nodes]]
