"""Measures what a hop hides: how often a relayer, a hop, and both together tie two consents of one claimant.

python -m assurance.privacy.linking.hop_rows [--claimants 1000] [--months 3] [--targets 300] [--seed 1]

With --write it keeps the figures beside this file, and writes them into docs/privacy.md. `make linking` runs it, too.
"""

import argparse
import json
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from assurance.privacy.linking import attackers, hop_attackers
from assurance.privacy.linking.habits import Habits, Measures, month_start
from assurance.privacy.linking.measure import MOST_KNOWN, ON, PATIENT, targets_of
from assurance.privacy.linking.page import percent
from assurance.privacy.linking.tracks import Track, simulate
from tools.marked_page import MarkedPage

REPORT: Final = Path(__file__).with_name("hop.json")
PAGE: Final = MarkedPage(
    Path(__file__).resolve().parents[3] / "docs" / "privacy.md",
    "<!-- produced by assurance/privacy/linking/hop_rows.py -->\n",
    "<!-- end of hop -->",
)
DIRECT, BEHIND, BARE, HOP, BOTH = (
    "relayer alone, asked directly, which keeps addresses",
    "relayer alone, behind a hop",
    "hop alone, with the ledger, without dummies",
    "hop alone, with the ledger",
    "hop and relayer together",
)
COLUMNS: Final = {"every measure": ON, "every measure, patient": PATIENT}


def measured(claimants: int, months: int, *, seed: int, most: int) -> dict[str, Any]:
    """Return for each column, by row, how often the best guess is right, from 0 to 1, and how often one by chance."""
    columns = {name: _column(claimants, months, measures, seed, most) for name, measures in COLUMNS.items()}
    return {"claimants": claimants, "months": months, "seed": seed, "targets": most, "columns": columns}


def _column(claimants: int, months: int, measures: Measures, seed: int, most: int) -> dict[str, float]:
    through, until = replace(measures, hop=True), month_start(months)
    tracks = _without_packages(simulate(claimants, months, through, Habits(), seed))
    known = _without_packages(simulate(min(claimants, MOST_KNOWN), months, through, Habits(), seed + 1000))
    targets = targets_of(tracks, most, seed)
    scores = {
        DIRECT: hop_attackers.by_address(tracks),
        BEHIND: attackers.likelihood(tracks, known),
        BARE: hop_attackers.hop_alone(tracks, dummies=False, until=until),
        HOP: hop_attackers.hop_alone(tracks, dummies=True, until=until),
        BOTH: hop_attackers.by_address(tracks),
    }
    found = {name: _mean(attackers.rates(tracks, each, targets).values()) for name, each in scores.items()}
    return {**found, "chance": attackers.chance(tracks, targets)}


def _without_packages(tracks: list[Track]) -> list[Track]:
    for track in tracks:
        track.accepted = {what: at for what, at in track.accepted.items() if not what.startswith("package")}
    return tracks


def _mean(values: Collection[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def rendered(report: dict[str, Any]) -> str:
    """Return what the page says of a report."""
    columns = report["columns"]
    chance = percent(columns["every measure"]["chance"], 3)
    lines = [
        f"{report['claimants']:,} claimants, {report['months']} months, {report['targets']} consents guessed about; a "
        f"guess by chance is right in {chance} of cases:",
        "",
        f"| who | {' | '.join(columns)} |",
        f"|---|{'---:|' * len(columns)}",
    ]
    for row in (DIRECT, BEHIND, BARE, HOP, BOTH):
        lines.append(f"| {row} | {' | '.join(percent(found[row]) for found in columns.values())} |")
    return "\n".join(lines) + "\n"


def kept() -> dict[str, Any]:
    """Return the last measurement."""
    found: dict[str, Any] = json.loads(REPORT.read_text(encoding="utf-8"))
    return found


def main() -> None:
    """Measure, and print the rows."""
    parser = argparse.ArgumentParser(prog="python -m assurance.privacy.linking.hop_rows", description=__doc__)
    parser.add_argument("--claimants", type=int, default=1000)
    parser.add_argument("--months", type=int, default=3)
    parser.add_argument("--targets", type=int, default=300, help="consents that are guessed about, at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="keep the figures, and write them into docs/privacy.md")
    asked = parser.parse_args()
    report = measured(asked.claimants, asked.months, seed=asked.seed, most=asked.targets)
    print(rendered(report), end="")
    if asked.write:
        REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        PAGE.write(rendered(report))


if __name__ == "__main__":
    main()
