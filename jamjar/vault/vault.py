"""The vault: everything that a claimant owns, in one encrypted storage that one program at a time may open.

A passphrase wraps a random data key (`header`), from which the keys that seal every record derive (`records`). A thief
of the storage sees the header, how many records there are and were ever added, in which order they were first added,
which share a kind, and each one's size, padded to a power of two of at least 256 bytes; with two copies, also which
changed. Opening reads every row once and refuses a vault in which one is missing, altered, duplicated or moved. An
older copy of the whole storage is consistent, too: nothing in it shows that it is old.

Python cannot wipe its memory, and neither disks nor file systems guarantee to overwrite: see `scour`.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice, zip_longest
from pathlib import Path
from typing import Final

from jamjar.errors import VaultDamaged
from jamjar.vault.header import ID_BYTES, KEY_BYTES, VaultHeader, checksum_of
from jamjar.vault.lock import VaultLock
from jamjar.vault.passphrase import DEFAULT_COST, Cost, new_passphrase, normalised
from jamjar.vault.records import Manifest, RandomBytes, RecordKeys
from jamjar.vault.store import VaultStore
from jamjar.vault.transaction import VaultTransaction
from jamjar.vault.whole_file import appearing

__all__ = ["Vault", "VaultTransaction"]

_BATCH: Final = 200


class Vault:
    """An open vault, from `create`, `open` or `restore`; close it, or use it in a `with` block.

    Threads take turns: a block waits until another thread's has ended. Every method raises VaultUnavailable once
    closed, and InvalidInput inside a `reading` or `writing` block of the same thread.
    """

    def __init__(self, store: VaultStore, header: VaultHeader, keys: RecordKeys, random_bytes: RandomBytes) -> None:
        self._store = store
        self._header = header
        self._keys = keys
        self._random_bytes = random_bytes
        self._turns = VaultLock()

    @classmethod
    def create(
        cls, where: str, passphrase: str, *, cost: Cost = DEFAULT_COST, random_bytes: RandomBytes = secrets.token_bytes
    ) -> "Vault":
        """Create an empty vault at the path of a file, ":memory:" or a postgresql:// address; a file gets mode 0600.

        Raises InvalidInput for a passphrase of fewer than 8 characters, VaultExists when the place is in use, and
        VaultUnavailable, VaultBusy or VaultFull when it cannot be created.
        """
        return cls._make(where, passphrase, cost, random_bytes, lambda to: to.add_records([]))

    @classmethod
    def _make(
        cls,
        where: str,
        passphrase: str,
        cost: Cost,
        random_bytes: RandomBytes,
        fill: Callable[[VaultTransaction], object],
    ) -> "Vault":
        chosen = new_passphrase(passphrase)
        data_key, vault_id = random_bytes(KEY_BYTES), random_bytes(ID_BYTES)
        header = VaultHeader.wrap(vault_id, cost, chosen, data_key, random_bytes)
        vault = cls(VaultStore(where, new=True), header, RecordKeys(vault_id, data_key), random_bytes)
        try:
            transaction = VaultTransaction(vault._store, vault._keys, Manifest(), random_bytes)
            fill(transaction)
            vault._write_header(header, vault._keys, transaction.manifest)
            vault._store.commit()
        except BaseException:
            vault._store.discard()
            raise
        return vault

    @classmethod
    def open(cls, where: str, passphrase: str) -> "Vault":
        """Open the vault at a path or a postgresql:// address, and lock it against other programs until closed.

        Raises WrongPassphrase, VaultBusy, VaultTooNew, VaultDamaged, or VaultUnavailable when there is none.
        """
        return cls._open(where, passphrase, read_only=False)

    @classmethod
    def _open(cls, where: str, passphrase: str, *, read_only: bool) -> "Vault":
        given = normalised(passphrase)
        store = VaultStore(where, read_only=read_only)
        try:
            data, checksum, _ = store.header()
            header = VaultHeader.from_bytes(data, checksum)
            vault = cls(store, header, RecordKeys(header.vault_id, header.unwrap(given)), secrets.token_bytes)
            vault._check_rows()
        except BaseException:
            store.close()
            raise
        return vault

    @property
    def has_outdated_cost(self) -> bool:
        """Whether a guess at the passphrase costs less than by default now: if so, call `change_passphrase` with it."""
        return self._header.cost.is_below(DEFAULT_COST)

    @contextmanager
    def writing(self) -> Iterator[VaultTransaction]:
        """Yield a transaction to read and write in, which is committed or rolled back as a whole at the block's end.

        Raises VaultFull or VaultUnavailable when it cannot be committed; the vault is then unchanged.
        """
        with self._turns.take(), self._transaction():
            transaction = VaultTransaction(self._store, self._keys, self._manifest(), self._random_bytes)
            before = transaction.manifest.to_bytes()
            try:
                yield transaction
            finally:
                transaction.close()
            if transaction.manifest.to_bytes() != before:
                self._store.write_header(manifest=self._keys.seal_manifest(transaction.manifest, self._random_bytes))

    @contextmanager
    def reading(self) -> Iterator[VaultTransaction]:
        """Yield a transaction to read in: its methods that write raise InvalidInput."""
        with self._turns.take():
            transaction = VaultTransaction(
                self._store, self._keys, self._manifest(), self._random_bytes, read_only=True
            )
            try:
                yield transaction
            finally:
                transaction.close()

    def change_passphrase(self, new: str, cost: Cost | None = None) -> None:
        """Seal everything again under a new data key and passphrase, in one transaction.

        The old passphrase with an old copy of the header opens nothing that is written afterwards. Earlier copies and
        backups still open with the old passphrase.
        """
        chosen = new_passphrase(new)
        data_key = self._random_bytes(KEY_BYTES)
        header = VaultHeader.wrap(self._header.vault_id, cost or DEFAULT_COST, chosen, data_key, self._random_bytes)
        keys = RecordKeys(header.vault_id, data_key)
        with self._turns.take():
            with self._transaction():
                manifest = Manifest(next_seq=self._manifest().next_seq)
                rows = self._store.rows()
                while batch := list(islice(rows, _BATCH)):
                    anew = [keys.seal(row.seq, self._keys.open(row), self._random_bytes) for row in batch]
                    self._store.replace(anew)
                    for row in anew:
                        manifest.add(keys.digest(row))
                self._write_header(header, keys, manifest)
            self._header, self._keys = header, keys

    def check(self) -> int:
        """Open every record and return how many there are.

        Raises VaultDamaged when one does not open, is missing, older, duplicated or misplaced, or when the database's
        own structure is damaged.
        """
        with self._turns.take():
            manifest = self._check_rows()
            for row in self._store.rows():
                self._keys.open(row)  # the content is bound to its number, shelf and place
            return manifest.count

    def backup(self, file: Path, passphrase: str) -> None:
        """Write everything into one new file under its own passphrase, and read it back before naming it.

        The file is a vault in SQLite, even if this one is in PostgreSQL. Raises VaultExists when the file exists.
        """
        with self.reading() as transaction, appearing(Path(file)) as unfinished:
            copied = transaction.records()
            self._make(
                str(unfinished), passphrase, self._header.cost, self._random_bytes, lambda to: to.add_records(copied)
            ).close()
            with self._open(str(unfinished), passphrase, read_only=True) as written, written.reading() as back:
                if any(one != other for one, other in zip_longest(transaction.records(), back.records())):
                    raise VaultDamaged("The backup does not read back as it was written; write it to another disk.")

    @classmethod
    def restore(
        cls,
        file: Path,
        passphrase: str,
        where: str,
        new_passphrase: str,
        *,
        cost: Cost = DEFAULT_COST,
        random_bytes: RandomBytes = secrets.token_bytes,
    ) -> "Vault":
        """Create a vault from a backup, whole or not at all, and return it open.

        The backup is only read, so it may be on a read-only disk. Raises as `open` and `create` do.
        """
        with cls._open(str(Path(file).absolute()), passphrase, read_only=True) as old, old.reading() as transaction:
            return cls._make(
                where, new_passphrase, cost, random_bytes, lambda to: to.add_records(transaction.records())
            )

    def scour(self) -> None:
        """Rewrite the storage, so that none of its files holds the sealed bytes of a deleted record.

        Warning: unused blocks of a disk or file system, PostgreSQL's log (WAL) and its archives, and all copies are
        beyond reach; there the bytes remain, sealed under the passphrase of that time.
        """
        with self._turns.take():
            self._store.scour()

    def close(self) -> None:
        """Close the vault, so that another program may open it; closing it twice is allowed."""
        if self._turns.end():
            self._store.close()

    def __enter__(self) -> "Vault":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._store.begin()
        try:
            yield
            self._store.commit()
        except BaseException:
            self._store.rollback()
            raise

    def _manifest(self) -> Manifest:
        return self._keys.open_manifest(self._store.header()[2])

    def _write_header(self, header: VaultHeader, keys: RecordKeys, manifest: Manifest) -> None:
        data = header.to_bytes()
        sealed = keys.seal_manifest(manifest, self._random_bytes)
        self._store.write_header(header=data, checksum=checksum_of(data), manifest=sealed)

    def _check_rows(self) -> Manifest:
        """Compare the rows with the manifest, and raise VaultDamaged unless they match."""
        self._store.check()
        manifest, found = self._manifest(), Manifest()
        for row in self._store.rows():
            found.add(self._keys.digest(row))
        if (found.count, found.total) != (manifest.count, manifest.total):
            raise VaultDamaged("The vault lacks a record, or has an altered or additional one; restore a backup.")
        return manifest
