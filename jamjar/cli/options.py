"""The common options of commands: the places of the vault, the deployment and the node, and files of secrets.

A secret is asked for without echo, or read from a file that the user names. It is never an argument or in the
environment, which other programs can read.
"""

from __future__ import annotations

import getpass
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qsl, urlsplit

import typer

from jamjar.cli import files
from jamjar.errors import DeploymentError, InvalidInput, NodeUnavailable

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

    from jamjar.ledger.ledger import Ledger
    from jamjar.ledger.transacting import Sender
    from jamjar.protocol.deployment import Deployment
    from jamjar.vault.vault import Vault

VaultPlace = Annotated[
    str,
    typer.Option(
        "--vault", envvar="JAMJAR_VAULT", help="The vault: a file, or a postgresql:// address.", show_default=True
    ),
]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        envvar="JAMJAR_PASSPHRASE_FILE",
        help="Read the vault's passphrase from this file's first line, instead of asking.",
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
    typer.Option(
        "--password-file",
        envvar="JAMJAR_PASSWORD_FILE",
        help="Read the keystore's password from this file's first line, instead of asking.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for programs.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask; the answer is yes.")]
Proxies = Annotated[
    list[str] | None,
    typer.Option(
        "--proxy", help="A proxy's address, whose X-Forwarded-For is believed; none unless named. May be repeated."
    ),
]
Depth = Annotated[
    int | None,
    typer.Option(
        min=0,
        show_default="as the node's consensus needs",
        help="How many blocks must follow one that counts as final.",
    ),
]
MailboxAddress = Annotated[str, typer.Option("--mailbox", envvar="JAMJAR_MAILBOX", help="The mailbox's address.")]

DEFAULT_VAULT = "~/.jamjar/wallet.vault"
DEFAULT_NODE = "http://127.0.0.1:8545"
DEFAULT_DEPLOYMENT = Path("deployments/1337.json")


@dataclass(frozen=True, slots=True)
class Locations:
    """The places of everything, from the options that all commands of a participant have.

    hop, gateways  the address of a hop, none where it is empty, and the members whose gateways it may pass on to
    """

    vault: str
    passphrase_file: Path | None
    deployment: Path
    node: str
    hop: str = ""
    gateways: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "vault", place(self.vault))

    def open_vault(self, passphrase: str = "") -> Vault:
        """Open the vault, asking for its passphrase unless it is given."""
        from jamjar.vault.vault import Vault

        self.check_vault()  # before anybody types a passphrase
        return Vault.open(self.vault, passphrase or self.passphrase("Passphrase"))

    def check_vault(self) -> None:
        """Raise InvalidInput unless there is a vault, as far as that can be seen without opening it."""
        if "://" not in self.vault and not Path(self.vault).exists():
            raise InvalidInput(f"There is no vault at {self.vault}; make one with create, or name yours: --vault.")

    def create_vault(self) -> Vault:
        """Create the vault, and its folder, asking for its passphrase twice."""
        from jamjar.vault.vault import Vault

        self.make_folder()
        return Vault.create(self.vault, self.passphrase("New passphrase", twice=True))

    def passphrase(self, what: str, *, twice: bool = False) -> str:
        """Return the vault's passphrase."""
        return secret(what, self.passphrase_file, "--passphrase-file", twice=twice)

    def make_folder(self) -> None:
        """Make the folder of a vault in a file."""
        if "://" in self.vault:
            return
        if Path(self.vault).exists():
            raise InvalidInput(f"{self.vault} is there already; open it, or name another place: --vault.")
        files.make_folder(Path(self.vault).parent)

    def read_deployment(self) -> Deployment:
        """Read the deployment file."""
        from jamjar.ledger import deployment_file

        try:
            return deployment_file.read(self.deployment)
        except DeploymentError as error:
            raise DeploymentError(f"{error} Name another file with --deployment.") from error

    def ledger(self) -> Ledger:
        """Connect to the node."""
        from jamjar.ledger.ledger import Ledger

        deployment, node = self.read_deployment(), web_address(self.node, "node")
        try:
            return Ledger(node, deployment)
        except NodeUnavailable as error:
            raise NodeUnavailable(f"{error} Its address is {node}; name another with --node.") from error

    def now(self, *, offline: bool) -> int:
        """Return the time in Unix seconds: the later of this machine's and, unless `offline`, the newest block's.

        A chain may not have had a block for hours, and the next one's time is after both.
        """
        return max(int(time.time()), 0 if offline else self.ledger().time())


