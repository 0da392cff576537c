"""The interface of a hop, for its OpenAPI document: what each route takes, answers and refuses."""

from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST

from jamjar.encoding.json_schema import TEXT, Schema, hex_digits, record, whole
from jamjar.hop import metrics
from jamjar.hop.gateway_key import SCHEMA as KEY
from jamjar.hop.message import REQUEST_TYPE, RESPONSE_TYPE, GatewayKind
from jamjar.hop.refusal import HopCode as Code
from jamjar.hop.refusal import status_of
from jamjar.hop.store import KeptState
from jamjar.service.openapi import JSON, Answer, Interface, Operation, RequestBody
from jamjar.service.refusal import HttpCode

ID: Final = hex_digits(32)
MOST_BYTES: Final = max(kind.request_bytes for kind in GatewayKind)
KEPT: Final[Schema] = record(
    {"id": ID, "state": {"enum": [KeptState.HELD.name, KeptState.ANSWERED.name]}, "due_at": whole()}
)
"""The JSON Schema of what a hop says of a request that it keeps."""
_GATEWAY: Final[Schema] = record({"epoch": whole(1), "key": KEY})
_BYTES: Final[Schema] = {"type": "string", "format": "binary"}
_SENT: Final = frozenset({
    HttpCode.TOO_SLOW, Code.UNKNOWN_GATEWAY, Code.WRONG_SIZE, Code.UNKNOWN_FORMAT, Code.TOO_FAST,
})  # fmt: skip
_KEPT: Final = _SENT | {Code.TOO_MANY, Code.FULL, Code.STORE_UNAVAILABLE, Code.GATEWAY_REFUSED, Code.GAVE_UP}
_BODY: Final = RequestBody(REQUEST_TYPE, {**_BYTES, "maxLength": MOST_BYTES}, MOST_BYTES)
_STATE: Final = {202: Answer("It is kept.", {JSON: KEPT}), 200: Answer("It was kept already.", {JSON: KEPT})}
_HEALTH: Final = {JSON: metrics.SCHEMA}

INTERFACE: Final = Interface(
    "Jamjar hop",
    "It passes sealed requests on to gateways of relayers and mailboxes, and their sealed responses back.\n"
    "All requests to one kind of gateway have one length, and so have all responses.\n"
    "A gateway's name is the Keccak-256 of its address.",
    {
        "gateway": Operation(
            "A gateway's signed key, and the seconds from one epoch to the next.",
            {200: Answer("The key.", {JSON: _GATEWAY})},
            frozenset({Code.UNKNOWN_GATEWAY, Code.GATEWAY_UNAVAILABLE}),
        ),
        "at_once": Operation(
            "Pass a request on, and answer its response; nothing is kept.",
            {200: Answer("The sealed response.", {RESPONSE_TYPE: _BYTES})},
            _SENT | {Code.GATEWAY_UNAVAILABLE, Code.GATEWAY_REFUSED},
            _BODY,
        ),
        "keep": Operation("Keep a request until the hop's epoch; sending it again is safe.", _STATE, _KEPT, _BODY),
        "hurry": Operation("Keep a request, and pass it on now; sending it again is safe.", _STATE, _KEPT, _BODY),
        "response": Operation(
            "The response to a request that was kept.",
            {200: Answer("The sealed response.", {RESPONSE_TYPE: _BYTES}), 202: Answer("None yet.", {JSON: KEPT})},
            frozenset({Code.UNKNOWN_ID, Code.GATEWAY_REFUSED, Code.GAVE_UP, Code.STORE_UNAVAILABLE}),
        ),
        "forget": Operation(
            "Delete a response that was fetched, or take a request back.",
            {204: Answer("It is deleted.")},
            frozenset({Code.UNKNOWN_ID, Code.STORE_UNAVAILABLE}),
        ),
        "is_well": Operation(
            "Whether it reaches its database, and passes on.",
            {200: Answer("All is well.", _HEALTH), 503: Answer("Something is wrong.", _HEALTH)},
        ),
        "read_metrics": Operation(
            "Counts for Prometheus, which are the operator's alone.",
            {200: Answer("The metrics.", {CONTENT_TYPE_LATEST: TEXT})},
            frozenset({Code.STORE_UNAVAILABLE}),
        ),
    },
    {"gateway": ID, "name": ID},
    status_of,
)
