"""Signed requests to a mailbox, by a member's account or by a consent key.

The signature is of EIP-712 typed data that a wallet can show. It names the mailbox (audience), chain and
CommitmentRegistry, method, path, the body by its digest, a time and a nonce, so that it is valid at no other mailbox,
ledger or time, and for nothing else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from jamjar.crypto.hashing import keccak256, require_word
from jamjar.encoding.json_schema import ADDRESS, TEXT, Schema, matching
from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.protocol import signing, typed_data
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.signing import Signature, Signer
from jamjar.protocol.typed_data import Domain

DOMAIN_NAME: Final = "Jamjar mailbox"
SIGNER, TIME, NONCE, SIGNATURE, AUDIENCE = (
    f"Jamjar-{name}" for name in ("Signer", "Time", "Nonce", "Signature", "Audience")
)
"""The headers of a request, in addition to its method, path and body."""

_MEMBERS: Final = (
    ("audience", "string"),
    ("method", "string"),
    ("path", "string"),
    ("body", "bytes32"),
    ("time", "uint40"),
    ("nonce", "bytes32"),
)
_TYPE_HASH: Final = keccak256(f"Request({','.join(f'{kind} {name}' for name, kind in _MEMBERS)})".encode())
_TIME: Final = re.compile(r"[1-9][0-9]{0,11}", re.ASCII)
WORD: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SIGNATURE: Final = re.compile(r"[0-9a-f]{128}", re.ASCII)
HEADER_SCHEMAS: Final[dict[str, Schema]] = {
    AUDIENCE: TEXT,
    SIGNER: ADDRESS,
    TIME: matching(_TIME.pattern),
    NONCE: matching(WORD.pattern),
    SIGNATURE: matching(_SIGNATURE.pattern),
}
"""The JSON Schemas of the headers."""


def domain_of(registry: Domain) -> Domain:
    """Return the domain of requests about a ledger; `registry` is its CommitmentRegistry's."""
    return Domain(registry.chain_id, registry.contract, DOMAIN_NAME)


@dataclass(frozen=True, slots=True)
class MailboxRequest:
    """A request: `body` is the Keccak-256 of the body, `time` in Unix seconds, `nonce` 32 random bytes."""

    audience: str
    method: str
    path: str
    body: bytes
    time: int
    nonce: bytes = field(repr=False)

    def __post_init__(self) -> None:
        require_word(self.body, "The digest of the body")
        require_word(self.nonce, "The nonce")
        if type(self.time) is not int or not 0 < self.time < 2**40:
            raise InvalidInput("The time of the request is not in whole Unix seconds; correct it.")

    def digest(self, domain: Domain) -> bytes:
        """Return the 32 bytes to sign (EIP-712); the domain is `domain_of`'s."""
        return typed_data.signed_digest(domain, self._struct())

    def full_message(self, domain: Domain) -> dict[str, Any]:
        """Return what a wallet shows and signs: the JSON of eth_signTypedData_v4."""
        return typed_data.document(domain, "Request", _MEMBERS, {name: getattr(self, name) for name, _ in _MEMBERS})

    def _struct(self) -> bytes:
        texts = [keccak256(text.encode()) for text in (self.audience, self.method, self.path)]
        return keccak256(b"".join((_TYPE_HASH, *texts, self.body, self.time.to_bytes(32, "big"), self.nonce)))


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request with its signature and the address that claims to have signed it."""

    request: MailboxRequest
    signer: str
    signature: Signature

    def is_genuine(self, domain: Domain) -> bool:
        """Return whether the signer signed this request."""
        try:
            return signing.recover(self.request.digest(domain), self.signature) == self.signer
        except InvalidInput:
            return False

    def headers(self) -> dict[str, str]:
        """Return the HTTP headers of the request, in addition to its method, path and body."""
        return {
            AUDIENCE: self.request.audience,
            SIGNER: self.signer,
            TIME: str(self.request.time),
            NONCE: self.request.nonce.hex(),
            SIGNATURE: self.signature.to_bytes().hex(),
        }


def sign_request(request: MailboxRequest, signer: Signer, domain: Domain) -> SignedRequest:
    """Sign a request; the domain is `domain_of`'s."""
    return SignedRequest(request, signer.address, signer.sign(request.digest(domain)))


def read_request(headers: Mapping[str, str], method: str, path: str, body: bytes) -> SignedRequest:
    """Read a request; raises InvalidSignature for headers that are missing or malformed.

    body  the Keccak-256 of the body
    """
    text = {name: headers.get(name, "") for name in (AUDIENCE, SIGNER, TIME, NONCE, SIGNATURE)}
    if not (_TIME.fullmatch(text[TIME]) and WORD.fullmatch(text[NONCE]) and _SIGNATURE.fullmatch(text[SIGNATURE])):
        raise InvalidSignature("The request's signature is missing or malformed; sign with jamjar.mailbox.client.")
    request = MailboxRequest(text[AUDIENCE], method, path, body, int(text[TIME]), bytes.fromhex(text[NONCE]))
    signer = checksum_address(parse_address(text[SIGNER]))
    return SignedRequest(request, signer, Signature.from_bytes(bytes.fromhex(text[SIGNATURE])))
