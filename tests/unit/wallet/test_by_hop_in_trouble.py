"""Messages through a hop are neither lost nor doubled, whoever stops when.

When the wallet is killed at any step           the answer is fetched later, or it is sealed and sent again
When the hop forgets, drops or delays it        it is sent again, the relayer knows it, and the claimant is told
When what is before a withdrawal fails          the withdrawal is tried all the same
When the hop is full                            what is urgent is passed on without being kept
When the hop answers for another, or refuses    the claimant is told
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jamjar.hop.message import GatewayKind, dummy
from jamjar.hop.refusal import HopLied, HopUnavailable
from jamjar.hop.store import KeptState
from jamjar.protocol.settings import DAY
from jamjar.protocol.typed_data import Withdraw
from jamjar.service.refusal import Refused
from jamjar.wallet.by_hop import PATIENCE
from jamjar.wallet.sending import SentState
from tests.unit.hop.world import EPOCH
from tests.unit.relayer.world import NOW
from tests.unit.wallet.hop_scene import Scene, running


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with running(tmp_path) as made:
        yield made


@pytest.mark.parametrize("stops_at", ["keep", "response", "forget"])
def test_killed_at_each_step(scene: Scene, stops_at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    if stops_at != "keep":
        scene.send()
        scene.pass_on()
    with monkeypatch.context() as patched:
        patched.setattr(f"jamjar.hop.client.HopClient.{stops_at}", killed)
        with pytest.raises(KeyboardInterrupt):
            scene.send()
    seen = list[SentState]()
    while SentState.TAKEN not in seen:
        assert len(seen) < 3
        seen += scene.states()
        scene.pass_on()
    assert scene.relayer.queue.open() == 1


def test_a_hop_that_lost_everything(scene: Scene) -> None:
    (signed,) = scene.wallet.outgoing()
    scene.send()
    for state in (None, KeptState.REFUSED, KeptState.GIVEN_UP):
        for name, *_ in scene.hop.store.due(2**40):
            if state is None:
                scene.hop.store.forget(name)
            else:
                scene.hop.store.end(name, state, NOW)
        assert scene.states() == [SentState.KEPT]
    scene.pass_on()
    assert (scene.states(), scene.wallet.outgoing()) == ([SentState.TAKEN], (signed,))


def test_a_hop_that_delays_is_named(scene: Scene) -> None:
    scene.send()
    scene.relayer.clock.now += EPOCH + PATIENCE + 1
    with pytest.raises(HopUnavailable, match="by another hop"):
        scene.send()
    assert scene.states() == [SentState.KEPT]  # sealed anew
    scene.pass_on()
    assert scene.states() == [SentState.TAKEN]
    assert (len(scene.way.passed), scene.relayer.queue.open()) == (2, 1)


def test_a_hop_that_delays_what_is_before_a_withdrawal_does_not_stop_it(scene: Scene) -> None:
    scene.send()
    scene.relayer.clock.now += EPOCH + PATIENCE + 1
    scene.wallet.withdraw(scene.consent)
    with pytest.raises(HopUnavailable, match="by another hop"):
        scene.send()
    assert [type(each.signed.message) for each in scene.relayer.queue.waiting(scene.consent)] == [Withdraw]


def test_a_hop_that_answers_for_another(scene: Scene) -> None:
    scene.send()
    ((name, *_),) = scene.hop.store.due(2**40)
    other = scene.way.pass_on("", scene.client()._hop.seal(dummy()).data, GatewayKind.RELAYER.response_bytes)
    scene.hop.store.end(name, KeptState.ANSWERED, NOW, other)
    with pytest.raises(HopLied):
        scene.send()
    assert scene.states() == [SentState.KEPT]


@pytest.mark.parametrize("limit", [{"most": 1}, {"each": 1}])
def test_a_hop_that_is_full_stops_nothing_urgent(scene: Scene, limit: dict[str, int]) -> None:
    scene.send()
    scene.hop.hop.settings = replace(scene.hop.settings, **limit)
    scene.wallet.withdraw(scene.consent)
    assert scene.states() == [SentState.KEPT, SentState.TAKEN]
    assert (scene.relayer.queue.open(), scene.hop.store.counts()[KeptState.HELD]) == (1, 1)


def test_a_hop_that_is_full_is_told_of_what_can_wait(scene: Scene) -> None:
    scene.hop.store.keep("0" * 64, "", b"", due_at=2**40, until=2**40, most=1)
    scene.hop.hop.settings = replace(scene.hop.settings, most=1)
    (refused,) = scene.send()
    assert (refused.state, refused.sentence[:4]) == (SentState.QUEUED, "FULL")


def test_a_hop_that_sits_on_what_is_urgent_is_named_within_two_hours(scene: Scene) -> None:
    scene.send(at_once=True)
    scene.wallet.withdraw(scene.consent)
    scene.relayer.url = "http://127.0.0.1:9"
    scene.hop.hop.settings = replace(scene.hop.settings, retry=DAY)
    assert scene.states()[-1] is SentState.KEPT
    scene.relayer.clock.now += 2 * PATIENCE
    with pytest.raises(HopUnavailable, match="by another hop"):
        scene.send()


def test_another_hop_is_named_meanwhile(scene: Scene) -> None:
    scene.send()
    scene.hop.url += "/"
    assert scene.states() == [SentState.KEPT]
    scene.pass_on()
    assert (scene.states(), scene.relayer.queue.open()) == ([SentState.TAKEN], 1)


def test_a_hop_that_refuses_is_told(scene: Scene) -> None:
    scene.hop.hop.settings.gateways.clear()
    scene.hop.hop._addresses.clear()
    scene.relayer.clock.now += DAY
    with pytest.raises(Refused):
        scene.client().cover(scene.consent)
    (refused,) = scene.send()
    assert (refused.state, refused.sentence[:15]) == (SentState.QUEUED, "UNKNOWN_GATEWAY")
