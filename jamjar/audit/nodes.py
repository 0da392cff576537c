"""Several members' nodes compared: their blocks, their events, and which of them are behind."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from jamjar.audit.block import Block, BlockLog
from jamjar.audit.findings import Finding
from jamjar.audit.node import AuditNode, BlockHeader
from jamjar.errors import NodeUnavailable


def first_difference(one: AuditNode, other: AuditNode, first: int, last: int) -> tuple[BlockHeader, BlockHeader] | None:
    """Return both nodes' headers of the first block from `first` to `last` that differs; None if none does.

    A block names its parent, so all blocks after a difference differ, and binary search finds the first.
    """
    if one.header(last).hash == other.header(last).hash:
        return None
    while first < last:
        middle = (first + last) // 2
        if one.header(middle).hash == other.header(middle).hash:
            first = middle + 1
        else:
            last = middle
    return one.header(last), other.header(last)


def compare(nodes: Sequence[AuditNode], first: int, last: int, chain_id: int) -> Iterator[Finding]:
    """Yield how other nodes' blocks from `first` to `last` differ from the first node's, and which are behind."""
    one, *others = nodes
    for other in others:
        try:
            yield from _compared(one, other, first, last, chain_id)
        except NodeUnavailable as error:
            yield Finding("node-unreachable", str(error))


def _compared(one: AuditNode, other: AuditNode, first: int, last: int, chain_id: int) -> Iterator[Finding]:
    chain = other.chain_id()
    if chain != chain_id:
        yield Finding("nodes-differ", f"{other.name} is on chain {chain}, not {chain_id}.")
        return
    height = other.height()
    if height < last:
        yield Finding("node-behind", f"{other.name} has {height} blocks, {one.name} has {last}.", height)
    if height < first:
        return
    found = first_difference(one, other, first, min(last, height))
    if found:
        ours, theirs = found
        told = f"From this block on they differ: {one.name} has {ours.hash}, {other.name} has {theirs.hash}."
        yield Finding("nodes-differ", told, ours.number)


def times_of(node: AuditNode, blocks: Iterable[int | None]) -> dict[int, int]:
    """Return the times of blocks, in Unix seconds, without those that the node does not have, or does not tell."""
    times = dict[int, int]()
    for block in sorted({block for block in blocks if block is not None}):
        with suppress(NodeUnavailable):
            times[block] = node.header(block).time
    return times


def events_of(addresses: Sequence[str], blocks: Sequence[Block]) -> set[tuple[int, BlockLog]]:
    """Return the events of contracts at these addresses that were read of blocks, each with its block."""
    return {
        (block.number, log)
        for block in blocks
        for sent in block.transactions
        for log in sent.logs
        if log.address in addresses
    }


def search(node: AuditNode, addresses: Sequence[str], blocks: Sequence[Block], *, trusted: bool) -> Iterator[Finding]:
    """Yield the first event that a node's search for logs leaves out, or makes up, beside what was read of blocks.

    trusted  whether the blocks were read from this node, so that it contradicts itself
    """
    read = events_of(addresses, blocks)
    found = set(node.logs(addresses, blocks[0].number, blocks[-1].number))
    rule = "log-hidden" if trusted else "nodes-differ"
    for odd, told in ((read - found, "leaves out"), (found - read, "invents")):
        if odd:
            number, log = min(odd, key=_place)
            yield Finding(rule, f"{node.name} {told} an event of {log.address} in a search.", number, None, log.index)


def _place(odd: tuple[int, BlockLog]) -> tuple[int, int]:
    return odd[0], odd[1].index
