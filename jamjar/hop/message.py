"""The format jamjar.hop.1: a request that a hop passes on without reading it, and the response to it.

    request   the format in 16 bytes, the digest of the gateway's key (32), and sealed to that key: a fresh reply key
              (1,216), and the padded request
    response  the format in 16 bytes, and sealed to the reply key: the padded response

The roles are those of RFC 9458, section 2: the client is a wallet, the relay resource is the hop. All requests to one
kind of gateway have one length, whatever they ask for, and so have all responses.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from jamjar.crypto import sealing
from jamjar.crypto.hashing import keccak256
from jamjar.crypto.sealing import EncryptionKey, SealBroken
from jamjar.encoding import strict_json
from jamjar.encoding.padding import pad, unpad
from jamjar.errors import InvalidInput

FORMAT: Final = b"jamjar.hop.1".ljust(16, b"\0")
REQUEST_TYPE: Final = "message/jamjar-hop-req"
RESPONSE_TYPE: Final = "message/jamjar-hop-res"
"""The media types, named as those of RFC 9458, section 9."""
DIGEST_BYTES: Final = 32
MOST_HEAD: Final = 2048
"""The most bytes of a head, which is all of a request or response but its body."""
NOTHING: Final = "NOTHING"
"""The method of a request that asks for nothing: the gateway drops it, and answers it like any other."""
_KIB: Final = 1024


class GatewayKind(Enum):
    """What a gateway stands in front of."""

    RELAYER = "relayer"
    MAILBOX = "mailbox"

    @property
    def request_bytes(self) -> int:
        """The length of each request, as a hop sees it."""
        return len(FORMAT) + DIGEST_BYTES + sealing.PUBLIC_BYTES + ROOM[self][0] + sealing.OVERHEAD

    @property
    def response_bytes(self) -> int:
        """The length of each response, as a hop sees it."""
        return len(FORMAT) + ROOM[self][1] + sealing.OVERHEAD


ROOM: Final = {
    GatewayKind.RELAYER: (16 * _KIB, 8 * _KIB),
    GatewayKind.MAILBOX: (324 * _KIB, 136 * _KIB),
}
"""The padded bytes of a request and of a response: enough for a signed message, and for the largest package."""


@dataclass(frozen=True, slots=True)
class HopRequest:
    """A request to the service behind a gateway, as in HTTP."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class HopResponse:
    """What the service behind a gateway answers: an HTTP status, a content type, and a body."""

    status: int
    content_type: str = ""
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class SealedRequest:
    """A sealed request, as it is sent; `seed` is of its reply key, which whoever sealed it keeps."""

    data: bytes = field(repr=False)
    seed: bytes = field(repr=False)

    @property
    def id(self) -> bytes:
        """Its name at a hop."""
        return keccak256(self.data)


@dataclass(frozen=True, slots=True)
class OpenedRequest:
    """A request that a gateway opened, the public key that the response is sealed to, and the request's id."""

    request: HopRequest
    reply_key: bytes = field(repr=False)
    id: bytes


def dummy() -> HopRequest:
    """Return a request that asks for nothing."""
    return HopRequest(NOTHING, "/")


def seal_request(
    request: HopRequest, public_key: bytes, gateway: str, kind: GatewayKind, random_bytes: Callable[[int], bytes]
) -> SealedRequest:
    """Seal a request to a gateway's key, which opens as a request to that gateway's address only.

    Raises InvalidInput for a request that is too long, and for an invalid key.
    """
    reply = EncryptionKey.generate(random_bytes)
    head = {"method": request.method, "path": request.path, "headers": dict(request.headers)}
    padded = pad(_joined(head, request.body), (ROOM[kind][0],))
    sealed = sealing.seal(reply.public_bytes + padded, public_key, _request_info(gateway, kind))
    return SealedRequest(FORMAT + keccak256(public_key) + sealed, reply.to_bytes())


