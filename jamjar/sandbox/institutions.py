"""A consortium across the nodes of its institutions: each member has its own node, accounts and services.

It needs no account in a node, and lets no time pass but real time.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from eth_account import Account

from jamjar.cli.mailbox_connection import connection
from jamjar.crypto.sealing import EncryptionKey
from jamjar.errors import DeploymentError, NodeUnavailable
from jamjar.ledger import deployment_file
from jamjar.ledger.carried import is_carried
from jamjar.ledger.ledger import Ledger, TransactionReceipt
from jamjar.ledger.own_member import OwnMember
from jamjar.protocol.signing import AccountSigner, SignedMessage
from jamjar.relayer.client import RelayerClient
from jamjar.relayer.ledger_view import is_operator
from jamjar.sandbox.claimant import Claimant
from jamjar.sandbox.members import MEMBERS
from jamjar.sandbox.processes import JAMJAR, AdviserProcess, ProcessError, desk_environment, serving
from jamjar.service.ports import free_port
from jamjar.service.refusal import Refused

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

    from jamjar.protocol.deployment import Deployment

OPERATOR, ADVISER = 1, 2
EPOCH: Final = 4
"""Seconds between the relayer's batches: a trial is not to last a day."""
AHEAD: Final = 40
"""Seconds until a grant begins, in which the relayer has to carry it."""
PATIENCE_SECONDS: Final = 300.0
COMMAND_SECONDS: Final = 600.0


@dataclass(frozen=True, slots=True)
class Services:
    """The relayer at the operator's node, the mailbox at the adviser's, and the adviser's desk."""

    relayer: str
    mailbox: str
    desk: AdviserProcess


@dataclass(slots=True)
class RelayedClaimant(Claimant):
    """A claimant whose messages a relayer carries; each is looked for at another member's node."""

    client: RelayerClient = field(kw_only=True)
    elsewhere: Ledger = field(kw_only=True)

    def carry(self, signed: SignedMessage) -> TransactionReceipt | None:
        """Leave a message with the relayer, and wait until another member's node has what it asks for."""
        wait_until(lambda: self._is_sent(signed), f"take {type(signed.message).__name__} at the relayer")
        wait_until(lambda: is_carried(signed, self.elsewhere), f"carry {type(signed.message).__name__}")
        self.wallet.settle(signed, self.ledger.height())
        return None

    def _is_sent(self, signed: SignedMessage) -> bool:
        """Give a message to the relayer, unless its node lacks what it builds on."""
        try:
            self.client.send(signed)
        except Refused as refused:
            if "newest_block_at" not in refused.refusal.details:
                raise
            return False
        return True


