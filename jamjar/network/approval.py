"""A member's approval of one join request, signed by the key of its node, for one first block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.network import signed_file
from jamjar.network.join_request import JoinRequest, account_of
from jamjar.protocol import signing
from jamjar.protocol.signed_message import from_hex, read_address, to_hex
from jamjar.protocol.signing import AccountSigner, Signature

FORMAT: Final = "jamjar.join-approval.1"
_KIND: Final = "JoinApproval"
_TYPES: Final = {
    "genesis": "bytes32",
    "request": "bytes32",
    "approver": "address",
    "signedAt": "uint40",
    "expires": "uint40",
}
_WHAT: Final = "The approval"


@dataclass(frozen=True, slots=True)
class Approval:
    """One member's word that a request may be admitted. Raises InvalidInput.

    chain_id            the network's
    genesis             Keccak-256 of the first block's file
    request             what the request's node signed, 32 bytes
    approver            the address of the approving member's node
    signed_at, expires  Unix seconds, at most 90 days apart
    """

    chain_id: int
    genesis: bytes
    request: bytes
    approver: str
    signed_at: int
    expires: int

    def __post_init__(self) -> None:
        read_address(self.approver)
        signed_file.check_times(_WHAT, self.signed_at, self.expires)

    def values(self) -> dict[str, Any]:
        """Return the fields by the names that are signed."""
        words = {"genesis": to_hex(self.genesis), "request": to_hex(self.request), "approver": self.approver}
        return {**words, "signedAt": self.signed_at, "expires": self.expires}

    def digest(self) -> bytes:
        """Return the 32 bytes to sign (EIP-712)."""
        return signed_file.digest(self.chain_id, _KIND, _TYPES, self.values())

    def check(self, genesis: bytes, request: JoinRequest, now: int) -> None:
        """Raise InvalidInput unless it is for this request, to join the network with this first block, and current."""
        what = f"{_WHAT} of {self.approver}"
        if (self.chain_id, self.genesis) != (request.chain_id, genesis):
            raise InvalidInput(f"{what} is for a network with another first block; ask for one for this network.")
        if self.request != request.digest():
            raise InvalidInput(f"{what} is not for this request of {request.name}; ask for one that is.")
        signed_file.check_current(what, self.signed_at, self.expires, now)


@dataclass(frozen=True, slots=True)
class SignedApproval:
    """An approval that its approver's node signed; raises InvalidSignature for one that it did not."""

    approval: Approval
    signature: Signature

    def __post_init__(self) -> None:
        if signing.recover(self.approval.digest(), self.signature) != self.approval.approver:
            raise InvalidSignature(
                f"{self.approval.approver} did not sign its approval, or it was changed since; ask for it again."
            )

    def to_json(self) -> str:
        """Return the content of its file."""
        return signed_file.to_json(FORMAT, self.approval.chain_id, self.approval.values(), self.signature)


def sign(key: bytes, **fields: Any) -> SignedApproval:
    """Return an approval that a node's private key signed; `fields` are the approval's but its approver."""
    signer = AccountSigner(account_of(key))
    approval = Approval(approver=signer.address, **fields)
    return SignedApproval(approval, signer.sign(approval.digest()))


def read(text: object) -> SignedApproval:
    """Read an approval's file; raises InvalidInput for another, InvalidSignature for one that was changed."""
    chain_id, content, signature = signed_file.from_json(text, _WHAT, FORMAT, _TYPES)
    genesis, request = from_hex(content["genesis"], 32), from_hex(content["request"], 32)
    approval = Approval(chain_id, genesis, request, content["approver"], content["signedAt"], content["expires"])
    return SignedApproval(approval, signature)
