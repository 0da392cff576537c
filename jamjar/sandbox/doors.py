"""A small consortium to try the pages with: a node, a mailbox, a relayer, and doors of claimants, advisers and others.

Each claimant has a plan of this month, agreed to looks of an adviser of their own and showed some of it; the adviser
asks for more.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from eth_account import Account
from eth_account.hdaccount import key_from_seed
from eth_account.hdaccount.mnemonic import Mnemonic
from eth_account.signers.local import LocalAccount

from jamjar.adviser.asking import make_request, sign_asked
from jamjar.adviser.keys import make_encryption_key
from jamjar.audit.node import AuditNode
from jamjar.cli.mailbox_connection import claimant_connections
from jamjar.consent.schedule import Begin
from jamjar.consent.scope import Detail, ScopeItem
from jamjar.ledger import deployment_file
from jamjar.ledger.ledger import Ledger
from jamjar.plan.period import AssessmentPeriod
from jamjar.plan.plan import Plan
from jamjar.protocol.settings import Settings
from jamjar.sandbox.anvil import Anvil, anvil
from jamjar.sandbox.households import households
from jamjar.sandbox.local_chain import LocalChain, accounts_of
from jamjar.sandbox.members import founding
from jamjar.sandbox.processes import JAMJAR, desk_environment, serving
from jamjar.service.ports import free_port
from jamjar.vault.vault import Vault
from jamjar.wallet.granting import agreement, sign_agreement
from jamjar.wallet.jars import Jars
from jamjar.wallet.mail import ClaimantMail
from jamjar.wallet.requests import receive
from jamjar.wallet.wallet import Wallet

PASSPHRASE: Final = "a passphrase to try"  # noqa: S105
"""Of all vaults: they are for trying things in."""
ADVISERS: Final = (2, 3)
OPERATOR: Final = 1
_BLOCK_SECONDS: Final = 2
_EPOCH_SECONDS: Final = 2
"""Of the relayer: nothing has to be hidden here, and nobody wants to wait."""
_WORDS: Final = "test " * 11 + "junk"  # Anvil's, which everybody knows


class OpenDoor(NamedTuple):
    """A door: its address, which opens once, and its process' id."""

    address: str
    process: int


class SmallConsortium:
    """The consortium on a node of its own, with all files below a folder, and a desk for each of these advisers."""

    def __init__(self, url: str, folder: Path, advisers: Sequence[int]) -> None:
        self.folder, node = folder, AuditNode(url)
        keys = {number: self._desk(number) for number in advisers}
        accounts = accounts_of(node)
        members = founding(accounts, lambda number: keys.get(number) or secrets.token_bytes(1216))
        self.chain = LocalChain(node, Settings(founders=(accounts[0],), members=members))
        self.ledger = Ledger(url, self.chain.deployment)
        record = deployment_file.write(self.chain.deployment, folder)
        self.mailbox, self.relayer = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
        self.environment = {
            "JAMJAR_DEPLOYMENT": str(record), "JAMJAR_NODE": url, "JAMJAR_MAILBOX": self.mailbox,
        }  # fmt: skip
        self.keystore = folder / "operator.keystore"
        self.keystore.write_text(
            json.dumps(Account.encrypt(account_of(OPERATOR).key, PASSPHRASE, kdf="pbkdf2", iterations=2))
        )

    def _desk(self, number: int) -> bytes:
        """Make an adviser's vault, and return its public key."""
        vault = Vault.create(str(self.folder / f"desk-{number}.vault"), PASSPHRASE)
        key = make_encryption_key(vault).public_bytes
        vault.close()
        return key

    def asked(self, adviser: int, about: str) -> Any:
        """Return a request of an adviser's, signed."""
        today = date.today()
        scope = frozenset({ScopeItem("fixed.home", Detail.LINES), ScopeItem("balance", Detail.TOTAL)})
        request = make_request(
            self.ledger, account_of(adviser), purpose="dpv:ProvidePersonalisedRecommendations", contact="01234 567890",
            about=about, scope=scope, data_from=today - timedelta(days=62), data_until=today + timedelta(days=120),
            keep=0, looks=3, days=180, reconfirm_days=90,
        )  # fmt: skip
        return sign_asked(request, self.ledger, account_of(adviser))

    def claimant(self, name: str, adviser: int, consents: int) -> None:
        """Make a claimant's vault: a plan, consents with something shown, and as many requests without an answer."""
        vault = Vault.create(str(self.folder / f"{name}.vault"), PASSPHRASE)
        today = date.today()
        period = AssessmentPeriod.containing(date(today.year - 1, 1, 1), today)
        Jars(vault).plan(Plan.of(households(period)[0].budget))
        wallet = Wallet(self.chain.deployment, vault, clock=time.time)
        now = max(int(time.time()), self.ledger.time())
        agreed = [
            agreement(wallet, each, each.request.lowered(), now, self.ledger, begin=Begin.NOW)
            for each in (self.asked(adviser, "For our meeting on Tuesday.") for _ in range(consents))
        ]
        grants = [sign_agreement(wallet, each, lambda: now) for each in agreed]
        for grant in grants:
            self._carry(wallet, grant)
        self.chain.wait_until(agreed[-1].times.valid_from + 1)
        connect = claimant_connections(self.chain.deployment, self.mailbox)
        for consent in (each.message.consent for each in grants):
            self._carry(wallet, wallet.commit(consent, Jars(vault).plans()[-1].budget))
            ClaimantMail(wallet, self.ledger, connect).show(consent, ["fixed.home.rent", "balance"])
        with vault.writing() as transaction:
            for _ in range(consents):
                receive(transaction, self.asked(adviser, "To see how it went."), int(time.time()))
        vault.close()

    def _carry(self, wallet: Wallet, signed: Any) -> None:
        self.chain.carry(signed)
        wallet.settle(signed, self.ledger.height())

    def stores(self) -> AbstractContextManager[None]:
        """Run the mailbox."""
        words = ["mailbox", "serve", "--port", self.mailbox.rpartition(":")[2], "--depth", "1"]
        database = {"JAMJAR_MAILBOX_DATABASE": f"sqlite:///{self.folder / 'mailbox.db'}"}
        return serving(words, self.environment | database, self.mailbox, self.folder / "mailbox.log")

    def carries(self) -> AbstractContextManager[None]:
        """Run the relayer, by the operator's account, which nothing else may use meanwhile."""
        password = self.folder / "operator.password"
        password.write_text(PASSPHRASE)
        words = ["relayer", "serve", "--port", self.relayer.rpartition(":")[2], "--account", str(self.keystore)]
        words += ["--password-file", str(password), "--epoch", str(_EPOCH_SECONDS), "--margin", "3", "--depth", "1"]
        database = {"JAMJAR_RELAYER_DATABASE": f"sqlite:///{self.folder / 'relayer.db'}"}
        return serving(words, self.environment | database, self.relayer, self.folder / "relayer.log")


