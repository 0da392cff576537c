"""A folder with a request, a plan, a deployment file and a cheap vault, which the environment names, and no node."""

import signal
from pathlib import Path

import pytest

from jamjar.ledger import deployment_file
from jamjar.vault.vault import Vault
from tests.unit.cli.home import WHOLE, write_request
from tests.unit.wallet.scene import BUDGET, CHEAP, PASSPHRASE


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_request(tmp_path / "request.json")
    (tmp_path / "plan.json").write_text(BUDGET.to_json())
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n")
    Vault.create(str(tmp_path / "my.vault"), PASSPHRASE, cost=CHEAP).close()
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "JAMJAR_VAULT": tmp_path / "my.vault",
        "JAMJAR_PASSPHRASE_FILE": tmp_path / "passphrase",
        "JAMJAR_DEPLOYMENT": deployment_file.write(WHOLE, tmp_path),
        "JAMJAR_NODE": "http://127.0.0.1:9",
        "JAMJAR_MAILBOX": "http://127.0.0.1:9",
    }.items():
        monkeypatch.setenv(name, str(value))
    return tmp_path


@pytest.fixture(autouse=True, scope="session")
def interruptible() -> None:
    """Let Ctrl-C reach the commands: what a shell starts in the background ignores it, and so would all it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
