"""Commands that change a network while it runs: a node added, taken out, with another key, or started again."""

from __future__ import annotations

import secrets

import typer

from jamjar.cli import options
from jamjar.cli.network_options import Folder, Number, Numbers, Program, chosen, read_plan

commands = typer.Typer()


@commands.command(epilog="Example: jamjar network add trial")
def add(folder: Folder) -> None:
    """Make one more node, with a key of its own, and let all others have it as a peer; it is not started."""
    from jamjar.network.membership import added
    from jamjar.network.setting_up import KEY_BYTES, PORTS_OF_A_NODE
    from jamjar.service.ports import free_port

    ports = [free_port() for _ in range(PORTS_OF_A_NODE)]
    node = added(folder, read_plan(folder), secrets.token_bytes(KEY_BYTES), ports).nodes[-1]
    typer.echo(f"Made node {node.number}, {node.address}, which all others let in.")
    typer.echo(f"Have those that run make room for it, one after the other: jamjar network restart {folder}")
    typer.echo(f"Start it: jamjar network up {folder} --node {node.number}")
    typer.echo(f"Have it seal, once it has all blocks: jamjar network validator propose {folder} {node.number}")


@commands.command(epilog="Example: jamjar network remove trial 3")
def remove(folder: Folder, number: Number) -> None:
    """Take a node out that was voted out and ended: no other lets it in any longer; its files are kept aside."""
    from jamjar.network.membership import removed

    plan, kept = removed(folder, read_plan(folder), number)
    typer.echo(f"Node {number} is out; {len(plan.nodes)} are left. Its files, with its key: {kept}")
    typer.echo(f"Have the others' room for peers follow, one after the other: jamjar network restart {folder}")


@commands.command(epilog="Example: jamjar network rotate trial 3")
def rotate(folder: Folder, number: Number) -> None:
    """Give a node that was voted out and ended a new key, by which all others know it; its database stays."""
    from jamjar.network.membership import rotated
    from jamjar.network.setting_up import KEY_BYTES

    node = rotated(folder, read_plan(folder), number, secrets.token_bytes(KEY_BYTES)).node(number)
    typer.echo(f"Node {number} is {node.address} now. Start it: jamjar network up {folder} --node {number}")
    typer.echo(f"Have it seal, once it has all blocks: jamjar network validator propose {folder} {number}")


@commands.command(epilog="Example: jamjar network restart trial --program ~/geth-1.13.15")
def restart(folder: Folder, node: Numbers = None, program: Program = None, yes: options.Yes = False) -> None:
    """End and start nodes one after the other, each once the one before has all blocks: also to upgrade the engine."""
    from jamjar.network import membership, restarting

    plan = membership.kept_up(folder, read_plan(folder))
    numbers = chosen(plan, node) if node else restarting.running_of(folder, plan)
    halts = restarting.standstill(folder, plan, numbers)
    if halts and not options.agreed(f"{halts} Go on?", yes=yes):
        raise typer.Exit(1)
    restarting.restart(folder, plan, numbers, lambda told: typer.echo(told, err=True), program)
    typer.echo(f"Started again: {', '.join(map(str, numbers))}.")
