"""What commands are told besides their work: where the vault, the deployment and the node are, and the secrets' files.

A secret is asked for without echo, or read from a file that the user names. It is never an argument nor in the
environment, which other programs can read.
"""

import getpass
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from eth_account import Account
from eth_account.signers.local import LocalAccount

from jamjar import deployment as deployments
from jamjar.address import checksum_address, parse_address
from jamjar.deployment import Deployment
from jamjar.errors import InvalidInput
from jamjar.ledger import Ledger, Sender
from jamjar.vault.vault import Vault

_LARGEST = 64 * 1024

VaultPlace = Annotated[
    str,
    typer.Option(
        "--vault", envvar="JAMJAR_VAULT", help="The vault: a file, or a postgresql:// address.", show_default=True
    ),
]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file", envvar="JAMJAR_PASSPHRASE_FILE", help="Read the passphrase here instead of asking."
    ),
]
DeploymentFile = Annotated[
    Path,
    typer.Option("--deployment", envvar="JAMJAR_DEPLOYMENT", help="The deployment file, deployments/<chain id>.json."),
]
Node = Annotated[str, typer.Option("--node", envvar="JAMJAR_NODE", help="Your own node's JSON-RPC address.")]
AccountName = Annotated[
    str,
    typer.Option("--account", envvar="JAMJAR_ACCOUNT", help="A keystore file, or an address whose key the node holds."),
]
PasswordFile = Annotated[
    Path | None,
    typer.Option("--password-file", envvar="JAMJAR_PASSWORD_FILE", help="Read the keystore's password here."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
MailboxAddress = Annotated[str, typer.Option("--mailbox", envvar="JAMJAR_MAILBOX", help="The mailbox's address.")]

DEFAULT_VAULT = "~/.jamjar/wallet.vault"
DEFAULT_NODE = "http://127.0.0.1:8545"


@dataclass(frozen=True, slots=True)
class Setting:
    """Where everything is; made from the options that every command of a participant takes."""

    vault: str
    passphrase_file: Path | None
    deployment: Path
    node: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "vault", place(self.vault))

    def open_vault(self) -> Vault:
        """Open the vault, asking for its passphrase."""
        return Vault.open(self.vault, secret("Passphrase", self.passphrase_file))

    def create_vault(self) -> Vault:
        """Make the vault, and its folder, asking for its passphrase twice."""
        if "://" not in self.vault:
            Path(self.vault).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Vault.create(self.vault, secret("Passphrase", self.passphrase_file, twice=True))

    def read_deployment(self) -> Deployment:
        """Read the deployment file."""
        return deployments.read(self.deployment)

    def ledger(self) -> Ledger:
        """Connect to the node."""
        return Ledger(self.node, self.read_deployment())


def place(text: str) -> str:
    """Return where a vault or a database is; refuses an address with a password in it, which others could read."""
    if "://" not in text:
        return str(Path(text).expanduser())
    if urlsplit(text).password is not None:
        raise InvalidInput("The address holds a password, which other programs can read; put it into ~/.pgpass.")
    return text


def secret(what: str, file: Path | None, *, twice: bool = False) -> str:
    """Return a secret from a file's first line, or typed without echo; `twice` asks again to compare."""
    if file is not None:
        lines = read(file, what.lower()).decode("utf-8", "strict").splitlines()
        if not lines:
            raise InvalidInput(f"{file} is empty; write the {what.lower()} into its first line.")
        return lines[0]
    if not sys.stdin.isatty():
        raise InvalidInput(f"There is no terminal to ask for the {what.lower()}; name a file with it.")
    given = getpass.getpass(f"{what}: ")
    if twice and getpass.getpass(f"{what} again: ") != given:
        raise InvalidInput("The two differ; nothing was done. Try again.")
    return given


def account(name: str, password_file: Path | None) -> Sender:
    """Return the account a keystore file holds, or the address whose key the node holds."""
    if name.startswith("0x"):
        return checksum_address(parse_address(name))
    return local_account(Path(name), password_file)


def local_account(file: Path, password_file: Path | None) -> LocalAccount:
    """Return the account in a keystore file (Web3 Secret Storage, version 3)."""
    try:
        keystore = json.loads(read(file, "keystore"))
        key = Account.decrypt(keystore, secret("Password of the keystore", password_file))
    except (KeyError, TypeError, ValueError):
        raise InvalidInput(f"{file} does not open with this password, or is no keystore; try again.") from None
    made: LocalAccount = Account.from_key(key)
    return made


def read(file: Path, what: str, most: int = _LARGEST) -> bytes:
    """Return what a file holds, of at most `most` bytes."""
    try:
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read ({error.strerror}); name the {what}.") from None
    if len(data) > most:
        raise InvalidInput(f"{file} is larger than any {what}; name the right file.")
    return data


def write(file: Path, data: bytes) -> None:
    """Write a new file for its owner only, whole or not at all; refuses one that is there."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise InvalidInput(f"{file} is there already; name another.") from None
    except OSError as error:
        raise InvalidInput(f"{file} cannot be written ({error.strerror}); name another place.") from None
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as error:
        file.unlink(missing_ok=True)
        raise InvalidInput(f"{file} was not written ({error.strerror}); make room, and try again.") from None


def show(value: Any) -> None:
    """Print a value as JSON."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))
