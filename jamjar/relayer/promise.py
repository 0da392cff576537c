"""What a relayer answers for: an operator's signed word that it took a message, and by when it carries it.

It is EIP-712 typed data that any wallet can show and check. If the message is on no ledger when that time has passed,
the receipt shows whose fault that is, to anybody.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Final

from jamjar.crypto.hashing import keccak256, require_word
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.protocol import signing, typed_data
from jamjar.protocol.signed_message import from_hex, read_address, to_hex
from jamjar.protocol.signing import Signature, Signer
from jamjar.protocol.typed_data import Domain
from jamjar.relayer.refusal import RelayerLied

DOMAIN_NAME: Final = "Jamjar relayer"
_MEMBERS: Final = (("message", "bytes32"), ("acceptedAt", "uint40"), ("carryBy", "uint40"))
_TYPE_HASH: Final = keccak256(f"Receipt({','.join(f'{kind} {name}' for name, kind in _MEMBERS)})".encode())
_FIELDS: Final = ("message", "accepted_at", "carry_by", "operator", "r", "vs")


def domain_of(registry: Domain) -> Domain:
    """Return the domain of receipts about a ledger; `registry` is its ConsentRegistry's."""
    return Domain(registry.chain_id, registry.contract, DOMAIN_NAME)


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised: `message` is a message's EIP-712 digest, in a block by `carry_by`; times are Unix seconds."""

    message: bytes
    accepted_at: int
    carry_by: int

    def __post_init__(self) -> None:
        require_word(self.message, "The message's digest")
        whole = type(self.accepted_at) is type(self.carry_by) is int
        if not whole or not 0 < self.accepted_at <= self.carry_by < 2**40:
            raise InvalidInput("A receipt has two times in whole Unix seconds, in order; ask for another.")

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
    """A receipt with its signature and the account that says it made it."""

    receipt: Promise
    operator: str
    signature: Signature

    def to_json(self) -> dict[str, Any]:
        """Return it as an object for JSON; byte strings are 0x and small hex digits."""
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
    """Sign a receipt by an operator's account; the domain is `domain_of`'s. The same one has the same signature."""
    return SignedPromise(receipt, operator.address, operator.sign(receipt.digest(domain)))


def check(signed: SignedPromise, message: bytes, domain: Domain, is_operator: Callable[[str], bool]) -> None:
    """Check that a receipt is about the message with this digest, and that an operator signed it.

    domain       `domain_of`'s, of the ledger that the message is for
    is_operator  says of an account whether it acts for an active member that is an operator, by the caller's own node

    Raises RelayerLied when it is not so.
    """
    if signed.receipt.message != message:
        raise RelayerLied("The receipt is for another message; send yours again, to another relayer.")
    try:
        signer = signing.recover(signed.receipt.digest(domain), signed.signature)
    except InvalidInput:
        signer = ""
    if signer != signed.operator:
        raise RelayerLied("Nobody signed this receipt; send the message again, to another relayer.")
    if not is_operator(signer):
        raise RelayerLied("No operator of this ledger signed this receipt; send the message to one that is.")