def key_digest(data: bytes, kind: GatewayKind) -> bytes:
    """Return the digest of the key that a request is sealed to; raises InvalidInput for another length or format."""
    if len(data) != kind.request_bytes:
        raise InvalidInput(f"The request is not {kind.request_bytes:,} bytes long; seal it for a {kind.value}.")
    if data[: len(FORMAT)] != FORMAT:
        raise InvalidInput("The request's format is unknown; this version reads jamjar.hop.1, so update Jamjar.")
    return data[len(FORMAT) :][:DIGEST_BYTES]


def open_request(data: bytes, key: EncryptionKey, gateway: str, kind: GatewayKind) -> OpenedRequest:
    """Open what `seal_request` sealed to this key for this gateway; raises SealBroken and InvalidInput."""
    if key_digest(data, kind) != keccak256(key.public_bytes):
        raise SealBroken("The request is sealed to another key; ask the hop for the gateway's key, and seal it again.")
    opened = key.open(data[len(FORMAT) + DIGEST_BYTES :], _request_info(gateway, kind))
    reply_key, padded = opened[: sealing.PUBLIC_BYTES], opened[sealing.PUBLIC_BYTES :]
    found, body = _split(unpad(padded, (ROOM[kind][0],)), "method", "path", "headers")
    headers = found["headers"]
    texts = [found["method"], found["path"], *(headers.values() if isinstance(headers, dict) else (None,))]
    if not all(isinstance(text, str) and text.isascii() and text.isprintable() for text in texts):
        raise InvalidInput("The sealed request is malformed; seal it again with this version of Jamjar.")
    return OpenedRequest(HopRequest(found["method"], found["path"], headers, body), reply_key, keccak256(data))


def seal_response(opened: OpenedRequest, response: HopResponse, kind: GatewayKind) -> bytes:
    """Seal the response to a request; raises InvalidInput where the request's reply key is none, or it is too long."""
    head = {"status": response.status, "content_type": response.content_type}
    padded = pad(_joined(head, response.body), (ROOM[kind][1],))
    return FORMAT + sealing.seal(padded, opened.reply_key, _response_info(opened.id))


def open_response(data: bytes, request_id: bytes, seed: bytes, kind: GatewayKind) -> HopResponse:
    """Open the response to the request with this id; raises SealBroken, also for another request's, and InvalidInput.

    seed  of the request's reply key
    """
    if len(data) != kind.response_bytes or data[: len(FORMAT)] != FORMAT:
        raise InvalidInput("The response has another length or format; ask another hop, or update Jamjar.")
    padded = EncryptionKey(seed).open(data[len(FORMAT) :], _response_info(request_id))
    found, body = _split(unpad(padded, (ROOM[kind][1],)), "status", "content_type")
    if type(found["status"]) is not int or not isinstance(found["content_type"], str):
        raise InvalidInput("The sealed response is malformed; ask the gateway's operator to update Jamjar.")
    return HopResponse(found["status"], found["content_type"], body)


def _request_info(gateway: str, kind: GatewayKind) -> bytes:
    return b"%s request %s %s" % (FORMAT, kind.value.encode(), gateway.encode())


def _response_info(request_id: bytes) -> bytes:
    return b"%s response %s" % (FORMAT, request_id)


def _joined(head: Mapping[str, object], body: bytes) -> bytes:
    text = strict_json.dumps(head).encode()
    if len(text) > MOST_HEAD:
        raise InvalidInput(f"The head of a request has more than {MOST_HEAD:,} bytes; send fewer or shorter headers.")
    return text + b"\n" + body


def _split(text: bytes, *names: str) -> tuple[dict[str, Any], bytes]:
    head, _, body = text.partition(b"\n")
    if len(head) > MOST_HEAD or not head.isascii():
        raise InvalidInput("The head of a sealed message is malformed; seal it again with this version of Jamjar.")
    return strict_json.fields(strict_json.loads(head.decode(), "The head"), "The head", *names), body
