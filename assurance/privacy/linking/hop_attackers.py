"""Attackers who run a hop, a relayer, or both, and say of a consent which others are its owner's.

Each claimant has one address on the internet, which is the worst case. A relayer that is asked directly sees it beside
each message; so does who runs hop and gateway, as the sealed bytes are the same. A hop alone has addresses, and beside
them, as a member, the ledger: for each event there it looks who sent something in time for it.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from math import exp, log
from typing import Final

from assurance.privacy.linking.attackers import Scores
from assurance.privacy.linking.habits import START
from assurance.privacy.linking.tracks import HOP, Track
from jamjar.protocol.settings import DAY, HOUR

MOST_LIKELY: Final = 30
"""Of how many addresses an attacker thinks for a consent."""
_AT_ONCE: Final = 120
"""How many seconds before its event what is urgent was sent, at most."""


def by_address(tracks: Sequence[Track]) -> Scores:
    """Take the consents whose messages came from the same address."""
    return lambda mine: [float(other.owner == tracks[mine].owner) for other in tracks]


def hop_alone(tracks: Sequence[Track], *, dummies: bool, until: int) -> Scores:
    """Weigh who sent something in time for each event on the ledger, and with them which consents share a sender.

    dummies  whether each consent sends one request on each day, at its calendar's time where it has nothing to say
    until    the end of the simulation, in Unix seconds
    """
    log_of = {urgent: sorted(_seen(tracks, urgent, dummies=dummies, until=until)) for urgent in (False, True)}
    addresses = len({track.owner for track in tracks})
    likely = [_likely(track, log_of, addresses) for track in tracks]

    def scores(mine: int) -> list[float]:
        own = likely[mine]
        return [sum(share * other.get(address, 0.0) for address, share in own.items()) for other in likely]

    return scores


def _seen(tracks: Sequence[Track], urgent: bool, *, dummies: bool, until: int) -> list[tuple[int, int]]:
    """Return what a hop saw: times and addresses."""
    seen = [(at, track.owner) for track in tracks for at, at_once in track.sent.values() if at_once is urgent]
    if dummies and not urgent:
        for track in tracks:
            busy = {at // DAY for at, at_once in track.sent.values() if not at_once}
            if track.calendar is not None:
                days = (day for day in range(START // DAY, until // DAY) if day not in busy)
                seen += [(track.calendar.on(day), track.owner) for day in days]
    return seen


def _likely(track: Track, log_of: dict[bool, list[tuple[int, int]]], addresses: int) -> dict[int, float]:
    """Return the likeliest senders of a consent's messages, each with its share."""
    weights = defaultdict[int, float](float)
    for what, at in track.carried.items():
        urgent = what.startswith(("pause", "withdraw"))
        wait = _AT_ONCE if urgent else HOP.epoch + (HOUR if what == "grant" else DAY)
        seen = log_of[urgent]
        first, last = bisect_right(seen, (at - wait, addresses)), bisect_right(seen, (at, addresses))
        found = {owner for _, owner in seen[first:last]}
        for owner in found:
            weights[owner] += log(addresses / len(found))
    best = sorted(weights, key=lambda owner: -weights[owner])[:MOST_LIKELY]
    shares = {owner: exp(weights[owner] - weights[best[0]]) for owner in best}
    total = sum(shares.values())
    return {owner: share / total for owner, share in shares.items()}
