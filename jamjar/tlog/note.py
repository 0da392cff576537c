"""Signed notes (C2SP signed-note) with Ed25519, and the cosignatures of witnesses (C2SP tlog-cosignature).

A note is a text, an empty line, and lines "— <name> <base 64 of key id and signature>". A key is written as Go's
`golang.org/x/mod/sumdb/note` writes it: a verifier "<name>+<key id>+<base 64 of type and public key>", a signer
"PRIVATE+KEY+<name>+<key id>+<base 64 of type and seed>". Type 1 signs the text, type 4 cosigns it with a time. Type 6
cosigns with ML-DSA-44, which a quantum computer is not known to forge: the witness's name, the time, and the origin,
size and root of the checkpoint, but no extension lines.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature as BadSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from jamjar.crypto import ml_dsa
from jamjar.crypto.ml_dsa import MlDsaKey
from jamjar.encoding.strict_base64 import decode, encode
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.tlog.checkpoint import read_checkpoint

MAX_BYTES: Final = 64 * 1024
LOG: Final = 1
WITNESS: Final = 4
PQ_WITNESS: Final = 6
COSIGNING: Final = (WITNESS, PQ_WITNESS)
"""The types of keys with which witnesses cosign."""
_KEY_BYTES: Final = {LOG: 32, WITNESS: 32, PQ_WITNESS: ml_dsa.PUBLIC_BYTES}
_DASH: Final = "— "
_PRIVATE: Final = "PRIVATE+KEY+"
_TIME_BYTES: Final = 8
_MOST_OCTETS: Final = 255
_SUBTREE: Final = b"subtree/v1\n\0"


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key: the name it signs under, its type (LOG, WITNESS or PQ_WITNESS), and its 32 or 1,312 bytes."""

    name: str
    kind: int
    key: bytes

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or not self.name.isprintable() or any(c.isspace() for c in self.name):
            raise InvalidInput("The name of the key is empty, or has a space or a plus; choose another.")
        if _KEY_BYTES.get(self.kind) != len(self.key):
            raise InvalidInput("The key is not a log's or a witness's of a known type; ask its owner for it again.")
        if self.kind == PQ_WITNESS and len(self.name.encode()) > _MOST_OCTETS:
            raise InvalidInput(f"The name of the key is longer than {_MOST_OCTETS} bytes; choose a shorter one.")

    @property
    def id(self) -> bytes:
        """The 4 bytes by which signatures name the key."""
        return sha256(f"{self.name}\n".encode() + bytes([self.kind]) + self.key).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encode(bytes([self.kind]) + self.key)}"

    def verify(self, text: str, signature: bytes) -> int | None:
        """Check a signature of a note's text; return its time in Unix seconds if it is a cosignature.

        Raises VerificationFailed when this key did not make it.
        """
        time, message = None, text.encode()
        if self.kind in COSIGNING:
            time, signature = int.from_bytes(signature[:_TIME_BYTES], "big"), signature[_TIME_BYTES:]
            message = _cosigned(self, text, time)
        if not self._made(signature, message):
            raise VerificationFailed(f"The signature of {self.name} is not its own; do not rely on it.")
        if time is not None and time >= 2**63:
            raise VerificationFailed(f"The time of {self.name}'s cosignature is out of range; do not rely on it.")
        return time

    def _made(self, signature: bytes, message: bytes) -> bool:
        if self.kind == PQ_WITNESS:
            return ml_dsa.is_signed(self.key, message, signature)
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, message)
        except (BadSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """A line under a note: the name and id of the key, and the signature's bytes."""

    name: str
    id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {encode(self.id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, ending with a newline, and the signatures under it, not yet checked."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(map(str, self.signatures))}"

    def verified(self, verifiers: Iterable[Verifier]) -> dict[Verifier, int | None]:
        """Return which of these keys signed, each with the time of its newest cosignature, None for a log's signature.

        Signatures by other keys are ignored. Raises VerificationFailed when one in the name of these keys is false.
        """
        known = {(each.name, each.id): each for each in verifiers}
        signed = dict[Verifier, int | None]()
        for line in self.signatures:
            if verifier := known.get((line.name, line.id)):
                time, before = verifier.verify(self.text, line.signature), signed.get(verifier)
                signed[verifier] = time if before is None or time is None else max(before, time)
        return signed

    def with_signatures(self, more: Iterable[NoteSignature]) -> "Note":
        """Return the note with further signatures, each in the place of an older one of the same key."""
        found = {(line.name, line.id): line for line in (*self.signatures, *more)}
        return Note(self.text, tuple(found.values()))


@dataclass(frozen=True, slots=True)
class NoteSigner:
    """A private key together with its verifier."""

    verifier: Verifier
    _key: Ed25519PrivateKey | MlDsaKey = field(repr=False)

    def sign(self, text: str) -> NoteSignature:
        """Sign a note's text as a log."""
        if self.verifier.kind != LOG:
            raise InvalidInput("The key is a witness's; use a log's key to sign.")
        return self._signed(text, self._key.sign(text.encode()))

    def cosign(self, text: str, time: int) -> NoteSignature:
        """Cosign a checkpoint's text as a witness, at a time in Unix seconds."""
        if self.verifier.kind not in COSIGNING:
            raise InvalidInput("The key is a log's; use a witness's key to cosign.")
        signature = self._key.sign(_cosigned(self.verifier, text, time))
        return self._signed(text, time.to_bytes(_TIME_BYTES, "big") + signature)

    def _signed(self, text: str, signature: bytes) -> NoteSignature:
        _require_text(text)
        return NoteSignature(self.verifier.name, self.verifier.id, signature)

    def to_text(self) -> str:
        """Return the private key as a text, only for its owner's file."""
        seed = self._key.private_bytes_raw()
        return f"{_PRIVATE}{self.verifier.name}+{self.verifier.id.hex()}+{encode(bytes([self.verifier.kind]) + seed)}"


def generate(name: str, kind: int, random_bytes: Callable[[int], bytes]) -> NoteSigner:
    """Return a new key; `random_bytes` is a CSPRNG such as `secrets.token_bytes`."""
    return _signer(name, kind, random_bytes(32))


def read_signer(text: str) -> NoteSigner:
    """Return the private key in a text; raises InvalidInput, without repeating the text, for anything else."""
    if not text.startswith(_PRIVATE):
        raise InvalidInput("The text is not a private key of a log or witness; choose the right file.")
    name, named, kind, seed = _key_parts(text.removeprefix(_PRIVATE))
    signer = _signer(name, kind, seed)
    if signer.verifier.id.hex() != named:
        raise InvalidInput("The key is not the one that its id names; restore it from a copy.")
    return signer


def read_verifier(text: str) -> Verifier:
    """Return the public key in a text; raises InvalidInput for anything else."""
    name, named, kind, key = _key_parts(text)
    verifier = Verifier(name, kind, key)
    if verifier.id.hex() != named:
        raise InvalidInput(f"The key of {name} is not the one that its id names; copy it again.")
    return verifier


def read_note(text: str) -> Note:
    """Return the note in a text of at most 64 KiB; raises InvalidInput for anything else."""
    body, empty, lines = text.rpartition("\n\n")
    if not empty or not lines.endswith("\n") or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise InvalidInput("The text is not a signed note; choose the right file, or fetch it again.")
    _require_text(body + "\n")
    return Note(body + "\n", read_signatures(lines))


def read_signatures(lines: str) -> tuple[NoteSignature, ...]:
    """Return the signatures in lines, each with its newline; raises InvalidInput for anything else."""
    if not lines.endswith("\n"):
        raise InvalidInput("A line with a signature is cut short; fetch it again.")
    return tuple(map(_signature, lines[:-1].split("\n")))


def _signature(line: str) -> NoteSignature:
    name, _, signature = line.removeprefix(_DASH).partition(" ")
    data = decode(signature, "A signature")
    found = NoteSignature(name, data[:4], data[4:])
    if not name or "+" in name or not name.isprintable() or str(found) != f"{line}\n" or not found.signature:
        raise InvalidInput("A line with a signature is not in its canonical form; fetch it again.")
    return found


def _require_text(text: str) -> None:
    if not text.endswith("\n") or any((c < " " and c != "\n") or "\ud800" <= c <= "\udfff" for c in text):
        raise InvalidInput("The text of a note has control characters or does not end with a newline; correct it.")


def _signer(name: str, kind: int, seed: bytes) -> NoteSigner:
    if len(seed) != 32:
        raise InvalidInput("The private key is not 32 bytes; restore it from a copy.")
    if kind == PQ_WITNESS:
        post_quantum = MlDsaKey(seed)
        return NoteSigner(Verifier(name, kind, post_quantum.public_bytes), post_quantum)
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return NoteSigner(Verifier(name, kind, key.public_key().public_bytes_raw()), key)


def _key_parts(text: str) -> tuple[str, str, int, bytes]:
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise InvalidInput("The key is not a name, an id and bytes with a plus between them; copy it again.")
    data = decode(parts[2], "A key")
    return parts[0], parts[1], data[0], data[1:]


def _cosigned(by: Verifier, text: str, time: int) -> bytes:
    """Return the bytes that a witness's key signs; raises InvalidInput where type 6 is to sign no checkpoint."""
    if by.kind == WITNESS:
        return f"cosignature/v1\ntime {time}\n{text}".encode()
    signed = read_checkpoint(text)
    numbers = bytes(_TIME_BYTES) + signed.size.to_bytes(_TIME_BYTES, "big")  # of the first leaf, and after the last
    head = _SUBTREE + _opaque(by.name) + time.to_bytes(_TIME_BYTES, "big") + _opaque(signed.origin)
    return head + numbers + signed.root


def _opaque(text: str) -> bytes:
    """Return a text after its length in one byte (RFC 8446, section 3.4)."""
    if len(octets := text.encode()) > _MOST_OCTETS:
        raise InvalidInput(f"The name of a log is longer than {_MOST_OCTETS} bytes; choose a shorter one.")
    return bytes([len(octets)]) + octets
