"""What commands refuse: exit status 1, one line that says what to do, and nothing printed or changed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jamjar.cli import main
from jamjar.mailbox.refusal import MailboxUnavailable
from jamjar.vault.vault import Vault
from tests.unit.cli.home import alone, here
from tests.unit.wallet.scene import PASSPHRASE

AGREE = ("wallet", "grant", "request.json", "--yes", "--offline", "--unusual")
WRONG = [
    (["wallet", "commit", "0x12", "nothere.json"], "nothere.json cannot be read"),
    (["wallet", "commit", "0x12", "."], "cannot be read (Is a directory)"),
    (["wallet", "commit", "0x12", "binary"], "binary is not UTF-8 text"),
    (["wallet", "commit", "0x12", "huge"], "huge is larger than any plan"),
    (["wallet", "commit", "0x12", "request.json"], "request.json: "),
    (["wallet", "grant", "plan.json", "--yes"], "plan.json: "),
    (["wallet", "grant", "request.json", "--offline"], "no terminal to ask at"),
    (["wallet", "grant", "request.json", "--yes"], "The node did not answer"),
    ([*AGREE, "--looks", "4"], "asks for 3 looks at most"),
    ([*AGREE, "--days", "181"], "asks for 180 days at most"),
    ([*AGREE, "--reconfirm-days", "91"], "asks for 90 days between confirmations at most"),
    (["wallet", "grant", "1", "--yes", "--offline"], "There is no request 1"),
    (["wallet", "pause", "0x12"], "No consent of this wallet begins"),
    (["wallet", "pause", ""], "No consent of this wallet begins"),
    (["wallet", "consents"], "http://127.0.0.1:9; name another with --node"),
    (["wallet", "--node", "localhost:1", "consents"], "does not begin with http:// or https://"),
    (["wallet", "--node", "http://a:secret@h", "consents"], "has a password"),
    (["wallet", "--deployment", "plan.json", "consents"], "not a deployment"),
    (["wallet", "--vault", "postgresql://a:secret@h/d", "check"], "has a password"),
    (["wallet", "--vault", "postgresql://h/d?password=secret", "check"], "has a password"),
    (["wallet", "--vault", "postgresql://[h/d", "check"], "cannot be read"),
    (["wallet", "--vault", "nothere", "check"], "There is no vault at nothere"),
    (["wallet", "--passphrase-file", "wrong", "check"], "does not open the vault"),
    (["wallet", "--passphrase-file", "empty", "check"], "nothing in its first line"),
    (["wallet", "--passphrase-file", "binary", "check"], "not UTF-8 text"),
    (["wallet", "create"], "is there already"),
    (["wallet", "--vault", "request.json/x", "create"], "cannot be made"),
    (["wallet", "backup", "plan.json"], "plan.json exists already"),
    (["wallet", "--vault", "new", "restore", "nothere"], "There is no backup"),
    (["wallet", "jars", "--day", "2026-02-30"], "is not a day"),
    (["wallet", "jars", "--day", "2026-05-31"], "There is no plan"),
    (["wallet", "rule", "shop", "flexible.food.grocery"], "did you mean flexible.food.groceries"),
    (["wallet", "rule", "shop", "zzz"], "jamjar wallet codes"),
    (["wallet", "rule", "12345678", "savings"], "name a part of the payee's name"),
    (["wallet", "rule", "--remove", "1"], "There is no rule 1"),
    (["wallet", "correct", "ab", "savings"], "No names begin with 'ab'"),
    (["wallet", "card", "card.json", "--offline"], "no consent that a card could end"),
    (["wallet", "send"], "No carrier is named"),
    (["wallet", "acknowledge", "1"], "There is no letter 1"),
    (["wallet", "--vault", "~nobody-here/x", "check"], "There is no home folder"),
    (["carry", "--account", "0x12"], "No file is named"),
    (["carry", "--account", "0x12", "request.json"], "The node did not answer"),
    (["mailbox", "serve", "--database", "postgresql://a:secret@h/d"], "has a password"),
    (["mailbox", "serve", "--database", "mail.db"], "The database is neither"),
    (["adviser", "waiting", "--account", "plan.json", "--password-file", "wrong"], "is not a keystore"),
    (["adviser", "look", "ab", "--account", "plan.json", "--advice", "empty"], "The advice is not a text"),
]


@pytest.mark.parametrize(("words", "why"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_a_wrong_input(home: Path, words: list[str], why: str) -> None:
    (home / "binary").write_bytes(b"\xff\xfe\0")
    (home / "huge").write_bytes(b" " * (1 << 17))
    (home / "empty").write_bytes(b"")
    (home / "wrong").write_text("another passphrase\n")
    before, vault = sorted(home.iterdir()), (home / "my.vault").read_bytes()
    said = here(*words).err if words[:2] == ["wallet", "grant"] else here(*words).refusal
    assert why in said
    assert "secret" not in said
    assert PASSPHRASE not in said
    assert sorted(home.iterdir()) == before
    assert (home / "my.vault").read_bytes() == vault


def test_a_vault_that_is_open_elsewhere(home: Path) -> None:
    with Vault.open(str(home / "my.vault"), PASSPHRASE):
        assert "Another program has the vault open" in alone(home, "wallet", "check").refusal


def test_a_terms_file_that_is_damaged(home: Path) -> None:
    whole = (home / "request.json").read_text()
    (home / "request.json").write_text(whole[: len(whole) // 2])
    assert "request.json: " in here("wallet", "grant", "request.json", "--yes").refusal


def test_no_passphrase_without_a_terminal(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAMJAR_PASSPHRASE_FILE")
    assert "--passphrase-file" in alone(home, "wallet", "check").refusal


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), MailboxUnavailable("Two\nlines \x1b[2J.")])
def test_an_error_is_one_line(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fails(**_: str) -> None:
        raise error

    monkeypatch.setattr(main, "app", fails)
    assert "\x1b" not in here().refusal


def test_nobody_reads_what_is_printed(home: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "jamjar", "wallet", "codes"]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, timeout=300, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


def test_stopped_by_its_user(home: Path) -> None:
    os.mkfifo(home / "pipe")  # which nobody writes to, so the command waits
    command = [sys.executable, "-m", "jamjar", "wallet", "import", "pipe"]
    # The pipe opens once the command reads it.
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process, (home / "pipe").open("w"):
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=300)[1]
    assert (process.returncode, "Traceback" in said) == (130, False)
