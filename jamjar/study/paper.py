"""What a study's claimants and members sign: canonical JSON under EIP-712, for the CommitmentRegistry of one chain."""

from __future__ import annotations

from typing import Any, Final

from jamjar.crypto.hashing import keccak256
from jamjar.encoding import strict_base64, strict_json
from jamjar.encoding.strict_hex import read_hex
from jamjar.errors import InvalidInput
from jamjar.protocol import signing, typed_data
from jamjar.protocol.signing import Signature, Signer
from jamjar.protocol.typed_data import Domain

_TYPE_HASH: Final = keccak256(b"StudyPaper(bytes32 content)")
_PART: Final = "A part of the paper"
MOST_BYTES: Final = 64 << 20
"""More than a result of 170,000 reports."""
MOST_REPORTS: Final = MOST_BYTES // 64
"""More reports than a paper of so many bytes has."""


def digest_of(fields: dict[str, Any]) -> bytes:
    """Return the Keccak-256 of the canonical JSON of these fields, of which `format` is one."""
    return keccak256(strict_json.dumps(fields).encode())


def sign(fields: dict[str, Any], signer: Signer, domain: Domain) -> Signature:
    """Sign these fields."""
    return signer.sign(typed_data.signed_digest(domain, keccak256(_TYPE_HASH + digest_of(fields))))


def account_of(fields: dict[str, Any], signature: Signature, domain: Domain) -> str:
    """Return the account that signed these fields. Warning: compare it with the one expected."""
    return signing.recover(typed_data.signed_digest(domain, keccak256(_TYPE_HASH + digest_of(fields))), signature)


def read(text: str, what: str, form: str, *names: str, most: int = MOST_BYTES) -> dict[str, Any]:
    """Return the fields `names` of a paper in JSON of at most `most` bytes; raises InvalidInput for other ones."""
    found = dict(strict_json.fields(strict_json.loads(text, what, most), what, "format", *names))
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


def parts(values: object, size: int, most: int) -> tuple[bytes, ...]:
    """Read an array of at most `most` times bytes of this length, each as hex; they are counted before any is read."""
    return tuple(part(each, size) for each in counted(values, "The parts of the paper", 0, most))


def sealed(values: object, members: int, most: int) -> tuple[bytes, ...]:
    """Read what is sealed to so many members, at most `most` bytes each, in base 64, measured before it is read."""
    found = counted(values, "The sealed parts", members, members)
    if any(type(each) is not str or len(each) > 4 * (most // 3 + 1) for each in found):
        raise InvalidInput("A sealed part is longer than any, or no text; ask for another paper.")
    return tuple(strict_base64.decode(each, "A sealed part") for each in found)


def counted(values: object, what: str, least: int, most: int) -> list[Any]:
    """Return an array of from `least` to `most` values; `what` is a plural that begins a sentence."""
    found = strict_json.items(values, what)
    if not least <= len(found) <= most:
        raise InvalidInput(f"{what} are not {least} to {most} in number; ask for another paper.")
    return found
