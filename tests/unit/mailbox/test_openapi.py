"""A mailbox's OpenAPI document holds every route and every refusal, and no others.

That answers are as it says, every test of this folder shows that asks over HTTP (`tests.support.serving`).
"""

import socket
from urllib.parse import urlsplit

import pytest
import requests

from jamjar.disclosure import package, reply
from jamjar.hop.refusal import GATEWAY_STATUS
from jamjar.mailbox.refusal import CODES, status_of
from jamjar.mailbox.signed_request import SIGNATURE
from jamjar.service import refusal_http
from jamjar.service.refusal import HttpCode
from tests.support.conforming import refusals_of
from tests.unit.mailbox.world import signed

UNSIGNED = {"/openapi.json", "/hop", "/hop/key"}


@pytest.fixture
def document(world):
    return requests.get(f"{world.url}/openapi.json", timeout=60).json()


def test_every_code_stands_at_its_status_and_no_other(document):
    assert refusals_of(document) == {
        *((status_of(code), code) for code in {*CODES, *GATEWAY_STATUS}),
        (408, HttpCode.TOO_SLOW),
    }


def test_every_request_but_for_the_document_and_a_hop_s_is_signed(document):
    for path, operations in document["paths"].items():
        for operation in operations.values():
            names = {each["name"] for each in operation["parameters"]}
            assert (SIGNATURE in names) is bool(operation["security"]) is (path not in UNSIGNED)


def test_a_body_has_its_bound(document):
    bounds = {
        operation["operationId"]: operation["requestBody"]["content"]["application/octet-stream"]["schema"]["maxLength"]
        for operations in document["paths"].values()
        for operation in operations.values()
        if "requestBody" in operation and operation["operationId"] != "pass_in"
    }
    assert bounds == {"deposit": package.MAX_BYTES, "put_reply": reply.MAX_BYTES}


def test_a_body_that_does_not_come_is_a_refusal(world, monkeypatch):
    monkeypatch.setattr(refusal_http, "BODY_SECONDS", 0.2)
    with socket.create_connection(("127.0.0.1", urlsplit(world.url).port), timeout=60) as connection:
        path = f"/packages/{64 * '0'}"
        connection.sendall(f"PUT {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc".encode())
        answer = b""
        while HttpCode.TOO_SLOW.encode() not in answer:
            answer += (part := connection.recv(4096))
            assert part, answer
    assert answer.startswith(b"HTTP/1.1 408")


def test_what_is_no_request_of_a_mailbox_is_a_refusal(world, refuses):
    path = f"/packages/{64 * '0'}"
    unknown, other = requests.get(f"{world.url}/x", timeout=60), requests.delete(world.url + path, timeout=60)
    assert [(each.status_code, each.json()["code"]) for each in (unknown, other)] == [
        (404, HttpCode.NO_SUCH_PATH), (405, HttpCode.NO_SUCH_METHOD)
    ]  # fmt: skip
    assert other.headers["Allow"] == "GET, PUT"
    assert requests.get(f"{world.url}/packages/", headers=signed(world), timeout=60).status_code == 404
    world.url += "/elsewhere"
    with refuses(HttpCode.NO_SUCH_PATH):
        world.client(world.adviser).waiting()
