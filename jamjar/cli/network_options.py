"""What the commands of a network have in common: its folder, its nodes, and their program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from jamjar.network.plan import NetworkPlan

Folder = Annotated[Path, typer.Argument(help="The network's folder.")]
Number = Annotated[int, typer.Argument(help="The node's number.")]
Numbers = Annotated[
    list[int] | None, typer.Option("--node", help="The number of a node; all unless named. May be repeated.")
]
Program = Annotated[
    Path | None,
    typer.Option("--program", help="Another version of the engine, which these nodes run from now on."),
]


def read_plan(folder: Path) -> NetworkPlan:
    """Return the plan of the network in a folder."""
    from jamjar.network.setting_up import read

    return read(folder)


def chosen(plan: NetworkPlan, numbers: list[int] | None) -> list[int]:
    """Return the numbers of the nodes that were named, of all unless any was."""
    return [plan.node(number).number for number in numbers or [each.number for each in plan.nodes]]
