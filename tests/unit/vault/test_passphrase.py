"""Cost and passphrases: what is refused, and what is the same passphrase."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from jamjar.errors import InvalidInput, VaultUnavailable
from jamjar.vault import passphrase
from jamjar.vault.passphrase import DEFAULT_COST, Cost, key_from, new_passphrase, normalised


@pytest.mark.parametrize("cost", [(7, 1, 1), (2**20 + 1, 1, 1), (8, 0, 1), (8, 11, 1), (8, 1, 0), (256, 1, 17),
                                  (15, 1, 2), (8.0, 1, 1), (8, True, 1), ("8", 1, 1), (None, 1, 1)])  # fmt: skip
def test_no_cost(cost: tuple[Any, Any, Any]) -> None:
    with pytest.raises(InvalidInput, match="The cost"):
        Cost(*cost)


@pytest.mark.parametrize("text", ["", "1234567", "\ufb03" * 2, " " * 20, "x" * 1025, "\ufb03" * 400])
def test_too_short_or_long(text: str) -> None:
    with pytest.raises(InvalidInput, match="is not 8 to 1024 characters long; choose"):
        new_passphrase(text)


@pytest.mark.parametrize("text", [None, b"a passphrase", 12345678, "a surrogate \ud800"])
def test_no_text(text: Any) -> None:
    with pytest.raises(InvalidInput, match="type it again") as refusal:
        normalised(text)
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__


@pytest.mark.parametrize("characters", ["\u0378", "\U0001ccd6", "\U0001e030"], ids=ascii)
def test_a_character_that_another_version_of_unicode_may_normalise_otherwise(characters: str) -> None:
    with pytest.raises(InvalidInput, match="every version of Unicode"):
        new_passphrase(f"five random words {characters}")
    assert normalised(f"five random words {characters}")  # of a vault that has it already


def test_the_same_from_every_keyboard() -> None:
    assert (
        new_passphrase("caf\u00e9 \u2460\uff21bcd") == new_passphrase("cafe\u0301 1Abcd") == "caf\u00e9 1Abcd".encode()
    )
    assert new_passphrase("12345678") == b"12345678"
    assert new_passphrase(" " + "x" * 8) != new_passphrase("x" * 8)


def test_argon2id_is_rfc_9106s() -> None:
    """Section 5.3; its vector has a secret and associated data, which a vault does without."""
    library = Argon2id(
        salt=b"\x02" * 16, length=32, iterations=3, lanes=4, memory_cost=32, ad=b"\x04" * 12, secret=b"\x03" * 8
    )
    assert library.derive(b"\x01" * 32).hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
    ours = Argon2id(salt=b"\x02" * 16, length=32, iterations=3, lanes=4, memory_cost=32)
    assert key_from(b"\x01" * 32, b"\x02" * 16, Cost(memory_kib=32, passes=3, lanes=4)) == ours.derive(b"\x01" * 32)


def test_given_too_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(passphrase, "Argon2id", fail)
    with pytest.raises(VaultUnavailable, match="lacks 128 MiB of memory; close other programs"):
        key_from(b"password", b"0" * 16, DEFAULT_COST)


def test_what_is_below() -> None:
    assert Cost(8, 1, 1).is_below(DEFAULT_COST)
    assert Cost(DEFAULT_COST.memory_kib, 1, 4).is_below(DEFAULT_COST)
    assert not DEFAULT_COST.is_below(DEFAULT_COST)
    assert not Cost(2**20, 10, 1).is_below(DEFAULT_COST)
