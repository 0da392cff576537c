"""A signed message with the token of its consent, for carriers that ask for tokens or count by them.

    {"format": "jamjar.vouched.1", "signed": {...jamjar.signed.1 or .2...}, "token": {...jamjar.token.1...}}

Where a carrier takes this, it takes the signed message alone as well.
"""

import json
from typing import Final

from jamjar.encoding import strict_json
from jamjar.encoding.json_schema import Schema, record
from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.protocol import signed_message, token
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.token import FindKey, Token
from jamjar.protocol.typed_data import Domain, Grant

FORMAT: Final = "jamjar.vouched.1"
MAX_BYTES: Final = signed_message.MAX_BYTES + 2 * 1024
"""Of a message with its token."""
_WHAT: Final = "The signed message with a token"


def to_json(signed: SignedMessage, domain: Domain, vouched: Token | None) -> str:
    """Return a message's text, with its consent's token where there is one; raises as `signed_message.to_json`."""
    text = signed_message.to_json(signed, domain)
    if vouched is None:
        return text
    return strict_json.dumps({"format": FORMAT, "signed": json.loads(text), "token": vouched.to_fields()})


def read(text: object) -> tuple[SignedMessage, Domain, Token | None]:
    """Read a signed message, the chain and contract it is for, and the token that came with it, if one did.

    Raises as `signed_message.read` does. A token that is malformed, or of another consent, is read as none: it must
    stop no message that needs no token.
    """
    if not isinstance(text, str) or FORMAT not in text:
        return *signed_message.read(text), None
    try:
        given = strict_json.loads(text, _WHAT, MAX_BYTES)
    except InvalidInput:
        if (given := _without_token(text)) is None:
            raise
    found = strict_json.fields(given, _WHAT, "format", "signed", "token")
    if found["format"] != FORMAT:
        raise InvalidInput(f"The message's format is unknown; this version reads {FORMAT}, so update Jamjar.")
    signed, domain = signed_message.read(strict_json.dumps(found["signed"]))
    try:
        vouched = Token.from_fields(found["token"])
    except InvalidInput:
        return signed, domain, None
    return signed, domain, vouched if vouched.consent == signed.message.consent else None


def _without_token(text: str) -> dict[str, object] | None:
    """Return what a text says beside its token, if that alone may be no strict JSON, such as a float."""
    if len(text) > MAX_BYTES:
        return None
    try:
        given = json.loads(text)
        return {**given, "signed": strict_json.loads(json.dumps(given["signed"]), _WHAT), "token": None}
    except (ValueError, KeyError, TypeError, RecursionError, InvalidInput):
        return None


def is_good(vouched: Token | None, deployment: Deployment, find_key: FindKey) -> bool:
    """Return whether there is a token, and it verifies on this deployment."""
    try:
        if vouched is not None:
            vouched.verify(deployment.domain_of(Grant), find_key)
    except InvalidSignature:
        return False
    return vouched is not None


def why_not(grant: Grant, vouched: Token | None, deployment: Deployment, find_key: FindKey) -> str:
    """Return why a grant is not vouched for, empty when it is."""
    if vouched is None or vouched.consent != grant.consent:
        return "No admitter's token vouches for this consent; ask one for tokens with jamjar wallet enrol ask."
    if not vouched.begins_in_time(grant.valid_from):
        return f"The token is of {vouched.epoch}, good in that month and the next; grant with a newer token."
    try:
        vouched.verify(deployment.domain_of(Grant), find_key)
    except InvalidSignature as error:
        return str(error)
    return ""


def schema() -> Schema:
    """Return the JSON Schema of what `to_json` writes with a token."""
    return record({"format": {"const": FORMAT}, "signed": signed_message.schema(), "token": token.schema()})
