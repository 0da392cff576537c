"""A relayer's OpenAPI document holds every route and every refusal, and no others; a message fits its schema.

That answers are as it says, every test of this folder shows that asks over HTTP (`tests.support.serving`).
"""

import ast
import json
from pathlib import Path

import pytest
import requests
from jsonschema import Draft202012Validator

from jamjar.hop.refusal import GATEWAY_STATUS
from jamjar.model import consent_rules
from jamjar.protocol.typed_data import Acknowledge, Pause, Reconfirm, Resume, Withdraw
from jamjar.relayer.refusal import LEDGER_CODES, RelayerCode, status_of
from jamjar.service.refusal import HttpCode
from tests.support.conforming import refusals_of
from tests.unit.relayer.world import NOW, commit, grant, key, signed, text

CODES = {value for name, value in vars(RelayerCode).items() if name.isupper()} | LEDGER_CODES | GATEWAY_STATUS.keys()


@pytest.fixture
def document(world):
    with world.running():
        return requests.get(f"{world.url}/openapi.json", timeout=60).json()


def test_every_code_stands_at_its_status_and_no_other(document):
    assert refusals_of(document) == {*((status_of(code), code) for code in CODES), (408, HttpCode.TOO_SLOW)}


def test_routes(document):
    found = {(method, path) for path, operations in document["paths"].items() for method in operations}
    assert found == {("post", "/messages"), ("get", "/messages/{name}"), ("get", "/health"), ("get", "/metrics"),
                     ("get", "/openapi.json"), ("get", "/hop/key"), ("post", "/hop")}  # fmt: skip


def test_ledger_codes_are_what_the_rules_of_signed_messages_refuse_with():
    module = ast.parse(Path(consent_rules.__file__).read_text(encoding="utf-8"))
    functions = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    reached, ahead = set(), ["grant", "pause", "resume", "reconfirm", "withdraw", "commit", "acknowledge"]
    found = set()
    while ahead:
        reached.add(name := ahead.pop())
        for node in ast.walk(functions[name]):
            if isinstance(node, ast.Name) and node.id in functions.keys() - reached:
                ahead.append(node.id)
            if isinstance(node, ast.Tuple):
                found |= {each.value for each in node.elts[1:2] if isinstance(each, ast.Constant)}
    assert {name for name in found if isinstance(name, str)} == LEDGER_CODES


def schema_of(document):
    return document["paths"]["/messages"]["post"]["requestBody"]["content"]["application/json"]["schema"]


def messages():
    by = key()
    others = (Pause(by.address, 1), Resume(by.address, 2), Reconfirm(by.address, 3, NOW), Withdraw(by.address),
              Acknowledge(by.address, b"\1" * 32, b"\2" * 32))  # fmt: skip
    return [grant(by), commit(by), *(signed(by, each) for each in others)]


def test_every_message_fits_its_schema(document):
    judge = Draft202012Validator(schema_of(document))
    for message in messages():
        found = json.loads(text(message))
        judge.validate(found)
        for name in found:
            assert not judge.is_valid({other: value for other, value in found.items() if other != name})
        assert not judge.is_valid({**found, "more": 1})
