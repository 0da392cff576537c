"""The sealed package: a disclosure or an answer, encrypted under its own key, and that key sealed to the recipient.

There are two layers, so that a mailbox can withhold the second: the body reveals nothing without its key, and the key
is released only once the recipient's use is on the record. Both are bound to one chain and CommitmentRegistry, consent,
commitment and recipient, and open for no other. A package names the public key that it is sealed to, so that a
recipient with another key sees that before it records a use; packages of the first format do not, and are still read.

Warning: a package that opens may still be false. Verify it with `jamjar.adviser.desk.Desk.verify`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from jamjar.consent.named import MAX_TEXT, ValueKind
from jamjar.crypto import sealing
from jamjar.crypto.hashing import keccak256, require_word
from jamjar.crypto.sealing import EncryptionKey, SealBroken
from jamjar.disclosure.answer import FORMAT as ANSWER_FORMAT
from jamjar.disclosure.answer import StatementAnswer
from jamjar.disclosure.disclosure import MAX_BYTES as MAX_CONTENT
from jamjar.disclosure.disclosure import Disclosure
from jamjar.encoding import strict_json
from jamjar.encoding.padding import pad, unpad
from jamjar.errors import InvalidInput
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.typed_data import Domain

FORMAT: Final = b"jamjar.package.2"
FIRST_FORMAT: Final = b"jamjar.package.1"
KEY_BYTES: Final = 32
SEALED_KEY_BYTES: Final = KEY_BYTES + sealing.OVERHEAD
SIZES: Final = tuple(kib * 1024 for kib in (64, 128, 320))
"""The sizes of a padded body. It depends on the terms alone, as room is reserved for the most openings."""
OPENINGS_ROOM: Final = 48 * 1024
TEXT_ROOM: Final = 2 * MAX_TEXT
"""The bytes that are reserved for each text that the terms allow, whether it is shown or not."""
BODY_BYTES: Final = tuple(size + 16 for size in SIZES)
_FIRST_HEAD_BYTES: Final = len(FORMAT) + 20 + 32 + 4
_HEAD_BYTES: Final = _FIRST_HEAD_BYTES + 32
MAX_BYTES: Final = _HEAD_BYTES + SEALED_KEY_BYTES + BODY_BYTES[-1]

# A package key encrypts one body, once, so its nonce need not differ (RFC 8439, section 2.8).
_NONCE: Final = bytes(12)


@dataclass(frozen=True, slots=True)
class Body:
    """A package without its key: the part that can be fetched, and checked, before a use is recorded.

    consent      the address of the consent key
    root         the commitment that is disclosed, 32 bytes
    recipient    the member number
    body         the encrypted disclosure, of one of `BODY_BYTES` lengths
    key_digest   Keccak-256 of the sealed key that opens it
    sealed_to    Keccak-256 of the public key that it is sealed to, as on the ledger; empty in the first format

    Raises InvalidInput for values of another form.
    """

    consent: str
    root: bytes
    recipient: int
    body: bytes = field(repr=False)
    key_digest: bytes = field(repr=False)
    sealed_to: bytes = field(default=b"", repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "consent", checksum_address(parse_address(self.consent)))
        require_word(self.root, "The root")
        require_word(self.key_digest, "The digest of the sealed key")
        if self.sealed_to != b"":
            require_word(self.sealed_to, "The digest of the key that it is sealed to")
        if type(self.recipient) is not int or not 0 < self.recipient < 2**32:
            raise InvalidInput("The recipient is not a member number from 1 to 2**32 - 1; look it up.")
        if not isinstance(self.body, bytes) or len(self.body) not in BODY_BYTES:
            raise InvalidInput("The body of the package has a length that none can have; fetch it again in full.")

    @property
    def id(self) -> bytes:
        """The 32 bytes that name the package: Keccak-256 over format, head, and the digests of body and sealed key."""
        return keccak256(self.head + keccak256(self.body) + self.key_digest)

    @property
    def head(self) -> bytes:
        """What a package begins with: format (16), consent (20), root (32), recipient (4), key sealed to (32 or 0)."""
        return _head(self.consent, self.root, self.recipient, self.sealed_to)

    def with_key(self, sealed_key: bytes) -> "SealedPackage":
        """Return the whole package; raises SealBroken for another key than this package's."""
        if keccak256(sealed_key) != self.key_digest:
            raise SealBroken(
                "The sealed key is of another package; report the mailbox, and ask the claimant for another."
            )
        return SealedPackage(self, sealed_key)


