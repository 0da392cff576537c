"""Every call by everyone, and batches of every size.

L2, L3, L14: who may end a consent; L17, L18: a batch and its items; M5: what a suspended member may still do.
"""

from dataclasses import replace

import pytest

from jamjar.model import member_rules
from jamjar.model.state import NOTHING
from jamjar.protocol.typed_data import Acknowledge, Commit
from tests.differential.moves import carrying_all, changing, recording, suspending, using, using_all
from tests.differential.scene import ADVISER, ENDS, OPERATOR, A, B, Scene
from tests.stateful.papers import FLAWS, signed

ADDED, REMOVED = 8, 9
BATCHED = ("grants", "withdrawals", "commits", "acknowledgements")
STANDINGS = {
    "all active": [],
    "recipient suspended": [suspending(ADVISER)],
    "carrier suspended": [suspending(OPERATOR)],
    "all suspended": [suspending(number) for number in (1, 2, 3, 4, 5, 18, 34)],
}


@pytest.mark.parametrize("history", ["start commit record", "start withdraw", "start use use", "pause"])
@pytest.mark.parametrize("standing", STANDINGS)
def test_every_call_by_everyone(scene: Scene, standing: str, history: str) -> None:
    accounts = scene.system.accounts
    for account in (ADDED, REMOVED):
        scene.make(ADVISER, changing("offerAccount", member_rules.offer_account, accounts[account]))
        scene.make(account, changing("acceptAccount", member_rules.accept_account, ADVISER))
    scene.live_through(history)
    scene.make(ADVISER, changing("removeAccount", member_rules.remove_account, accounts[REMOVED]))
    for move in STANDINGS[standing]:
        scene.make(scene.system.governance, move)
    moves = scene.moves()
    scene.key = scene.new_key()
    moves["grant"] = OPERATOR, scene.signed(scene.grant(recipient=3))
    everyone = range(len(accounts)) if history == "start commit record" else (0, OPERATOR, ADVISER, 3, ADDED, REMOVED)
    for caller in everyone:
        for _, move in moves.values():
            scene.attempt(caller, move)


@pytest.mark.parametrize("word", BATCHED)
@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257])
def test_batches_of_every_size(scene: Scene, word: str, size: int) -> None:
    """L17: 1 to 256 items, each on its own."""
    scene.live_through("start commit record")
    c = scene.key.address
    fresh = scene.new_key()
    papers = {
        "grants": scene.paper(replace(scene.grant(), consent=fresh.address), key=fresh),
        "withdrawals": scene.withdrawals[c],
        "commits": scene.paper(Commit(c, B, A)),
        "acknowledgements": scene.paper(Acknowledge(c, A, A)),
    }
    scene.attempt(OPERATOR, carrying_all([papers[word]] * size, like=papers[word]))
    scene.attempt(REMOVED, carrying_all([papers[word]] * size, like=papers[word]))


@pytest.mark.parametrize("size", [0, 1, 2, 3, 256, 257])
def test_batches_of_uses(scene: Scene, size: int) -> None:
    """L7, L17: in a batch the uses run out as they do one by one."""
    scene.live_through("start commit")
    scene.attempt(ADVISER, using_all([(scene.key.address, A)] * size))
    scene.attempt(REMOVED, using_all([(scene.key.address, A)] * size))


def test_a_bad_item_costs_the_others_nothing(scene: Scene) -> None:
    """L17, L18: each place in a batch, with each flaw, between good items."""
    scene.wait_until(scene.time + ENDS // 9)
    keys = [scene.new_key() for _ in range(3)]
    for place in range(3):
        for flaw in FLAWS:
            papers = [
                scene.paper(replace(scene.grant(), consent=key.address), flaw if i == place else "", key)
                for i, key in enumerate(keys)
            ]
            scene.attempt(OPERATOR, carrying_all(papers))
            assert signed(papers)[place].signer != keys[place].address


def test_unknown_and_empty(scene: Scene) -> None:
    """What is zero or was never granted is refused in the order of the interface."""
    scene.live_through("start")
    unknown = scene.new_key().address
    for consent in (scene.key.address, unknown, scene.withdrawals[unknown].signed.message.consent):
        for caller in (ADVISER, 3, REMOVED):
            for digests in ((A, A), (NOTHING, A), (A, NOTHING)):
                scene.attempt(caller, recording((consent, *digests)))
                scene.attempt(caller, using(consent, digests[0]))
