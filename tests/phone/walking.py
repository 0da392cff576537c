"""Walks through the phone's page in Chromium, on a vault and a request of the vectors' parties."""

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import segno

from jamjar.consent.request import SignedConsentRequest, sign_request
from jamjar.protocol import signed_message, typed_data
from jamjar.protocol.typed_data import Domain, Withdraw
from tools.vectors.commitments import REQUEST
from tools.vectors.drawn import ADVISER, REGISTRY

ROOT = Path(__file__).parents[2]
DIST = ROOT / "phone" / "dist"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM, NODE = shutil.which("chromium"), shutil.which("node")
VAULT = json.loads((ROOT / "vectors" / "vault.json").read_text(encoding="ascii"))
CONSENT = VAULT["records"][0][1]
SECRETS = (VAULT["records"][0][2], VAULT["passphrase"], *("53214]", "532.14", "120050]", "1200.50", "1,200.50"))
"""The secret of a consent, the passphrase, and amounts as they stand in a vault's record or on the page."""
NEEDED = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: apt-get install chromium"),
    pytest.mark.skipif(not (DIST / "jamjar.html").exists(), reason="the page is not built: make phone-build"),
]


def _withdrawal_id() -> str:
    """The digest of the withdrawal, which a relayer answers with."""
    chain, contract = (json.loads(VAULT["deployment"])[name] for name in ("chain_id", "consent_registry"))
    return signed_message.to_hex(typed_data.digest(Domain(chain, contract["address"]), Withdraw(CONSENT)))


def _asked() -> SignedConsentRequest:
    """A request of today, by another name than the vault's."""
    today = datetime.now(timezone.utc).date()
    dates = {"asked": today, "answer_by": today + timedelta(days=30)}
    return sign_request(replace(REQUEST, recipient_name="Llandre Advice", nonce=bytes(16), **dates), ADVISER, REGISTRY)


ASKED = _asked()


def _draw_code(folder: Path) -> None:
    """Write the request's QR code as a picture and as a video of one picture (YUV4MPEG2), and a picture without one."""
    code = segno.make_qr(ASKED.to_json(), error="L", boost_error=False)
    code.save(str(folder / "code.png"), scale=6)
    segno.make_qr("x").save(str(folder / "blank.png"), dark="white")
    rows = [bytes(235 - 219 * point for point in row) for row in code.matrix_iter(scale=6, border=4)]
    size = len(rows)
    head = f"YUV4MPEG2 W{size} H{size} F10:1 Ip A1:1 C420jpeg\nFRAME\n".encode()
    (folder / "code.y4m").write_bytes(head + b"".join(rows) + bytes([128]) * (size * size // 2))


def walk(folder: Path) -> dict[str, Any]:
    """What `walk.mjs` found, and prints how long it took; it writes into an empty folder."""
    _draw_code(folder)
    given = {
        "chromium": CHROMIUM, "axe": str(AXE), "site": str(DIST / "site"), "single": str(DIST / "jamjar.html"),
        "vectors": str(DIST / "vectors.browser.js"), "kept": str(ROOT / "vectors"), "folder": str(folder),
        "slower": 4, "withdrawal": _withdrawal_id(), "request": ASKED.to_json(),
    }  # fmt: skip
    done = subprocess.run(
        [str(NODE), str(Path(__file__).with_name("walk.mjs"))],
        input=json.dumps(given), capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    print(json.loads(done.stdout)["milliseconds"])
    found: dict[str, Any] = json.loads(done.stdout)
    return found
