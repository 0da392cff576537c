"""A recipient's reply, sealed to the claimant: advice, a signed deletion of what it was shown, a request, a question.

From outside the four cannot be distinguished. A reply is bound to one ledger, consent and commitment; the claimant
checks advice against its digest on the ledger, and the others against the account that signed them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from jamjar.consent.request import SignedConsentRequest
from jamjar.crypto import sealing
from jamjar.crypto.hashing import keccak256, require_word
from jamjar.crypto.sealing import EncryptionKey, SealBroken
from jamjar.disclosure.advice import Advice
from jamjar.disclosure.question import SignedQuestion
from jamjar.encoding import strict_json
from jamjar.encoding.padding import pad, unpad
from jamjar.errors import InvalidInput
from jamjar.protocol import signing, typed_data
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.signing import AccountSigner, Signature
from jamjar.protocol.typed_data import Domain

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

FORMAT: Final = b"jamjar.reply.1\0\0"
SIZES: Final = tuple(kib * 1024 for kib in (8, 32, 128))
SEALED_BYTES: Final = tuple(size + sealing.OVERHEAD for size in SIZES)
_HEAD: Final = len(FORMAT) + 20 + 32
MAX_BYTES: Final = _HEAD + SEALED_BYTES[-1]
MAX_COMMITMENTS: Final = 64
_MEMBERS: Final = (("consent", "address"), ("commitments", "bytes32[]"), ("deletedAt", "uint40"))
_TYPE_HASH: Final = keccak256(f"Deletion({','.join(f'{kind} {name}' for name, kind in _MEMBERS)})".encode())


@dataclass(frozen=True, slots=True)
class Deletion:
    """A recipient's statement: what it was shown of these commitments was deleted at a time, in Unix seconds.

    Raises InvalidInput unless it names 1 to 64 different commitments of 32 bytes.
    """

    consent: str
    commitments: tuple[bytes, ...]
    deleted_at: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "consent", checksum_address(parse_address(self.consent)))
        named = self.commitments
        if type(named) is not tuple or not 1 <= len(set(named)) == len(named) <= MAX_COMMITMENTS:
            raise InvalidInput(
                f"The deletion does not name 1 to {MAX_COMMITMENTS} commitments, each once; list them so."
            )
        for root in named:
            require_word(root, "A commitment")
        if type(self.deleted_at) is not int or not 0 < self.deleted_at < 2**40:
            raise InvalidInput("The time of the deletion is not in whole Unix seconds; convert it.")

    def full_message(self, domain: Domain) -> dict[str, Any]:
        """Return what a wallet shows and signs (EIP-712); `domain` is the CommitmentRegistry's."""
        values = {
            "consent": self.consent,
            "commitments": [f"0x{root.hex()}" for root in self.commitments],
            "deletedAt": self.deleted_at,
        }
        return typed_data.document(domain, "Deletion", _MEMBERS, values)

    def digest(self, domain: Domain) -> bytes:
        """Return the 32 bytes to sign (EIP-712)."""
        consent, deleted_at = parse_address(self.consent).rjust(32, b"\0"), self.deleted_at.to_bytes(32, "big")
        words = (_TYPE_HASH, consent, keccak256(b"".join(self.commitments)), deleted_at)
        return typed_data.signed_digest(domain, keccak256(b"".join(words)))


@dataclass(frozen=True, slots=True)
class SignedDeletion:
    """A deletion with the signature of an account."""

    deletion: Deletion
    signature: Signature

    def account(self, domain: Domain) -> str:
        """Return the account that signed. Warning: check on the ledger that it acts for the recipient."""
        return signing.recover(self.deletion.digest(domain), self.signature)


def sign_deletion(deletion: Deletion, account: LocalAccount, domain: Domain) -> SignedDeletion:
    """Sign a deletion as a member's account."""
    return SignedDeletion(deletion, AccountSigner(account).sign(deletion.digest(domain)))


@dataclass(frozen=True, slots=True)
class SealedReply:
    """A reply as stored in a mailbox, in which only the consent and the commitment it is about are readable.

    Raises InvalidInput for values of another form.
    """

    consent: str
    commitment: bytes
    sealed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "consent", checksum_address(parse_address(self.consent)))
        require_word(self.commitment, "The commitment")
        if not isinstance(self.sealed, bytes) or len(self.sealed) not in SEALED_BYTES:
            raise InvalidInput("The sealed reply has a length that none can have; fetch it again in full.")

    @property
    def id(self) -> bytes:
        """The 32 bytes that name the reply: Keccak-256 of all of it."""
        return keccak256(self.to_bytes())

    def to_bytes(self) -> bytes:
        """Return the one encoding: format (16 bytes), consent (20), commitment (32), sealed content."""
        return FORMAT + parse_address(self.consent) + self.commitment + self.sealed

    @classmethod
    def from_bytes(cls, data: bytes) -> SealedReply:
        """Read what `to_bytes` wrote; raises InvalidInput for another format or length."""
        if not isinstance(data, bytes) or data[: len(FORMAT)] != FORMAT or len(data) < _HEAD:
            raise InvalidInput(
                "The reply's format is unknown; this version reads jamjar.reply.1, so update Jamjar or fetch it again."
            )
        return cls(checksum_address(data[16:36]), data[36:68], data[_HEAD:])


