"""Writes the last measurement of linking into docs/privacy.md, between the marks.

python -m assurance.privacy.linking.page            print it
python -m assurance.privacy.linking.page --write    write it into the page

Reads measured.json beside this file, which `make linking WRITE=1` writes.
"""

import argparse
import json
from pathlib import Path
from typing import Any, Final

from tools.marked_page import MarkedPage

ROOT = Path(__file__).resolve().parents[3]
REPORT = Path(__file__).with_name("measured.json")
PAGE = MarkedPage(
    ROOT / "docs" / "privacy.md",
    "<!-- produced by assurance/privacy/linking/page.py -->\n",
    "<!-- end of linking -->",
)
HABITS: Final = ("urgent", "seldom on", "packages", "plain")
COLUMNS: Final = (
    "measures", "nearest grant", "together", "ledger", "all, after {first} month", "all, after {last} months",
    "urgent", "seldom on", "packages", "others",
)  # fmt: skip


def rendered(report: dict[str, Any]) -> str:
    """Return what the page says of a report: the largest consortium in full, the smallest in a sentence."""
    runs = {(run["claimants"], run["months"]): run["cases"] for run in report["runs"]}
    sizes, times = (sorted({key[place] for key in runs}) for place in (0, 1))
    first, last, small, large = times[0], times[-1], sizes[0], sizes[-1]
    early, cases, fewer = runs[large, first], runs[large, last], runs[small, last]
    on = cases["every measure"]
    names = [column.format(first=first, last=last) for column in COLUMNS]
    lines = [
        f"{large:,} claimants, {last} months, {report['targets']} consents guessed about; a guess by chance is right "
        f"in {percent(on['chance'], 3)} of cases, and in {percent(on['of_the_day'], 3)} among consents that begin on "
        "the same day:",
        "",
        f"| {' | '.join(names)} |",
        f"|---|{'---:|' * (len(names) - 1)}",
    ]
    for name, found in cases.items():
        rates = [found["nearest"], found["together"], found["ledger_alone"], early[name]["likelihood"]]
        rates += [found["likelihood"], *(found["by_habit"][habit] for habit in HABITS)]
        lines.append(f"| {name} | {' | '.join(map(percent, rates))} |")
    plain = [percent(fewer[name]["by_habit"]["plain"]) for name in ("every measure", "every measure, patient")]
    of_all = [percent(early[name]["likelihood"]) for name in ("every measure", "no measure")]
    others = percent(early["every measure"]["by_habit"]["plain"])
    lines += [
        "",
        f"Given {small:,} claimants, where chance is {percent(fewer['every measure']['chance'], 3)}, *all* is right "
        f"after {last} months of {plain[0]} of the others with every measure, and of {plain[1]} with patience.",
        f"After {first} month, the measures make a difference: with them *all* is right of {of_all[0]} instead of "
        f"{of_all[1]}, and of {others} of the others.",
        f"What waits for its consent's own day, with no month skipped, leaves "
        f"{percent(cases['the same, nothing skipped']['by_habit']['plain'])} of the others.",
    ]
    return "\n".join(lines) + "\n"


def kept() -> dict[str, Any]:
    """Return the last measurement."""
    found: dict[str, Any] = json.loads(REPORT.read_text(encoding="utf-8"))
    return found


def main() -> None:
    """Print what the page says of the last measurement, or write it there."""
    parser = argparse.ArgumentParser(prog="python -m assurance.privacy.linking.page", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/privacy.md")
    if parser.parse_args().write:
        PAGE.write(rendered(kept()))
    else:
        print(rendered(kept()), end="")


def percent(share: float, digits: int = 1) -> str:
    """Return a share, from 0 to 1, as the tables have it."""
    return f"{100 * share:.{digits}f}%"


if __name__ == "__main__":
    main()
