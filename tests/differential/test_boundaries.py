"""Every call at every boundary, a second before, at it and a second after, whatever was done to the consent before.

L1 to L19: the model says what comes of each call; L7, L9, L11: counts, sequence and status to the second.
"""

import pytest

from jamjar.model.state import Status
from tests.differential.moves import carrying
from tests.differential.scene import ADVISER, OPERATOR, Scene

HISTORIES = {
    "granted": "",
    "paused before it starts": "pause",
    "reconfirmed before it starts": "reconfirm",
    "committed": "start commit",
    "paused": "start commit pause",
    "paused twice": "start pause pause",
    "resumed": "start pause resume",
    "resumed when stale": "start pause stale resume",
    "reconfirmed": "start reconfirm",
    "reconfirmed when stale": "start commit stale reconfirm",
    "reconfirmed when paused": "start pause reconfirm",
    "used": "start commit use",
    "exhausted": "start commit use use",
    "exhausted and paused": "start use use pause",
    "advised": "start commit use record",
    "acknowledged": "start use record acknowledge",
    "withdrawn": "start commit use withdraw",
    "withdrawn when stale": "start stale withdraw",
    "withdrawn when paused": "pause withdraw",
    "released": "start use release",
    "released when advised": "start record release",
    "recipient suspended": "start commit use suspend",
    "recipient reinstated": "start suspend reinstate",
    "recipient no adviser": "start commit record revoke",
    "recipient adviser again": "start revoke appoint",
}


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_every_call_at_every_moment(scene: Scene, history: str) -> None:
    scene.live_through(history)
    for caller, move in scene.moves_of_members().values():
        scene.attempt(caller, move)
    for moment in list(scene.moments()):
        scene.wait_until(moment)
        for caller, move in scene.moves().values():
            scene.attempt(caller, move)


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_everything_that_was_signed_again(scene: Scene, history: str) -> None:
    """L1, L9, L13, L16: what was signed in this life counts once, in its order."""
    scene.live_through(history)
    for paper in {(paper.signed, paper.signature): paper for paper in scene.papers}.values():
        scene.attempt(OPERATOR, carrying(paper))


def test_histories_come_to_every_status(scene: Scene) -> None:
    found = set()
    for history in HISTORIES.values():
        with scene.undone():
            scene.live_through(history)
            found |= {scene.state.status(scene.key.address, moment) for moment in scene.moments()}
    assert found == set(Status) - {Status.NONE}


@pytest.mark.parametrize("uses", [1, 2, 3])
def test_the_last_use_and_one_more(scene: Scene, uses: int) -> None:
    """L7, L12: after the last use nothing more is looked at, and what was looked at may still be acted upon."""
    scene.key = scene.new_key()
    scene.make(OPERATOR, scene.signed(scene.grant(max_uses=uses, valid_from=scene.time)))
    for _ in range(uses):
        assert scene.state.status(scene.key.address, scene.time) is Status.ACTIVE
        scene.make(*scene.moves()["use"])
    assert scene.state.status(scene.key.address, scene.time) is Status.EXHAUSTED
    for word in ("use", "uses", "record", "commit"):
        scene.attempt(*scene.moves()[word])
    scene.make(ADVISER, scene.moves()["release"][1])
