"""Tokens over HTTP: a client sends them, the answers are as the OpenAPI document says, and the operator publishes them.

Given a relayer that asks for tokens    403 without one, 202 with one; a withdrawal needs none
When its operator publishes             the tokens of grants that the ledger has, beside those published before
"""

import json

import pytest
import requests
from jsonschema import Draft202012Validator

from jamjar.cli.options import Locations
from jamjar.ledger.admissions import read_tokens
from jamjar.protocol import token as tokens
from jamjar.protocol import vouched
from jamjar.protocol.typed_data import Grant, Withdraw
from jamjar.service.refusal import Refused
from tests.support.tokens import TestAdmitter
from tests.unit.cli.home import here
from tests.unit.ledger.published import PublishedLedger
from tests.unit.relayer.vouching import door
from tests.unit.relayer.world import DEPLOYMENT, NOW, grant, key, signed

ADMITTING = TestAdmitter(tokens.epoch_of(NOW))


@pytest.fixture
def asking(world):
    world.intake = door(world)
    return world


def test_a_client_sends_a_token(asking):
    by = key()
    token = ADMITTING.token(by.address, DEPLOYMENT)
    asking.ledger.grant((ended := key()).address)
    with asking.running():
        client = asking.client()
        with pytest.raises(Refused) as refused:
            client.send(grant(by))
        assert refused.value.refusal.code == "NOT_VOUCHED"
        assert client.send(grant(by), token).is_new
        assert client.send(signed(ended, Withdraw(ended.address))).is_new
        document = requests.get(f"{asking.url}/openapi.json", timeout=60).json()
    taken = document["paths"]["/messages"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    check = Draft202012Validator({**taken, "components": document.get("components", {})})
    for given in (token, None):
        check.validate(json.loads(vouched.to_json(grant(by), DEPLOYMENT.domain_of(Grant), given)))


def test_what_is_published(asking, tmp_path, monkeypatch):
    ledger, granted, waits = PublishedLedger(), key(), key()
    for by in (granted, waits):
        text = vouched.to_json(grant(by), DEPLOYMENT.domain_of(Grant), ADMITTING.token(by.address, DEPLOYMENT))
        asking.intake.take(text, "hop")
    ledger.grant(grant(granted))
    monkeypatch.setattr(Locations, "ledger", lambda _: ledger)
    file, place = tmp_path / "tokens.jsonl", f"sqlite:///{tmp_path / 'relayer.db'}"
    assert here("relayer", "tokens", file, "--database", place).status == 0
    assert [each.consent for each in read_tokens(file.read_text())] == [granted.address]
    ledger.grants.clear()
    ledger.grant(grant(waits))
    assert ": 2." in here("relayer", "tokens", file, "--database", place).out
    assert {each.consent for each in read_tokens(file.read_text())} == {granted.address, waits.address}
    assert "There is no database" in here("relayer", "tokens", file, "--database", "sqlite:///nowhere.db").refusal
