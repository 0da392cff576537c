"""Measures how often attackers tie two consents of one claimant by when they move, beside chance.

python -m assurance.privacy.linking.measure [--claimants 1000 10000] [--months 1 12] [--targets 300] [--seed 1]

With --write it keeps the figures, and writes them into docs/privacy.md.

The attackers have what the ledger shows to every member, what a relayer's database holds of each message (its consent,
kind, time of acceptance and epoch) and what a mailbox's holds of each package (its consent and time). The one who
weighs likelihoods has learned habits and measures from another consortium of the same kind. The same seed gives the
same figures.
"""

import argparse
import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from random import Random
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from assurance.privacy.linking import attackers, page
from assurance.privacy.linking.habits import NONE, PUNCTUAL, Habits, Measures
from assurance.privacy.linking.tracks import KINDS, Track, simulate

MOST_KNOWN: Final = 2000
"""Claimants of the consortium that the attacker has learned from, at most."""
ON: Final = Measures()
PATIENT: Final = replace(ON, patient=True)
CASES: Final = {
    "every measure": (ON, Habits()),
    "without midnight": (ON.without("midnight"), Habits()),
    "without calendar": (ON.without("calendar"), Habits()),
    "without daily epochs": (ON.without("epochs"), Habits()),
    "without usual lengths": (ON.without("usual"), Habits()),
    "without cards for each": (ON.without("cards"), Habits()),
    "no measure": (NONE, Habits()),
    "every measure, on the date": (ON, PUNCTUAL),
    "every measure, patient": (PATIENT, Habits()),
    "the same, nothing skipped": (PATIENT, replace(Habits(), skipped=0)),
}
"""Measures and habits, by what they are called in the table."""


@dataclass(frozen=True, slots=True)
class Linked:
    """How often each attacker's best guess is right, from 0 to 1; the likelihood's also by the owner's habit.

    `ledger_alone` is the likelihood's without the databases.
    """

    consents: int
    chance: float
    of_the_day: float
    nearest: float
    together: float
    ledger_alone: float
    likelihood: float
    by_habit: dict[str, float]

    @property
    def times_chance(self) -> float:
        """How many times better than chance the best attacker is."""
        return max(self.nearest, self.together, self.ledger_alone, self.likelihood) / self.chance


def measure(claimants: int, months: int, measures: Measures, habits: Habits, *, seed: int, most: int) -> Linked:
    """Attack a simulated consortium; at most so many consents are guessed about."""
    tracks = simulate(claimants, months, measures, habits, seed)
    known = simulate(min(claimants, MOST_KNOWN), months, measures, habits, seed + 1000)
    targets = targets_of(tracks, most, seed)
    rates = attackers.rates(tracks, attackers.likelihood(tracks, known), targets)
    by_habit = {habit: [rates[target] for target in targets if tracks[target].habit == habit] for habit in KINDS}
    return Linked(
        len(tracks),
        attackers.chance(tracks, targets),
        attackers.chance_of_the_day(tracks, targets),
        _mean(attackers.rates(tracks, attackers.nearest_grants(tracks), targets).values()),
        _mean(attackers.rates(tracks, attackers.together(tracks), targets).values()),
        _mean(attackers.rates(tracks, attackers.likelihood(tracks, known, ledger_alone=True), targets).values()),
        _mean(rates.values()),
        {habit: _mean(found) for habit, found in by_habit.items()},
    )


def _mean(values: Collection[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def targets_of(tracks: Sequence[Track], most: int, seed: int) -> list[int]:
    """Choose consents whose owner has others."""
    owned = Counter(track.owner for track in tracks)
    every = [number for number, track in enumerate(tracks) if owned[track.owner] > 1]
    return every if len(every) <= most else Random(seed).sample(every, most)  # noqa: S311


def rows(claimants: int, months: int, *, seed: int, most: int) -> Iterator[tuple[str, Linked]]:
    """Yield the measurement of each case."""
    for name, (measures, habits) in CASES.items():
        yield name, measure(claimants, months, measures, habits, seed=seed, most=most)


def main() -> None:
    """Measure, and print a table for each size."""
    parser = argparse.ArgumentParser(prog="python -m assurance.privacy.linking.measure", description=__doc__)
    parser.add_argument("--claimants", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--months", type=int, nargs="+", default=[1, 12])
    parser.add_argument("--targets", type=int, default=300, help="consents that are guessed about, at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="keep the figures, and write them into docs/privacy.md")
    asked = parser.parse_args()
    runs = list[dict[str, Any]]()
    console = Console(highlight=False, width=160)
    for claimants in asked.claimants:
        for months in asked.months:
            title = f"{claimants:,} claimants, {months} months: right guesses of one other consent of the same claimant"
            table = Table(title=title, title_justify="left")
            for column in (
                "",
                "nearest grant",
                "together",
                "ledger",
                "likelihood",
                *KINDS,
                "of the day",
                "chance",
                "x chance",
            ):
                table.add_column(column, justify="right" if column else "left", no_wrap=True)
            cases = dict[str, Any]()
            for name, found in rows(claimants, months, seed=asked.seed, most=asked.targets):
                cases[name] = asdict(found)
                best = found.nearest, found.together, found.ledger_alone, found.likelihood, *found.by_habit.values()
                rates = [f"{100 * each:.1f} %" for each in best]
                by_chance = [f"{100 * each:.3f} %" for each in (found.of_the_day, found.chance)]
                table.add_row(name, *rates, *by_chance, f"{found.times_chance:,.0f}")
            console.print(table)
            runs.append({"claimants": claimants, "months": months, "cases": cases})
    if asked.write:
        report = {"seed": asked.seed, "targets": asked.targets, "runs": runs}
        page.REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        page.PAGE.write(page.rendered(report))


if __name__ == "__main__":
    main()
