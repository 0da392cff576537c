"""Services on real nodes that are cut off, behind, too few and stopped: what was accepted is recorded once.

What is final by every node is what is deep enough on its consensus, by the one depth
Given the node of wallet, relayer, mailbox and desk are on the smaller side of a cut
    what the relayer takes is final for nobody; the mailbox gives no key for a use that a reorganisation may take back
When they are linked again
    every message is recorded once at every node, as the relayer says; the log has nothing that was taken back
Given a node that is behind                  what another recorded is waited for, and the node that lacks it is named
Given too few validators                     the doctor names them; what was accepted waits, and is recorded after
Given the relayer's node is stopped          what is urgent is accepted; it is recorded when the node goes on
Given all that                               the audit over five nodes is sound at each step
"""

import secrets
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.errors import NotYet
from jamjar.ledger.finality import finality
from jamjar.network.engines import ENGINES
from jamjar.relayer.item import ItemState
from jamjar.sandbox.claimant import Claimant
from jamjar.sandbox.institutions import ADVISER, OPERATOR
from jamjar.vault.vault import Vault
from jamjar.wallet.wallet import Wallet
from tests.network.looking import Look
from tests.network.running import CHOSEN, real_network, wait
from tests.network.scene import Scene, unrecorded

MINORITY, OTHERS = (OPERATOR, ADVISER), (3, 4, 5)
LARGER = OTHERS[0]
LATER = 600
"""Seconds until a consent begins that is only to be there."""


@pytest.fixture(scope="module", params=CHOSEN)
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with real_network(tmp_path_factory.mktemp("networks") / "net", request.param) as network:
        network.institutions.found()
        with network.institutions.services() as services:
            yield Scene(network, services)


def test_what_is_final_is_read_from_the_node(scene: Scene) -> None:
    depths = {finality(url).depth for url in scene.at.nodes.values()}
    assert depths == {ENGINES[scene.network.plan.engine].depth}
    scene.send()
    scene.all_is_recorded()
    scene.all_is_final()


def test_a_cut(scene: Scene, tmp_path: Path) -> None:
    network, forks = scene.network, scene.depth > 0  # else a block is final, so that neither side may go on
    scene.send(3)
    scene.all_is_recorded()
    look, before = Look(scene, tmp_path), len(scene.sent)
    if forks:  # whoever sealed just before may not again so soon; a block lost in the cut may stay lost
        network.tell("miner_stop", *MINORITY)
        network.goes_on(*OTHERS, blocks=5)
        top = network.height(LARGER)
        wait(lambda: min(map(network.height, MINORITY)) >= top, "a node of the smaller side stays behind")
        network.tell("miner_stop", *OTHERS)
        network.halts(LARGER)
    network.cut(*MINORITY)
    look.thread.start()
    scene.send(3)
    sent = {each.message.consent for each in scene.sent[before:]}
    if forks:
        wait(lambda: all(is_pending(scene, member) for member in MINORITY), "nothing waits for a block")
        network.tell("miner_start", ADVISER)
        wait(lambda: look.uses(ADVISER) == 1 and bool(sent & set(scene.withdrawn(ADVISER))), "the block lacks them")
        network.tell("miner_start", OPERATOR, *OTHERS)
        network.goes_on(*OTHERS, blocks=6)  # which weigh more than two, whoever's turn they were
    else:
        network.halts(LARGER)
    network.halts(OPERATOR)
    scene.publish()
    scene.audit()
    assert ItemState.RECORDED not in unrecorded(scene, before)
    assert not look.seen
    assert look.uses(LARGER) == 0
    assert not sent & set(scene.withdrawn(LARGER))
    top = network.height(OPERATOR)
    gone = network.block_hash(OPERATOR, top)
    network.link(*MINORITY)
    network.agree()
    assert (network.block_hash(OPERATOR, top) != gone) == forks
    scene.send(2)
    look.ends()
    scene.all_is_recorded()


def is_pending(scene: Scene, member: int) -> bool:
    """Whether a transaction of a member's account waits in the pool of the adviser's node."""
    node, account = scene.network.rpc(ADVISER), scene.at.accounts[str(member)].address
    mined, known = (int(node.one("eth_getTransactionCount", account, at), 16) for at in ("latest", "pending"))
    return known > mined


def test_a_node_that_is_behind(scene: Scene, tmp_path: Path) -> None:
    network, at = scene.network, scene.at
    wallet = Wallet(scene.deployment, Vault.create(str(tmp_path / "claimant.vault"), secrets.token_urlsafe(16)))
    near, far = (Claimant(wallet, at.ledger(member), at.accounts[str(member)]) for member in (3, 5))
    network.cut(5)
    consent = near.grant(ADVISER, ["fixed.home"], ahead=LATER)
    pause = wallet.pause(consent)
    with pytest.raises(NotYet, match=at.nodes[5]):
        far.carry(pause)
    assert wallet.outgoing() == (pause,)
    network.link(5)
    network.agree()
    assert far.carry(pause) is not None
    assert wallet.outgoing() == ()
    wait(lambda: near.ledger.status(consent) == "PAUSED", "node 3 lacks the pause")
    scene.all_is_recorded()


def test_too_few_validators(scene: Scene) -> None:
    network, engine = scene.network, ENGINES[scene.network.plan.engine]
    left = engine.quorum(len(network.numbers)) - 1
    missing = network.numbers[left:]
    network.kill(*missing)
    network.halts(OPERATOR)
    before = len(scene.sent)
    scene.send(5)
    found = network.doctor()
    assert f"{left} of 5 validators answer, and {engine.consensus} needs {left + 1}." in found.causes
    assert found.steps[0].endswith(" ".join(f"--node {number}" for number in missing))
    assert ItemState.RECORDED not in unrecorded(scene, before)
    network.up()
    network.agree()
    scene.all_is_recorded()


def test_the_relayers_node_is_stopped(scene: Scene) -> None:
    network = scene.network
    network.signal(OPERATOR, signal.SIGSTOP)
    try:
        network.goes_on(2, 3, 4, 5)
        assert any("does not answer" in each for each in network.status().problems)
        before = len(scene.sent)
        scene.send(2)
        assert ItemState.RECORDED not in unrecorded(scene, before)
    finally:
        network.signal(OPERATOR, signal.SIGCONT)
    network.agree()
    scene.all_is_recorded()
