"""Every named node's search for events, and the blocks that one could not be asked about: it is asked again.

They are remembered until it, or another in its place, has been asked.
What the first node told of their events is kept as a digest, so that it cannot tell another story by then.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from jamjar.audit.block import Block, BlockLog
from jamjar.audit.findings import Finding
from jamjar.audit.node import AuditNode
from jamjar.audit.nodes import events_of, search
from jamjar.crypto.hashing import keccak256
from jamjar.errors import NodeUnavailable


@dataclass(frozen=True, slots=True)
class Uncompared:
    """Blocks `first` to `last`, which `node` could not be asked about when they were read from the node `told`.

    digest  of the events that were read
    asked   how many nodes tell, or were asked, what is in these blocks
    """

    node: str
    told: str
    first: int
    last: int
    digest: str
    asked: int


class Remembered(Protocol):
    """Where it is kept what nodes could not be asked."""

    def uncompared(self) -> list[Uncompared]:
        """Return what nodes could not be asked, by the first block."""

    def compared(self, blocks: Uncompared, findings: Sequence[Finding]) -> None:
        """Keep that a node was asked about these blocks, and what was found."""


def digest_of(events: Iterable[tuple[int, BlockLog]]) -> str:
    """Return the digest of events, each with its block, in whichever order they come."""
    lines = sorted(
        f"{block} {log.index} {log.address} {','.join(topic.hex() for topic in log.topics)} {log.data.hex()}\n"
        for block, log in set(events)
    )
    return "0x" + keccak256("".join(lines).encode("ascii")).hex()


def search_all(
    nodes: Sequence[AuditNode], addresses: Sequence[str], blocks: Sequence[Block]
) -> tuple[list[Finding], list[Uncompared]]:
    """Return what every node's search comes to beside blocks read from the first, and what nodes could not be asked."""
    one, *others = nodes
    end, found = blocks[-1].number, list(search(one, addresses, blocks, trusted=True))
    silent = list[tuple[str, Sequence[Block]]]()
    for node in others:
        left = blocks
        try:
            height = node.height()
            if there := [block for block in blocks if block.number <= height]:
                found += search(node, addresses, there, trusted=False)
            left = blocks[len(there) :]
        except NodeUnavailable as error:
            found.append(Finding("node-unreachable", str(error), blocks[0].number))
        if left:
            silent.append((node.name, left))
    asked = len(nodes) - len(silent)
    return found, [
        Uncompared(name, one.name, left[0].number, end, digest_of(events_of(addresses, left)), asked)
        for name, left in silent
    ]


def ask_again(nodes: Sequence[AuditNode], addresses: Sequence[str], store: Remembered) -> None:
    """Ask about remembered blocks the node that could not be asked; where it is not named now, all but who told."""
    heights = {node.name: _height(node) for node in nodes}
    for blocks in store.uncompared():
        found, answered = list[Finding](), False
        for node in _due(nodes, blocks):
            if heights[node.name] < blocks.last:
                continue
            try:
                differs = digest_of(node.logs(addresses, blocks.first, blocks.last)) != blocks.digest
            except NodeUnavailable:
                heights[node.name] = -1  # the report says so, where it still does not answer
                continue
            answered = True
            if differs:
                found += _differences(node, nodes, addresses, blocks)
        if answered:
            store.compared(blocks, found)


def joined(blocks: Iterable[Uncompared]) -> list[Uncompared]:
    """Return the same blocks in as few ranges as there can be for each node, without digests."""
    made = list[Uncompared]()
    for each in sorted(blocks, key=lambda each: (each.node, each.first)):
        if made and (made[-1].node, made[-1].asked) == (each.node, each.asked) and each.first <= made[-1].last + 1:
            made[-1] = replace(made[-1], last=max(made[-1].last, each.last))
        else:
            made.append(replace(each, digest="", told=""))
    return made


def count_of(blocks: Iterable[Uncompared]) -> int:
    """Return how many blocks there are in these ranges, each counted once."""
    count, end = 0, -1
    for each in sorted(blocks, key=lambda each: each.first):
        count += max(0, each.last - max(each.first - 1, end))
        end = max(end, each.last)
    return count


def _due(nodes: Sequence[AuditNode], blocks: Uncompared) -> list[AuditNode]:
    named = [node for node in nodes if node.name == blocks.node]
    return named or [node for node in nodes if node.name != blocks.told]


def _height(node: AuditNode) -> int:
    try:
        return node.height()
    except NodeUnavailable:
        return -1


def _differences(
    node: AuditNode, nodes: Sequence[AuditNode], addresses: Sequence[str], blocks: Uncompared
) -> Iterator[Finding]:
    """Yield where a node's events are not those that were read: the event, if the node that told it tells it still."""
    found = list[Finding]()
    try:
        for teller in nodes:
            if teller.name == blocks.told:
                for group in teller.blocks(blocks.first, blocks.last):
                    found += search(node, addresses, group, trusted=False)
    except NodeUnavailable:
        pass
    told = f"Of blocks {blocks.first} to {blocks.last}, {blocks.told} told other events than {node.name} finds."
    yield from found or [Finding("nodes-differ", told, blocks.first)]
