"""Each format that is read ends in a number, and one with a number that is not known is refused, never ignored.

When a document has a number that no version wrote, or a later one    it is refused in one sentence that says what to do
When a suite of keys or signatures is not known                       likewise
When the package gets a format that stands in neither list here       this test fails, so that it is thought of
"""

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from jamjar.crypto.es256 import P256PrivateKey
from jamjar.disclosure import sd_jwt
from jamjar.encoding.strict_base64 import encode
from jamjar.errors import InvalidInput, JamjarError
from jamjar.tlog.note import read_verifier
from jamjar.vault.header import VaultHeader
from jamjar.vault.passphrase import Cost
from tests.formats.documents import ALL

SOURCES = Path(__file__).parents[2] / "jamjar"
NAME = re.compile(r"jamjar\.[a-z_-]+\.[0-9]+")
NOT_READ = {
    "jamjar.advice": "a tag in a digest", "jamjar.audit": "written for others' programs",
    "jamjar.range": "a tag in a transcript", "jamjar.statement": "a tag in a transcript",
    "jamjar.zero": "a tag in a transcript", "jamjar.study-closing": "a tag in a digest",
    "jamjar.study-share": "a tag in a seal", "jamjar.epoch-key": "a tag in a member's key: another is no month's key",
    "jamjar.phone": "written for phones, which read it",
    "jamjar.module-code": "a tag in a digest",
    "jamjar.page-release": "a tag in a member's key: another is no release",
}  # fmt: skip


def test_every_format_stands_here() -> None:
    named = {found for path in SOURCES.rglob("*.py") for found in NAME.findall(path.read_text(encoding="utf-8"))}
    assert {name.rpartition(".")[0] for name in named} == {*ALL, *NOT_READ}


WHOLE = (
    *("budget", "card", "deployment", "disclosure", "event", "log-evidence", "monitor"),
    *("request", "rules", "signed", "terms"),
)


@pytest.mark.parametrize("number", ["0", "99", "1000000"])
@pytest.mark.parametrize("name", ALL)
def test_an_unknown_number_is_refused(name: str, number: str, tmp_path: Path) -> None:
    text, read = ALL[name]
    raised, changed = re.subn(rf"{name}\.[0-9]+", f"{name}.{number}", text, count=1)
    assert changed == 1
    with pytest.raises(JamjarError) as refused:
        read(raised, tmp_path / "file")
    said = str(refused.value)
    assert "\n" not in said
    assert said.endswith(".")
    assert re.search(r"; \w+", said)


@pytest.mark.parametrize("name", [*(f"jamjar.{name}" for name in WHOLE)])
def test_it_is_the_number_that_is_refused(name: str, tmp_path: Path) -> None:
    text, read = ALL[name]
    assert read(text, tmp_path / "file")


def sentence(error: object) -> bool:
    return str(error).endswith(".") and "; " in str(error)


@pytest.mark.parametrize("kind", [0, 2, 3, 5, 7, 255])
def test_an_unknown_type_of_a_logs_or_witnesss_key(kind: int) -> None:
    data = bytes([kind]) + bytes(32)
    name = sha256(b"a\n" + data).digest()[:4].hex()
    with pytest.raises(InvalidInput, match="known type") as refused:
        read_verifier(f"a+{name}+{encode(data)}")
    assert sentence(refused.value)


@pytest.mark.parametrize("suite", ["argon2d", "scrypt", "", None, 7])
def test_an_unknown_derivation_of_a_vaults_key(suite: Any) -> None:
    header = VaultHeader(bytes(16), Cost(8, 1, 1), bytes(16), bytes(60)).to_bytes()
    changed = json.dumps(json.loads(header) | {"kdf": suite}, separators=(",", ":"), sort_keys=True).encode()
    with pytest.raises(JamjarError) as refused:
        VaultHeader.from_bytes(changed, sha256(changed).digest())
    assert sentence(refused.value)


@pytest.mark.parametrize("alg", ["none", "HS256", "ES512", "ML-DSA-44", None])
def test_an_unknown_algorithm_of_an_sd_jwt(alg: str | None) -> None:
    key = P256PrivateKey(bytes(48))
    _, payload, rest = sd_jwt.issue(key, "dc+sd-jwt", {"a": 1}, {}, bytes).split(".")
    header = sd_jwt._encoded({"alg": alg, "typ": "dc+sd-jwt", "jwk": key.public.jwk})
    with pytest.raises(InvalidInput, match="ES256") as refused:
        sd_jwt.read(f"{header}.{payload}.{rest}", key.public, "dc+sd-jwt")
    assert sentence(refused.value)
