"""A vault as a text for a phone, and back: nothing is lost, and nothing that was altered is taken."""

import json
from pathlib import Path

import pytest

from jamjar.errors import VaultDamaged, VaultExists, VaultTooNew, VaultUnavailable, WrongPassphrase
from jamjar.vault import portable
from jamjar.vault.vault import Vault

from .conftest import CHEAP, CONTENT, PASSPHRASE, content

OTHER = "the passphrase of a phone"
ROWS = len(CONTENT)


@pytest.fixture
def text(file: Path, tmp_path: Path) -> Path:
    with Vault.open(str(file), PASSPHRASE) as vault:
        portable.write(vault, tmp_path / "for-phone", OTHER)
    return tmp_path / "for-phone"


def restored(text: Path, passphrase: str = OTHER) -> Vault:
    return portable.restore(text, passphrase, ":memory:", PASSPHRASE, cost=CHEAP)


def test_nothing_is_lost(text: Path, file: Path) -> None:
    assert portable.is_text(text)
    assert not portable.is_text(file)
    assert not portable.is_text(file / "none")
    assert text.stat().st_mode & 0o777 == 0o600
    with restored(text) as vault:
        assert content(vault) == CONTENT
        assert vault.check() == ROWS


def test_a_name_that_is_taken_is_left_alone(text: Path, file: Path) -> None:
    before = text.read_bytes()
    with Vault.open(str(file), PASSPHRASE) as vault, pytest.raises(VaultExists):
        portable.write(vault, text, OTHER)
    assert text.read_bytes() == before


def test_another_passphrase(text: Path) -> None:
    with pytest.raises(WrongPassphrase):
        restored(text, PASSPHRASE)


def changes(record: dict) -> dict[str, dict]:
    """Records of which each has one thing changed, by what it is."""
    rows = record["rows"]
    flipped = [
        {**record, "rows": [_flipped(row, part) if row is which else row for row in rows]}
        for which in rows
        for part in (1, 2, 3)
    ]
    return {f"flipped {n}": each for n, each in enumerate(flipped)} | {
        "missing": {**record, "rows": rows[1:]},
        "twice": {**record, "rows": [rows[0], *rows]},
        "swapped": {**record, "rows": rows[::-1]},
        "another number": {**record, "rows": [*rows[:-1], [ROWS + 9, *rows[-1][1:]]]},
        "no number": {**record, "rows": [["1", *rows[0][1:]], *rows[1:]]},
        "short": {**record, "rows": [rows[0][:3], *rows[1:]]},
        "no rows": {**record, "rows": {}},
        "header": {**record, "header": _flip(record["header"])},
        "checksum": {**record, "checksum": _flip(record["checksum"])},
        "manifest": {**record, "manifest": _flip(record["manifest"])},
        "another format": {**record, "format": "jamjar.vault-file.2"},
        "a field more": {**record, "also": 1},
    }


def _flipped(row: list, part: int) -> list:
    return [*row[:part], _flip(row[part]), *row[part + 1 :]]


def _flip(text: str) -> str:
    return ("B" if text[4] != "B" else "C").join((text[:4], text[5:]))


def test_whatever_is_altered_is_refused_and_leaves_nothing(text: Path, tmp_path: Path) -> None:
    for what, changed in changes(json.loads(text.read_text())).items():
        text.write_text(json.dumps(changed))
        with pytest.raises((VaultDamaged, VaultTooNew)):
            portable.restore(text, OTHER, str(tmp_path / "new"), PASSPHRASE)
        assert not (tmp_path / "new").exists(), what


def test_what_is_no_such_text(tmp_path: Path) -> None:
    text = tmp_path / "text"
    for data in (b"{", b"", b"{}", b"\xff", b"SQLite format 3\0", '{"é":1}'.encode()):
        text.write_bytes(data)
        with pytest.raises(VaultDamaged, match="export it again"):
            restored(text)
    with pytest.raises(VaultUnavailable):
        restored(tmp_path / "none")