def seal_advice(advice: Advice, reply_key: bytes, domain: Domain, *, consent: str, commitment: bytes) -> SealedReply:
    """Seal advice about a commitment to the claimant's reply key; `domain` is the CommitmentRegistry's."""
    return _seal({"advice": advice.text, "salt": advice.salt.hex()}, reply_key, domain, consent, commitment)


def seal_deletion(signed: SignedDeletion, reply_key: bytes, domain: Domain) -> SealedReply:
    """Seal a signed deletion to the claimant's reply key, as about the last commitment it names."""
    deletion = signed.deletion
    record = {
        "commitments": [root.hex() for root in deletion.commitments],
        "deleted_at": deletion.deleted_at,
        "signature": signed.signature.to_bytes().hex(),
    }
    return _seal(record, reply_key, domain, deletion.consent, deletion.commitments[-1])


def seal_request(
    signed: SignedConsentRequest, reply_key: bytes, domain: Domain, *, consent: str, commitment: bytes
) -> SealedReply:
    """Seal another request to the claimant's reply key, as about a commitment under an earlier consent."""
    return _seal({"request": signed.to_json()}, reply_key, domain, consent, commitment)


def seal_question(signed: SignedQuestion, reply_key: bytes, domain: Domain) -> SealedReply:
    """Seal a question to the claimant's reply key, as about the commitment that it names."""
    asked = signed.question
    return _seal({"question": signed.to_json()}, reply_key, domain, asked.consent, asked.root)


def open_reply(
    reply: SealedReply, key: EncryptionKey, domain: Domain
) -> Advice | SignedDeletion | SignedConsentRequest | SignedQuestion:
    """Open a reply with the claimant's reply key; raises SealBroken when it does not open, or holds no reply.

    Warning: anyone who knows the reply key can seal to it. Check that the digest of advice is on the ledger, and that
    the account that signed a deletion, a request or a question acts for the recipient.
    """
    text = key.open(reply.sealed, _info(domain, reply.consent, reply.commitment))
    try:
        record = strict_json.loads(unpad(text, SIZES).decode(), "The reply", SIZES[-1])
        if "advice" in record:
            found = strict_json.fields(record, "The reply", "advice", "salt")
            return Advice(found["advice"], bytes.fromhex(found["salt"]))
        if "request" in record:
            return SignedConsentRequest.from_json(strict_json.fields(record, "The reply", "request")["request"])
        if "question" in record:
            return _question(strict_json.fields(record, "The reply", "question")["question"], reply, domain)
        found = strict_json.fields(record, "The reply", "commitments", "deleted_at", "signature")
        named = tuple(bytes.fromhex(root) for root in strict_json.items(found["commitments"], "The commitments"))
        deletion = Deletion(reply.consent, named, found["deleted_at"])
        signed = SignedDeletion(deletion, Signature.from_bytes(bytes.fromhex(found["signature"])))
    except (TypeError, ValueError):  # our own InvalidInput too: its text may quote the content
        raise SealBroken("The reply holds neither advice nor a deletion, request or question; ask again.") from None
    if named[-1] != reply.commitment:
        raise SealBroken("The reply is about another commitment than it states; ask the adviser for another.")
    return signed


def _question(text: str, reply: SealedReply, domain: Domain) -> SignedQuestion:
    signed = SignedQuestion.from_json(text)
    asked = signed.question
    about = (asked.chain_id, asked.contract, asked.consent, asked.root)
    if about != (domain.chain_id, domain.contract, reply.consent, reply.commitment):
        raise InvalidInput("The question is about another commitment than the reply; ask for another.")
    return signed


def _info(domain: Domain, consent: str, commitment: bytes) -> bytes:
    return FORMAT + domain.separator + parse_address(consent) + commitment


def _seal(record: object, reply_key: bytes, domain: Domain, consent: str, commitment: bytes) -> SealedReply:
    require_word(commitment, "The commitment")
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    sealed = sealing.seal(pad(text, SIZES), reply_key, _info(domain, consent, commitment))
    return SealedReply(consent, commitment, sealed)
