"""A relayer's receipt: an operator's signed promise that it accepted a message, and by when it carries it.

It is EIP-712 typed data that any wallet can show and verify. If the message is not on the ledger by that time, the
receipt proves to anyone that the operator broke its promise.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Final

from jamjar.crypto.hashing import keccak256, require_word
from jamjar.encoding import strict_json
from jamjar.encoding.json_schema import ADDRESS, Schema, record, whole
from jamjar.errors import InvalidInput
from jamjar.protocol import signing, typed_data
from jamjar.protocol.signed_message import WORD, from_hex, read_address, to_hex
from jamjar.protocol.signing import Signature, Signer
from jamjar.protocol.typed_data import Domain
from jamjar.relayer.refusal import RelayerLied

DOMAIN_NAME: Final = "Jamjar relayer"
_MEMBERS: Final = (("message", "bytes32"), ("acceptedAt", "uint40"), ("carryBy", "uint40"))
_TYPE_HASH: Final = keccak256(f"Receipt({','.join(f'{kind} {name}' for name, kind in _MEMBERS)})".encode())
_TIME: Final = whole(1, 2**40 - 1)
SCHEMA: Final[Schema] = record(
    {"message": WORD, "accepted_at": _TIME, "carry_by": _TIME, "operator": ADDRESS, "r": WORD, "vs": WORD}
)
"""The JSON Schema of a signed receipt."""
_FIELDS: Final = tuple(SCHEMA["properties"])


def domain_of(registry: Domain) -> Domain:
    """Return the domain of receipts about a ledger; `registry` is its ConsentRegistry's."""
    return Domain(registry.chain_id, registry.contract, DOMAIN_NAME)


@dataclass(frozen=True, slots=True)
class Promise:
    """The promise that the message with the EIP-712 digest `message` is in a block by `carry_by`, in Unix seconds."""

    message: bytes
    accepted_at: int
    carry_by: int

    def __post_init__(self) -> None:
        require_word(self.message, "The message's digest")
        whole = type(self.accepted_at) is type(self.carry_by) is int
        if not whole or not 0 < self.accepted_at <= self.carry_by < 2**40:
            raise InvalidInput("The receipt's times are not whole Unix seconds in order; ask for another receipt.")

    def digest(self, domain: Domain) -> bytes:
        """Return the 32 bytes to sign (EIP-712); the domain is `domain_of`'s."""
        words = self.message + self.accepted_at.to_bytes(32, "big") + self.carry_by.to_bytes(32, "big")
        return typed_data.signed_digest(domain, keccak256(_TYPE_HASH + words))

    def full_message(self, domain: Domain) -> dict[str, Any]:
        """Return what a wallet shows and signs: the JSON of eth_signTypedData_v4."""
        values = dict(zip((name for name, _ in _MEMBERS), asdict(self).values(), strict=True))
        return typed_data.document(domain, "Receipt", _MEMBERS, values)


@dataclass(frozen=True, slots=True)
class SignedPromise:
    """A receipt with its signature and the account that claims to have signed it."""

    receipt: Promise
    operator: str
    signature: Signature

    def to_json(self) -> dict[str, Any]:
        """Return it as an object for JSON; byte strings are 0x and lower-case hex."""
        return {
            "message": to_hex(self.receipt.message),
            "accepted_at": self.receipt.accepted_at,
            "carry_by": self.receipt.carry_by,
            "operator": self.operator,
            "r": to_hex(self.signature.r),
            "vs": to_hex(self.signature.vs),
        }

    @classmethod
    def from_json(cls, value: object) -> "SignedPromise":
        """Read what `to_json` wrote; raises InvalidInput for all else. Whether it is genuine, `check` says."""
        found = strict_json.fields(value, "The receipt", *_FIELDS)
        receipt = Promise(from_hex(found["message"], 32), found["accepted_at"], found["carry_by"])
        return cls(
            receipt, read_address(found["operator"]), Signature(from_hex(found["r"], 32), from_hex(found["vs"], 32))
        )


def sign_promise(receipt: Promise, operator: Signer, domain: Domain) -> SignedPromise:
    """Sign a receipt by an operator's account; the domain is `domain_of`'s. Signatures are deterministic."""
    return SignedPromise(receipt, operator.address, operator.sign(receipt.digest(domain)))


def check(signed: SignedPromise, message: bytes, domain: Domain, is_operator: Callable[[str], bool]) -> None:
    """Check that a receipt is about the message with this digest, and that an operator signed it.

    domain       `domain_of`'s, of the ledger that the message is for
    is_operator  returns whether an account acts for an active operator, according to the caller's own node

    Raises RelayerLied otherwise. A kept receipt is checked by `operator_history.check_as_of`.
    """
    if not is_operator(signer(signed, message, domain)):
        raise RelayerLied("No operator of this ledger signed the receipt; send the message to another relayer.")


def signer(signed: SignedPromise, message: bytes, domain: Domain) -> str:
    """Return the account that signed a receipt about the message with this digest; raises RelayerLied."""
    if signed.receipt.message != message:
        raise RelayerLied("The receipt is for another message; send yours to another relayer.")
    try:
        found = signing.recover(signed.receipt.digest(domain), signed.signature)
    except InvalidInput:
        found = ""
    if found != signed.operator:
        raise RelayerLied("The receipt's signature is invalid; send the message to another relayer.")
    return found
