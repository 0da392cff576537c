"""The tables of a comparison of networks, and the pages that they go into."""

from pathlib import Path
from typing import Final

from benchmarks.network.trial import IDLE_BLOCKS, Trial
from tools.marked_page import MarkedPage

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
_BEGIN, _END = "<!-- produced by benchmarks/network/compare_network.py -->\n", "<!-- end of what it produced -->"
NETWORK: Final = MarkedPage(DOCS / "network.md", _BEGIN, _END)
CAPACITY: Final = MarkedPage(DOCS / "capacity.md", _BEGIN, _END)
YEAR: Final = 365.25 * 86400
RECORDS: Final = 7_000_000 * 12
"""Commitments a year, as docs/capacity.md assumes."""
SLOTS_IN_A_COMMITMENT: Final = 1
"""A first commitment fills the slot of its consent's head."""
_BOUNDLESS: Final = 10**9
"""Above this many, a gas limit of a block is no limit: Kaia bounds transactions by computation instead."""


def pace_rows(found: list[Trial]) -> list[tuple[str, ...]]:
    """Return one row a network, after the heads."""
    heads = ("nodes", "grants a second", "first commitments", "replacing", "gas a second, of the limit",
             "in a block", "at the last node after that", "final at the relayer", "load")  # fmt: skip
    return [heads, *(_pace(each) for each in found)]


def _pace(each: Trial) -> tuple[str, ...]:
    gas = each.first.gas / each.first.seconds
    limit = each.first.limit
    share = f"{gas / limit:.0%}" if limit < _BOUNDLESS else "none"  # a block each second
    return (
        f"{each.nodes} of {each.engine}",
        *(f"{one.per_second:,.0f}" for one in (each.grants, each.first, each.again)),
        f"{gas / 1e6:.1f} million, {share}",
        f"{each.latency.first:.2f} s",
        f"{each.latency.spread:.2f} s",
        f"{each.latency.final:.2f} s",
        f"{each.load:.1f}",
    )


def cost_rows(each: Trial) -> list[tuple[str, ...]]:
    """Return what one node of a network takes, measured and in a year."""
    heads = (f"one of {each.nodes} nodes of {each.engine}", "measured", "a year, a block each second", "each 5 seconds")
    if each.idle is None or each.busy is None:
        return [heads, ("not measured: this system does not tell", "-", "-", "-")]
    blocks, records, share = IDLE_BLOCKS * each.nodes, each.first.messages * each.nodes, YEAR
    per_block = [value / blocks for value in (each.idle.disk, each.idle.traffic, each.idle.seconds)]
    during = each.first.blocks / IDLE_BLOCKS
    per_record = [
        max(0.0, (value - idle * during) / records)
        for value, idle in (
            (each.busy.disk, each.idle.disk),
            (each.busy.traffic, each.idle.traffic),
            (each.busy.seconds, each.idle.seconds),
        )
    ]
    rows: list[tuple[str, ...]] = [heads]
    for name, unit, empty, record, scale, form in (
        ("disk", "bytes", per_block[0], per_record[0], 2**30, "{:,.0f} GiB"),
        ("traffic, both ways", "bytes", per_block[1], per_record[1], 2**30, "{:,.0f} GiB"),
        ("processor", "ms", 1000 * per_block[2], 1000 * per_record[2], 3600 * 1000, "{:,.0f} hours"),
    ):
        measured = f"{empty:,.1f} {unit} a block without a message, {record:,.2f} more a commitment"
        years = [form.format((empty * share / seconds + record * RECORDS) / scale) for seconds in (1, 5)]
        rows.append((name, measured, *years))
    slot = each.slots / (each.first.messages * each.nodes * SLOTS_IN_A_COMMITMENT)
    rows.append(("of the disk, for a new slot of storage", f"{slot:,.0f} bytes", "", ""))
    return rows


def table(rows: list[tuple[str, ...]]) -> str:
    """Return rows, the first of which has the heads, as a Markdown table."""
    heads, *others = rows
    lines = ["| " + " | ".join(row) + " |" for row in others]
    return "\n".join(["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|", *lines]) + "\n"
