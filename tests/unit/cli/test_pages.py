"""jamjar wallet open and adviser open, as far as they come without a browser.

Given no packages          the extra is named
Given no vault             one sentence, before a port is opened
Given a vault              an address of this machine alone, which opens once and asks for the passphrase
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jamjar.cli.options import Locations
from tests.support.browsing import Browser
from tests.unit.cli.home import here
from tests.unit.wallet.scene import PASSPHRASE, FakeLedger


@pytest.mark.parametrize("words", [("wallet", "open"), ("adviser", "open", "--account", "none")])
def test_without_its_packages(home: Path, words: tuple[str, ...]) -> None:
    without = "import sys; sys.modules['fastapi'] = None; from jamjar.cli.main import run; run()"
    done = subprocess.run([sys.executable, "-c", without, *words], capture_output=True, text=True, check=False)
    assert done.stderr.endswith("install them with Jamjar's wheel: pip install 'FILE.whl[pages]'.\n")


@pytest.mark.parametrize("words", [("wallet", "open"), ("adviser", "open", "--account", "none")])
def test_no_vault(home: Path, words: tuple[str, ...]) -> None:
    (home / "my.vault").unlink()
    assert "There is no vault at" in here(*words).refusal


@pytest.mark.parametrize("option", ["--relayer", "--mailbox"])
def test_an_address_that_is_none(home: Path, option: str) -> None:
    assert "does not begin with http" in here("wallet", "open", option, "none").refusal


def test_published_tokens_that_are_none(home: Path) -> None:
    words = ("adviser", "open", "--account", "none", "--mailbox", "https://mailbox.example", "--admitter", 4)
    assert "tokens.jsonl cannot be read" in here(*words, "--tokens", "tokens.jsonl").refusal
    (home / "tokens.jsonl").write_text("{}")
    assert "Line 1 of the published tokens is none" in here(*words, "--tokens", "tokens.jsonl").refusal


def test_it_opens_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Any] = []
    monkeypatch.setattr(
        "jamjar.pages.serving.serve_until_stopped", lambda app, listening: served.extend([app, listening])
    )
    monkeypatch.setattr(Locations, "ledger", lambda _: FakeLedger())
    done = here("wallet", "open", "--account", "0x" + "1" * 40)
    address = done.out[done.out.index("http://") :].strip()
    app, listening = served
    assert address.startswith(f"http://127.0.0.1:{listening.getsockname()[1]}/")
    assert listening.getsockname()[0] == "127.0.0.1"
    listening.close()
    browser = Browser(app, host=address.split("/")[2])
    page = browser.follow(browser.follow(browser.get("/" + address.split("/", 3)[3])))
    assert "Nobody can see anything." in browser.press(page, "/unlock", **{"passphrase": PASSPHRASE}).words
    assert Browser(app, host=browser.host).get("/" + address.split("/", 3)[3]).status == 403
