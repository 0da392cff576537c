"""What was measured of a relayer, as tables."""

from typing import Any

from rich.table import Table


def tables(report: dict[str, Any]) -> list[Table]:
    """Return the report as tables."""
    names = ("Blocks", "Commitments", "Ceiling / s", "Relayer / s", "Share", "Of the blocks' gas", "Python")
    pace = Table(*names, title="Recorded a second, in batches of 100, at depth", title_justify="left")
    for row in report["paces"]:
        share = f"{row['share']:.0%}", f"{row['block_share']:.0%}", f"{row['python_share']:.0%}"
        rates = f"{row['ceiling']:,.0f}", f"{row['relayer']:,.0f}"
        pace.add_row(row["blocks"], row["commitments"], *rates, *share)
    door = Table("Accepted a second", "", title="The door", title_justify="left")
    found = report["doors"]
    door.add_row("library, one after the other", f"{found['library_per_second']:,.0f}")
    door.add_row("HTTP, while all else runs", f"{found['http_per_second']:,.0f}")
    door.add_row(f"seconds to recorded, median, epochs of {report['epoch']}", str(found["latency_median"]))
    door.add_row("seconds to recorded, 99th of 100", str(found["latency_99th"]))
    time_goes = Table("Where", "Seconds", title="The relayer's time, with a profiler at work", title_justify="left")
    for name, seconds in report["profile"].items():
        time_goes.add_row(name, f"{seconds:.2f}")
    return [pace, door, time_goes]
