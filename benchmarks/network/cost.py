"""What a node takes of its machine: disk, processor time and traffic with its peers, read from the system."""

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.network.nodes import LocalNodes
from jamjar.sandbox.processes import processor_seconds

_BYTES: Final = re.compile(r"bytes_(?:sent|received):(\d+)")


@dataclass(frozen=True, slots=True)
class Cost:
    """What all nodes together took by now: bytes on disk, seconds of processor time, bytes sent and received."""

    disk: int
    seconds: float
    traffic: int

    def since(self, before: "Cost", share: float) -> "Cost":
        """Return what was added since, times a share."""
        return Cost(
            round((self.disk - before.disk) * share),
            (self.seconds - before.seconds) * share,
            round((self.traffic - before.traffic) * share),
        )


def cost(nodes: LocalNodes) -> Cost:
    """Return what the nodes took since they started; traffic as `ss` counts it, both ways at every node."""
    ids = [nodes.pid(number) for number in nodes.numbers]
    disk = sum(node.disk for node in nodes.status().nodes)
    ports = {node.peer_port for node in nodes.plan.nodes}
    return Cost(disk, sum(map(processor_seconds, ids)), _traffic(lambda port: port in ports))


def can_measure() -> bool:
    """Return whether the system tells processor time and traffic."""
    return Path("/proc/self/stat").exists() and shutil.which("ss") is not None


def _traffic(is_peer: Callable[[int], bool]) -> int:
    """Return the bytes that passed over connections between peers, counted at both ends."""
    printed = subprocess.run(["ss", "-tinH"], capture_output=True, text=True, check=True).stdout  # noqa: S607
    total, counts = 0, False
    for line in printed.splitlines():
        if not line.startswith((" ", "\t")):
            ports = {int(word.rpartition(":")[2]) for word in line.split()[3:5]}
            counts = any(map(is_peer, ports))
        elif counts:
            total += sum(map(int, _BYTES.findall(line)))
    return total