@contextmanager
def opened(folder: Path, pairs: int = 1, consents: int = 1) -> Iterator[Mapping[str, OpenDoor]]:
    """Set all of it up below a folder, and yield each door by whose it is; it ends with the block.

    pairs     of a claimant and their adviser, of at most two: the second's doors are a `second claimant` and so on
    consents  of each claimant
    """
    with anvil("--no-mining") as node, ExitStack() as stack:
        people = dict(zip(("", "second "), ADVISERS[:pairs], strict=False))
        small = SmallConsortium(node.url, folder, tuple(people.values()))
        stack.enter_context(small.stores())
        for which, adviser in people.items():
            small.claimant(f"{which}claimant", adviser, consents)
        block_by_block(node)
        stack.enter_context(small.carries())
        doors = {}
        for which, adviser in people.items():
            desk = desk_environment(folder, adviser, account_of(adviser), small.environment)
            mine = {"JAMJAR_VAULT": str(folder / f"{which}claimant.vault"), "JAMJAR_RELAYER": small.relayer}
            doors[f"{which}claimant"] = (["wallet", "open"], small.environment | mine)
            doors[f"{which}adviser"] = (["adviser", "open"], desk)
        operate = ["operate", "--relayer", small.relayer, "--mailbox", small.mailbox]
        explore = ["explore", "--node", node.url, "--state", f"sqlite:///{folder / 'audit.db'}", "--every", "2"]
        doors["auditor"] = (explore, small.environment)
        doors["operator"] = ([*operate, "--keystore-file", str(small.keystore)], small.environment)
        yield {who: stack.enter_context(door(*started)) for who, started in doors.items()}


@contextmanager
def door(words: list[str], environment: Mapping[str, str]) -> Iterator[OpenDoor]:
    """Open a door in a process of its own, and yield it."""
    with subprocess.Popen(  # noqa: S603 - a fixed command
        [*JAMJAR, *words],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            if "http://" not in line:
                raise RuntimeError(f"jamjar {' '.join(words)} did not open; run it by itself to see why.")
            address = line[line.index("http://") :].strip()
            yield OpenDoor(address, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def block_by_block(node: Anvil) -> None:
    """Have a node mine by itself from now on, as a ledger does."""
    node.ask("evm_setIntervalMining", _BLOCK_SECONDS)


def account_of(number: int) -> LocalAccount:
    """Return the account that acts for a member, whose key everybody knows."""
    account: LocalAccount = Account.from_key(key_from_seed(Mnemonic.to_seed(_WORDS), f"m/44'/60'/0'/0/{number}"))
    return account
