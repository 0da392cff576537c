"""jamjar.hop.1: one length whatever is asked and answered, and it opens for one key, one gateway, one request.

When any message, package, fetch or dummy is sealed     the bytes are as many, both ways
When a byte is changed, left out or added               it does not open
Given another key, gateway or kind of gateway           it does not open
When a response is another request's, or of another key it does not open
When what is inside is malformed                        it is refused, and nothing is done
"""

import secrets

import pytest

from jamjar.crypto import sealing
from jamjar.crypto.hashing import keccak256
from jamjar.crypto.sealing import EncryptionKey, SealBroken
from jamjar.disclosure import package, reply
from jamjar.encoding.padding import pad
from jamjar.errors import InvalidInput
from jamjar.hop import message
from jamjar.hop.message import (
    FORMAT,
    GatewayKind,
    HopRequest,
    HopResponse,
    dummy,
    open_request,
    open_response,
    seal_request,
    seal_response,
)
from jamjar.mailbox.signed_request import HEADER_SCHEMAS
from jamjar.protocol import signed_message
from jamjar.protocol.signing import ConsentKey
from jamjar.protocol.typed_data import Acknowledge, Commit, Pause, Reconfirm, Resume, Withdraw
from tests.unit.relayer.world import grant, signed, text

KEY, OTHER = EncryptionKey(b"\1" * 32), EncryptionKey(b"\2" * 32)
AT = "https://gateway.example"
BY = ConsentKey(b"\3" * 32)
A, WORD = BY.address, b"\4" * 32
HEADERS = dict.fromkeys(HEADER_SCHEMAS, "7" * 130)
MESSAGES = [
    grant(BY), *(signed(BY, each) for each in (Commit(A, WORD, WORD), Pause(A, 0), Resume(A, 1), Reconfirm(A, 2, 9),
    Withdraw(A), Acknowledge(A, WORD, WORD)))
]  # fmt: skip
TO_RELAYER = [dummy(), HopRequest("POST", "/messages", body=b"x" * signed_message.MAX_BYTES)]
TO_RELAYER += [HopRequest("POST", "/messages", body=text(each).encode()) for each in MESSAGES]
TO_RELAYER += [HopRequest("GET", f"/messages/{WORD.hex()}")]
TO_MAILBOX = [
    dummy(),
    HopRequest("GET", f"/consents/{A}/replies", HEADERS),
    HopRequest("DELETE", "/replies/1", HEADERS),
]
TO_MAILBOX += [HopRequest("PUT", f"/packages/{WORD.hex()}", HEADERS, b"x" * package.MAX_BYTES)]
ANSWERS = {
    GatewayKind.RELAYER: [HopResponse(204), HopResponse(202, "application/json", b"x" * 4096)],
    GatewayKind.MAILBOX: [HopResponse(204), HopResponse(200, "application/octet-stream", b"x" * reply.MAX_BYTES)],
}
REQUESTS = {GatewayKind.RELAYER: TO_RELAYER, GatewayKind.MAILBOX: TO_MAILBOX}


def sealed(request=None, kind=GatewayKind.RELAYER):
    return seal_request(request or dummy(), KEY.public_bytes, AT, kind, secrets.token_bytes)


def opened(data, key=KEY, gateway=AT, kind=GatewayKind.RELAYER):
    return open_request(data, key, gateway, kind)


@pytest.mark.parametrize("kind", GatewayKind)
def test_every_request_and_response_has_one_length(kind):
    for request in REQUESTS[kind]:
        made = sealed(request, kind)
        found = opened(made.data, kind=kind)
        assert (len(made.data), found.request, found.id) == (kind.request_bytes, request, made.id)
        for answer in ANSWERS[kind]:
            data = seal_response(found, answer, kind)
            assert len(data) == kind.response_bytes
            assert open_response(data, made.id, made.seed, kind) == answer


def test_two_alike_share_nothing_but_the_head():
    one, two = sealed().data, sealed().data
    head = len(FORMAT) + 32
    assert one[:head] == two[:head] == FORMAT + keccak256(KEY.public_bytes)
    assert sum(a == b for a, b in zip(one[head:], two[head:], strict=True)) < len(one) / 50


@pytest.mark.parametrize("place", [0, 15, 16, 47, 48, 200, 1200, -17, -1])
def test_a_flipped_bit_is_noticed(place):
    data = bytearray(sealed().data)
    data[place] ^= 1
    with pytest.raises((SealBroken, InvalidInput)):
        opened(bytes(data))


@pytest.mark.parametrize("change", [lambda d: d[:-1], lambda d: d + b"\0", lambda d: d[16:], lambda d: b""])
def test_another_length_is_refused(change):
    with pytest.raises(InvalidInput, match="bytes long"):
        opened(change(sealed().data))
    made = sealed()
    data = change(seal_response(opened(made.data), HopResponse(204), GatewayKind.RELAYER))
    with pytest.raises(InvalidInput, match="length or format"):
        open_response(data, made.id, made.seed, GatewayKind.RELAYER)


def test_it_opens_for_one_key_and_gateway_only():
    data = sealed().data
    for wrong in ({"key": OTHER}, {"gateway": AT + "/"}, {"gateway": "https://other.example"}):
        with pytest.raises(SealBroken):
            opened(data, **wrong)
    forged = FORMAT + keccak256(OTHER.public_bytes) + data[48:]  # says that it is for another
    with pytest.raises(SealBroken):
        opened(forged, key=OTHER)
    with pytest.raises(InvalidInput, match="bytes long"):
        opened(data, kind=GatewayKind.MAILBOX)


def test_a_response_is_of_one_request():
    one, two = sealed(), sealed()
    data = seal_response(opened(one.data), HopResponse(200, body=b"one"), GatewayKind.RELAYER)
    for request_id, seed in ((two.id, one.seed), (one.id, two.seed), (two.id, two.seed)):
        with pytest.raises(SealBroken):
            open_response(data, request_id, seed, GatewayKind.RELAYER)
    flipped = data[:-1] + bytes([data[-1] ^ 1])
    with pytest.raises(SealBroken):
        open_response(flipped, one.id, one.seed, GatewayKind.RELAYER)
    with pytest.raises(InvalidInput):
        open_response(b"\1" + data[1:], one.id, one.seed, GatewayKind.RELAYER)


@pytest.mark.parametrize(
    "inside",
    [b"", b"{}", b"[]\n", b"\xff\n", b"x" * 3000, b'{"method":"GET","path":"/","headers":{"a":1}}\n',
     b'{"method":"GET","path":"/\\u00e9","headers":{}}\n', b'{"method":1,"path":"/","headers":{}}\n',
     b'{"method":"GET","path":"/","headers":[]}\n', b'{"method":"GET","path":"/\\n","headers":{}}\n'],
)  # fmt: skip
def test_what_is_malformed_inside_is_refused(inside):
    room, info = message.ROOM[GatewayKind.RELAYER][0], message._request_info(AT, GatewayKind.RELAYER)
    data = sealing.seal(OTHER.public_bytes + pad(inside, (room,)), KEY.public_bytes, info)
    with pytest.raises(InvalidInput):
        opened(FORMAT + keccak256(KEY.public_bytes) + data)


def test_what_is_too_long_is_refused():
    with pytest.raises(InvalidInput):
        sealed(HopRequest("POST", "/messages", body=b"x" * 20_000))
    with pytest.raises(InvalidInput, match="head"):
        sealed(HopRequest("POST", "/messages", {"Jamjar-X": "7" * 3000}))
