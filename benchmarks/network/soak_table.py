"""The figures of a soak as a table."""

from benchmarks.network.faults import Faults
from benchmarks.network.load import Sent
from benchmarks.network.tally import Books, percentiles
from benchmarks.network.watch import Watch
from jamjar.network.node_status import NetworkStatus
from jamjar.relayer.item import ItemState


def table(sent: Sent, faults: Faults, watch: Watch, books: Books, status: NetworkStatus) -> str:
    """Return the figures as a Markdown table."""
    recorded, rejected = books.count(ItemState.RECORDED), books.count(ItemState.REJECTED)
    middle, most, longest = percentiles(books.seconds() or [0])
    rows = [
        ("Messages offered, in seconds, a second", f"{sent.offered:,}, {sent.seconds:,.0f}, {_rate(sent):.1f}"),
        ("Accepted", f"{len(books.rows):,}"),
        ("Recorded", f"{recorded:,}"),
        ("Rejected, by the contracts' error", f"{rejected:,}: {_listed(books.reasons())}"),
        ("Refused at the door, by code", f"{sum(sent.refused.values()):,}: {_listed(sent.refused)}"),
        ("Sent again, by what came instead of an answer", _listed(sent.tried_again)),
        ("From due to known as recorded, seconds: median, 95%, longest", f"{middle:.0f}, {most:.0f}, {longest:.0f}"),
        ("Faults", _listed(faults.counts)),
        ("Longest time without a new block, seconds", f"{watch.longest:.0f}"),
        ("Blocks", f"{max(node.height for node in status.nodes):,}"),
        ("Disk of a node, MB", ", ".join(f"{node.disk / 10**6:.0f}" for node in status.nodes)),
        ("Load of the machine, mean and highest", f"{sum(watch.loads) / len(watch.loads):.1f}, {max(watch.loads):.1f}"),
    ]
    return "\n".join(["| what | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def _rate(sent: Sent) -> float:
    return sent.offered / sent.seconds


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items())) or "none"