@dataclass(frozen=True, slots=True)
class SealedPackage:
    """A body together with its sealed key; made by `seal_package`, or read from bytes."""

    content: Body
    sealed_key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not isinstance(self.sealed_key, bytes) or len(self.sealed_key) != SEALED_KEY_BYTES:
            raise InvalidInput(
                f"The sealed key of the package is not {SEALED_KEY_BYTES} bytes long; fetch it again in full."
            )
        if keccak256(self.sealed_key) != self.content.key_digest:
            raise InvalidInput("The sealed key is of another package; take both from one package.")

    @property
    def id(self) -> bytes:
        """The 32 bytes that name the package."""
        return self.content.id

    def to_bytes(self) -> bytes:
        """Return the one encoding: head (104 bytes, or 72 in the first format), sealed key (1,168), body."""
        return self.content.head + self.sealed_key + self.content.body

    @classmethod
    def from_bytes(cls, data: bytes) -> "SealedPackage":
        """Read what `to_bytes` wrote; raises InvalidInput for another format or length."""
        sizes = {FORMAT: _HEAD_BYTES, FIRST_FORMAT: _FIRST_HEAD_BYTES}
        if not isinstance(data, bytes) or (size := sizes.get(data[: len(FORMAT)])) is None:
            raise InvalidInput(
                f"The package's format is unknown; this version reads up to {FORMAT.decode()}, so update Jamjar."
            )
        if len(data) < size:
            raise InvalidInput("The package is cut short; fetch it again in full.")
        consent, root, recipient, sealed_to = data[16:36], data[36:68], data[68:72], data[72:size]
        key, body = data[size : size + SEALED_KEY_BYTES], data[size + SEALED_KEY_BYTES :]
        number = int.from_bytes(recipient, "big")
        return cls(Body(checksum_address(consent), root, number, body, keccak256(key), sealed_to), key)


@dataclass(frozen=True, slots=True)
class Opened:
    """The content of a package, and the claimant's public key, to which advice is sealed.

    disclosure  what is shown: of an answer its period alone
    answer      the answer to a question; None in a package that shows figures
    """

    disclosure: Disclosure = field(repr=False)
    reply_key: bytes = field(repr=False)
    answer: StatementAnswer | None = field(default=None, repr=False)

    @property
    def content(self) -> Disclosure | StatementAnswer:
        """What was sealed."""
        return self.answer or self.disclosure

    @classmethod
    def of(cls, text: bytes | str, reply_key: bytes) -> "Opened":
        """Read the JSON of a disclosure or an answer; raises InvalidInput for anything else."""
        record = strict_json.loads(text.decode() if isinstance(text, bytes) else text, "The content", MAX_CONTENT)
        if isinstance(record, dict) and record.get("format") == ANSWER_FORMAT:
            answer = StatementAnswer.from_json(text)
            return cls(answer.shown, reply_key, answer)
        return cls(Disclosure.from_json(text), reply_key)


def seal_package(
    content: Disclosure | StatementAnswer,
    reply_key: bytes,
    recipient_key: bytes,
    domain: Domain,
    random_bytes: Callable[[int], bytes],
) -> SealedPackage:
    """Seal a disclosure, or an answer, to the recipient that its terms name.

    reply_key      the claimant's public encryption key. Warning: make one for each consent, or it links them
    recipient_key  the recipient's, as registered in the Consortium
    domain         of the CommitmentRegistry that records the root

    Raises InvalidInput when the disclosure is about another ledger, or a key is invalid.
    """
    disclosure = content.shown if isinstance(content, StatementAnswer) else content
    if (disclosure.chain_id, disclosure.contract) != (domain.chain_id, domain.contract):
        raise InvalidInput("The disclosure is about another ledger; name the one where its root stands.")
    if len(reply_key) != sealing.PUBLIC_BYTES:
        raise InvalidInput(f"The reply key is not a public encryption key of {sealing.PUBLIC_BYTES} bytes; make one.")
    terms, texts = disclosure.terms, sum(kind is ValueKind.TEXT for kind in disclosure.terms.kinds.values())
    room = len(terms.to_json().encode()) + OPENINGS_ROOM + texts * TEXT_ROOM
    inside = pad(reply_key + content.to_json(), SIZES, room=room)
    key = random_bytes(KEY_BYTES)
    consent, root, recipient = disclosure.consent, disclosure.root, terms.recipient
    sealed_to = keccak256(recipient_key)
    info = _head(consent, root, recipient, sealed_to) + domain.separator
    body = ChaCha20Poly1305(key).encrypt(_NONCE, inside, info)
    sealed_key = sealing.seal(key, recipient_key, info)
    return SealedPackage(Body(consent, root, recipient, body, keccak256(sealed_key), sealed_to), sealed_key)


def open_package(package: SealedPackage, key: EncryptionKey, domain: Domain) -> Opened:
    """Open a package with the recipient's key.

    Raises SealBroken when it was sealed to another key or for another ledger, was changed in transit, or contains
    something other than its head states. The figures are verified by `Desk.verify`.
    """
    content, info = package.content, package.content.head + domain.separator
    try:
        inside = ChaCha20Poly1305(key.open(package.sealed_key, info)).decrypt(_NONCE, content.body, info)
        text = unpad(inside, SIZES)
        opened = Opened.of(text[sealing.PUBLIC_BYTES :], text[: sealing.PUBLIC_BYTES])
    except InvalidTag:
        raise SealBroken("The body does not open with its key; fetch it again, or ask the claimant.") from None
    except (InvalidInput, ValueError):  # their texts may quote the content
        raise SealBroken("The package holds no readable disclosure; ask the claimant for another.") from None
    disclosure = opened.disclosure
    inner = (disclosure.chain_id, disclosure.contract, disclosure.consent, disclosure.root, disclosure.terms.recipient)
    if inner != (domain.chain_id, domain.contract, content.consent, content.root, content.recipient):
        raise SealBroken("The package holds a disclosure about something else; ask the claimant for another.")
    return opened


def _head(consent: str, root: bytes, recipient: int, sealed_to: bytes) -> bytes:
    name = FORMAT if sealed_to else FIRST_FORMAT
    return name + parse_address(consent) + root + recipient.to_bytes(4, "big") + sealed_to
