"""What a study's claimants and members sign: canonical JSON under EIP-712, for the CommitmentRegistry of one chain."""

from __future__ import annotations

from typing import Any, Final

from jamjar.crypto.hashing import keccak256
from jamjar.encoding import strict_json
from jamjar.encoding.strict_hex import read_hex
from jamjar.errors import InvalidInput
from jamjar.protocol import signing, typed_data
from jamjar.protocol.signing import Signature, Signer
from jamjar.protocol.typed_data import Domain

_TYPE_HASH: Final = keccak256(b"StudyPaper(bytes32 content)")
_PART: Final = "A part of the paper"
MOST_BYTES: Final = 16 << 20


def digest_of(fields: dict[str, Any]) -> bytes:
    """Return the Keccak-256 of the canonical JSON of these fields, of which `format` is one."""
    return keccak256(strict_json.dumps(fields).encode())


def sign(fields: dict[str, Any], signer: Signer, domain: Domain) -> Signature:
    """Sign these fields."""
    return signer.sign(typed_data.signed_digest(domain, keccak256(_TYPE_HASH + digest_of(fields))))


def account_of(fields: dict[str, Any], signature: Signature, domain: Domain) -> str:
    """Return the account that signed these fields. Warning: compare it with the one expected."""
    return signing.recover(typed_data.signed_digest(domain, keccak256(_TYPE_HASH + digest_of(fields))), signature)


def read(text: str, what: str, form: str, *names: str) -> dict[str, Any]:
    """Return the fields `names` of a paper in JSON; raises InvalidInput for others, and for another format."""
    found = dict(strict_json.fields(strict_json.loads(text, what, MOST_BYTES), what, "format", *names))
    if found.pop("format") != form:
        raise InvalidInput(f"{what} is in an unknown format; this version reads {form}, so update Jamjar.")
    return found


def signature_of(text: object) -> Signature:
    """Read a signature of 64 bytes as hex."""
    return Signature.from_bytes(part(text, 64))


def part(text: object, size: int) -> bytes:
    """Read bytes of this length as hex."""
    data = read_hex(text, _PART)
    if len(data) != size:
        raise InvalidInput(f"{_PART} is not {size} bytes; ask for the whole paper.")
    return data


def parts(values: object, size: int) -> tuple[bytes, ...]:
    """Read an array of bytes of this length, each as hex."""
    return tuple(part(each, size) for each in strict_json.items(values, "The parts of the paper"))
