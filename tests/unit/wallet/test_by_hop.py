"""A wallet whose messages go to a relayer through a hop.

When a message can wait                         the hop keeps it; the wallet fetches the relayer's answer later
When it is urgent                               it is with the relayer at once, with what its sequence needs
When a consent sends nothing on a day           a dummy goes, as long as a message, and its answer is fetched alike
When its message is settled by another way      the answer that the hop has is fetched as a dummy's
When its message is settled, and it is erased   nothing is left of what the hop has
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.hop.message import GatewayKind
from jamjar.hop.store import KeptState
from jamjar.protocol.settings import DAY
from jamjar.wallet.by_hop import HopRecord
from jamjar.wallet.calendar import Calendar
from jamjar.wallet.erasure import erase
from jamjar.wallet.sending import SentState
from jamjar.wallet.wallet import record_name
from tests.unit.hop.world import EPOCH, OPERATOR, RELAYER
from tests.unit.relayer.world import NOW
from tests.unit.wallet.hop_scene import BEGINS, Scene, running
from tests.unit.wallet.scene import BUDGET, FakeLedger


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with running(tmp_path) as made:
        yield made


def test_kept_passed_on_and_fetched(scene: Scene) -> None:
    scene.wallet.commit(scene.consent, BUDGET)
    (kept,) = scene.send()  # the commitment waits until the relayer has the grant
    assert (kept.state, kept.until, scene.relayer.queue.open()) == (SentState.KEPT, NOW + EPOCH, 0)
    assert scene.states() == [SentState.KEPT]
    scene.pass_on()
    first, second = scene.send()
    assert (first.state, first.answer.receipt.operator) == (SentState.TAKEN, scene.relayer.operator.address)
    assert (second.state, scene.relayer.queue.open(), len(scene.way.passed)) == (SentState.KEPT, 1, 1)
    assert scene.hop.store.counts()[KeptState.ANSWERED] == 0  # what was fetched is deleted there
    assert len(scene.wallet.outgoing()) == 2  # until the ledger has them


def test_what_is_urgent_takes_along_what_it_needs(scene: Scene) -> None:
    scene.send()
    scene.wallet.pause(scene.consent)
    assert scene.states() == [SentState.TAKEN, SentState.TAKEN]
    assert scene.relayer.queue.open() == 2
    scene.pass_on()  # the grant that the hop has besides
    assert scene.relayer.queue.open() == 2


def test_at_once(scene: Scene) -> None:
    assert scene.states(at_once=True) == [SentState.TAKEN]
    assert scene.records() == []


def test_a_grant_that_would_be_too_late_goes_at_once(scene: Scene) -> None:
    scene.relayer.clock.now = BEGINS - 900
    assert scene.states() == [SentState.TAKEN]


def test_what_the_relayer_refuses_is_told(scene: Scene) -> None:
    scene.send()
    scene.relayer.clock.now = BEGINS
    scene.pass_on()
    (refused,) = scene.send()
    assert (refused.state, refused.sentence[:18]) == (SentState.QUEUED, "ValidityOutOfRange")
    assert scene.records() == [record_name(scene.consent, b"day")]


def test_a_gateway_that_is_down_when_it_is_urgent(scene: Scene) -> None:
    scene.send(at_once=True)
    scene.wallet.withdraw(scene.consent)
    url, scene.relayer.url = scene.relayer.url, "http://127.0.0.1:9"
    states = [scene.states(), scene.states()]
    assert states[0][-1] is states[1][-1] is SentState.KEPT
    assert scene.hop.store.counts()[KeptState.HELD] == 1  # once, however often the wallet looks
    scene.relayer.url = url
    scene.pass_on()
    assert (scene.states()[-1], scene.relayer.queue.open()) == (SentState.TAKEN, 2)


def test_dummies_look_like_messages(scene: Scene) -> None:
    calendar, day = Calendar(scene.wallet.secret(scene.consent)), NOW // DAY
    scene.send()
    scene.relayer.clock.now = calendar.on(day + 1) - 1
    assert not scene.client().cover(scene.consent)  # its time has not come
    for later in (1, 2):
        scene.relayer.clock.now = calendar.on(day + later)
        assert scene.client().cover(scene.consent) is True
        assert scene.client().cover(scene.consent) is False  # one a day
        scene.pass_on()
    assert [len(each) for each in scene.way.passed] == [GatewayKind.RELAYER.request_bytes] * 3
    assert (scene.relayer.queue.open(), scene.hop.store.counts()[KeptState.ANSWERED]) == (1, 2)
    scene.relayer.clock.now = calendar.on(day + 3)
    assert scene.client().cover(scene.consent)
    assert scene.hop.store.counts()[KeptState.ANSWERED] == 1  # the answer to the one before was fetched


def test_a_message_after_a_dummy_has_its_answer_fetched_as_another_dummy_would(scene: Scene) -> None:
    calendar, day = Calendar(scene.wallet.secret(scene.consent)), NOW // DAY
    scene.states(at_once=True)
    for later in (1, 2):
        scene.relayer.clock.now = calendar.on(day + later)
        if later == 1:
            assert scene.client().cover(scene.consent)
        else:
            scene.wallet.commit(scene.consent, BUDGET)
            assert scene.states()[-1] is SentState.KEPT
        assert scene.hop.store.counts()[KeptState.ANSWERED] == 0
        scene.pass_on()


def test_what_another_way_settled_is_fetched_like_a_dummy(scene: Scene) -> None:
    """As a hop that tells messages from dummies by the answers that nobody fetches."""
    scene.send()
    scene.wallet.settle(scene.wallet.outgoing()[0], 1)
    scene.pass_on()
    assert scene.hop.store.counts()[KeptState.ANSWERED] == 1
    scene.relayer.clock.now = Calendar(scene.wallet.secret(scene.consent)).on(NOW // DAY + 2)
    assert scene.client().cover(scene.consent)
    assert scene.hop.store.counts()[KeptState.ANSWERED] == 0


def test_nothing_is_left_of_what_is_settled_and_erased(scene: Scene) -> None:
    scene.send()
    scene.wallet.settle(scene.wallet.outgoing()[0])
    assert sorted(scene.records()) == sorted(record_name(scene.consent, each) for each in (b"day", b"dummy"))
    scene.relayer.clock.now = Calendar(scene.wallet.secret(scene.consent)).on(NOW // DAY + 2)
    scene.client().cover(scene.consent)
    assert len(scene.records()) == 2
    erase(scene.wallet, scene.consent, FakeLedger(scene.wallet, "WITHDRAWN"))
    assert scene.records() == []


def test_records_are_read_again_and_show_no_seed() -> None:
    record = HopRecord("http://hop", RELAYER, b"\1" * 32, b"\2" * 32, NOW, urgent=True)
    assert HopRecord.from_json(record.to_json()) == record
    assert "02" * 8 not in repr(record)
    assert OPERATOR.address not in repr(record)
