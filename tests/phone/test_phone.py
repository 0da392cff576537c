"""The wallet on a phone, in Chromium with the processor slowed four times.

When the vectors are checked in Chromium       all agree
When the first page is opened                  it says who can change it
When a vault of Python's is imported           its consents are shown, in English and Welsh, and axe-core finds nothing
When a second page is opened                   it is told to wait
Given the server is gone, and the browser was closed    the page opens, and ends a consent at one press
Given a relayer is there again                 it gets the withdrawal, signed, and nothing else of the wallet
When the wallet is exported                    Python opens it, with the withdrawal in its queue
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from jamjar.protocol import signed_message, typed_data
from jamjar.protocol.typed_data import Domain, Withdraw
from jamjar.vault import portable
from jamjar.vault.passphrase import Cost
from jamjar.vault.vault import Vault

ROOT = Path(__file__).parents[2]
DIST = ROOT / "phone" / "dist"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM, NODE = shutil.which("chromium"), shutil.which("node")
VAULT = json.loads((ROOT / "vectors" / "vault.json").read_text(encoding="ascii"))
CONSENT = VAULT["records"][0][1]
PAGES_SECRETS = (VAULT["records"][0][2], VAULT["passphrase"], "53214", "532.14")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: apt-get install chromium"),
    pytest.mark.skipif(not (DIST / "jamjar.html").exists(), reason="the page is not built: make phone-build"),
]


def withdrawal_id() -> str:
    """The digest of the withdrawal, which a relayer answers with."""
    chain, contract = (json.loads(VAULT["deployment"])[name] for name in ("chain_id", "consent_registry"))
    return signed_message.to_hex(typed_data.digest(Domain(chain, contract["address"]), Withdraw(CONSENT)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("phone")


@pytest.fixture(scope="module")
def found(folder: Path) -> dict:
    given = {
        "chromium": CHROMIUM, "axe": str(AXE), "site": str(DIST / "site"), "single": str(DIST / "jamjar.html"),
        "vectors": str(DIST / "vectors.browser.js"), "kept": str(ROOT / "vectors"), "folder": str(folder),
        "slower": 4, "withdrawal": withdrawal_id(),
    }  # fmt: skip
    done = subprocess.run(
        [str(NODE), str(Path(__file__).with_name("walk.mjs"))],
        input=json.dumps(given), capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    print(json.loads(done.stdout)["milliseconds"])
    return json.loads(done.stdout)


def test_the_vectors_agree(found: dict) -> None:
    assert [line for line in found["vectors"] if line.endswith(" checks, 0 groups failed")], found["vectors"]


def test_the_first_page_says_who_can_change_it(found: dict) -> None:
    assert found["warning"].startswith("Whoever serves this page can change it")
    assert found["single"] == found["warning"]


def test_everyone_can_read_it(found: dict) -> None:
    assert (found["wrong"], found["wide"], found["errors"], found["lang"]) == ([], [], [], "cy")


def test_one_page_at_a_time(found: dict) -> None:
    assert "Another page has this wallet open" in found["second"]


def test_a_withdrawal_without_a_server(found: dict) -> None:
    assert found["ended"]
    [carried] = found["carried"]
    signed = signed_message.from_json(carried["body"])
    assert signed.message == Withdraw(CONSENT)
    assert not {"cookie", "authorization", "referer"} & carried["headers"].keys()


def test_no_secret_passphrase_or_amount_leaves(found: dict) -> None:
    traffic = [each for each in found["traffic"] if each["url"].startswith("http")]
    assert [each["url"] for each in traffic if each["body"]]
    assert [
        each for each in traffic for secret in PAGES_SECRETS if secret in json.dumps(each, ensure_ascii=False)
    ] == []


def records(vault: Vault) -> tuple[list[bytes], set[str]]:
    """What is queued, and the kinds of all records."""
    with vault.reading() as transaction:
        return [value for _, value in transaction.all("outgoing")], {each.kind for each in transaction.records()}


def test_python_opens_what_the_phone_exported(found: dict, folder: Path) -> None:
    text, cheap = folder / "exported.jamjar", Cost(8, 1, 1)
    with portable.restore(text, VAULT["passphrase"], ":memory:", "another passphrase", cost=cheap) as vault:
        outgoing, kinds = records(vault)
    queued = [signed_message.from_json(value.decode()) for value in outgoing]
    assert Withdraw(CONSENT) in [each.message for each in queued]
    assert {record[0] for record in VAULT["records"]} < kinds
