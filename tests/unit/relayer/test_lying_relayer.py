"""A relayer that lies, seen by its client: no answer is believed that does not fit what was sent."""

import json
from dataclasses import replace

import pytest
from eth_account import Account
from fastapi import FastAPI, Response

from jamjar.protocol.signing import AccountSigner
from jamjar.protocol.typed_data import Grant
from jamjar.relayer import answers
from jamjar.relayer.item import ItemState
from jamjar.relayer.promise import domain_of, sign_promise
from jamjar.relayer.refusal import RelayerLied, RelayerUnavailable
from tests.unit.relayer.world import DEPLOYMENT, grant, key


def unsigned(answer, world):
    return replace(answer, receipt=None)


def another(answer, world):
    return world.take(grant(key()))


def another_receipt(answer, world):
    return replace(answer, receipt=world.take(grant(key())).receipt)


def stranger(answer, world):
    domain = domain_of(DEPLOYMENT.domain_of(Grant))
    return replace(answer, receipt=sign_promise(answer.receipt.receipt, AccountSigner(Account.create()), domain))


def later(answer, world):
    promised = replace(answer.receipt.receipt, carry_by=answer.receipt.receipt.carry_by + 1)
    return replace(answer, receipt=replace(answer.receipt, receipt=promised))


def answering(body, status=202):
    app = FastAPI()

    @app.post("/messages")
    def take():
        return Response(body, status, headers={"Location": "http://127.0.0.1:9/"})

    return app


@pytest.mark.parametrize("lie", [unsigned, another, another_receipt, stranger, later])
def test_a_lie(world, lie):
    message = grant(key())
    body = json.dumps(answers.to_json(lie(world.take(message), world)))
    with world.running(answering(body)), pytest.raises(RelayerLied):
        world.client().send(message)


def test_the_truth(world):
    message = grant(key())
    answer = world.take(message)
    with world.running(answering(json.dumps(answers.to_json(answer)))):
        assert world.client().send(message) == answer
        with pytest.raises(RelayerLied):
            world.client(lambda _: False).send(message)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 202),
        (b"{", 202),
        (b"[]", 202),
        (b'{"id":"0x1","state":"WAITING","outcome":null,"receipt":null}', 202),
        (json.dumps({"id": "0x" + 64 * "1", "state": ["x"], "outcome": None, "receipt": None}), 202),
        (b"x" * 100_000, 202),
        (b"{}", 302),
        (b"oops", 500),
        (b'{"code":1,"sentence":2,"details":3}', 409),
    ],
)
def test_what_makes_no_sense(world, body, status):
    with world.running(answering(body, status)), pytest.raises(RelayerUnavailable):
        world.client().send(grant(key()))


def test_an_outcome_is_read_as_it_was_written(world):
    answer = world.take(grant(key()))
    for outcome in (None, answers.Place(7, b"\1" * 32, 3), answers.Rejection("X", "y")):
        told = replace(answer, state=ItemState.CARRIED, outcome=outcome, receipt=None)
        assert answers.from_json(json.loads(json.dumps(answers.to_json(told))), is_new=True) == told
