"""Commands that keep a node: backed up, restored, verified."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamjar.cli import options, output
from jamjar.cli.network_options import Folder, Number, Numbers, chosen, read_plan

if TYPE_CHECKING:
    from jamjar.network.archive import Backup

commands = typer.Typer()


@commands.command(epilog="Example: jamjar network backup trial 3 node-3.tar")
def backup(
    folder: Folder,
    number: Number,
    file: Annotated[Path, typer.Argument(help="The new file; it holds the node's private key.")],
    yes: options.Yes = False,
) -> None:
    """End a node, write its key, settings and database to one file with sums of all, and start it again."""
    from jamjar.network import keeping, membership, restarting

    plan = membership.kept_up(folder, read_plan(folder))
    halts = restarting.standstill(folder, plan, [number])
    if halts and not options.agreed(f"{halts} Go on?", yes=yes):
        raise typer.Exit(1)
    made = keeping.back_up(
        folder, plan, number, file, now=int(time.time()), progress=lambda told: typer.echo(told, err=True)
    )
    _tell(made)
    typer.echo(f"Keep {file} as secret as the node's key, and note the fingerprint elsewhere.")


@commands.command(epilog="Example: jamjar network restore trial node-3.tar")
def restore(folder: Folder, file: Annotated[Path, typer.Argument(help="The file that backup wrote.")]) -> None:
    """Put a node back from its backup, all of it compared; refuses while the node runs anywhere, or is there."""
    from jamjar.network import keeping

    found, node = keeping.restore(folder, read_plan(folder), file)
    _tell(found)
    typer.echo(f"Restored node {node.number}. It takes what it lacks from the others: "
               f"jamjar network up {folder} --node {node.number}")  # fmt: skip


@commands.command(epilog="Example: jamjar network verify node-3.tar, or ... trial --node 3. Exit status: 3 when not.")
def verify(
    place: Annotated[Path, typer.Argument(help="A backup, or a network's folder.")], node: Numbers = None
) -> None:
    """Read a backup and compare all its sums; or look whether nodes' folders are as the network says."""
    from jamjar.network import archive, keeping

    if not place.is_dir():
        _tell(archive.read(place))
        typer.echo("Whole, and all sums are right. Compare the fingerprint with the one that you noted.")
        return
    plan = read_plan(place)
    numbers = chosen(plan, node)
    found = [fault for number in numbers for fault in keeping.faults(place, plan, number)]
    for fault in found:
        typer.echo(fault)
    if found:
        raise typer.Exit(3)
    typer.echo(f"As the network says: {', '.join(map(str, numbers))}.")


def _tell(made: Backup) -> None:
    typer.echo(
        f"Node {made.number}, {made.address}, of {made.engine} on chain {made.chain_id}: {len(made.files)} files."
    )
    typer.echo(f"First block {made.genesis}; newest block {made.block}, {made.hash}; {output.clock(made.taken)}.")
    typer.echo(f"Fingerprint {made.fingerprint()}")
