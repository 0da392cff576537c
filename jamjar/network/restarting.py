"""Nodes ended and started one after the other, so that blocks go on: with other settings, or another version."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from jamjar.errors import InvalidInput
from jamjar.network import processes
from jamjar.network.engines import engine_of
from jamjar.network.following import followed
from jamjar.network.plan import NetworkPlan
from jamjar.network.running import check_program, down, node_folder, up


def standstill(folder: Path, plan: NetworkPlan, numbers: Iterable[int]) -> str:
    """Return a sentence where blocks stand still while one of these nodes is down, "" where they go on."""
    plan = followed(plan)
    validators, chosen = plan.validators(), set(numbers)
    running = [node.number for node in validators if processes.running(node_folder(folder, node))]
    needed = engine_of(plan.engine).quorum(len(validators))
    left = len(running) - bool(chosen & set(running))
    if left >= needed or not chosen & set(running):
        return ""
    return f"Blocks stand still while one is down: then {left} of {len(validators)} validators run, of {needed} needed."


def running_of(folder: Path, plan: NetworkPlan) -> list[int]:
    """Return the numbers of the nodes that run."""
    return [node.number for node in plan.nodes if processes.running(node_folder(folder, node))]


def restart(
    folder: Path, plan: NetworkPlan, numbers: Iterable[int], progress: Callable[[str], None], other: Path | None = None
) -> None:
    """End and start nodes in turn, each once the one before has what the others have; stops at the first that has not.

    other  the engine's program that they run from now on
    """
    chosen = [plan.node(number) for number in numbers]
    if other is not None:
        check_program(other)
    for node in chosen:
        if not processes.running(node_folder(folder, node)):
            raise InvalidInput(f"Node {node.number} does not run; start it first: jamjar network up {folder}.")
    for node in chosen:
        down(folder, plan, [node.number])
        up(folder, plan, [node.number], progress, other)
        progress(f"Node {node.number} runs again, with all blocks.")
