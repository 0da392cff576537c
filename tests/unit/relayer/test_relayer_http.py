"""A relayer over HTTP: answers, refusals, health, metrics, and a log that names nobody."""

import json
import logging

import pytest
import requests

from jamjar.errors import LedgerError
from jamjar.relayer import refusal
from jamjar.relayer.item import ItemState, Rejection
from jamjar.relayer.refusal import RelayerUnavailable
from jamjar.relayer.tables import ITEMS
from tests.unit.relayer.test_queue import end
from tests.unit.relayer.world import EPOCH, NOW, commit, grant, key, text


@pytest.fixture
def served(world):
    with world.running():
        yield world


def post(world, body):
    return requests.post(f"{world.url}/messages", data=body, timeout=60)


def test_accepted_then_known(served):
    message = grant(key())
    answer, again = (served.client().send(message) for _ in range(2))
    assert (answer.is_new, again.is_new, answer.receipt) == (True, False, again.receipt)
    assert [post(served, text(message)).status_code, post(served, text(grant(key()))).status_code] == [200, 202]


def test_what_became_of_it(served):
    message = grant(key())
    item = served.queue.item(served.client().send(message).id)
    end(served.queue, item, state=ItemState.REJECTED, reason="ConsentExists: make a fresh key", ended_at=NOW)
    found = served.client().look(message)
    assert (found.state, found.outcome) == (ItemState.REJECTED, Rejection("ConsentExists", "make a fresh key"))


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, refusal.RelayerCode.MALFORMED),
        (b"\xff\xfe", 400, refusal.RelayerCode.MALFORMED),
        (b"[" * 4000, 400, refusal.RelayerCode.MALFORMED),
        (b"x" * 10_241, 413, refusal.RelayerCode.TOO_LARGE),
        (b"x" * 50_000_000, 413, refusal.RelayerCode.TOO_LARGE),
        (text(grant(key())).replace('"recipient":2', '"recipient":9').encode(), 401, refusal.RelayerCode.BAD_SIGNATURE),
        (text(commit(key())).encode(), 409, "ConsentNotLive"),
    ],
    ids=["empty", "bytes", "nested", "large", "huge", "signature", "not live"],
)
def test_refusals(served, body, status, code):
    try:
        answer = post(served, body)
    except requests.ConnectionError:  # it was told before it had said all
        assert status == 413
        return
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert served.queue.open() == 0


def test_a_refusal_that_a_client_understands(served, refuses):
    with refuses(refusal.RelayerCode.GRANT_TOO_LATE) as error:
        served.client().send(grant(key(), NOW + 10))
    assert error.value.refusal.details == {"due_at": NOW + EPOCH, "earliest": NOW + EPOCH + 30}
    with refuses(refusal.RelayerCode.UNKNOWN_MESSAGE):
        served.client().look(grant(key()))
    assert requests.get(f"{served.url}/messages/zz", timeout=60).status_code == 404
    served.url = "http://127.0.0.1:9"
    with pytest.raises(RelayerUnavailable):
        served.client().send(grant(key()))


def health(world):
    answer = requests.get(f"{world.url}/health", timeout=60)
    return answer.status_code, answer.json()


def test_health(served):
    served.clock.now += 60
    served.take(grant(key()))
    while served.worker.last_pass < served.clock.now:
        pass
    status, facts = health(served)
    assert (status, facts["problems"], facts["next_epoch_in"]) == (200, [], EPOCH - 60)
    served.ledger.down = True
    assert (health(served)[0], health(served)[1]["node"]) == (503, False)
    served.ledger.down = False
    served.clock.now += 3600
    assert health(served)[0] == 503
    assert "not carried in time" in str(health(served)[1]["problems"])
    ITEMS.drop(served.queue.engine)
    assert (health(served)[0], health(served)[1]["database"]) == (503, False)
    assert requests.get(f"{served.url}/metrics", timeout=60).status_code == 503


def test_metrics(served):
    message = grant(key())
    item = served.queue.item(served.client().send(message).id)
    post(served, b"")
    served.clock.now += 40
    recorded = {"state": ItemState.RECORDED, "block": 1, "transaction_hash": b"\1" * 32, "log_index": 0}
    end(served.queue, item, **recorded, ended_at=NOW + 40)
    served.take(grant(key()))
    served.clock.now += 400
    page = requests.get(f"{served.url}/metrics", timeout=60).text
    for line in (
        "jamjar_relayer_accepted_total 1.0",
        'jamjar_relayer_refused_total{code="MALFORMED"} 1.0',
        'jamjar_relayer_items{state="WAITING"} 1.0',
        'jamjar_relayer_items{state="RECORDED"} 1.0',
        'jamjar_relayer_ended_total{state="RECORDED"} 1.0',
        "jamjar_relayer_recorded_seconds_sum 40.0",
        "jamjar_relayer_oldest_due_seconds 140.0",
        "jamjar_relayer_open_carriages 0.0",
    ):
        assert line in page, page
    assert served.metrics.page().decode().count("recorded_seconds_count 1.0") == 1


def test_the_log_names_nobody(served, caplog):
    caplog.set_level(logging.INFO, "jamjar.relayer")
    message = grant(key())
    served.client().send(message)
    post(served, text(commit(key())))
    lines = [json.loads(record.getMessage()) for record in caplog.records if record.name == "jamjar.relayer"]
    assert lines == [{"event": "take", "code": "ACCEPTED"}, {"event": "take", "code": "ConsentNotLive"}]


def test_a_pass_that_fails_ends_nothing(served, monkeypatch):
    def fails(*_, **__):
        raise LedgerError("secret")

    monkeypatch.setattr(type(served.worker._carrier), "pass_once", fails)
    while not served.worker.problem:
        pass
    status, facts = health(served)
    assert (status, "secret" in str(facts)) == (503, False)
    monkeypatch.undo()
    while served.worker.problem:
        pass
    assert health(served)[0] == 200
