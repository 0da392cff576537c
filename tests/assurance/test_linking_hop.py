"""What relayer, hop and both tie is measured by attackers who find what is there to find; the page has what was kept.

Given a relayer that is asked directly, or both together   every pair is found, given one address for each claimant
Given a hop alone                                          dummies leave it fewer
When the page is rendered                                  it is what the kept measurement says
"""

from assurance.privacy.linking import hop_rows
from assurance.privacy.linking.habits import Habits, Measures
from assurance.privacy.linking.tracks import HOP, simulate

FOUND = hop_rows.measured(60, 2, seed=1, most=40)["columns"]


def test_whoever_has_addresses_and_messages_finds_every_pair() -> None:
    for found in FOUND.values():
        assert found[hop_rows.DIRECT] == found[hop_rows.BOTH] == 1.0
        assert found["chance"] < found[hop_rows.BEHIND] <= 1.0


def test_dummies_leave_a_hop_less() -> None:
    for found in FOUND.values():
        assert found[hop_rows.HOP] < found[hop_rows.BARE]


def test_a_hop_changes_when_a_relayer_has_what_can_wait() -> None:
    for hop in (False, True):
        tracks = simulate(20, 2, Measures(hop=hop), Habits(), 1)
        for track in tracks:
            for what, (at, urgent) in track.sent.items():
                assert track.accepted[what] == (HOP.epoch_after(at) if hop and not urgent else at)
        assert {urgent for track in tracks for _, urgent in track.sent.values()} >= {False}


def test_the_page_says_what_was_measured() -> None:
    assert hop_rows.PAGE.read() == hop_rows.rendered(hop_rows.kept()), (
        "python -m assurance.privacy.linking.hop_rows --write"
    )
    assert (hop_rows.kept()["seed"], hop_rows.kept()["claimants"]) == (1, 1000)
