"""People who govern: a keystore each, and the commands as they type them, on a node whose clock a test moves."""

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from click.testing import Result
from eth_account import Account
from eth_account.hdaccount import key_from_seed
from eth_account.hdaccount.mnemonic import Mnemonic
from typer.testing import CliRunner

from jamjar.cli.main import app
from jamjar.crypto.sealing import EncryptionKey
from jamjar.ledger import deployment_file
from jamjar.ledger.ledger import Ledger
from jamjar.sandbox.anvil import CHAIN_ID, GENESIS, Anvil, anvil
from jamjar.sandbox.members import MEMBERS

PASSWORD = "a password for tests"  # noqa: S105
WORDS = "test " * 11 + "junk"
FOUNDER, STRANGER, FRESH = 0, 9, 8
"""Accounts beside those of the members, of which accounts[n] acts for member n."""


class Office:
    """A folder with keystores and a founders' file, and commands that are run in it."""

    def __init__(self, node: Anvil, folder: Path) -> None:
        self.node, self.folder = node, folder
        self.keys = [Account.from_key(key_from_seed(Mnemonic.to_seed(WORDS), f"m/44'/60'/0'/0/{n}")) for n in range(10)]
        self.password = folder / "password"
        self.password.write_text(PASSWORD)
        for number, key in enumerate(self.keys):
            keystore = json.dumps(key.encrypt(PASSWORD, kdf="pbkdf2", iterations=2))
            self.keystore(number).write_text(keystore)
        self.options = ["--deployment", str(deployment_file.path_of(folder, CHAIN_ID)), "--node", node.url]

    def keystore(self, number: int) -> Path:
        return self.folder / f"{number}.keystore"

    def address(self, number: int) -> str:
        return str(self.keys[number].address)

    def founders_file(self, founders: list[str]) -> Path:
        """Write a file of founders, with the members of the sample network."""
        lines = [f"founders = {json.dumps(founders)}"]
        for number, (name, roles) in MEMBERS.items():
            key = EncryptionKey.generate(secrets.token_bytes).public_bytes
            lines += ["[[member]]", f"number = {number}", f"name = {json.dumps(name)}",
                      f"roles = {json.dumps(list(roles))}", f'account = "{self.address(number)}"',
                      f'encryption_key = "0x{key.hex()}"']  # fmt: skip
        file = self.folder / "founders.toml"
        file.write_text("\n".join(lines))
        return file

    def run(self, group: str, *words: object, by: int | None = None) -> Result:
        """Run a command, signed with the keystore of an account, if any, and agreed to."""
        signing = (
            [] if by is None else ["--keystore-file", self.keystore(by), "--password-file", self.password, "--yes"]
        )
        typed = [group, *self.options, *words, *signing]
        return CliRunner().invoke(app, [str(word) for word in typed], env={"COLUMNS": "200"})

    def does(self, group: str, *words: object, by: int | None = None) -> str:
        """Run a command that must do what it says; return what it prints."""
        done = self.run(group, *words, by=by)
        assert done.exit_code == 0, (words, done.output, done.exception)
        return done.stdout

    def refused(self, group: str, *words: object, by: int | None = None) -> str:
        """Run a command that must refuse; return why."""
        done = self.run(group, *words, by=by)
        assert done.exit_code != 0, (words, done.stdout)
        return str(done.exception) if done.exception and not isinstance(done.exception, SystemExit) else done.stderr

    def propose(self, *words: object, by: int = FOUNDER) -> str:
        """Propose something, and return the proposal's id."""
        return self.does("consortium", "propose", *words, by=by).split("Proposal ")[1].split(";")[0]

    def json(self, command: str) -> Any:
        """Return what `consortium status` or `members` prints for programs."""
        done = self.run("consortium", command, "--json")
        assert done.exit_code in (0, 3), done.output
        return json.loads(done.stdout)

    def wait(self, seconds: int) -> None:
        """Let time pass on the chain."""
        self.node.ask("evm_increaseTime", seconds)
        self.node.ask("evm_mine")

    def ledger(self) -> Ledger:
        """The ledger that the commands are about."""
        return Ledger(self.node.url, deployment_file.read(deployment_file.path_of(self.folder, CHAIN_ID)))


@contextmanager
def governed(folder: Path, founders: Callable[[Office], list[str]]) -> Iterator[Office]:
    """Run a node that mines at once, with a consortium of these founders on it."""
    with anvil("--timestamp", GENESIS) as node:
        node.ask("evm_setAutomine", True)
        office = Office(node, folder)
        file = office.founders_file(founders(office))
        office.does("consortium", "init", "--founders", file, "--out", office.folder, by=STRANGER)
        yield office
