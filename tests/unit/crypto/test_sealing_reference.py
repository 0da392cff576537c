"""@hpke/core, a reference implementation, opens what we seal, and we open what it seals."""

import json
import secrets
import shutil
import subprocess
from pathlib import Path

import pytest

from jamjar.crypto.sealing import EncryptionKey, SealBroken, seal

ROOT = Path(__file__).parents[3]
INFO = b"both have this"
ROUNDS = 12


def reference(questions):
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules/@hpke/hybridkem-x-wing").is_dir():
        pytest.fail("the reference needs Node 18 or newer and its packages; install Node, then run `npm ci`")
    result = subprocess.run(
        [node, str(ROOT / "tools/reference/hpke.mjs")],
        input="".join(json.dumps({name: value.hex() for name, value in each.items()}) + "\n" for each in questions),
        capture_output=True, text=True, cwd=ROOT, timeout=300, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(scope="module")
def rounds():
    keys = [EncryptionKey.generate(secrets.token_bytes) for _ in range(ROUNDS)]
    ours = [seal(secrets.token_bytes(i * 7), key.public_bytes, INFO) for i, key in enumerate(keys)]
    asked = [
        {
            "seed": key.to_bytes(),
            "public": key.public_bytes,
            "sealed": sealed,
            "info": INFO,
            "plaintext": secrets.token_bytes(40),
        }
        for key, sealed in zip(keys, ours, strict=True)
    ]
    return list(zip(keys, asked, reference(asked), strict=True))


def test_theirs_opens_ours(rounds):
    for key, asked, their in rounds:
        assert bytes.fromhex(their["opened"]) == key.open(asked["sealed"], INFO)


def test_ours_opens_theirs_and_not_for_another_purpose(rounds):
    for key, asked, their in rounds:
        sealed = bytes.fromhex(their["sealed"])
        assert key.open(sealed, INFO) == asked["plaintext"]
        with pytest.raises(SealBroken):
            key.open(sealed, b"another")


def test_theirs_refuses_what_was_changed(rounds):
    _, asked, _ = rounds[0]
    changed = bytearray(asked["sealed"])
    changed[-1] ^= 1
    assert "error" in reference([{**asked, "sealed": bytes(changed)}])[0]
    assert "error" in reference([{**asked, "info": b"another"}])[0]
