"""Sealed records, and the manifest of all records.

Four keys derive from the vault's data key by HKDF-SHA256 (RFC 5869). A record's place is a keyed BLAKE2b (RFC 7693) of
kind and name, its shelf one of the kind. Kind, name and value, padded with zeros to 256 bytes or a larger power of two,
are sealed with ChaCha20Poly1305 (RFC 8439); vault, number, shelf and place are the associated data. Nonces are random:
among a million sealings under one data key, two are equal with a probability of 1 in 10**17.

The manifest is sealed too: the number of records, the number of the next one, and the sum modulo 2**256 of a keyed
BLAKE2b of every stored row. A row that is missing, older, altered, duplicated or moved changes the sum by an amount
that is unknown without the key.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, NamedTuple, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from jamjar.errors import InvalidInput, VaultDamaged

MOST_VALUE_BYTES: Final = 16 * 2**20
MOST_NAME_BYTES: Final = 1024
SHELF_BYTES: Final = 16
PLACE_BYTES: Final = 32
_LEAST_BYTES: Final = 256
_NONCE_BYTES: Final = 12
_SUMS: Final = 2**256
_RECORD: Final = b"jamjar.vault.1/record"
_MANIFEST: Final = b"jamjar.vault.1/manifest"

RandomBytes = Callable[[int], bytes]


class Row(NamedTuple):
    """One record as it is stored: number from 1, shelf (16 bytes), place (32 bytes), and sealed content."""

    seq: int
    shelf: bytes
    place: bytes
    sealed: bytes


class Record(NamedTuple):
    """One record in plain form."""

    kind: str
    name: str
    value: bytes

    def __repr__(self) -> str:
        return "Record(...)"  # keeps its content out of logs


@dataclass(slots=True)
class Manifest:
    """The number of rows, the sum of their digests, and the number of the next row."""

    count: int = 0
    total: int = 0
    next_seq: int = 1

    def add(self, digest: int) -> None:
        """Add a row."""
        self.count, self.total = self.count + 1, (self.total + digest) % _SUMS

    def remove(self, digest: int) -> None:
        """Remove a row."""
        self.count, self.total = self.count - 1, (self.total - digest) % _SUMS

    def number(self) -> int:
        """Return the number of a new row; none is returned twice."""
        self.next_seq += 1
        return self.next_seq - 1

    def to_bytes(self) -> bytes:
        """Return the 48 bytes: count and next number in 8 each, the sum in 32, big-endian."""
        return self.count.to_bytes(8, "big") + self.next_seq.to_bytes(8, "big") + self.total.to_bytes(32, "big")

    @classmethod
    def from_bytes(cls, data: bytes) -> "Manifest":
        """Read what `to_bytes` wrote."""
        count, next_seq, total = (int.from_bytes(part, "big") for part in (data[:8], data[8:16], data[16:]))
        return cls(count, total, next_seq)


class RecordKeys:
    """The four keys of one vault and their operations; never shown, copied or pickled."""

    __slots__ = ("_digests", "_manifest", "_names", "_records", "vault_id")

    def __init__(self, vault_id: bytes, data_key: bytes) -> None:
        """Derive the keys from the vault's id (16 bytes) and data key (32 bytes)."""

        def derived(label: str) -> bytes:
            info = b"jamjar.vault.1/" + label.encode() + vault_id
            return HKDFExpand(algorithm=SHA256(), length=32, info=info).derive(data_key)

        self.vault_id = vault_id
        self._names, self._digests = derived("names"), derived("digests")
        self._records = ChaCha20Poly1305(derived("records"))
        self._manifest = ChaCha20Poly1305(derived("manifest"))

    def shelf(self, kind: str) -> bytes:
        """Return the 16 bytes that the records of a kind have in common."""
        return self._shelf(_text(kind))

    def place(self, kind: str, name: str) -> bytes:
        """Return the 32 bytes by which a record is found."""
        return self._place(_text(kind) + _text(name))

    def _shelf(self, kind: bytes) -> bytes:
        return blake2b(kind, key=self._names, digest_size=SHELF_BYTES, person=b"shelf").digest()

    def _place(self, kind_and_name: bytes) -> bytes:
        return blake2b(kind_and_name, key=self._names, digest_size=PLACE_BYTES, person=b"place").digest()

    def seal(self, seq: int, record: Record, random_bytes: RandomBytes) -> Row:
        """Seal one record; raises InvalidInput for an invalid one."""
        if not isinstance(record.value, bytes) or len(record.value) > MOST_VALUE_BYTES:
            raise InvalidInput("The value is not bytes of at most 16 MiB; store a larger one in parts.")
        kind = _text(record.kind)
        found_by = kind + _text(record.name)
        shelf, place = self._shelf(kind), self._place(found_by)
        plain = found_by + len(record.value).to_bytes(4, "big") + record.value
        nonce = random_bytes(_NONCE_BYTES)
        padded = plain.ljust(_padded_length(len(plain)), b"\0")
        return Row(seq, shelf, place, nonce + self._records.encrypt(nonce, padded, self._bound(seq, shelf, place)))

    def open(self, row: Row) -> Record:
        """Open one record; raises VaultDamaged when it is altered or in the wrong place."""
        nonce, sealed = row.sealed[:_NONCE_BYTES], row.sealed[_NONCE_BYTES:]
        try:
            plain = self._records.decrypt(nonce, sealed, self._bound(row.seq, row.shelf, row.place))
        except (InvalidTag, ValueError, OverflowError):
            raise VaultDamaged("A record of the vault is damaged; restore a backup.") from None
        kind, rest = _first(plain, 2)
        name, rest = _first(rest, 2)
        value, _ = _first(rest, 4)
        return Record(kind.decode(), name.decode(), value)

    def digest(self, row: Row) -> int:
        """Return the number that a row adds to the manifest's sum."""
        data = row.seq.to_bytes(8, "big", signed=True) + row.shelf + row.place + row.sealed
        return int.from_bytes(blake2b(data, key=self._digests, digest_size=32, person=b"row").digest(), "big")

    def seal_manifest(self, manifest: Manifest, random_bytes: RandomBytes) -> bytes:
        """Seal the manifest."""
        nonce = random_bytes(_NONCE_BYTES)
        return nonce + self._manifest.encrypt(nonce, manifest.to_bytes(), _MANIFEST + self.vault_id)

    def open_manifest(self, data: bytes) -> Manifest:
        """Open the manifest; raises VaultDamaged when it is altered, or another vault's."""
        nonce, sealed = data[:_NONCE_BYTES], data[_NONCE_BYTES:]
        try:
            return Manifest.from_bytes(self._manifest.decrypt(nonce, sealed, _MANIFEST + self.vault_id))
        except (InvalidTag, ValueError):
            raise VaultDamaged("The vault's list of records is damaged; restore a backup.") from None

    def _bound(self, seq: int, shelf: bytes, place: bytes) -> bytes:
        return _RECORD + self.vault_id + seq.to_bytes(8, "big") + shelf + place

    def __reduce__(self) -> NoReturn:
        raise TypeError("The keys of a vault cannot be copied or pickled; open the vault again.")


def _text(text: str) -> bytes:
    """Return a kind or a name as its length in 2 bytes and its UTF-8."""
    try:
        data = text.encode()
    except (AttributeError, UnicodeEncodeError):
        # Not `from` the error: its text shows the name.
        raise InvalidInput("The kind or the name is not text; pass text.") from None
    if not 1 <= len(data) <= MOST_NAME_BYTES:
        raise InvalidInput(f"The kind or the name is not 1 to {MOST_NAME_BYTES} bytes; choose within that.")
    return len(data).to_bytes(2, "big") + data


def _first(data: bytes, size: int) -> tuple[bytes, bytes]:
    """Split off the first part, which begins with its length in `size` bytes."""
    end = size + int.from_bytes(data[:size], "big")
    return data[size:end], data[end:]


def _padded_length(length: int) -> int:
    return max(_LEAST_BYTES, 1 << (length - 1).bit_length())
