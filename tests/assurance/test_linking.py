"""Attackers tie the consents of a simulated consortium by when they move; the figures are those of a fixed seed.

Given no measure              they find nearly every pair
Given every measure           grants and transactions tie few; who weighs all, day by day, still ties most
Given patience besides        fewer than that
When it is measured again     the same figures
"""

from dataclasses import replace

import pytest

from assurance.privacy.linking import attackers
from assurance.privacy.linking.habits import NONE, Habits, Measures
from assurance.privacy.linking.measure import CASES, measure
from assurance.privacy.linking.tracks import Track, simulate

SIZE = {"claimants": 120, "months": 3, "seed": 1, "most": 60}
ON, PATIENT = (CASES[name][0] for name in ("every measure", "every measure, patient"))


def times_chance(found, rate: str) -> float:
    return getattr(found, rate) / found.chance


def test_with_the_measures_off_nearly_every_pair_is_found():
    found = measure(measures=NONE, habits=Habits(), **SIZE)
    assert found.likelihood > 0.98
    assert found.together > 0.95
    assert found.nearest > 0.7


def test_with_the_measures_on_the_simple_attackers_find_few():
    found, before = measure(measures=ON, habits=Habits(), **SIZE), measure(measures=NONE, habits=Habits(), **SIZE)
    assert found.nearest == pytest.approx(found.of_the_day)  # no better than the day alone, which is on the ledger
    assert times_chance(before, "nearest") > 2 * times_chance(found, "nearest")
    assert found.together < before.together


def test_patience_is_what_hides_months():
    size = SIZE | {"claimants": 300, "months": 6}
    on, patient = (measure(measures=each, habits=Habits(), **size) for each in (ON, PATIENT))
    assert patient.together < on.together / 2
    assert patient.likelihood < on.likelihood


def test_the_same_figures_come_out():
    first, again = (measure(measures=ON, habits=Habits(), **SIZE) for _ in range(2))
    assert first == again
    assert first != measure(measures=ON, habits=Habits(), **SIZE | {"seed": 2})


def test_a_guess_among_equals_counts_by_its_share():
    tracks = [Track(owner, 5, 90, 3, "plain") for owner in (1, 1, 2, 3)]
    found = attackers.rates(tracks, attackers.nearest_grants(tracks), [0, 1])
    assert list(found.values()) == pytest.approx([1 / 3, 1 / 3])
    assert attackers.chance(tracks, [0]) == attackers.chance_of_the_day(tracks, [0]) == pytest.approx(1 / 3)


@pytest.mark.parametrize("name", ["midnight", "calendar", "epochs", "usual", "cards"])
def test_each_measure_changes_what_is_seen(name: str):
    habits = replace(Habits(), ended=1)
    on, off = (simulate(20, 6, each, habits, 1) for each in (Measures(), Measures().without(name)))
    assert [(track.begins, track.days, track.accepted, track.carried) for track in on] != [
        (track.begins, track.days, track.accepted, track.carried) for track in off
    ]
