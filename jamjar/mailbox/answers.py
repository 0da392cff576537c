"""What a mailbox answers, as objects for JSON with their schemas; byte strings are lower-case hex, but for a body."""

from base64 import b64encode
from typing import Any, Final

from jamjar.disclosure.package import BODY_BYTES, SEALED_KEY_BYTES, Body
from jamjar.encoding.json_schema import ADDRESS, Schema, hex_digits, listed, record, whole
from jamjar.mailbox.ledger_view import UseRecord
from jamjar.mailbox.store import Deposit

ID: Final[Schema] = hex_digits(32)
"""The schema of the id of a package or a reply."""
IDS: Final[Schema] = listed(ID)
_DEPOSIT: Final = {"time": whole(1, 2**40 - 1), "nonce": ID, "body": ID, "signature": hex_digits(64)}
PACKAGE: Final[Schema] = record(
    {
        "consent": ADDRESS,
        "root": ID,
        "recipient": whole(1, 2**32 - 1),
        "body": {
            "type": "string",
            "contentEncoding": "base64",
            "contentMediaType": "application/octet-stream",
            "maxLength": 4 * -(-BODY_BYTES[-1] // 3),
        },
        "key_digest": ID,
        "sealed_to": {"type": "string", "pattern": "^([0-9a-f]{64})?$"},
        "deposit": record(_DEPOSIT),
    }
)
"""The schema of a package without its key; `sealed_to` is empty in packages of the first format."""
KEY: Final[Schema] = record(
    {
        "sealed_key": hex_digits(SEALED_KEY_BYTES),
        "use": whole(1),
        "transaction": hex_digits(32, "0x"),
        "index": whole(),
    }
)
"""The schema of a sealed key, with the use that it is handed over for."""


def package_fields(body: Body, came: Deposit) -> dict[str, Any]:
    """Return a package without its key, and its deposit, which its claimant signed."""
    return {
        "consent": body.consent,
        "root": body.root.hex(),
        "recipient": body.recipient,
        "body": b64encode(body.body).decode(),
        "key_digest": body.key_digest.hex(),
        "sealed_to": body.sealed_to.hex(),
        "deposit": {
            "time": came.time,
            "nonce": came.nonce.hex(),
            "body": came.body.hex(),
            "signature": came.signature.hex(),
        },
    }


def key_fields(key: bytes, use: UseRecord) -> dict[str, Any]:
    """Return a sealed key, and the use that it is handed over for."""
    return {"sealed_key": key.hex(), "use": use.number, "transaction": use.transaction, "index": use.index}