def place(text: str) -> str:
    """Return the place of a vault or a database; refuses an address with a password, which others could read."""
    if "://" in text:
        return _without_password(text, "put it into ~/.pgpass")
    try:
        return str(Path(text).expanduser())
    except RuntimeError:
        raise InvalidInput(f"There is no home folder for {text}; write the path in full.") from None


def web_address(text: str, what: str) -> str:
    """Return the http:// or https:// address of a node or mailbox; refuses one with a password."""
    if not text.startswith(("http://", "https://")):
        raise InvalidInput(f"The {what}'s address does not begin with http:// or https://; correct it.")
    return _without_password(text, "put it into ~/.netrc").rstrip("/")


def _without_password(text: str, advice: str) -> str:
    try:
        parts = urlsplit(text)
        keys = [key.lower() for key, _ in parse_qsl(parts.query, keep_blank_values=True)]
    except ValueError:
        raise InvalidInput("The address cannot be read; write it again.") from None  # it may hold a password
    if parts.password is not None or any("password" in key for key in keys):
        raise InvalidInput(f"The address has a password, which other programs can read; {advice}, and change it.")
    return text


def secret(what: str, file: Path | None, option: str, *, twice: bool = False) -> str:
    """Return a secret from a file's first line, or typed without echo; `twice` asks again to compare."""
    if file is not None:
        lines = files.text(file, f"file with the {what.lower()}").splitlines()
        if not lines or not lines[0]:
            raise InvalidInput(f"{file} has nothing in its first line; write the {what.lower()} there.")
        return lines[0]
    if not sys.stdin.isatty():
        raise InvalidInput(f"There is no terminal to ask for the {what.lower()}; name a file with it by {option}.")
    try:
        given = getpass.getpass(f"{what}: ")
        differs = twice and getpass.getpass(f"{what} again: ") != given
    except EOFError:
        raise InvalidInput(f"No {what.lower()} was typed, so nothing was done; try again.") from None
    if differs:
        raise InvalidInput("The two entries differ, so nothing was done; try again.")
    return given


def agreed(question: str, *, yes: bool) -> bool:
    """Return whether the user agrees; raises InvalidInput when there is no terminal to ask at."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise InvalidInput("There is no terminal to ask at, so nothing was done; agree beforehand with --yes.")
    try:
        return typer.confirm(question, err=True)
    except (EOFError, typer.Abort):
        return False


def account(name: str, password_file: Path | None) -> Sender:
    """Return the account in a keystore file, or the address whose key the node holds."""
    if name.startswith("0x"):
        from jamjar.protocol.address import checksum_address, parse_address

        return checksum_address(parse_address(name))
    return local_account(Path(name), password_file)


def local_account(file: Path, password_file: Path | None) -> LocalAccount:
    """Return the account in a keystore file (Web3 Secret Storage, version 3)."""
    files.read(file, "keystore")  # before anybody types a password
    return unlocked(file, secret("Password of the keystore", password_file, "--password-file"))


def unlocked(file: Path, password: str) -> LocalAccount:
    """Return the account that a password opens in a keystore file."""
    from eth_account import Account

    content = files.read(file, "keystore")
    try:
        made: LocalAccount = Account.from_key(Account.decrypt(json.loads(content), password))
    except (ArithmeticError, AttributeError, LookupError, NotImplementedError, RecursionError, TypeError, ValueError):
        raise InvalidInput(f"{file} does not open with this password, or is not a keystore; try again.") from None
    return made
