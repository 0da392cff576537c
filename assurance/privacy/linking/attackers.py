"""Attackers who say of one consent after the other which others are its owner's, by when they move.

Each gives every other consent a score; the best is the guess. Several equally good ones are guessed among by chance, so
that a rate has no luck in it.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import log
from random import Random
from typing import Final

from assurance.privacy.linking.tracks import Track

Scores = Callable[[int], list[float]]
"""Given the number of a consent, a score for each consent, itself included."""

Times = dict[str, int]
"""When what came of one consent, in Unix seconds."""

_WIDEST: Final = 19
"""The class of times that are 3 to 6 days apart; what is further apart says no more."""
_SAMPLE: Final = 100_000


def nearest_grants(tracks: Sequence[Track]) -> Scores:
    """Take the consent whose beginning, as the ledger has it, is nearest."""
    begins = [track.begins for track in tracks]
    return lambda mine: [-abs(other - begins[mine]) for other in begins]


def together(tracks: Sequence[Track]) -> Scores:
    """Take the consent that is on the ledger with this one most often, by how few others were there, too."""
    groups = defaultdict[tuple[str, int], list[int]](list)
    for number, track in enumerate(tracks):
        for what, at in track.carried.items():
            groups[what.split()[0], at].append(number)

    def scores(mine: int) -> list[float]:
        found = [0.0] * len(tracks)
        for what, at in tracks[mine].carried.items():
            group = groups[what.split()[0], at]
            weight = log(len(tracks) / len(group))
            for other in group:
                found[other] += weight
        return found

    return scores


def likelihood(tracks: Sequence[Track], known: Sequence[Track], *, ledger_alone: bool = False) -> Scores:
    """Weigh all that ledger and databases hold, or the ledger alone, as learned where the owners are `known`."""

    def times(track: Track) -> dict[str, int]:
        return {"begins": track.begins, **(track.carried if ledger_alone else track.accepted)}

    mine_of, known_of = list(map(times, tracks)), list(map(times, known))
    parts = [_Slot(what, mine_of, known_of, known) for what in sorted(set().union(*known_of))]
    shape = _shapes(tracks, known)

    def scores(mine: int) -> list[float]:
        found = [0.0] * len(tracks)
        for part in parts:
            part.add(mine, found)
        weight, alike = shape[tracks[mine].days, tracks[mine].uses]
        for other in alike:
            found[other] += weight
        return found

    return scores


class _Slot:
    """One kind of event, such as the commitment of the third month: what its times say for and against one owner.

    The first weight of `_weights` is for one consent that has it and one that has not, the second for two that have
    not, and the others are for two that are so far apart, in classes of which each is twice as wide as the one before.
    """

    def __init__(
        self, what: str, times: Sequence[Times], learned_from: Sequence[Times], known: Sequence[Track]
    ) -> None:
        self._times = [each.get(what) for each in times]
        there = sorted((at, number) for number, at in enumerate(self._times) if at is not None)
        self._order, self._sorted = [number for _, number in there], [at for at, _ in there]
        self._missing = [number for number, at in enumerate(self._times) if at is None]
        same, different = Counter[int](), Counter[int]()
        learned = [each.get(what) for each in learned_from]
        owned = defaultdict[int, list[int]](list)
        for number, track in enumerate(known):
            owned[track.owner].append(number)
        for mine in owned.values():
            same.update(_class(learned[a], learned[b]) for a in mine for b in mine if a < b)
        random = Random(1)  # noqa: S311
        for _ in range(_SAMPLE):
            a, b = random.randrange(len(known)), random.randrange(len(known))
            different[_class(learned[a], learned[b])] += known[a].owner != known[b].owner
        classes = range(-2, _WIDEST + 2)
        self._weights = [
            log((same[each] + 0.5) / (same.total() + 1)) - log((different[each] + 0.5) / (different.total() + 1))
            for each in classes
        ]

    def add(self, mine: int, found: list[float]) -> None:
        """Add to each consent's score what this kind of event says of it, less a number that is the same for all."""
        one, neither, *apart = self._weights
        at = self._times[mine]
        if at is None:
            for other in self._order:
                found[other] += one - neither
            return
        far = apart[-1]
        for other in self._missing:
            found[other] += one - far
        first = bisect_left(self._sorted, at - (1 << _WIDEST) + 1)
        last = bisect_left(self._sorted, at + (1 << _WIDEST))
        for place in range(first, last):
            found[self._order[place]] += apart[abs(self._sorted[place] - at).bit_length()] - far


def _class(one: int | None, other: int | None) -> int:
    if one is None or other is None:
        return -1 if one is other else -2
    return min(abs(one - other).bit_length(), _WIDEST + 1)


def _shapes(tracks: Sequence[Track], known: Sequence[Track]) -> dict[tuple[int, int], tuple[float, list[int]]]:
    """Return by length and uses what it says that two consents share them, and which consents have them."""
    owned = defaultdict[int, list[Track]](list)
    for track in known:
        owned[track.owner].append(track)
    pairs = [pair for mine in owned.values() for pair in pairwise(mine)]
    shared = (sum((a.days, a.uses) == (b.days, b.uses) for a, b in pairs) + 0.5) / (len(pairs) + 1)
    found = defaultdict[tuple[int, int], list[int]](list)
    for number, track in enumerate(tracks):
        found[track.days, track.uses].append(number)
    return {
        shape: (log(shared / (1 - shared)) - log(len(alike) / (len(tracks) - len(alike) + 1)), alike)
        for shape, alike in found.items()
    }


def rates(tracks: Sequence[Track], scores: Scores, targets: Iterable[int]) -> dict[int, float]:
    """Return for each consent guessed about how likely the best guess is right, from 0 to 1."""
    right = dict[int, float]()
    for mine in targets:
        found = scores(mine)
        found[mine] = float("-inf")
        best = max(found) - 1e-9
        guesses = [other for other, score in enumerate(found) if score >= best]
        right[mine] = sum(tracks[other].owner == tracks[mine].owner for other in guesses) / len(guesses)
    return right


def chance(tracks: Sequence[Track], targets: Iterable[int]) -> float:
    """Return how often a guess by chance is right."""
    owned = Counter(track.owner for track in tracks)
    rates = [(owned[tracks[mine].owner] - 1) / (len(tracks) - 1) for mine in targets]
    return sum(rates) / len(rates) if rates else 0.0


def chance_of_the_day(tracks: Sequence[Track], targets: Iterable[int]) -> float:
    """Return how often a guess is right that is by chance among those that begin on the same day."""
    days = Counter(track.begins // 86400 for track in tracks)
    mine = Counter((track.owner, track.begins // 86400) for track in tracks)
    rates = list[float]()
    for track in (tracks[target] for target in targets):
        day = track.begins // 86400
        rates.append((mine[track.owner, day] - 1) / max(1, days[day] - 1))
    return sum(rates) / len(rates) if rates else 0.0
