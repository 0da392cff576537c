"""Small files that members of a network sign with the keys of their nodes, before there is a contract to sign for.

What is signed is EIP-712 typed data with named fields, for one chain id; the file is JSON with the same fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from eth_account.messages import encode_typed_data

from jamjar.crypto.hashing import keccak256
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.protocol.signed_message import from_hex, to_hex
from jamjar.protocol.signing import Signature

SIGNATURE_BYTES: Final = 65
LONGEST_DAYS: Final = 90
"""How long a file may be valid."""
DAY: Final = 86_400
LATE_SECONDS: Final = 3_600
"""How far another machine's clock may be ahead of this one's."""


def digest(chain_id: int, kind: str, types: Mapping[str, str], values: Mapping[str, Any]) -> bytes:
    """Return the 32 bytes to sign: EIP-712 of a struct, in a domain that names the program and the chain."""
    document = encode_typed_data(
        {"name": "Jamjar network", "version": "1", "chainId": chain_id},
        {kind: [{"name": name, "type": type_} for name, type_ in types.items()]},
        dict(values),
    )
    return keccak256(b"\x19" + document.version + document.header + document.body)


def to_json(form: str, chain_id: int, values: Mapping[str, Any], signature: Signature) -> str:
    """Return the content of a file: canonical JSON, and a line's end."""
    signed = to_hex(signature.to_bytes65())
    return strict_json.dumps({"format": form, "chain_id": chain_id, "content": values, "signature": signed}) + "\n"


def from_json(text: object, what: str, form: str, types: Mapping[str, str]) -> tuple[int, dict[str, Any], Signature]:
    """Return the chain id, the fields and the signature in a file, which are not compared; raises InvalidInput."""
    found = strict_json.fields(strict_json.loads(text, what), what, "format", "chain_id", "content", "signature")
    if found["format"] != form:
        raise InvalidInput(f"{what} is not in the format {form}; take the right file, or update Jamjar.")
    if type(found["chain_id"]) is not int or not 0 < found["chain_id"] < 2**53:
        raise InvalidInput(f"{what} has no chain id; take the file as its sender wrote it.")
    content = strict_json.fields(found["content"], what, *types)
    return found["chain_id"], content, Signature.from_bytes(from_hex(found["signature"], SIGNATURE_BYTES))


def check_times(what: str, signed_at: object, expires: object) -> None:
    """Raise InvalidInput unless both are Unix seconds, and the second within 90 days of the first."""
    if not (type(signed_at) is int and type(expires) is int and 0 < signed_at < expires < 2**40):
        raise InvalidInput(f"{what} has no time from when until when it is valid; make it again.")
    if expires - signed_at > LONGEST_DAYS * DAY:
        raise InvalidInput(f"{what} is valid for more than {LONGEST_DAYS} days; make it again for fewer.")


def check_current(what: str, signed_at: int, expires: int, now: int) -> None:
    """Raise InvalidInput unless a file is valid at a time in Unix seconds."""
    if now > expires:
        days = (expires - signed_at) // DAY
        raise InvalidInput(f"{what} was valid for {days} days, which are over; ask for another.")
    if now < signed_at - LATE_SECONDS:
        raise InvalidInput(f"{what} was signed later than now; compare the clocks of both machines.")
