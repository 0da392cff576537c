"""One transaction of a vault, in which records are read and written."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from jamjar.errors import InvalidInput
from jamjar.vault.records import Manifest, RandomBytes, Record, RecordKeys, Row
from jamjar.vault.store import VaultStore

_BATCH: Final = 2000


class VaultTransaction:
    """The records of a vault, by kind and name (texts of 1 to 1,024 bytes); valid until its block ends.

    A value is up to 16 MiB of bytes. Every method raises InvalidInput for other types and sizes, or once the block has
    ended; VaultDamaged for a record that was altered; and methods that write, InvalidInput in one for reading.
    """

    def __init__(
        self,
        store: VaultStore,
        keys: RecordKeys,
        manifest: Manifest,
        random_bytes: RandomBytes,
        *,
        read_only: bool = False,
    ) -> None:
        self.manifest = manifest
        self._store = store
        self._keys = keys
        self._random_bytes = random_bytes
        self._read_only = read_only
        self._closed = False

    def get(self, kind: str, name: str) -> bytes | None:
        """Return a record's value, or None when there is none."""
        row = self._row(kind, name)
        return None if row is None else self._keys.open(row).value

    def all(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """Yield name and value of each record of a kind, in the order in which they were first put or added.

        Records that are put or added meanwhile are not included.
        """
        self._check_open()
        for row in self._store.rows(self._keys.shelf(kind)):
            self._check_open()
            record = self._keys.open(row)
            yield record.name, record.value

    def records(self) -> Iterator[Record]:
        """Yield every record of every kind, in the order in which they were first put or added."""
        self._check_open()
        yield from map(self._keys.open, self._store.rows())

    def put(self, kind: str, name: str, value: bytes) -> None:
        """Write a record, replacing one of that kind and name."""
        self._check_writing()
        old = self._row(kind, name)
        seq = self.manifest.number() if old is None else old.seq
        row = self._keys.seal(seq, Record(kind, name, value), self._random_bytes)
        if old is None:
            self._store.insert([row])
        else:
            self._store.replace([row])
            self.manifest.remove(self._keys.digest(old))
        self.manifest.add(self._keys.digest(row))

    def add(self, kind: str, name: str, value: bytes) -> bool:
        """Write a record unless there is one of that kind and name; return whether it was written."""
        return self.add_all(kind, [(name, value)]) == 1

    def add_all(self, kind: str, items: Iterable[tuple[str, bytes]]) -> int:
        """Write the records, given as name and value, whose names are new; return how many were written.

        Of two items of one name the first is used.
        """
        return self.add_records(Record(kind, name, value) for name, value in items)

    def add_records(self, records: Iterable[Record]) -> int:
        """Write the records of any kinds that are new; return how many were written."""
        self._check_writing()
        written, coming = 0, iter(records)
        while batch := list(islice(coming, _BATCH)):
            found: dict[bytes, Record] = {}
            for record in batch:
                found.setdefault(self._keys.place(record.kind, record.name), record)
            known = self._store.known(found)
            rows = [
                self._keys.seal(self.manifest.number(), record, self._random_bytes)
                for place, record in found.items()
                if place not in known
            ]
            self._store.insert(rows)
            for row in rows:
                self.manifest.add(self._keys.digest(row))
            written += len(rows)
        return written

    def delete(self, kind: str, name: str) -> bool:
        """Remove a record; return whether there was one. `Vault.scour` then clears its remains in the storage."""
        self._check_writing()
        row = self._row(kind, name)
        if row is None:
            return False
        self._store.delete(row.seq)
        self.manifest.remove(self._keys.digest(row))
        return True

    def close(self) -> None:
        """End this transaction."""
        self._closed = True

    def _row(self, kind: str, name: str) -> Row | None:
        self._check_open()
        return self._store.row(self._keys.place(kind, name))

    def _check_open(self) -> None:
        if self._closed:
            raise InvalidInput("This transaction has ended; begin another with reading() or writing().")

    def _check_writing(self) -> None:
        self._check_open()
        if self._read_only:
            raise InvalidInput("This transaction is for reading; begin one with writing().")