class Institutions:
    """The members in a folder, with a node each; accounts are made here, and no node holds any."""

    def __init__(
        self, folder: Path, nodes: Mapping[int, str], members: Mapping[int, tuple[str, Sequence[str]]] = MEMBERS
    ) -> None:
        """Name where files are, the JSON-RPC address of each member's node, and the members with their roles."""
        self.folder, self.nodes, self.members = folder, nodes, members
        folder.mkdir(mode=0o700, exist_ok=True)
        names = ("founder", *map(str, members))
        self.accounts: dict[str, LocalAccount] = {each: self._account(each) for each in names}

    def found(self) -> Deployment:
        """Deploy at the first member's node, founded by all members, unless that was done; return the deployment."""
        found = list(self.folder.glob("[0-9]*.json"))
        if not found:
            words = ["consortium", "init", "--node", self.nodes[1], "--founders", str(self._founders_file())]
            words += ["--keystore-file", str(self._file("founder", "keystore")), "--out", str(self.folder)]
            self.run(*words, "--password-file", str(self._file("founder", "password")), "--yes")
            found = list(self.folder.glob("[0-9]*.json"))
        return deployment_file.read(found[0])

    def ledger(self, member: int) -> Ledger:
        """Return the ledger as a member's own node shows it; raises ProcessError when that node does not catch up."""
        deployment = self.found()

        def connected() -> Ledger | None:
            ledger = Ledger(self.nodes[member], deployment)
            return ledger if ledger.height() >= deployment.block else None

        shown: Ledger = wait_until(connected, f"show the contracts at the node of member {member}")
        return shown

    def member(self, number: int) -> OwnMember:
        """Return what a member does for itself, at its own node."""
        return OwnMember(self.ledger(number), self.accounts[str(number)])

    @contextmanager
    def services(self) -> Iterator[Services]:
        """Run the relayer, the mailbox and the adviser's desk until the block ends."""
        deployment, ports = self.found(), (free_port(), free_port())
        relayer, mailbox = (f"http://127.0.0.1:{port}" for port in ports)
        record = str(deployment_file.path_of(self.folder, deployment.chain_id))
        common = {"JAMJAR_DEPLOYMENT": record, "JAMJAR_MAILBOX": mailbox}
        carries = ["relayer", "serve", "--port", str(ports[0]), "--account", str(self._file("1", "keystore"))]
        carries += ["--password-file", str(self._file("1", "password")), "--epoch", str(EPOCH)]
        carries += ["--margin", "15", "--promise", "15", "--most-gas-price", "0"]
        stores = ["mailbox", "serve", "--port", str(ports[1])]
        kept = {name: f"sqlite:///{self.folder / name}.db" for name in ("relayer", "mailbox")}
        at_operator = {**common, "JAMJAR_NODE": self.nodes[OPERATOR], "JAMJAR_RELAYER_DATABASE": kept["relayer"]}
        at_adviser = {**common, "JAMJAR_NODE": self.nodes[ADVISER], "JAMJAR_MAILBOX_DATABASE": kept["mailbox"]}
        with (
            serving(carries, at_operator, relayer, self.folder / "relayer.log"),
            serving(stores, at_adviser, mailbox, self.folder / "mailbox.log"),
        ):
            yield Services(relayer, mailbox, self._desk(deployment, mailbox, at_adviser))

    def client(self, services: Services, member: int) -> RelayerClient:
        """Return a connection to the relayer, whose receipts are checked at a member's node."""
        return RelayerClient(services.relayer, self.found(), is_operator(self.ledger(member)))

    def run(self, *words: str, environment: Mapping[str, str] | None = None, seconds: float = COMMAND_SECONDS) -> str:
        """Run a command, and return what it prints; raises ProcessError when it fails."""
        done = subprocess.run(  # noqa: S603 - our own commands
            [*JAMJAR, *words],
            env={**_environment(), **(environment or {})},
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or [f"jamjar {words[0]} failed; run it again."]
            raise ProcessError(last[0].removeprefix("jamjar: "))
        return done.stdout

    def _desk(self, deployment: Deployment, mailbox: str, environment: Mapping[str, str]) -> AdviserProcess:
        account, place = self.accounts[str(ADVISER)], self.folder / f"desk-{ADVISER}.vault"
        is_new = not place.exists()
        known = (
            desk_environment(self.folder, ADVISER, account, environment)
            if is_new
            else {**environment, **json.loads((self.folder / "desk.json").read_text(encoding="utf-8"))}
        )
        if is_new:
            (self.folder / "desk.json").write_text(json.dumps({n: v for n, v in known.items() if n not in environment}))
        client = connection(deployment, mailbox, AccountSigner(account))
        desk = AdviserProcess(ADVISER, known, client, mines=False)
        if is_new:
            self.member(ADVISER).change_encryption_key(bytes.fromhex(desk.run("create").strip()))
        return desk

    def _file(self, name: str, kind: str) -> Path:
        return self.folder / f"{name}.{kind}"

    def _account(self, name: str) -> LocalAccount:
        keystore, password = self._file(name, "keystore"), self._file(name, "password")
        if not keystore.exists():
            password.touch(0o600)
            password.write_text(secrets.token_urlsafe(16), encoding="utf-8")
            made = Account.from_key(secrets.token_bytes(32))
            keystore.touch(0o600)
            keystore.write_text(json.dumps(made.encrypt(password.read_text(encoding="utf-8"), iterations=1024)))
        opened = Account.decrypt(keystore.read_text(encoding="utf-8"), password.read_text(encoding="utf-8"))
        account: LocalAccount = Account.from_key(opened)
        return account

    def _founders_file(self) -> Path:
        lines = [f'founders = ["{self.accounts["founder"].address}"]']
        for number, (name, roles) in self.members.items():
            key = EncryptionKey.generate(secrets.token_bytes).public_bytes.hex()
            lines += ["[[member]]", f"number = {number}", f"name = {json.dumps(name)}",
                      f"roles = {json.dumps(list(roles))}", f'account = "{self.accounts[str(number)].address}"',
                      f'encryption_key = "0x{key}"']  # fmt: skip
        file = self.folder / "founders.toml"
        file.write_text("\n".join(lines), encoding="utf-8")
        return file


def wait_until(found: Callable[[], Any], what: str) -> Any:
    """Return what is found, once it is; raises ProcessError after a while."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            if result := found():
                return result
        except (DeploymentError, NodeUnavailable):  # a node that is behind has no code yet
            if time.monotonic() > deadline:
                raise
        if time.monotonic() > deadline:
            raise ProcessError(f"The network did not {what} in {PATIENCE_SECONDS:.0f} s; ask jamjar network doctor.")
        time.sleep(0.2)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("JAMJAR_")}
