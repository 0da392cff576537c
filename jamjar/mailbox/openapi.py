"""The interface of a mailbox, for its OpenAPI document: what each route takes, answers and refuses."""

from typing import Final

from jamjar.disclosure import package, reply
from jamjar.encoding.json_schema import ADDRESS, Schema
from jamjar.hop.gateway_app import gateway_operations
from jamjar.hop.message import GatewayKind
from jamjar.mailbox.answers import ID, IDS, KEY, PACKAGE
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.mailbox.refusal import status_of
from jamjar.mailbox.signed_request import HEADER_SCHEMAS, SIGNATURE
from jamjar.service.openapi import BYTES, JSON, Answer, Interface, Operation, RequestBody
from jamjar.service.refusal import HttpCode

_SIGNED: Final = "signed"
_EVERY: Final = frozenset({
    Code.MALFORMED, Code.TOO_LARGE, HttpCode.TOO_SLOW, Code.WRONG_AUDIENCE, Code.TOO_OLD, Code.TOO_NEW,
    Code.BAD_SIGNATURE, Code.TOO_FAST, Code.REPLAYED, Code.STORE_UNAVAILABLE,
})  # fmt: skip
_MEMBER: Final = _EVERY | {Code.NOT_A_MEMBER, Code.NODE_UNAVAILABLE}
_CLAIMANT: Final = _EVERY | {Code.NOT_THE_CLAIMANT, Code.UNKNOWN_CONSENT, Code.NODE_UNAVAILABLE}
_STORED: Final = {201: Answer("It is stored."), 200: Answer("It was stored already.")}
_DELETED: Final = {204: Answer("It is deleted.")}


def _operation(
    summary: str, answers: dict[int, Answer], codes: frozenset[str], body: RequestBody | None = None
) -> Operation:
    return Operation(summary, answers, codes, body, HEADER_SCHEMAS, _SIGNED)


def _bytes(most: int) -> Schema:
    return {"type": "string", "format": "binary", "maxLength": most}


def _body(most: int) -> RequestBody:
    return RequestBody(BYTES, _bytes(most), most)


def _json(description: str, schema: Schema) -> dict[int, Answer]:
    return {200: Answer(description, {JSON: schema})}


INTERFACE: Final = Interface(
    "Jamjar mailbox",
    "It stores sealed packages and replies, and hands over the key of a package for a use on the ledger.\n"
    f"Every request but for this document is signed (EIP-712), which its header {SIGNATURE} shows; it has no query.\n"
    "The module jamjar.mailbox.signed_request says what is signed.",
    {
        **gateway_operations(GatewayKind.MAILBOX),
        "deposit": _operation(
            "The consent's key stores a package.",
            _STORED,
            _CLAIMANT | {Code.CONSENT_ENDED, Code.NOT_THE_RECIPIENT, Code.NOT_THE_HEAD, Code.TOO_MANY},
            _body(package.MAX_BYTES),
        ),
        "waiting": _operation("A member lists its packages.", _json("Their ids, oldest first.", IDS), _MEMBER),
        "fetch": _operation(
            "The recipient fetches a package without its key.",
            _json("The package, and its deposit as its claimant signed it.", PACKAGE),
            _MEMBER | {Code.UNKNOWN_PACKAGE, Code.NOT_THE_RECIPIENT},
        ),
        "hand_over": _operation(
            "The recipient gets the sealed key of a package, for a recorded use, which this spends.",
            _json("The sealed key.", KEY),
            _MEMBER
            | {Code.UNKNOWN_PACKAGE, Code.NOT_THE_RECIPIENT, Code.UNKNOWN_CONSENT, Code.CONSENT_NOT_LIVE}
            | {Code.NO_USE_ON_RECORD, Code.USE_ALREADY_CONSUMED, Code.NOT_DEEP_ENOUGH},
        ),
        "put_reply": _operation(
            "The recipient of a consent stores a reply.",
            _STORED,
            _MEMBER | {Code.UNKNOWN_CONSENT, Code.NOT_THE_RECIPIENT, Code.TOO_MANY},
            _body(reply.MAX_BYTES),
        ),
        "replies": _operation(
            "The consent's key lists its replies.", _json("Their ids, oldest first.", IDS), _CLAIMANT
        ),
        "reply": _operation(
            "The consent's key fetches a reply.",
            {200: Answer("The sealed reply.", {BYTES: _bytes(reply.MAX_BYTES)})},
            _EVERY | {Code.UNKNOWN_REPLY},
        ),
        "delete_reply": _operation("The consent's key deletes a reply.", _DELETED, _EVERY | {Code.UNKNOWN_REPLY}),
        "erase": _operation(
            "The consent's key deletes everything under its consent.", _DELETED, _EVERY | {Code.NOT_THE_CLAIMANT}
        ),
    },
    {"name": ID, "consent": ADDRESS},
    status_of,
    {
        _SIGNED: {
            "type": "apiKey",
            "in": "header",
            "name": SIGNATURE,
            "description": "The signer's EIP-712 signature over audience, method, path, body, time and nonce.",
        }
    },
)
