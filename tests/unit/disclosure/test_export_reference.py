"""Others verify what is exported: PyPI's sd-jwt, the reference implementation, and npm's @sd-jwt/core.

When it is as it was made        they read the same
When a figure is changed         they do not show it, and we refuse the whole
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jwcrypto.jwk import JWK
from sd_jwt.verifier import SDJWTVerifier

from jamjar.crypto.es256 import to_base64url
from jamjar.disclosure import export, sd_jwt
from jamjar.errors import VerificationFailed

from .test_export import FIGURES, NOW, exported

ROOT = Path(__file__).parents[3]


def by_pypi(text: str) -> dict[str, Any]:
    jwk = sd_jwt.header_of(text)["jwk"]
    return dict(SDJWTVerifier(text, lambda *_: JWK.from_json(json.dumps(jwk))).get_verified_payload())


def by_npm(*texts: str) -> list[dict[str, Any]]:
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules/@sd-jwt/core").is_dir():
        pytest.fail("the second verifier needs Node 20 or newer and its packages; install Node, then run `npm ci`")
    lines = "".join(json.dumps({"sd_jwt": text, "key": sd_jwt.header_of(text)["jwk"]}) + "\n" for text in texts)
    command = [node, str(ROOT / "tools/reference/sd_jwt.mjs")]
    told = subprocess.run(command, input=lines, capture_output=True, text=True, cwd=ROOT, timeout=300, check=True)
    return [json.loads(line) for line in told.stdout.splitlines()]


def changed(text: str) -> str:
    """The export with a higher rent in the place of the signed one."""
    jwt, *shares = text.split("~")
    at, value = next(
        (n, json.loads(sd_jwt._text(each))) for n, each in enumerate(shares) if "rent" in sd_jwt._text(each)
    )
    value[2] += 1
    shares[at] = to_base64url(json.dumps(value).encode())
    return "~".join([jwt, *shares])


def test_others_read_the_same() -> None:
    text = exported()
    ours = {**FIGURES, "ledger": export.read(text).ledger, "vct": export.VCT, "iat": NOW}
    theirs, refused = by_npm(text, changed(text))
    assert theirs == {"claims": ours}
    assert "refused" in refused or refused["claims"] != ours  # it passes over what no digest stands for
    assert "fixed.home.rent" not in refused.get("claims", {})
    assert by_pypi(text) == ours
    assert "fixed.home.rent" not in by_pypi(changed(text))
    with pytest.raises(VerificationFailed, match="not signed"):
        export.read(changed(text))
