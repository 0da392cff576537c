"""A vault as one text for a phone, or from one: the same header, manifest and sealed rows as in a database.

    {"checksum":"...","format":"jamjar.vault-file.1","header":"...","manifest":"...","rows":[[1,"...","...","..."],...]}

It is canonical JSON; bytes are in base 64; a row is its number, shelf, place and sealed content (`records`), and rows
are in the order of their numbers. Nothing is decrypted on the way, so what was altered is found when it is opened.
"""

import tempfile
from pathlib import Path
from typing import Any, Final

from jamjar.encoding import strict_json
from jamjar.encoding.strict_base64 import decode, encode
from jamjar.errors import InvalidInput, VaultDamaged, VaultUnavailable
from jamjar.vault.passphrase import DEFAULT_COST, Cost
from jamjar.vault.records import PLACE_BYTES, SHELF_BYTES, Row
from jamjar.vault.store import VaultStore
from jamjar.vault.vault import Vault
from jamjar.vault.whole_file import appearing, create_private

FORMAT: Final = "jamjar.vault-file.1"
MAX_BYTES: Final = 256 * 2**20
_WHAT: Final = "The vault's file"
_FIELDS: Final = ("format", "header", "checksum", "manifest", "rows")


def write(vault: Vault, file: Path, passphrase: str) -> None:
    """Write everything in a vault into one new text file under its own passphrase; raises as `Vault.backup` does."""
    with tempfile.TemporaryDirectory() as folder, appearing(Path(file)) as unfinished:
        backup = Path(folder) / "backup"
        vault.backup(backup, passphrase)
        create_private(unfinished, to_text(backup).encode("ascii"))


def restore(file: Path, passphrase: str, where: str, new_passphrase: str, *, cost: Cost = DEFAULT_COST) -> Vault:
    """Create a vault from the text that a phone, or `write`, wrote; whole or not at all. Raises as `Vault.restore`."""
    with tempfile.TemporaryDirectory() as folder:
        backup = Path(folder) / "backup"
        from_text(_read(file), backup)
        return Vault.restore(backup, passphrase, where, new_passphrase, cost=cost)


def is_text(file: Path) -> bool:
    """Return whether a file begins as such a text does, and no database; False where it cannot be read."""
    try:
        with Path(file).open("rb") as opened:
            return opened.read(1) == b"{"
    except OSError:
        return False


def to_text(database: Path) -> str:
    """Return a vault's SQLite file as a text."""
    store = VaultStore(str(database), read_only=True)
    try:
        header, checksum, manifest = map(encode, store.header())
        rows = [[row.seq, *map(encode, row[1:])] for row in store.rows()]
    finally:
        store.close()
    record = {"format": FORMAT, "header": header, "checksum": checksum, "manifest": manifest, "rows": rows}
    return strict_json.dumps(record)


def from_text(text: str, database: Path) -> None:
    """Write a text as a vault's new SQLite file; raises VaultDamaged for a text that is not a vault's."""
    try:
        found = strict_json.fields(strict_json.loads(text, _WHAT, MAX_BYTES), _WHAT, *_FIELDS)
        if found["format"] != FORMAT:
            raise InvalidInput(f"The format of the vault's file is unknown; this version reads {FORMAT}.")
        header, checksum, manifest = (_bytes(found[name]) for name in ("header", "checksum", "manifest"))
        rows = [_row(row) for row in strict_json.items(found["rows"], "The rows of the vault's file")]
        numbers = [row.seq for row in rows]
        if numbers != sorted(set(numbers)) or len({row.place for row in rows}) != len(rows):
            raise InvalidInput("The rows of the vault's file are out of order, or repeated; export it again.")
    except InvalidInput as error:
        raise VaultDamaged(f"{_WHAT} is damaged, or no vault's; export it again.") from error
    store = VaultStore(str(database), new=True)
    try:
        store.insert(rows)
        store.write_header(header=header, checksum=checksum, manifest=manifest)
        store.commit()
    except BaseException:
        store.discard()
        raise
    store.close()


def _read(file: Path) -> str:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise VaultDamaged(f"{file} is larger than any vault's file; choose the right one.")
        return file.read_text(encoding="ascii")
    except UnicodeDecodeError:
        raise VaultDamaged(f"{_WHAT} is damaged, or no vault's; export it again.") from None
    except OSError:
        raise VaultUnavailable(f"{file} cannot be read; check its name and permission.") from None


def _row(value: Any) -> Row:
    if not isinstance(value, list) or len(value) != 4 or type(value[0]) is not int or not 0 < value[0] < 2**53:
        raise InvalidInput("A row of the vault's file is not a number and three texts; export it again.")
    row = Row(value[0], *map(_bytes, value[1:]))
    if (len(row.shelf), len(row.place)) != (SHELF_BYTES, PLACE_BYTES):
        raise InvalidInput("A row of the vault's file has a shelf or place of another length; export it again.")
    return row


def _bytes(text: object) -> bytes:
    return decode(text if isinstance(text, str) else "", "A part of the vault's file")
