"""The interface of a relayer, for its OpenAPI document: what each route takes, answers and refuses."""

import re
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST

from jamjar.encoding.json_schema import TEXT, one_of
from jamjar.protocol import signed_message, vouched
from jamjar.relayer import answers, health
from jamjar.relayer.refusal import LEDGER_CODES, status_of
from jamjar.relayer.refusal import RelayerCode as Code
from jamjar.service.openapi import JSON, Answer, Interface, Operation, RequestBody
from jamjar.service.refusal import HttpCode

MESSAGE_ID: Final = re.compile(r"(0x)?[0-9a-f]{64}", re.ASCII)
_HEALTH: Final = {JSON: health.SCHEMA}
_TAKE: Final = LEDGER_CODES | {
    Code.MALFORMED, Code.TOO_LARGE, HttpCode.TOO_SLOW, Code.BAD_SIGNATURE, Code.WRONG_LEDGER, Code.TOO_FAST,
    Code.TOO_MANY, Code.FULL, Code.BUSY, Code.NOT_VOUCHED, Code.GRANT_TOO_LATE, Code.TOO_EARLY,
    Code.NODE_UNAVAILABLE, Code.STORE_UNAVAILABLE,
}  # fmt: skip

INTERFACE: Final = Interface(
    "Jamjar relayer",
    "It carries what claimants signed to the ledger, once and in batches.\n"
    "A code that begins like a name, such as HeadMismatch, is the contract's own error.",
    {
        "take": Operation(
            "Carry a signed message; sending it again is safe, and returns its state.",
            {
                202: Answer("It is accepted, with a receipt.", {JSON: answers.SCHEMA}),
                200: Answer("It is known, or on the ledger.", {JSON: answers.SCHEMA}),
            },
            _TAKE,
            RequestBody(JSON, one_of(signed_message.schema(), vouched.schema()), vouched.MAX_BYTES),
        ),
        "look": Operation(
            "The outcome of a message that is carried, by its EIP-712 digest.",
            {200: Answer("Its outcome.", {JSON: answers.SCHEMA})},
            frozenset({Code.UNKNOWN_MESSAGE, Code.STORE_UNAVAILABLE}),
        ),
        "is_well": Operation(
            "Whether it reaches its node and database, carries, and keeps its promises.",
            {200: Answer("All is well.", _HEALTH), 503: Answer("Something is wrong.", _HEALTH)},
        ),
        "read_metrics": Operation(
            "Counts for Prometheus, which are the operator's alone.",
            {200: Answer("The metrics.", {CONTENT_TYPE_LATEST: TEXT})},
            frozenset({Code.STORE_UNAVAILABLE}),
        ),
    },
    {"name": {"type": "string", "pattern": f"^{MESSAGE_ID.pattern}$"}},
    status_of,
)
